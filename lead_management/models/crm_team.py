from odoo import models


class CrmTeam(models.Model):
    _inherit = "crm.team"

    def _alias_get_creation_values(self):
        """Make mail to teams that use leads a lead, whoever saved the team last."""
        values = super()._alias_get_creation_values()
        if self.use_leads and "alias_defaults" in values:
            values["alias_defaults"]["type"] = "lead"
        return values

    def _refresh_aliases(self):
        """Write anew what mail to the teams becomes."""
        for team in self:
            team.alias_id.write(team._alias_get_creation_values())
