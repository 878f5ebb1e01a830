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
    notes: dict = field(default_factory=dict)  # texts for the notes, by row of data

    def add_note(self, row, text, title=""):
        """Keep what no field takes for the notes of a row."""
        self.notes.setdefault(row, []).append(f"{title}: {text}" if title else text)


class BaseImport(models.TransientModel):
    """Keep what was read of a file of leads at hand while it is imported."""

    _inherit = "base_import.import"

    def parse_preview(self, options, count=10):
        reading = self
        if self.res_model == "crm.lead":
            reading = self.with_context(**{FILE: LeadFile()})
        return super(BaseImport, reading).parse_preview(options, count=count)

    def execute_import(self, fields, columns, options, dryrun=False):
        reading = self
        if self.res_model == "crm.lead":
            reading = self.with_context(**{FILE: LeadFile()})
        return super(BaseImport, reading).execute_import(
            fields, columns, options, dryrun=dryrun
        )

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
            if options.get("has_headers") and file.rows:
                file.titles = [str(title).strip() for title in file.rows[0]]
        return read
