from odoo import models

from ...tools import capture_fields


class CrmLeadCaptureForm(models.Model):
    """What the parts of a submission are called, for those who read it."""

    _inherit = "crm.lead.capture.form"

    def _get_input_labels(self):
        """Return what inputs are called, by name: by the form, or else by the list of
        safe fields."""
        self.ensure_one()
        labels = {key: field.label for key, field in capture_fields.FIELDS.items()}
        labels |= {field.name: field.display_name for field in self.sudo().field_ids}
        labels |= {
            capture_fields.consent_name(consent.id): consent.name
            for consent in self.sudo().consent_ids
        }
        return labels

    def _get_own_text_fields(self):
        """Return the names of the other fields of leads that visitors type into."""
        fields = [line._get_safe_field() for line in self.sudo().field_ids]
        return {
            field.lead_field
            for field in fields
            if field
            and field.lead_field in self.env["crm.lead"]._fields
            and field.kind in ("text", "multiline")
        }

    def _get_lines(self):
        """Return the lines of the form, by the names of their inputs, without those
        whose field of the lead is gone."""
        return {
            field.name: field
            for field in self.sudo().field_ids
            if field._get_safe_field()
        }

    def _get_touch_labels(self):
        """Return what the parts of a visitor's way to the form are called, by the names
        of their inputs, in the order in which they are read."""
        touches = {
            "first": self.env._("First visit: %s"),
            "last": self.env._("Last visit: %s"),
        }
        parts = {
            "utm_source": self.env._("source"),
            "utm_medium": self.env._("medium"),
            "utm_campaign": self.env._("campaign"),
            "utm_term": self.env._("keyword"),
            "utm_content": self.env._("content"),
            **{name: name for name in capture_fields.CLICK_IDS},
            "referrer": self.env._("came from"),
            "landing_page": self.env._("first page"),
        }
        return {
            f"{touch}_{part}": text % label
            for touch, text in touches.items()
            for part, label in parts.items()
        }

    def _describe_touches(self, touches):
        """Return the pairs of label and value of a visitor's way to the form."""
        touches = touches or {}
        return [
            (label, touches[name])
            for name, label in self._get_touch_labels().items()
            if touches.get(name)
        ]
