from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lead_default_owner_id = fields.Many2one(
        related="company_id.lead_default_owner_id", readonly=False
    )
