from odoo import models


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _convert_visitor_to_lead(self, partner, key):
        """Ask the assignment rules about the lead, if theirs says so."""
        lead = super()._convert_visitor_to_lead(partner, key)
        lead._assign_at_door("assign_livechat")
        return lead
