from odoo import api, fields, models

from odoo.addons.lead_management.models.crm_lead.home_views import HomeView

TO_ANSWER = 5


class CrmLead(models.Model):
    """What is to be answered, on the lead home page."""

    _inherit = "crm.lead"

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
        return {
            **super().get_lead_home(scope),
            "to_answer": self._find_first_due("response_due", "user_id"),
            "offers": self._find_first_due("offer_until", "offer_user_id"),
        }

    def _find_first_due(self, due, user):
        leads = self.search_fetch(
            [(user, "=", self.env.uid), (due, "!=", False)],
            ["name", "contact_name", "partner_name", due],
            order=f"{due}, id",
            limit=TO_ANSWER,
        )
        return [
            {**lead._get_home_names(), "due": fields.Datetime.to_string(lead[due])}
            for lead in leads
        ]
