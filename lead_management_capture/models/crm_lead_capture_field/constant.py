import datetime

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import capture_values
from ...tools.capture_fields import OF_LINES


class CrmLeadCaptureField(models.Model):
    """Values that a form gives itself, without asking visitors: they are neither in the
    HTML nor taken from what is sent."""

    _inherit = "crm.lead.capture.field"

    is_constant = fields.Boolean(
        "Hidden",
        help="Visitors are not asked: each lead of the form gets the fixed value",
    )
    constant = fields.Char(
        "Fixed Value", help="What each lead gets, in words, as a visitor would type it"
    )
    # What was meant when it was typed, whatever the language of the visitor
    constant_text = fields.Char(compute="_compute_constant_text", store=True)

    @api.depends("is_constant", "constant", "key", "lead_field")
    def _compute_constant_text(self):
        for field in self:
            field.constant_text = field._read_constant() if field.is_constant else False

    @api.constrains("is_constant", "constant", "key", "lead_field")
    def _check_constant(self):
        """Refuse what is no value of the field."""
        for field in self.filtered("is_constant"):
            if not field.constant_text:
                raise ValidationError(
                    self.env._(
                        "“%(value)s” can't be the fixed value of “%(field)s” on the"
                        " form “%(form)s”. Enter what the field of the lead takes, or"
                        " ask visitors for it.",
                        value=field.constant or "",
                        field=field.display_name,
                        form=field.form_id.name,
                    )
                )

    def _read_constant(self):
        """Return the fixed value as a text that means the same in every language, False
        when it is no value of the field."""
        safe = self._get_safe_field()
        if not safe or not safe.lead_field or safe.key == "message":
            return False
        forms = self.env["crm.lead.capture.form"]
        currency = self.form_id.company_id.currency_id.name
        manner = forms._get_manner(self.env.lang, currency)
        text = capture_values.tidy(safe, self.constant or "")
        value, rest = capture_values.read(safe, text, manner)
        if not text or value is None or rest:
            return False
        if safe.input_type in ("select", "checkboxes"):
            return self._read_constant_options(safe, text)
        if safe.kind == "checkbox":
            return text if capture_values.read_checkbox(text) is not None else False
        if isinstance(value, datetime.date):
            return value.isoformat()
        if isinstance(value, float):
            return f"{value:.4f}"  # four decimals are no group of thousands
        return str(value)

    def _read_constant_options(self, safe, text):
        if safe.kind == "country":
            return self.env["res.country"]._find_named_code(text) or False
        known = self._get_options_by_text()
        several = safe.kind in OF_LINES
        lines = self._split_answers(text, known) if several else [text]
        found = [known.get(line.casefold()) for line in lines]
        return "\n".join(found) if all(found) else False
