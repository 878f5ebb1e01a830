from odoo import fields, models
from odoo.exceptions import UserError

# What can be typed in the review; other fields are written as they are, or not.
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
    is_written = fields.Boolean("Write")

    def _get_value(self, proposed, current):
        """Return the value to write, as `write` takes it.

        :param proposed: the lead's value
        :param current: what the record has; stays when the line isn't ticked
        :raise UserError: a number was asked for and something else typed
        """
        self.ensure_one()
        if not self.is_written:
            return current
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
