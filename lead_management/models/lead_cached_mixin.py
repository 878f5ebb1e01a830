from odoo import api, models


class LeadCachedMixin(models.AbstractModel):
    """Records that are asked for all the time and change rarely: what is kept of them
    in memory is read anew after a change."""

    _name = "lead.cached.mixin"
    _description = "Kept in Memory"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
