from odoo import models

from odoo.addons.lead_management.tools import social_handle

from ...tools import phone_text

PHONE_FIELDS = ("phone", "company_phone", "fax")


class BaseImport(models.TransientModel):
    """Bring phone numbers and postal codes of leads back to what they were before a
    spreadsheet or an export had them, see `phone_text`, and keep what is no profile on
    Twitter/X for the notes."""

    _inherit = "base_import.import"

    def _convert_import_data(self, fields, options):
        data, import_fields = super()._convert_import_data(fields, options)
        if file := self._get_lead_file():
            for index, path in enumerate(import_fields):
                if path in PHONE_FIELDS:
                    self._clean_phones(file, data, index, path)
                elif path == "zip":
                    for cells in data:
                        cells[index] = phone_text.strip_mark(cells[index])
                elif path == "twitter":
                    self._check_handles(file, data, index, path)
        return data, import_fields

    def _clean_phones(self, file, data, index, path):
        for row, cells in enumerate(data):
            if cells[index] and isinstance(cells[index], str):
                number, is_whole = phone_text.clean(cells[index])
                if not is_whole:  # a spreadsheet has dropped figures
                    file.add_note(row, cells[index], file.get_title(path))
                cells[index] = number

    def _check_handles(self, file, data, index, path):
        """Keep what is no profile on Twitter/X for the notes."""
        for row, cells in enumerate(data):
            try:
                social_handle.normalize(cells[index])
            except ValueError:
                file.add_note(row, cells[index].strip(), file.get_title(path))
                cells[index] = ""
