from odoo import models

from ...tools import capture_fields


class CrmLeadCaptureForm(models.Model):
    """What a closed form says, to who opens it and to who has just filled it in."""

    _inherit = "crm.lead.capture.form"

    def _render_closed(self, inputs, nonce):
        """Return the page of a closed form, in the language of the environment.

        :param dict inputs: what was typed, to be copied from it
        :param str nonce: as for `_render_page`
        :rtype: str
        """
        own = (self.closed_text or "").strip()
        shown = {
            "title": self.env._("This form is closed"),
            "text": self._get_paragraphs(
                own or self.env._("Nothing can be sent with it any more.")
            ),
            "address": self._get_url("closed_url"),
            "typed": self._get_typed_text(inputs),
            "company": self.company_id.name,
            "framed": bool(self._get_frame_ancestors()),
            "nonce": nonce,
        }
        return self._render_template("capture_closed", shown)

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
