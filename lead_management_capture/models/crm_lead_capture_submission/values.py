from markupsafe import Markup

from odoo import models
from odoo.fields import Command

from odoo.addons.lead_management.tools import person_name

from ...tools import capture_fields, capture_values, typed_address
from ...tools.capture_values import Reading

# Which part of a visit names which record of the lead
UTM_MODELS = {
    "utm_campaign": ("campaign_id", "utm.campaign"),
    "utm_source": ("source_id", "utm.source"),
    "utm_medium": ("medium_id", "utm.medium"),
}


class CrmLeadCaptureSubmission(models.Model):
    """What a lead is made of: the answers, and what the form says.

    An answer that no field of the lead takes (a text where a number is asked for, an
    industry that was deleted, a state Odoo doesn't know), or not all of, goes to the
    lead's notes as it was typed, so nothing is lost; the submission says which.
    """

    _inherit = "crm.lead.capture.submission"

    def _prepare_lead_values(self, lookups):
        """Return the values of the lead of one submission.

        :param dict lookups: see `_get_lookups`
        """
        self.ensure_one()
        form = self.form_id
        values = {
            "company_id": form.company_id.id,
            "capture_form_id": form.id,
            "capture_touches": self.touches,
            # Not the scheduled action's user, who is nobody's salesperson
            "user_id": False,
            "team_id": False,
            "stage_id": lookups["stage"],
            "tag_ids": [Command.set(form.tag_ids.ids)],
            **self._get_utm_values(lookups),
        }
        noted = self._set_answers(values, lookups)
        if lang := lookups["lang"].get(self.lang):
            values["lang_id"] = lang
        values["description"] = self._get_description(noted)
        if not any(
            values.get(name)
            for name in ("name", "partner_name", "contact_last_name", "email_from")
        ):
            values["name"] = form.name
        return values

    def _set_answers(self, values, lookups):
        """Put the answers into the values of a lead; return the pairs of name and text
        of those that go to its notes."""
        manner = self.form_id._get_manner(
            self.lang, self.form_id.company_id.currency_id.name
        )
        readings, spare = {}, {}
        texts = self._get_texts(lookups)
        for key, text in texts.items():
            field = lookups["fields"].get(key)
            reading = Reading(None, text)
            if field:
                reading = self._read_answer(field, text, manner, lookups)
            readings[key] = reading
            if field and field.kind == "options":
                commands = values.get(field.lead_field) or []
                values[field.lead_field] = commands + (reading.value or [])
            elif field and field.lead_field and reading.value is not None:
                if field.is_spare:
                    spare[key] = field.lead_field
                else:
                    values[field.lead_field] = reading.value
        for key, name in spare.items():
            if values.get(name):
                readings[key] = Reading(None, texts[key])
            else:
                values[name] = readings[key].value
        if "state" in readings and "country" not in readings:
            values["country_id"] = lookups["country_of"].get(readings["state"].value)
        self._set_names(values, readings)
        known = lookups["fields"]
        noted = [
            (key, texts[key])
            for key, reading in readings.items()
            if key != "message"
            and (reading.value is None or not self._is_said(key, reading.rest, values))
        ]
        noted = [
            (key, text.replace("\n", ", "))
            if key in known and known[key].kind in capture_fields.LISTS
            else (key, text)
            for key, text in noted
        ]
        # Those that are nothing but a note anyway aren't worth a word.
        self.noted = [
            key for key, _text in noted if key not in known or known[key].lead_field
        ] or False
        return noted

    def _get_texts(self, lookups):
        """Return the texts to read, by the names of their inputs: the answers in the
        order of the form, and the form's fixed values."""
        texts = lookups.setdefault("texts", {})
        if self not in texts:
            answers = dict(self._get_sorted_answers())
            texts[self] = {**answers, **lookups["constants"]}
        return texts[self]

    def _read_answer(self, field, text, manner, lookups):
        """Return the `Reading` of an answer, with the ids of records."""
        reading = capture_values.read(field, text, manner)
        if not field.lead_field:
            return Reading(None, text)  # a question of the form's own
        if reading.value is None:
            return reading
        value, rest = reading
        known = lookups["options"].get(field.key, {})
        if field.kind == "country":
            find_country = self.env["res.country"]._find_named_code
            is_sure = "," not in value and find_country(value, guess=False)
            value = lookups["country"].get(find_country(value))
            rest = "" if is_sure else text  # a city, too, or a typing mistake
        elif field.kind == "state":
            value = self._find_state(value, lookups)
        elif field.kind in ("option", "choice"):
            value = known.get(value.casefold())
        elif field.kind in ("options", "choices"):
            found = [known.get(line.casefold()) for line in value.split("\n")]
            rest = "" if all(found) else text
            value = list(filter(None, found)) or None
            if value and field.kind == "options":
                value = [Command.link(record_id) for record_id in value]
        elif field.kind == "checkbox":
            value = capture_values.read_checkbox(value)
        return Reading(value, rest)

    def _is_said(self, key, rest, values):
        """Tell whether what an answer has too much stands elsewhere, too, as a name
        beside the e-mail address does."""
        names = (values.get("contact_first_name"), values.get("contact_last_name"))
        answers = self.answers or {}
        others = [text for name, text in answers.items() if name != key]
        words = {
            word
            for text in (*filter(None, names), *others)
            for word in text.casefold().replace(",", " ").split()
        }
        return set(rest.casefold().replace(",", " ").split()) <= words

    def _set_names(self, values, readings):
        """Fill in names that were typed elsewhere: a whole one where only the last is
        asked for, one in front of the e-mail address where none is. An address typed
        behind a name is no part of it."""
        for key in {"first_name", "last_name"} & readings.keys():
            address, name = typed_address.read_email(readings[key].value or "")
            if address and name:
                values[f"contact_{key}"] = name
                readings[key] = Reading(name, address)
        if "first_name" in readings:
            return
        whole = values.get("contact_last_name", "")
        if whole and "," not in whole:
            return
        if not whole and "<" in (self.answers or {}).get("email", ""):
            whole = readings["email"].rest
        first, last = person_name.split(whole)
        if last:
            values.update(contact_first_name=first, contact_last_name=last)

    def _get_description(self, noted, message=None):
        """Return the lead's notes: the visitor's message, and what fits nowhere.

        :param noted: pairs of an input's name and the text
        :param str message: instead of the visitor's
        """
        if message is None:
            message = (self.answers or {}).get("message", "")
        labels = self.form_id._get_input_labels() if noted else {}
        lines = []
        for key, text in noted:
            label = labels.get(key, key)
            end = "" if label.endswith(("?", ":", "!", ".")) else ":"
            lines.append(f"{label}{end} {text}")
        paragraphs = [message] if message else []
        if lines:
            paragraphs.append("\n".join(lines))
        if not paragraphs:
            return False
        return Markup("").join(
            Markup("<p>%s</p>") % Markup("<br/>").join(paragraph.split("\n"))
            for paragraph in paragraphs
        )

    def _get_utm_values(self, lookups):
        """Return campaign, source and medium: the form's, or else those of the
        visitor's last way here, where Odoo has them. None is created: everybody can
        write into an address what they like."""
        form, touches = self.form_id, self.touches or {}
        values = {}
        for part, (field_name, model) in UTM_MODELS.items():
            name = touches.get(f"last_{part}") or touches.get(f"first_{part}") or ""
            values[field_name] = (
                form[field_name].id or lookups[model].get(name.casefold()) or False
            )
        return values
