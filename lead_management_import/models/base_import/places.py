from collections import defaultdict

from odoo import models
from odoo.tools import format_list

from odoo.addons.lead_management.tools import place_name, state_names

from ...tools import country_names
from ..crm_lead.imported import RUN, ImportRun
from .unreadable_cell import UnreadableCell


class BaseImport(models.TransientModel):
    """Import countries of leads as people write them.

    They are read with `place_name`: `"Austin, Texas"` fills the country, the state and
    the city. What is no country, may be in several, or would overwrite the city or the
    state of the file, is reported with its row.
    """

    _inherit = "base_import.import"

    def _convert_import_data(self, fields, options):
        data, import_fields = super()._convert_import_data(fields, options)
        if self.res_model == "crm.lead" and "country_id" in import_fields:
            self._read_places(data, import_fields, options)
        if self.res_model == "crm.lead" and "state_id" in import_fields:
            self._read_states(data, import_fields, options)
        return data, import_fields

    def _read_states(self, data, import_fields, options):
        """Find the states of a column by name or code in the country of their row, else
        in the company's country, else where there is but one."""
        column = import_fields.index("state_id")
        has_country = "country_id" in import_fields
        country_column = import_fields.index("country_id") if has_country else None
        folded = {cells[column]: place_name.fold(cells[column]) for cells in data}
        states = self._get_states_by_name(set(folded.values()) - {""})
        names = {
            state_id: (text, state_id)
            for text, found in states.items()
            for __, state_id, __ in found
        }
        for state in self.env["res.country.state"].browse(names):
            names[state.id] = (state.display_name, state.id)
        home = self.env.company.country_id.code
        run = self.env.context.get(RUN)
        problems = {}
        for row, cells in enumerate(data):
            if not cells[column].strip():
                continue
            country = cells[country_column] if has_country else ""
            if isinstance(country, UnreadableCell):
                country = ""
            found = states.get(folded[cells[column]], [])
            state_id = self._choose_state(found, country, home)
            if not state_id:
                problems[row] = self._explain_unknown_state(cells[column], country)
            elif isinstance(run, ImportRun):
                cells[column] = names[state_id][0]
                run.known["state_id", None, cells[column]] = state_id
        field, shared = self.env["crm.lead"]._fields["state_id"], set(problems.values())
        self._mark_unreadable_cells(field, data, column, problems, options, shared)

    def _choose_state(self, found, country, home):
        """Return the only state of a country, names before codes; None if there are
        several. Names that differ in accents alone are of one state."""
        for code in (country,) if country else (home, None):
            for by_name in (True, False):
                ids = {
                    state_id
                    for state_country, state_id, is_name in found
                    if is_name == by_name and code in (None, state_country)
                }
                if len(ids) == 1 or (ids and code and by_name):
                    return min(ids)
        return None

    def _explain_unknown_state(self, text, country):
        if country:
            return self.env._(
                "“%(state)s” is no state of %(country)s that is known here.",
                state=text,
                country=country,
            )
        return self.env._(
            "“%(state)s” is no state, or one of several countries. Add a column with"
            " the country.",
            state=text,
        )

    def _read_places(self, data, import_fields, options):
        """Replace what is written for countries with their codes, and add what it says
        of the state and the city.

        :param data: rows of cells, changed in place
        :param list import_fields: the fields of the columns, changed in place
        """
        column = import_fields.index("country_id")
        places, errors = self._resolve_places({cells[column] for cells in data})
        has_state = any(path.split("/")[0] == "state_id" for path in import_fields)
        if any(place.city or place.state for place in places.values()):
            for path in ("city",) if has_state else ("city", "state_id/.id"):
                if path not in import_fields:
                    import_fields.append(path)
                    for cells in data:
                        cells.append("")
        problems = {}
        for row, cells in enumerate(data):
            text = cells[column]
            place = places.get(text)
            problem = errors.get(text) or (
                place and self._explain_place_clash(place, cells, import_fields)
            )
            if problem:
                problems[row] = problem
            elif place:
                cells[column] = place.country
                if place.city:
                    cells[import_fields.index("city")] = place.city
                if place.state:
                    cells[import_fields.index("state_id/.id")] = str(place.state)
        field = self.env["crm.lead"]._fields["country_id"]
        self._mark_unreadable_cells(field, data, column, problems, options)

    def _explain_place_clash(self, place, cells, import_fields):
        """Say why what a row holds doesn't go with its place, None if it does."""
        if place.city and (city := cells[import_fields.index("city")]):
            return self.env._(
                "the row has a city already (%(city)s). Write the country alone.",
                city=city,
            )
        if place.state and "state_id/.id" not in import_fields:
            return self.env._(
                "the file has a column for the state. Write the country alone."
            )
        return None

    def _resolve_places(self, texts):
        """Read the countries and places of a column.

        :return: `(places, errors)`: by text, the `Place` (its state being a database
            id), or what is wrong and what to write instead; neither for country codes
        """
        texts = {text for text in texts if text and isinstance(text, str)}
        names_by_code = {}
        countries = {
            **country_names.VEHICLE_CODES,
            **country_names.get_codes_by_name(),
        }
        # Lists of companies are in English everywhere, whatever Odoo's languages.
        for lang in dict.fromkeys(("en_US", self.env.lang or "en_US")):
            for country in (
                self.env["res.country"]
                .with_context(lang=lang)
                .search_fetch([], ["name"])
            ):
                countries[place_name.fold(country.name)] = country.code
                names_by_code[country.code] = country.name
        states = self._get_states_by_name(
            {place_name.fold(part) for text in texts for part in text.split(",")}
        )
        home_country = self.env.company.country_id.code
        places, errors = {}, {}
        for text in texts:
            try:
                place = place_name.resolve(text, countries, states, home_country)
            except place_name.AmbiguousPlaceError as error:
                errors[text] = self._explain_ambiguous_place(text, error, names_by_code)
            else:
                if place:
                    places[text] = place
                elif text.strip() and text.strip().upper() not in names_by_code:
                    errors[text] = self.env._(
                        "there is no such country here. Write the country's name, or"
                        " its code of two letters."
                    )
        return places, errors

    def _get_states_by_name(self, names):
        """Return the states of the world as `place_name` takes them.

        :param set names: folded names and codes, the only ones that matter
        """
        asked, states = defaultdict(set), defaultdict(list)
        for name in names:
            for key in state_names.get_keys(name):
                asked[key].add(name)
        for state in self.env["res.country.state"].search_fetch(
            [], ["name", "code", "country_id"]
        ):
            country = state.country_id.code
            called = state_names.get_names(state.name)
            for key in called | state_names.get_codes(state.code, country):
                for name in asked.get(key, ()):
                    states[name].append((country, state.id, key in called))
        return states

    def _explain_ambiguous_place(self, text, error, names_by_code):
        names = [names_by_code[code] for code in error.countries]
        if error.is_country:
            explanation = self.env._(
                "%(place)s is a country and also a state of %(countries)s.",
                place=error.name,
                countries=format_list(self.env, names[1:]),
            )
        else:
            explanation = self.env._(
                "%(place)s is a state of %(countries)s.",
                place=error.name,
                countries=format_list(self.env, names),
            )
        return self.env._(
            "%(explanation)s Add the country, such as “%(example)s”.",
            explanation=explanation,
            example=f"{text}, {names[-1]}",
        )
