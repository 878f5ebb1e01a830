import re

from odoo import models

from ...tools import column_title, title_unit

_CODE = re.compile(r"[A-Z]{3}")


class BaseImport(models.TransientModel):
    """Find out in what the bare numbers of a column are counted.

    Its title may say so (see `title_unit`), and another column may have the currency of
    each row: the one called after the amount's, else the one that is called no more
    than "Currency".
    """

    _inherit = "base_import.import"

    def _get_units(self, field, count, options):
        """Return the unit of each row of a column."""
        file = self._get_lead_file()
        if not file:
            return [title_unit.Unit()] * count
        title = file.get_title(field.name)
        __, unit = title_unit.split(title)
        if field.type == "integer":
            return [unit._replace(currency="")] * count
        column = column_title.find_currency(title, file.titles)
        if unit.currency or column is None:
            return [unit] * count
        skip = options.get("skip") or 0
        units = []
        for row in file.get_data_rows()[skip : skip + count]:
            code = str(row[column]).strip().upper()
            is_code = bool(_CODE.fullmatch(code))
            units.append(unit._replace(currency=code if is_code else ""))
        return units
