from dataclasses import dataclass, field

from odoo import models

# The context key under which a file travels while it is read. Its value is an object of
# the class below, which no client can send.
FILE = "lead_import_file"


@dataclass(eq=False)
class LeadFile:
    """What is known of a file of leads while it is read.

    Rows of data are counted from 0, as they are handed on by `_convert_import_data`.
    """

    rows: list = field(default_factory=list)  # as read, the titles first if there are
    titles: list = field(default_factory=list)  # of all columns, perhaps empty texts
    fields: list = field(default_factory=list)  # of all columns, perhaps False
    has_headers: bool = True
    paths: list = field(default_factory=list)  # the fields of the columns of data
    numbers: list = field(default_factory=list)  # of the rows, as in a spreadsheet
    data_numbers: list = field(default_factory=list)  # of the rows of data
    notes: dict = field(default_factory=dict)  # texts for the notes, by row of data
    # What all cells of a column have said of how it is written: kept for later batches
    decided: dict = field(default_factory=dict)

    def get_title(self, path):
        """Return the title of the first column of a field."""
        return next(
            (
                t
                for t, name in zip(self.titles, self.fields, strict=False)
                if name == path
            ),
            "",
        )

    def _get_numbered_data(self):
        """Yield the rows with a cell that is imported: native drops the others."""
        indices = [index for index, name in enumerate(self.fields) if name]
        start = bool(self.has_headers)
        for number, row in zip(self.numbers[start:], self.rows[start:], strict=False):
            if any(row[index] for index in indices):
                yield number, row

    def count_data(self):
        """Note the numbers of the rows of data."""
        self.data_numbers = [number for number, __ in self._get_numbered_data()]

    def get_data_rows(self):
        """Return the rows of data with all their cells."""
        return [row for __, row in self._get_numbered_data()]

    def get_cells(self, path):
        """Yield the cells of all columns of a field, from the whole file."""
        indices = [index for index, name in enumerate(self.fields) if name == path]
        for row in self.rows[self.has_headers :]:
            for index in indices:
                if index < len(row):
                    yield row[index]

    def get_columns(self):
        """Yield the cells of each column, whether it is imported or not."""
        for index in range(len(self.titles)):
            yield [
                row[index] for row in self.rows[self.has_headers :] if index < len(row)
            ]

    def decide(self, what, name, find):
        """Return how a column is written.

        :param str what: what of it
        :param str name: the field of the column
        :param find: a function that looks at the cells; what it returns is JSON
        """
        key = f"{what} {name}"
        if key not in self.decided:
            self.decided[key] = find()
        return self.decided[key]

    def forget(self):
        """Let go of the rows: the environments that were made while they were read may
        live as long as the transaction."""
        self.rows, self.numbers, self.data_numbers, self.notes = [], [], [], {}

    def add_note(self, row, text, title=""):
        """Keep what no field takes for the notes of a row."""
        self.notes.setdefault(row, []).append(f"{title}: {text}" if title else text)


class BaseImport(models.TransientModel):
    """Keep what was read of a file of leads at hand while it is imported."""

    _inherit = "base_import.import"

    def parse_preview(self, options, count=10):
        if self.res_model != "crm.lead":
            return super().parse_preview(options, count=count)
        file = LeadFile()
        reading = self.with_context(**{FILE: file})
        try:
            return super(BaseImport, reading).parse_preview(options, count=count)
        finally:
            file.forget()

    def execute_import(self, fields, columns, options, dryrun=False):
        if self.res_model != "crm.lead":
            return super().execute_import(fields, columns, options, dryrun=dryrun)
        file = LeadFile(fields=list(fields))
        reading = self.with_context(**{FILE: file})
        try:
            return super(BaseImport, reading).execute_import(
                fields, columns, options, dryrun=dryrun
            )
        finally:
            file.forget()

    def _get_lead_file(self):
        """Return the file of leads that is being read, None where it is none."""
        file = self.env.context.get(FILE)
        return file if isinstance(file, LeadFile) else None

    def _read_file(self, options):
        read = super()._read_file(options)
        if (file := self._get_lead_file()) and read:
            file.rows = read[1]
            width = max(map(len, file.rows), default=0)
            file.titles = [""] * width
            file.has_headers = bool(options.get("has_headers"))
            if options.get("has_headers") and file.rows:
                file.titles = [str(title).strip() for title in file.rows[0]]
        return read
