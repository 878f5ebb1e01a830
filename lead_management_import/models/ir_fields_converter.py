from odoo import api, models

from .base_import.unreadable_cell import UnreadableCell
from .crm_lead.imported import RUN, ImportRun


class IrFieldsConverter(models.AbstractModel):
    """Report the cells that the import found to be unreadable with its reason."""

    _inherit = "ir.fields.converter"

    @api.model
    def _str_to_integer(self, model, field, value, savepoint):
        self._check_readable(value)
        return super()._str_to_integer(model, field, value, savepoint)

    @api.model
    def _str_to_float(self, model, field, value, savepoint):
        self._check_readable(value)
        return super()._str_to_float(model, field, value, savepoint)

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
    def _str_to_selection(self, model, field, value, savepoint):
        self._check_readable(value)
        return super()._str_to_selection(model, field, value, savepoint)

    @api.model
    def _str_to_many2one(self, model, field, values, savepoint):
        for value in values[0].values():
            self._check_readable(value)
        return super()._str_to_many2one(model, field, values, savepoint)

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        run = self.env.context.get(RUN)
        if not isinstance(run, ImportRun) or model._name != "crm.lead":
            return super().db_id_for(model, field, subfield, value, savepoint)
        # Native searches anew for each row. What it creates may be rolled back.
        key = field.name, subfield, value
        if key in run.known:
            return run.known[key], []
        found, warnings = super().db_id_for(model, field, subfield, value, savepoint)
        creates = self.env.context.get("name_create_enabled_fields") or {}
        if found and not warnings and not creates.get(field.name):
            run.known[key] = found
        return found, warnings

    @api.model
    def _check_readable(self, value, info=None):
        """Raise what the import found out about a cell.

        :param dict info: what else the import screen needs to know
        :raise ValueError: the import shows it as it is and goes on to the next cell
        """
        if isinstance(value, UnreadableCell):
            message = value.message.replace("%", "%%")
            raise ValueError(message, {**(info or {}), "is_explained": True})
