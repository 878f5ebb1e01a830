from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import capture_fields

# Which records of a field's model are offered, where it isn't all of them
OPTION_DOMAINS = {"source": [("is_lead_source", "=", True)]}
MAX_OPTIONS = 500
SOURCE_LANG = "en_US"


class CrmLeadCaptureField(models.Model):
    """What visitors may choose from."""

    _inherit = "crm.lead.capture.field"

    choices = fields.Text(
        translate=True, help="What visitors may choose from, one on each line"
    )

    @api.constrains("key", "choices", "label")
    def _check_own_question(self):
        for field in self.filtered("is_own"):
            kind = field._get_safe_field().kind
            if not field.label:
                raise ValidationError(
                    self.env._(
                        "A question of your own on the form “%(form)s” has no label."
                        " Write down what visitors are asked.",
                        form=field.form_id.name,
                    )
                )
            if kind in ("choice", "choices") and not field._get_options():
                raise ValidationError(
                    self.env._(
                        "“%(field)s” on the form “%(form)s” has nothing to choose from."
                        " Enter the choices, one on each line.",
                        field=field.label,
                        form=field.form_id.name,
                    )
                )

    def _get_options(self):
        """Return the pairs of value and text to choose from; empty where visitors type.

        The value of a country is its code, of another record its id, of a choice what
        it is called in the form's first language.
        """
        self.ensure_one()
        safe = self._get_safe_field()
        if not safe or safe.input_type not in ("select", "checkboxes"):
            return []
        if safe.kind in ("choice", "choices"):
            return self._get_choices(safe)
        records = self._find_options(safe)
        if safe.kind == "country":
            # By their names in the visitor's language
            countries = records.filtered("code").sorted("name")
            return [(country.code, country.name) for country in countries]
        return [(str(record.id), record.display_name) for record in records]

    def _get_options_by_text(self):
        """Return the values to choose from, by all that people may type for them."""
        known = {}
        for value, label in self._get_options():
            known[label.casefold()] = known[value.casefold()] = value
        return known

    def _split_answers(self, text, known):
        """Return the answers that a text names, one for each comma or semicolon; the
        text as a whole where it is one of the known."""
        text = " ".join(text.split())
        if text.casefold() in known:
            return [text]
        parts = text.split(";" if ";" in text else ",")
        return [part.strip() for part in parts if part.strip()]

    def _get_choices(self, safe):
        if safe.lead_field:
            return self._get_lead_choices(safe.lead_field)
        values = self._get_lines(self.with_context(lang=SOURCE_LANG).choices)
        labels = self._get_lines(self.choices)
        if len(labels) != len(values):  # not translated in full
            labels = values = values or labels
        return list(zip(values, labels, strict=True))

    def _get_lead_choices(self, name):
        """Return the pairs of value and text of a selection of the lead."""
        return self.env["crm.lead"]._fields[name]._description_selection(self.env)

    @staticmethod
    def _get_lines(text):
        lines = (" ".join(line.split()) for line in (text or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def _find_options(self, safe, domain=()):
        """Return the records that visitors may choose from."""
        field = self.env["crm.lead"]._fields[safe.lead_field]
        records = self.env[field.comodel_name]
        domain = [*OPTION_DOMAINS.get(safe.key, ()), *domain]
        if isinstance(field.domain, list):
            domain += field.domain
        if "company_id" in records._fields:
            domain.append(("company_id", "in", (False, self.env.company.id)))
        limit = None if safe.key in capture_fields.FIELDS else MAX_OPTIONS
        return records.with_context(picklist_order=True).search(domain, limit=limit)
