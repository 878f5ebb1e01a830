from odoo import api, fields, models

from ..tools import capture_fields, safe_url


class CrmLeadCaptureConsent(models.Model):
    """A purpose for which visitors of a web form may agree to the use of their data.

    It shows as a checkbox that is never checked beforehand.
    """

    _name = "crm.lead.capture.consent"
    _description = "Consent of a Web Form"
    _inherit = ["lead.guard.mixin", "lead.cached.mixin"]
    _order = "sequence, id"

    form_id = fields.Many2one(
        "crm.lead.capture.form", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(
        "Purpose", required=True, help="What the consent is for, as it is recorded"
    )
    text = fields.Text(required=True, translate=True, help="What the visitor agrees to")
    policy_url = fields.Char(
        "Privacy Policy", help="Page to read before agreeing: https://…"
    )
    required = fields.Boolean(help="The form can't be sent without it")
    input_name = fields.Char(
        compute="_compute_input_name",
        help="Name of the input in the HTML. It stays the same whatever the text says.",
    )

    @api.depends("form_id")
    def _compute_input_name(self):
        for consent in self:
            consent.input_name = capture_fields.consent_name(consent._origin.id or 0)

    @api.constrains("policy_url")
    def _check_policy_url(self):
        for consent in self.filtered("policy_url"):
            consent.form_id._read_url(consent, "policy_url", safe_url.page_url)
