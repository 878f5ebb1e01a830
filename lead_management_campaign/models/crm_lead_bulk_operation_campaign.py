from odoo import fields, models
from odoo.exceptions import UserError


class CrmLeadBulkOperationCampaign(models.AbstractModel):
    """Add leads to a campaign.

    `values`: `campaign_id`, and `status_id`, one of its member statuses, or False.
    """

    _name = "crm.lead.bulk.operation.campaign"
    _inherit = "crm.lead.bulk.operation"
    _description = "Adding Leads to a Campaign"

    def _get_campaign(self, values):
        return self.env["utm.campaign"].browse(values["campaign_id"]).exists()

    def _get_status(self, values):
        statuses = self.env["crm.lead.campaign.status"]
        return statuses.browse(values.get("status_id") or ()).exists()

    def _check_values(self, values):
        if not self._get_campaign(values):
            raise UserError(self.env._("Choose the campaign."))

    def _describe(self, values):
        campaign, status = self._get_campaign(values), self._get_status(values)
        lines = [self.env._("Added to the campaign %s.", campaign.display_name)]
        if status:
            lines.append(self.env._("Their status in it is %s.", status.name))
        return lines

    def _apply(self, leads, values):
        leads._add_to_campaign(
            self._get_campaign(values), self._get_status(values) or None
        )


class CrmLeadBulkJob(models.Model):
    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("campaign", "Add to campaign")],
        ondelete={"campaign": "cascade"},
    )
