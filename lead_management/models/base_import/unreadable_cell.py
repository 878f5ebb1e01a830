from odoo import models

# The columns that name the record of a row, best first.
LABEL_FIELDS = ("partner_name", "name", "contact_name", "email_from", "email")


class UnreadableCell(str):
    """A cell as it was written, with the `message` that says why it can't be read."""

    __slots__ = ("message",)

    def __new__(cls, value, message):
        cell = super().__new__(cls, value)
        cell.message = message
        return cell


class BaseImport(models.TransientModel):
    """Mark cells that can't be read, so that the fields' converters report them."""

    _inherit = "base_import.import"

    def _describe_cell(self, field, cells, index, row, import_fields, options, text):
        """Return a message on a cell that names the row, the record and the value.

        :param str text: what is wrong and what to write instead
        """
        label = next(
            (
                str(cells[import_fields.index(name)])
                for name in LABEL_FIELDS
                if name in import_fields and cells[import_fields.index(name)]
            ),
            None,
        )
        # As in a spreadsheet, where the row of titles is the first.
        number = row + (options.get("skip") or 0) + bool(options.get("has_headers")) + 1
        value = str(cells[index]).strip()
        return self.env._(
            "Row %(row)s%(label)s, %(field)s “%(value)s”: %(explanation)s",
            row=number,
            label=f" ({label})" if label else "",
            field=field._description_string(self.env),
            value=value if len(value) <= 80 else f"{value[:79]}…",
            explanation=text,
        )
