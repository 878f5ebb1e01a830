from odoo import models


class PropertiesBaseDefinition(models.Model):
    # Properties of partners. A docstring would become that of the model, and stay when
    # the addon goes.
    _inherit = "properties.base.definition"

    def write(self, vals):
        result = super().write(vals)
        if "properties_definition" in vals:
            # What a lead gives to them by the mapping is kept in memory.
            self.env.registry.clear_cache()
        return result
