from odoo import models


class CrmTeam(models.Model):
    # Properties of leads. A docstring would become that of the model, and stay when
    # the addon goes.
    _inherit = "crm.team"

    def write(self, vals):
        result = super().write(vals)
        if "lead_properties_definition" in vals:
            # Forms that ask for them are kept in memory.
            self.env.registry.clear_cache()
        return result
