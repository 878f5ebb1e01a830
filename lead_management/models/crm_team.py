from odoo import models

from .crm_lead.queue import UNQUEUED_ONLY


class CrmTeam(models.Model):
    _inherit = "crm.team"

    def _alias_get_creation_values(self):
        """Make mail to teams that use leads a lead, whoever saved the team last."""
        values = super()._alias_get_creation_values()
        if self.use_leads and "alias_defaults" in values:
            values["alias_defaults"]["type"] = "lead"
        return values

    def _action_assign_leads(self, *args, **kwargs):
        """Leave leads in queues, and their duplicates elsewhere, to those who claim."""
        unqueued_only = self.with_context(lead_search=UNQUEUED_ONLY)
        return super(CrmTeam, unqueued_only)._action_assign_leads(*args, **kwargs)

    def _get_lead_to_assign_domain(self):
        return [*super()._get_lead_to_assign_domain(), ("queue_id", "=", False)]

    def _refresh_aliases(self):
        """Write anew what mail to the teams becomes."""
        for team in self:
            team.alias_id.write(team._alias_get_creation_values())
