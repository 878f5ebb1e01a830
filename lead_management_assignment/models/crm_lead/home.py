from odoo import api, models

from odoo.addons.lead_management.models.crm_lead.home_views import HomeView


class CrmLead(models.Model):
    """What can be claimed, on the lead home page."""

    _inherit = "crm.lead"

    def _get_home_view_list(self):
        return [
            *super()._get_home_view_list(),
            HomeView(
                50,
                "to_claim",
                "fa-hand-paper-o",
                "lead_management_assignment.crm_lead_action_to_claim",
            ),
        ]

    @api.model
    @api.readonly
    def get_lead_home(self, scope="mine"):
        """Add `queues`: those of the user that have leads, with how many."""
        home = super().get_lead_home(scope)
        queues = self.env["crm.lead.queue"].search([("user_ids", "=", self.env.uid)])
        counts = self._read_group(
            [("queue_id", "in", queues.ids), ("can_claim", "=", True)],
            ["queue_id"],
            ["__count"],
        )
        home["queues"] = [
            {"id": queue.id, "label": queue.name, "count": count}
            for queue, count in counts
        ]
        return home
