from odoo import api, models

from .crm_lead.queue import UNQUEUED_ONLY


class CrmTeam(models.Model):
    """Native assignment leaves leads in queues, and their duplicates elsewhere, to
    those who claim."""

    _inherit = "crm.team"

    def _action_assign_leads(self, *args, **kwargs):
        unqueued_only = self.with_context(lead_search=UNQUEUED_ONLY)
        return super(CrmTeam, unqueued_only)._action_assign_leads(*args, **kwargs)

    def _get_lead_to_assign_domain(self):
        return [*super()._get_lead_to_assign_domain(), ("queue_id", "=", False)]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_rules(self):
        self.env["crm.lead.assignment.rule.entry"]._check_not_named("team_id", self)
