from odoo import models

from odoo.addons.lead_management.tools import state_names

from ...tools import capture_fields, close_name
from .values import UTM_MODELS


class CrmLeadCaptureSubmission(models.Model):
    """What answers name in the database, asked for once for all submissions of a
    batch."""

    _inherit = "crm.lead.capture.submission"

    def _get_lookups(self):
        """Return what the values of a batch need from the database: one query a
        model."""
        lookups = {
            model: self._find_by_name(model, f"_{part}")
            for part, (_name, model) in UTM_MODELS.items()
        }
        # Each lead would look for its stage itself.
        stage = self.env["crm.lead"]._stage_find(domain=[("fold", "=", False)])
        lookups["stage"] = stage.id
        lookups["lang"] = {
            code: self.env["res.lang"]._get_data(code=code).id
            for code in set(self.mapped("lang"))
        }
        lines = self.form_id._get_lines()
        lookups["fields"] = capture_fields.FIELDS | {
            name: line._get_safe_field() for name, line in lines.items()
        }
        lookups["constants"] = {
            name: line.constant_text
            for name, line in lines.items()
            if line.is_constant and line.constant_text
        }
        lookups["options"] = {
            name: self._find_options(field, lookups)
            for name, field in lookups["fields"].items()
            if field.lead_field
            and field.kind in ("option", "options", "choice", "choices")
        }
        return lookups | self._find_places(lookups)

    def _find_by_name(self, model, part):
        """Return the ids of the UTM records that visits name, by folded name."""
        names = {
            value
            for submission in self
            for name, value in (submission.touches or {}).items()
            if name.endswith(part)
        }
        if not names:
            return {}
        records = self.env[model].search([("name", "in", list(names))])
        return {record.name.casefold(): record.id for record in records}

    def _find_options(self, field, lookups):
        """Return what the lead gets for what forms offer for a question (ids of
        records, values of a choice), by what is sent for it: the same, or its name in a
        language of the submissions."""
        texts = {
            line
            for submission in self
            for line in submission._get_texts(lookups).get(field.key, "").split("\n")
            if line
        }
        if not texts:
            return {}
        fields = self.env["crm.lead.capture.field"].with_company(
            self.form_id.company_id
        )
        if field.kind in ("choice", "choices"):
            found = {}
            for lang in {self.env.lang, *self.mapped("lang")}:
                for value, label in fields.with_context(lang=lang)._get_choices(field):
                    found |= {label.casefold(): value, value.casefold(): value}
            return found
        # Others are larger than any id of the database.
        ids = [int(text) for text in texts if self._is_id(text)]
        if len(ids) == len(texts):
            options = fields._find_options(field, [("id", "in", ids)])
            return {str(option.id): option.id for option in options}
        options = fields._find_options(field)
        found = {
            option.display_name.casefold(): option.id
            for lang in {None, *self.mapped("lang")}
            for option in options.with_context(lang=lang or self.env.lang)
        }
        return found | {str(option.id): option.id for option in options}

    @staticmethod
    def _is_id(text):
        return text.isascii() and text.isdecimal() and int(text) < 2**31

    # ------------------------------------------------------------
    # PLACES
    # ------------------------------------------------------------

    def _find_places(self, lookups):
        """Return countries by code; states by the code of their country, None for any,
        and their folded name or code; the country of each state."""
        answers = [submission._get_texts(lookups) for submission in self]
        find_country = self.env["res.country"]._find_named_code
        codes = {
            find_country(values["country"]) for values in answers if "country" in values
        }
        countries = self.env["res.country"].search([("code", "in", list(codes))])
        places = {
            "country": {country.code: country.id for country in countries},
            "state": {},
            "country_of": {},
        }
        stated = [values for values in answers if "state" in values]
        if stated:
            states = countries.state_ids
            if any("country" not in values for values in stated):
                states = self.env["res.country.state"].search([])
            places |= self._index_states(states)
        return places

    def _index_states(self, states):
        index, by_name = {}, {}
        for state in states:
            country = state.country_id.code
            names = state_names.get_names(state.name)
            for key in (*names, *state_names.get_codes(state.code, country)):
                index.setdefault((country, key), state.id)
            for key in names:
                by_name.setdefault(key, set()).add(state.id)
        # Without a country, only a name will do that no other country has.
        index |= {(None, key): min(ids) for key, ids in by_name.items() if len(ids) < 2}
        return {
            "state": index,
            "country_of": {state.id: state.country_id.id for state in states},
        }

    def _find_state(self, text, lookups):
        """Return the id of the state that a text names, of the country that was
        answered; of the company's, or of the only one that has it, without one."""
        if country := self._get_texts(lookups).get("country"):
            code = self.env["res.country"]._find_named_code(country)
            places = [code] if code else []
        else:
            places = [self.form_id.company_id.country_id.code, None]
        for place in places:
            for key in state_names.get_keys(text):
                if state := lookups["state"].get((place, key)):
                    return state
        if country and places:
            names = {
                name: state
                for (place, name), state in lookups["state"].items()
                if place == places[0]
            }
            return close_name.find(text, state_names.fold(text), names)
        return None
