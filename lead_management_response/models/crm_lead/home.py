from odoo import api, fields, models

from odoo.addons.lead_management.models.crm_lead.home_views import HomeView

TO_ANSWER = 5


class CrmLead(models.Model):
    """What is to be answered, on the lead home page."""

    _inherit = "crm.lead"

    @api.model
    def _get_home_view_list(self):
        return [
            *super()._get_home_view_list(),
            HomeView(25, "my_late_answers", "fa-hourglass-end"),
        ]

    @api.model
    @api.readonly
    def get_lead_home(self, scope="mine"):
        """Add `to_answer`: the user's leads that have to be answered first, and
        `offers`: those that they may accept or pass on."""
        home = super().get_lead_home(scope)
        leads = self.search_fetch(
            [("user_id", "=", self.env.uid), ("response_due", "!=", False)],
            ["name", "contact_name", "partner_name", "response_due"],
            order="response_due, id",
            limit=TO_ANSWER,
        )
        home["to_answer"] = [
            {
                **lead._get_home_names(),
                "due": fields.Datetime.to_string(lead.response_due),
            }
            for lead in leads
        ]
        offered = self.search_fetch(
            [("offer_until", "!=", False), ("offer_user_id", "=", self.env.uid)],
            ["name", "contact_name", "partner_name", "offer_until"],
            order="offer_until, id",
            limit=TO_ANSWER,
        )
        home["offers"] = [
            {
                **lead._get_home_names(),
                "due": fields.Datetime.to_string(lead.offer_until),
            }
            for lead in offered
        ]
        return home
