from odoo import fields, models

from .campaign_seats import Seat


class ResPartner(models.Model):
    """The campaigns a contact is and was in; see `crm.lead.campaign.member`."""

    _inherit = "res.partner"

    campaign_member_ids = fields.One2many(
        "crm.lead.campaign.member",
        "partner_id",
        "Campaigns",
        groups="sales_team.group_sale_salesman",
    )

    def _add_to_campaign(self, campaign, status=None):
        """Add contacts to a campaign, and move those it has on to a later status.

        :param status: a `crm.lead.campaign.status` of it; none: who is new starts in
            the first one, and everybody else stays where they are
        :return: their `crm.lead.campaign.member` records, in order
        :raise AccessError: the user may not read one of the contacts
        """
        self.check_access("read")
        members = self.env["crm.lead.campaign.member"].sudo()
        return members._join(
            [
                Seat(campaign.id, partner_id=contact.id, status=status)
                for contact in self
            ]
        ).with_env(self.env)

    def unlink(self):
        # Members that have a lead stay the lead's.
        self.sudo().campaign_member_ids.filtered(
            lambda member: not member.lead_id
        ).unlink()
        return super().unlink()
