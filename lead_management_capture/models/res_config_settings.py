from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_lead_capture_submission.privacy import DEFAULT_KEPT_DAYS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lead_capture_kept_days = fields.Integer(
        "Days to keep submissions",
        help="Days after which submissions of web forms are deleted. The counters of"
        " the forms go back no further. Leads are kept. 0 keeps everything.",
    )

    @api.constrains("lead_capture_kept_days")
    def _check_lead_capture_kept_days(self):
        if any(settings.lead_capture_kept_days < 0 for settings in self):
            raise ValidationError(
                self.env._("The days to keep submissions can't be negative.")
            )

    def _get_number_settings(self):
        return {
            **super()._get_number_settings(),
            "lead_capture_kept_days": DEFAULT_KEPT_DAYS,
        }
