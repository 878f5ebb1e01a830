from odoo import fields, models

from .keeping import DEFAULT_DAYS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lead_merge_days = fields.Integer(
        "Days to separate merges",
        help="For so many days, merged leads and contacts can be separated again. Then"
        " what is kept of them is deleted. With 0, nothing is kept.",
    )

    def _get_number_settings(self):
        return {**super()._get_number_settings(), "lead_merge_days": DEFAULT_DAYS}
