from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lead_map_at_once = fields.Boolean(
        "Show maps without a click",
        config_parameter="lead_management.map_at_once",
        help="Sends the lead's address to the map service whenever a lead is opened",
    )
