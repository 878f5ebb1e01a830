from odoo import fields, models


class CrmLeadBulkJobFailure(models.Model):
    """A lead that a bulk job did not change, and why."""

    _name = "crm.lead.bulk.job.failure"
    _description = "Lead a Bulk Job Did Not Change"
    _rec_name = "lead_name"

    job_id = fields.Many2one(
        "crm.lead.bulk.job", required=True, index=True, ondelete="cascade"
    )
    # Not a relation: who reads this may have lost the right to read the lead.
    lead_res_id = fields.Integer("Lead ID")
    lead_name = fields.Char("Lead")
    reason = fields.Char()

    def action_open_lead(self):
        """Open the lead."""
        self.ensure_one()
        lead = self.env["crm.lead"].browse(self.lead_res_id)
        return lead._get_records_action(context={})
