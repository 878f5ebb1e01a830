import re

from odoo import models

from ...tools import title_vocabulary
from ..crm_lead.imported import RUN, ImportRun

# Above this, names are searched for instead of being read all.
MANY_RECORDS = 5000
# Read elsewhere, or too many to be compared by the way they are written
OTHER_MODELS = {"res.country", "res.country.state", "res.partner", "crm.lead"}


class BaseImport(models.TransientModel):
    """Find the records that texts of a file stand for: sources, owners, tags …

    A text stands for the only record whose name is the same but for capital letters,
    accents and signs (`"ORGANIC_SEARCH"`, `"Organic Search"`), in the user's language
    or in English. Owners are also known by their e-mail address and login, languages by
    their codes. It is one search for a column, however many rows there are. What stands
    for nothing is told once for all its rows.
    """

    _inherit = "base_import.import"

    def _parse_import_data(self, data, import_fields, options):
        if self.res_model == "crm.lead":
            for index, path in enumerate(import_fields):
                field = self.env["crm.lead"]._fields.get(path)
                if field is None:
                    continue
                if field.type == "selection":
                    self._check_selection(field, data, index, options)
                elif (
                    field.type in ("many2one", "many2many")
                    and field.comodel_name not in OTHER_MODELS
                ):
                    self._find_records(field, data, index, options)
        return super()._parse_import_data(data, import_fields, options)

    def _check_selection(self, field, data, index, options):
        if field.name in (options.get("fallback_values") or {}):
            return  # native puts a value of the person's choice there
        known = set()
        for env in (self.env, self.with_context(lang=None).env):
            for key, label in field._description_selection(env):
                known |= {str(key).lower(), label.lower()}
        self._report_unknown(
            field, data, index, lambda text: text.lower() not in known, options
        )

    def _find_records(self, field, data, index, options):
        run = self.env.context.get(RUN)
        if not isinstance(run, ImportRun):
            return
        is_many = field.type == "many2many"
        if is_many:
            for cells in data:
                cells[index] = ",".join(self._split_values(cells[index]))
        texts = {
            text
            for cells in data
            for text in (cells[index].split(",") if is_many else [cells[index].strip()])
            if text
        }
        if not texts:
            return
        found = self._match_names(field, texts)
        for text, record_id in found.items():
            run.known[field.name, None, text] = record_id
        if is_many:
            self._note_unknown_values(field, data, index, found, options)
            return
        for cells in data:
            cells[index] = cells[index].strip()
        self._report_unknown(
            field, data, index, lambda text: text not in found, options
        )

    def _split_values(self, cell):
        parts = (part.strip(' \t"') for part in re.split(r"[,;|\n]", cell))
        return [part for part in parts if part]

    def _note_unknown_values(self, field, data, index, found, options):
        """Keep unknown tags and the like for the notes, if that was chosen."""
        file = self._get_lead_file()
        if not file or field.name not in (options.get("lead_notes_fields") or ()):
            return
        title = file.get_title(field.name) or field._description_string(self.env)
        for row, cells in enumerate(data):
            values = self._split_values(cells[index])
            if unknown := [value for value in values if value not in found]:
                file.add_note(row, ", ".join(unknown), title)
                cells[index] = ",".join(v for v in values if v in found)

    def _report_unknown(self, field, data, index, is_unknown, options):
        problems = {
            row: self.env._(
                "“%(value)s” isn't known here. Choose below what is to become of such"
                " values, or correct it.",
                value=cells[index][:80],
            )
            for row, cells in enumerate(data)
            if cells[index] and is_unknown(cells[index])
        }
        shared = set(problems.values())
        self._mark_unreadable_cells(field, data, index, problems, options, shared)

    def _match_names(self, field, texts):
        """Return the ids of the records that texts stand for, by text."""
        records = self.env[field.comodel_name]
        name = records._rec_name
        if not name:
            return {}
        domain = []
        if records.search_count([], limit=MANY_RECORDS + 1) > MANY_RECORDS:
            domain = [(name, "in", list(texts))]
        ids = {}
        exact = {}
        for lang in dict.fromkeys((self.env.lang or "en_US", "en_US")):
            for record in records.with_context(lang=lang).search(domain):
                exact.setdefault(record[name], set()).add(record.id)
                for text in (record[name], *self._get_other_names(record)):
                    if key := title_vocabulary.fold(text or ""):
                        ids.setdefault(key, set()).add(record.id)
        found = {}
        for text in texts:
            same = exact.get(text) or ids.get(title_vocabulary.fold(text), ())
            if len(same) == 1:
                found[text] = next(iter(same))
        return found

    def _get_other_names(self, record):
        """Return by what a record is known besides its name. Extend for more."""
        if record._name == "res.users":
            return [record.login, record.email]
        if record._name == "res.lang":
            return [record.code, record.iso_code, *record.name.split(" / ")]
        return []
