from odoo import api, fields, models

from .campaign_seats import Seat


class CrmLead(models.Model):
    """The campaigns a lead is and was in; see `crm.lead.campaign.member`."""

    _inherit = "crm.lead"

    campaign_member_ids = fields.One2many(
        "crm.lead.campaign.member", "lead_id", "Campaigns"
    )

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        if came := leads.filtered("campaign_id"):
            came._come_from_campaigns()
        return leads

    def write(self, vals):
        came = self.browse()
        if campaign_id := vals.get("campaign_id"):
            came = self.filtered(lambda lead: lead.campaign_id.id != campaign_id)
        result = super().write(vals)
        if came:
            came._come_from_campaigns()
        if "partner_id" in vals and (members := self.sudo().campaign_member_ids):
            members._follow_contacts()
        return result

    def unlink(self):
        # Members that have a contact stay the contact's.
        self.sudo().campaign_member_ids.filtered(
            lambda member: not member.partner_id
        ).unlink()
        return super().unlink()

    def _get_rare_fields(self):
        return super()._get_rare_fields() | {
            "campaign_member_ids": ("crm.lead.campaign.member", "lead_id", "id"),
        }

    def _get_lead_action_ranks(self):
        return {
            **super()._get_lead_action_ranks(),
            "lead_management_campaign.crm_lead_campaign_add_action_lead": 202,
        }

    def _come_from_campaigns(self):
        """Make the leads members of the campaigns they came from, as a response."""
        leads = self.sudo()
        statuses = leads.campaign_id._get_member_statuses()
        self._join_campaigns(
            {
                lead: (lead.campaign_id, statuses[lead.campaign_id]._pick_response())
                for lead in leads
            }
        )

    def _add_to_campaign(self, campaign, status=None):
        """Add leads to a campaign, and move those it has on to a later status.

        :param status: a `crm.lead.campaign.status` of it; none: who is new starts in
            the first one, and everybody else stays where they are
        :return: their `crm.lead.campaign.member` records, in order
        :raise AccessError: the user may not write one of the leads
        """
        self.check_access("write")
        return self._join_campaigns(dict.fromkeys(self.sudo(), (campaign, status)))

    def _join_campaigns(self, places):
        """Add leads to campaigns.

        :param dict places: campaign and status by lead
        """
        members = self.env["crm.lead.campaign.member"].sudo()
        return members._join(
            [
                Seat(campaign.id, lead.id, lead.partner_id.id or 0, status)
                for lead, (campaign, status) in places.items()
            ]
        ).with_env(self.env)

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        if members := opportunities.sudo().campaign_member_ids:
            members._unite("lead_id", self)
        return result

    def _come_again_from_campaign(self, campaign_id):
        campaign = self.env["utm.campaign"].browse(campaign_id)
        status = campaign._get_member_statuses()[campaign]._pick_response()
        self._join_campaigns(dict.fromkeys(self.sudo(), (campaign, status)))
        return super()._come_again_from_campaign(campaign_id)
