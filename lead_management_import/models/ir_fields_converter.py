from odoo import api, models

from .base_import.unreadable_cell import UnreadableCell
from .crm_lead.imported import RUN, ImportRun


class IrFieldsConverter(models.AbstractModel):
    """Report the cells that the import found to be unreadable with its reason."""

    _inherit = "ir.fields.converter"

    @api.model
    def to_field(self, model, field, fromtype=str, *, savepoint):
        convert = super().to_field(model, field, fromtype, savepoint=savepoint)
        if not convert:
            return convert

        def convert_readable(value):
            # What names a record is in a dictionary in a list.
            named = field.type == "many2one"
            for cell in value[0].values() if named else (value,):
                if isinstance(cell, UnreadableCell):
                    message = cell.message.replace("%", "%%")
                    raise ValueError(message, {"is_explained": True})
            return convert(value)

        return convert_readable

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
