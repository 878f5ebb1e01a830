from odoo import api, fields, models
from odoo.exceptions import UserError

# What can be typed in the review. Linked records can be chosen; other fields are
# written as they are, or not.
TYPED_FIELDS = ("char", "text", "integer", "float", "monetary")


class CrmLeadConvertValue(models.TransientModel):
    """A line of the review: a value the lead has for a field of a record."""

    _name = "crm.lead.convert.value"
    _description = "Value of a Lead to Convert"

    wizard_id = fields.Many2one(
        "crm.lead2opportunity.partner", required=True, index=True, ondelete="cascade"
    )
    record_name = fields.Selection(
        [
            ("account", "Account"),
            ("contact", "Contact"),
            ("opportunity", "Opportunity"),
        ],
        "Record",
        required=True,
    )
    field_name = fields.Char(required=True)
    field_label = fields.Char("Field")
    current_value = fields.Char("Now")
    proposed_value = fields.Char()
    value = fields.Char("Will Be")
    is_typed = fields.Boolean()
    # Of a field that links a record
    comodel = fields.Char()
    proposed_id = fields.Integer()
    value_id = fields.Integer()
    is_written = fields.Boolean("Write")

    def _get_key(self):
        """Return what the line is about: a record, a field and the lead's value."""
        self.ensure_one()
        return self._get_key_of(self)

    @api.model
    def _get_key_of(self, values):
        return (
            values["record_name"],
            values["field_name"],
            values["proposed_value"] or "",
        )

    def _get_changes(self):
        """Return what somebody has changed in the line."""
        self.ensure_one()
        if (self.value or "") == (self.proposed_value or ""):
            return {}
        return {name: self[name] for name in ("value", "value_id", "is_written")}

    def _get_value(self, field, proposed, current):
        """Return the value to write, as `write` takes it.

        :param field: the field of the record
        :param proposed: the lead's value
        :param current: what the record has; stays when the line isn't ticked
        :raise UserError: a number was asked for and something else typed, or the
            record to link is gone
        """
        self.ensure_one()
        if not self.is_written:
            return current
        if field.type == "many2one" and self.value_id != proposed:
            return self._get_linked_id(field)
        if not self.is_typed or (self.value or "") == (self.proposed_value or ""):
            return proposed
        if isinstance(proposed, str):
            return self.value
        try:
            return type(proposed)(self.value or 0)
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%(field)s: “%(value)s” is not a number.",
                    field=self.field_label,
                    value=self.value,
                )
            ) from error

    def _get_linked_id(self, field):
        """Return the id of the record to link, False for none.

        :raise UserError: it is gone
        :raise AccessError: the user may not read it
        """
        record = self.env[field.comodel_name].browse(self.value_id or ())
        if record and not record.exists():
            raise UserError(
                self.env._(
                    "%(field)s: “%(value)s” is not there any more. Choose another one.",
                    field=self.field_label,
                    value=self.value,
                )
            )
        record.check_access("read")
        return record.id
