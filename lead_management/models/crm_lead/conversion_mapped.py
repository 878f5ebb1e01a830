from datetime import datetime, time

from odoo import fields, models
from odoo.tools import email_split, format_list, html2plaintext, plaintext2html

from ...tools import field_conversion
from ..record_field import PropertyField, get_field, read_value

MAX_INTEGER = 2**31  # what the database can hold


class CrmLead(models.Model):
    """The values that a lead gives by the mapping (`crm.lead.conversion.mapping`)."""

    _inherit = "crm.lead"

    def _get_mapping(self, record_name):
        """Return the rules of what the lead gives to a record, by field name."""
        mapping = self.env["crm.lead.conversion.mapping"]
        return mapping._get_rules(self.company_id.id)[record_name]

    def _get_mapped_values(self, record_name, record, names=None):
        """Return what the lead gives to a record, as a `Proposal` has it.

        Fields that the user may not read or write are left out, and values of which it
        can't be told what they mean for their field.

        :param names: the fields to look at; None for all
        """
        values = {}
        for name, rule in self._get_mapping(record_name).items():
            if names is not None and name not in names:
                continue
            field = get_field(record, name)
            if not (field and self._may_give(rule, record, field)):
                continue
            value = self._get_mapped_value(rule, record, field)
            if isinstance(field, PropertyField):
                value = field.convert(value)
            if value is not None:
                values[name] = value
        return values

    def _may_give(self, rule, record, field):
        own = record._fields[field.name.partition(".")[0]]
        return record._has_field_access(own, "write") and all(
            self._has_field_access(self._fields[source.name], "read")
            for source in rule.sources
        )

    def _get_mapped_value(self, rule, record, field):
        """Return the value that a rule gives to a field of a record; False for a blank
        one, None for none."""
        if not rule.sources:
            return self._get_constant(rule.constant, field)
        value = None
        for source in rule.sources:
            value = self._get_source_value(source, rule.conversion, record, field)
            if value:
                break
        return value

    def _get_constant(self, constant, field):
        if field.relational:
            records = self.env[field.comodel_name].browse(constant).exists()
            return records.ids if field.type == "many2many" else records.id
        return constant

    def _get_source_value(self, source, conversion, record, field):
        """Return the value of a field of the lead as another field gets it."""
        if source.type == field.type == "monetary":
            return self._convert_amount(source, record, field)
        if source.property_name:
            value = self._get_property(source, conversion)
        elif source.name == "user_id" and conversion == field_conversion.COPY:
            # Whom the lead is assigned to in the same step
            return self.env.context.get("default_user_id") or self.user_id.id
        elif source.type == "selection" and conversion == field_conversion.TEXT:
            options = self._fields[source.name]._description_selection(self.env)
            value = dict(options).get(self[source.name])
        else:
            value = self[source.name]
        convert = getattr(self, f"_map_by_{conversion}")
        return convert(value, source.type, field)

    def _get_property(self, source, conversion):
        lead = self
        if source.type == "tags" and conversion == field_conversion.COPY:
            return (lead[source.name]._values or {}).get(source.property_name)
        if conversion != field_conversion.TEXT:
            lead = self.with_context(property_selection_get_key=True)
        value = lead[source.name].get(source.property_name)
        if source.type == "date":
            return fields.Date.to_date(value)
        if source.type == "datetime":
            return fields.Datetime.to_datetime(value)
        if value is None and source.type in field_conversion.LINKS:
            return self.browse()  # not of the lead's team
        return value

    def _convert_amount(self, source, record, field):
        """Return an amount of the lead in the currency of the record it goes to."""
        own_field = get_field(self, source.path)
        if not own_field:
            return False
        amount = read_value(self, source.path)
        own = self[own_field.get_currency_field(self)]
        currency = record[field.get_currency_field(record)] if record else own
        if not (amount and own and currency) or currency == own:
            return amount
        company = self.company_id or self.env.company
        return own._convert(amount, currency, company, fields.Date.context_today(self))

    # ------------------------------------------------------------
    # CONVERSIONS: of a value, its type, and the field that gets it
    # ------------------------------------------------------------

    def _map_by_copy(self, value, _type, field):
        if field.type == "many2many":
            return value.ids
        if field.type == "tags":
            return value or []
        return value.id if field.type == "many2one" else value or False

    def _map_by_text(self, value, own_type, field):
        text = self._get_text(value, own_type)
        return str(plaintext2html(text)) if text and field.type == "html" else text

    def _get_text(self, value, own_type):
        """Return a value as people read it, whatever their language: numbers and dates
        as programs write them."""
        if not value:
            return False
        match own_type:
            case "html":
                return html2plaintext(value)
            case "many2one" | "many2many":
                readable = value._filtered_access("read")
                return format_list(self.env, readable.mapped("display_name"))
            case "boolean":
                return self.env._("Yes")
            case "float" | "monetary":
                return f"{value:.15g}"
        return str(value)

    def _map_by_code(self, value, own_type, field):
        """A code that the field has no option for means nothing to it."""
        code = value.code if own_type == "many2one" else value
        if field.type == "selection" and code not in field.get_values(self.env):
            return None
        return code or None

    def _map_by_number(self, value, _type, field):
        if field.type != "integer":
            return float(value or 0)
        whole = round(value or 0)
        return whole if abs(whole) < MAX_INTEGER else None

    def _map_by_date(self, value, _type, field):
        if not value:
            return False
        if field.type == "date":
            return fields.Datetime.context_timestamp(self, value).date()
        # Noon is that day nearly everywhere.
        return datetime.combine(value, time(12))

    def _map_by_email(self, value, _type, _field):
        return next(iter(email_split(value or "")), False)

    def _map_by_tags(self, value, _type, _field):
        """Tags that there are as their ids, those to be made as their names."""
        return [tag.partner_category_id.id or tag.name for tag in value]
