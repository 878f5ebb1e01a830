from odoo import models

from ...tools import capture_fields


class CrmLeadCaptureForm(models.Model):
    """What a closed form says, to who opens it and to who has just filled it in."""

    _inherit = "crm.lead.capture.form"

    def _render_closed(self, inputs, nonce):
        """Return the page of a closed form, in the language of the environment."""
        own = (self.closed_text or "").strip()
        return self._render_message(
            self.env._("This form is closed"),
            own or self.env._("Nothing can be sent with it any more."),
            nonce,
            "capture_closed",
            address=self._get_url("closed_url"),
            typed=self._get_typed_text(inputs),
        )

    def _get_input_names(self):
        """Return the names of the inputs that visitors type into, in the order of the
        form."""
        return [field.name for field in self.field_ids.sorted("sequence") if field.name]

    def _get_typed_text(self, inputs):
        labels = self._get_input_labels()
        lines = [
            f"{labels[name]}: {inputs[name].strip()}"
            for name in self._get_input_names()
            if inputs.get(name, "").strip()
        ]
        if lines and inputs.get(capture_fields.HONEYPOT):
            return ""  # robots copy nothing
        return "\n".join(lines)
