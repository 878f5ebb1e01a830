import datetime
import re

from odoo import models
from odoo.tools import plaintext2html

from ...tools import column_title
from ..crm_lead.imported import RUN, ImportRun

# Text that an export has written as HTML is left as it is.
HTML = re.compile(r"\s*<(p|div|ul|ol|table|h\d|span|br)\b.*>\s*", re.DOTALL)

PLACES = ("zip", "city", "state_id", "country_id")


class BaseImport(models.TransientModel):
    """Bring several columns of one field together, and write the notes.

    Of columns that are each a source for the field, such as *Phone* and *Mobile*, the
    best one that says anything gives the value; what the others say goes into the
    notes. The best ones for a town or a country are those of whom the street is of.
    Parts of a value, such as a house number, are written together in the order of the
    file, and so are columns of which nothing is known but that a person chose the same
    field for them.

    The notes are text as it was typed, line by line. What is no note by its title
    (`column_title.is_note`) goes under it.
    """

    _inherit = "base_import.import"

    def _convert_import_data(self, fields, options):
        data, import_fields = super()._convert_import_data(fields, options)
        if file := self._get_lead_file():
            file.paths = import_fields
            data = self._leave_later_rows(data, import_fields, options)
            file.notes = {}
            file.count_data()
            titles = [
                title for title, name in zip(file.titles, fields, strict=False) if name
            ]
            self._join_columns(file, data, import_fields, titles, options)
        return data, import_fields

    def _leave_later_rows(self, data, import_fields, options):
        """Return the rows of this batch: native reads all that follow, too, in each
        batch. The first batch reads them once, to see whether all can be read, unless
        what can't is left out. Rows of sub-records belong to the lead above: then
        nothing is left."""
        run = self.env.context.get(RUN)
        limit = options.get("limit")
        is_later = isinstance(run, ImportRun) and (run.continues or run.only_good)
        if is_later and limit and not any("/" in path for path in import_fields):
            return data[:limit]
        return data

    def _parse_import_data(self, data, import_fields, options):
        data = super()._parse_import_data(data, import_fields, options)
        if file := self._get_lead_file():
            self._write_notes(file, data, import_fields)
            self._empty_rows_left_out(data, options)
        return data

    def _join_columns(self, file, data, import_fields, titles, options):
        """Leave one column for each field, and none for the notes.

        :param data: rows of cells, changed in place
        :param list import_fields: the fields of the columns, changed in place
        """
        columns = {}
        for index, path in enumerate(import_fields):
            columns.setdefault(path, []).append(index)
        obsolete = []
        for path, indices in columns.items():
            field = self.env["crm.lead"]._fields.get(path)
            if path == "description":
                self._take_notes(file, data, indices, titles, options)
                obsolete += indices
            elif len(indices) > 1 and field and field.type != "many2many":
                self._choose_value(file, data, path, indices, titles, options)
                obsolete += indices[1:]
        for index in sorted(obsolete, reverse=True):
            del import_fields[index]
            for cells in data:
                del cells[index]

    def _take_notes(self, file, data, indices, titles, options):
        for row, cells in enumerate(data):
            for index in indices:
                if text := self._get_text(cells[index], options):
                    is_note = not titles[index] or column_title.is_note(titles[index])
                    file.add_note(row, text, "" if is_note else titles[index])

    def _choose_value(self, file, data, path, indices, titles, options):
        """Write what several columns say of a field into the first of them."""
        ranks = {index: column_title.get_rank(titles[index], path) for index in indices}
        elsewhere = self._get_elsewhere(file, path, indices, titles)
        sources = sorted(
            (index for index in indices if ranks[index] is not None),
            key=lambda index: (index in elsewhere, ranks[index], index),
        )
        for row, cells in enumerate(data):
            texts = {index: self._get_text(cells[index], options) for index in indices}
            best = next((index for index in sources if texts[index]), None)
            for index in sources:
                if index != best and texts[index]:
                    if texts[index].casefold() != texts[best].casefold():
                        file.add_note(row, texts[index], titles[index])
                    texts[index] = ""
            filled = [index for index in indices if texts[index]]
            cells[indices[0]] = (
                cells[filled[0]]
                if len(filled) == 1
                else " ".join(texts[index] for index in filled)
            )

    def _get_elsewhere(self, file, path, indices, titles):
        """Return the columns whose place is that of somebody else than the street: the
        town of a person beside the street of a company."""
        streets = [
            (column_title.get_rank(title, "street") or 0, index, title)
            for index, (title, name) in enumerate(
                zip(file.titles, file.fields, strict=False)
            )
            if name == "street"
        ]
        if path not in PLACES or not streets:
            return ()
        owner = column_title.get_owner(min(streets)[2])
        return [
            index for index in indices if column_title.get_owner(titles[index]) != owner
        ]

    def _get_text(self, cell, options):
        if isinstance(cell, datetime.date):
            return str(cell)
        return self._stringify_date_like_objects(cell or "", options).strip()

    def _empty_rows_left_out(self, data, options):
        """Leave nothing in rows that are left out that could be found wrong with
        them."""
        run = self.env.context.get(RUN)
        skip = options.get("skip") or 0
        for row in run.problems if isinstance(run, ImportRun) else ():
            if 0 <= row - skip < len(data):
                data[row - skip][:] = [""] * len(data[row - skip])

    def _write_notes(self, file, data, import_fields):
        """Add a column for the notes, if there are any."""
        if not any(file.notes.values()):
            return
        import_fields.append("description")
        for row, cells in enumerate(data):
            texts = file.notes.get(row, ())
            if len(texts) == 1 and HTML.fullmatch(texts[0]):
                cells.append(texts[0])
            else:
                cells.append(str(plaintext2html("\n".join(texts))) if texts else "")
