from odoo import api, models


class CrmLeadCaptureCachedMixin(models.AbstractModel):
    """A form or a part of it; `OpenForm` is read anew after its changes."""

    _name = "crm.lead.capture.cached.mixin"
    _description = "Cached Part of a Web Form"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
