from odoo import models
from odoo.tools import SQL

from odoo.addons.lead_management.models.crm_lead.engagement import Engagement


class CrmLead(models.Model):
    """Who is reached by a call shows interest."""

    _inherit = "crm.lead"

    def _get_engagement_kinds(self):
        return super()._get_engagement_kinds() | {
            "call": Engagement(
                self.env._("Call that reached somebody"),
                SQL("SELECT lead_id, date FROM crm_lead_call WHERE reached_count > 0"),
                15,
            )
        }
