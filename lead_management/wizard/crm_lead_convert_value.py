import re

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang, get_lang

from ..models.crm_lead_conversion_mapping.mapping import RECORDS
from ..tools import messy_number, number_error

# What can be typed in the review. Linked records can be chosen; other fields are
# written as they are, or not.
TYPED_FIELDS = ("char", "text", "integer", "float", "monetary")


class CrmLeadConvertValue(models.TransientModel):
    """A line of the review: a value the lead has for a field of a record."""

    _name = "crm.lead.convert.value"
    _description = "Value of a Lead to Convert"
    _inherit = ["lead.guard.mixin"]

    wizard_id = fields.Many2one(
        "crm.lead2opportunity.partner", required=True, index=True, ondelete="cascade"
    )
    record_name = fields.Selection(RECORDS, "Record", required=True)
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
    question = fields.Char(
        help="What somebody has to decide; lines of one question are decided together"
    )
    is_written = fields.Boolean("Write")
    is_proposed = fields.Boolean()

    def _get_key_of(self, line):
        """Return what a line is about: a record, a field and the lead's value.

        :param line: one of these records, or its values
        """
        names = "record_name", "field_name", "proposed_value"
        return tuple(line[name] or "" for name in names)

    def _get_changes(self, proposed):
        """Return what somebody has changed in the line."""
        self.ensure_one()
        if (self.value or "") != (self.proposed_value or ""):
            return {name: self[name] for name in ("value", "value_id", "is_written")}
        is_of_same = (self.current_value or "") == (proposed["current_value"] or "")
        if self.is_written != self.is_proposed and is_of_same:
            return {"is_written": self.is_written}
        return {}

    def _get_value(self, field, proposal, currency):
        """Return the value to write, as `write` takes it.

        :param proposal: the `Proposal` for it; what the record has stays when the line
            isn't ticked
        :raise UserError: a number was asked for and something else typed, or the
            record to link is gone
        """
        self.ensure_one()
        if not self.is_written:
            return proposal.current
        if field.type == "many2one" and self.value_id != proposal.value:
            return self._get_linked_id(field)
        if not self.is_typed or (self.value or "") == (self.proposed_value or ""):
            return proposal.value
        if field.type in ("integer", "float", "monetary"):
            return self._parse_number(field, currency)
        return self.value

    def _get_record_label(self):
        labels = self._fields["record_name"]._description_selection(self.env)
        return dict(labels)[self.record_name]

    # ------------------------------------------------------------
    # NUMBERS
    # ------------------------------------------------------------

    def _format_number(self, value, currency=None):
        """Return a number as the user's language writes it."""
        digits = 0
        if value != int(value):
            digits = currency.decimal_places if currency else 2
        return formatLang(self.env, value, digits=digits)

    def _parse_number(self, field, currency):
        """Return the number that was typed, read as the user's language writes it."""
        text = self.value or ""
        lang = get_lang(self.env)
        separators = {"thousands": lang.thousands_sep, "decimal": lang.decimal_point}
        self._check_one_reading(text, lang.decimal_point, currency)
        try:
            if field.type == "integer":
                return messy_number.parse_count(text, **separators) or 0
            number, code = messy_number.parse_amount(
                text, **separators, home_currency=currency.name
            )
        except number_error.MessyNumberError as error:
            if error.reason == number_error.NOT_WHOLE:
                example = self._format_number(1234)
            else:
                example = self._format_number(1234.5, currency)
            raise UserError(
                self.env._(
                    "%(record)s, %(field)s: “%(value)s” is not a number that can be"
                    " read. Write it like %(example)s.",
                    record=self._get_record_label(),
                    field=self.field_label,
                    value=text,
                    example=example,
                )
            ) from error
        if code and currency and code != currency.name:
            raise UserError(
                self.env._(
                    "%(record)s, %(field)s: “%(value)s” is an amount in %(code)s. Write"
                    " what it is in %(currency)s.",
                    record=self._get_record_label(),
                    field=self.field_label,
                    value=text,
                    code=code,
                    currency=currency.name,
                )
            )
        return float(number or 0)

    def _check_one_reading(self, text, decimal, currency):
        """Refuse three decimals: whoever types them may mean thousands."""
        point = re.escape(decimal)
        found = re.search(
            rf"(?<![\d.,])([1-9]\d{{0,2}}){point}(\d{{3}})(?![\d.,])", text
        )
        if found:
            whole, decimals = found.groups()
            raise UserError(
                self.env._(
                    "%(record)s, %(field)s: “%(value)s” can be read in two ways. Write"
                    " %(large)s or %(small)s.",
                    record=self._get_record_label(),
                    field=self.field_label,
                    value=text,
                    large=self._format_number(int(whole + decimals)),
                    small=self._format_number(float(f"{whole}.{decimals}"), currency),
                )
            )

    def _get_linked_id(self, field):
        """Return the id of the record to link, False for none."""
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
