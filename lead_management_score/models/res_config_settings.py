from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..wizard.crm_lead_score_trial import DEFAULT_NEEDED


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lead_score_needed = fields.Integer(
        "Closed leads needed",
        help="How many leads have to be closed before a trial of the score concludes"
        " anything",
    )

    def _get_number_settings(self):
        return {**super()._get_number_settings(), "lead_score_needed": DEFAULT_NEEDED}

    @api.constrains("lead_score_needed")
    def _check_lead_score_needed(self):
        if any(settings.lead_score_needed < 1 for settings in self):
            raise ValidationError(
                self.env._("A trial needs at least one closed lead: enter 1 or more.")
            )
