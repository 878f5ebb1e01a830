from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_lead_decision import DEFAULT_DAYS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lead_why_days = fields.Integer(
        "Days to keep reasons",
        help="For how long it is kept why a rule or Odoo itself has decided something"
        " about a lead, an account or what a visitor sent",
    )

    def _get_number_settings(self):
        return {**super()._get_number_settings(), "lead_why_days": DEFAULT_DAYS}

    @api.constrains("lead_why_days")
    def _check_lead_why_days(self):
        if any(settings.lead_why_days < 1 for settings in self):
            raise ValidationError(
                self.env._("Reasons are kept for at least one day: enter 1 or more.")
            )
