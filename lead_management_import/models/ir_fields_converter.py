from odoo import api, models

from .base_import.unreadable_cell import UnreadableCell


class IrFieldsConverter(models.AbstractModel):
    """Report the cells that the import found to be unreadable with its reason."""

    _inherit = "ir.fields.converter"

    @api.model
    def _str_to_integer(self, model, field, value, savepoint):
        self._check_readable(value)
        return super()._str_to_integer(model, field, value, savepoint)

    @api.model
    def _str_to_date(self, model, field, value, savepoint):
        self._check_readable(value)
        return super()._str_to_date(model, field, value, savepoint)

    @api.model
    def _str_to_datetime(self, model, field, value, savepoint):
        self._check_readable(value)
        return super()._str_to_datetime(model, field, value, savepoint)

    @api.model
    def _str_to_monetary(self, model, field, value, savepoint):
        self._check_readable(value)
        return super()._str_to_monetary(model, field, value, savepoint)

    @api.model
    def _str_to_many2one(self, model, field, values, savepoint):
        try:
            return super()._str_to_many2one(model, field, values, savepoint)
        except ValueError as error:
            # Only now, so that the choices for values without a match go first.
            for value in values[0].values():
                self._check_readable(value, *error.args[1:])
            raise

    @api.model
    def _check_readable(self, value, info=None):
        """Raise what the import found out about a cell.

        :param dict info: what else the import screen needs to know
        :raise ValueError: the import shows it as it is and goes on to the next cell
        """
        if isinstance(value, UnreadableCell):
            message = value.message.replace("%", "%%")
            raise ValueError(message, {**(info or {}), "is_explained": True})
