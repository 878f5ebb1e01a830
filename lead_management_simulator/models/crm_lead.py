from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

# Where mail keeps what a field of a type had before
COLUMNS = {
    "boolean": "old_value_integer",
    "integer": "old_value_integer",
    "many2one": "old_value_integer",
    "float": "old_value_float",
    "monetary": "old_value_float",
    "char": "old_value_char",
    "text": "old_value_text",
    "selection": "old_value_char",
    "date": "old_value_datetime",
    "datetime": "old_value_datetime",
}
# What never changes
LASTING = ("id", "create_date", "create_uid")


class CrmLead(models.Model):
    """Which leads came in lately, and what they were like then."""

    _inherit = "crm.lead"

    def _get_arrived_domain(self, since):
        """Return which leads arrived, to be given to somebody, since a moment; extend
        for more.

        Opportunities that were leads are among them, and closed leads. What somebody
        made for themselves is not, unless the rules gave it away.
        """
        was_lead = Domain("type", "=", "lead") | Domain("date_conversion", "!=", False)
        for_nobody = Domain("user_id", "=", False)
        by_rules = Domain("assignment_date", "!=", False)
        own = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s = %s",
                SQL.identifier(alias, "user_id"),
                SQL.identifier(alias, "create_uid"),
            )
        )
        return (
            Domain("create_date", ">=", since)
            & was_lead
            & (for_nobody | by_rules | ~own)
        )

    def _get_values_then(self, names):
        """Return what fields of the leads had when the leads came in, where that isn't
        what they have now.

        By what mail has tracked, else by what was noted when something was decided.

        :return: the values by name, by the id of the lead, as `write` takes them; and
            the names of fields of which nothing is known
        """
        fields_then = [self._fields[name] for name in names if name in self._fields]
        tracked = {
            field.name: field
            for field in fields_then
            if getattr(field, "tracking", None) and field.type in COLUMNS
        }
        values = {}
        noted = self._get_noted_values([f.name for f in fields_then])
        for lead_id, by_name in noted.items():
            values[lead_id] = {
                name: value for name, value in by_name.items() if name not in tracked
            }
        for lead_id, name, value in self._get_tracked_values(tracked):
            values.setdefault(lead_id, {})[name] = value
        known = {*tracked, *LASTING}.union(*(noted.values()))
        return values, {field.name for field in fields_then} - known

    def _get_tracked_values(self, tracked):
        """Yield the first value of each field that mail has tracked since."""
        if not tracked or not self:
            return
        self.env["mail.tracking.value"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (message.res_id, field.name)
                       message.res_id, field.name, value.old_value_integer,
                       value.old_value_float, value.old_value_char,
                       value.old_value_text, value.old_value_datetime
                  FROM mail_message AS message
                  JOIN mail_tracking_value AS value
                    ON value.mail_message_id = message.id
                  JOIN ir_model_fields AS field ON field.id = value.field_id
                 WHERE message.model = 'crm.lead' AND message.res_id = ANY(%s)
                   AND field.model = 'crm.lead' AND field.name = ANY(%s)
              ORDER BY message.res_id, field.name, value.id
                """,
                self.ids,
                list(tracked),
            )
        )
        columns = ("integer", "float", "char", "text", "datetime")
        options = {}
        for lead_id, name, *columns_of_row in rows:
            field = tracked[name]
            row = dict(zip(columns, columns_of_row, strict=True))
            value = row[COLUMNS[field.type].removeprefix("old_value_")]
            if field.type == "selection":
                if name not in options:
                    options[name] = self._get_options_by_label(field)
                if value and value not in options[name]:
                    continue  # of a language or an option that is gone
                value = options[name].get(value, False)
            elif field.type == "boolean":
                value = bool(value)
            elif field.type == "date":
                value = value and value.date()
            elif field.type in ("many2one", "char", "text", "datetime"):
                value = value or False
            yield lead_id, name, value

    def _get_options_by_label(self, field):
        """Return the options of a selection by what they are called in any language:
        mail keeps what the user was shown."""
        options = {}
        for code, _name in self.env["res.lang"].get_installed():
            env = self.with_context(lang=code).env
            for option, label in field._description_selection(env):
                options.setdefault(label, option)
        return options
