from odoo import models

from ...tools import zip_city


class BaseImport(models.TransientModel):
    """Take postal codes and towns apart that are written in one column."""

    _inherit = "base_import.import"

    def _convert_import_data(self, fields, options):
        data, import_fields = super()._convert_import_data(fields, options)
        if self._get_lead_file():
            self._split_towns(data, import_fields)
        return data, import_fields

    def _split_towns(self, data, import_fields):
        """Write both where a file has but one column for them.

        :param data: rows of cells, changed in place
        :param list import_fields: the fields of the columns, changed in place
        """
        there = {"zip", "city"} & set(import_fields)
        if len(there) != 1:
            return
        index = import_fields.index(*there)
        both = [zip_city.split(str(cells[index] or "")) for cells in data]
        if not any(both):
            return
        other = "zip" if there == {"city"} else "city"
        import_fields.append(other)
        for cells, found in zip(data, both, strict=True):
            cells.append("")
            if found:
                values = dict(zip(("zip", "city"), found, strict=True))
                cells[index], cells[-1] = values[import_fields[index]], values[other]
