from datetime import datetime

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime, format_list


class CrmLeadDecision(models.Model):
    """How a decision is told to a reader, with what he may know."""

    _inherit = "crm.lead.decision"

    def action_open(self):
        """Return the action that opens what was decided about.

        :raise UserError: there is not exactly one, or it is gone
        """
        subject = self._get_subject().exists() if len(self) == 1 else None
        if not subject:
            raise UserError(
                self.env._("Choose one decision about a record that is still there.")
            )
        return subject._get_records_action(context={})

    def _get_told(self):
        """Return what the panel shows of the decision: `text`, `changed` (that the
        record has another value by now, or False), `date`, `rule` (see
        `_get_told_rule`) and `values`, texts by label."""
        values = (self.sudo().facts or {}).get("values") or {}
        return {
            "text": self._tell(),
            "changed": self._get_told_change(),
            "date": format_datetime(self.env, self.create_date, dt_format="short"),
            "rule": self._get_told_rule(
                self.rule_model, self.rule_id, self.rule_version
            ),
            "values": self._get_told_values(self._get_subject(), values),
        }

    def _get_told_change(self):
        """Return what was decided, if somebody has changed it since, or False."""
        result = (self.sudo().facts or {}).get("result") or {}
        if result == self._get_values(self._get_subject().sudo(), result):
            return False
        for one in self._get_told_values(self._get_subject(), result):
            return self.env._("It was “%s” then, and was changed since.", one["value"])
        return False

    def _get_told_rule(self, model_name, rule_id, version=False):
        """Return a rule as the user may know it, or False if there was none.

        :return: `name`, `model` and `id` (where the user may change it) and `note`
        """
        if not model_name:
            return False
        is_known = model_name in self.env
        rule = self.env[model_name].browse(rule_id).exists() if is_known else None
        if not rule:
            return {"name": self.env._("A rule that was deleted since"), "id": False}
        if not rule._filtered_access("read"):
            return {"name": self.env._("A rule that you can't open"), "id": False}
        is_changed = version and rule.write_date and rule.write_date > version
        return {
            "name": rule.display_name,
            "model": model_name,
            "id": rule._filtered_access("write").id,
            "note": is_changed
            and self.env._(
                "The rule was changed on %s, after it decided this.",
                format_datetime(self.env, rule.write_date, dt_format="short"),
            ),
        }

    def _get_told_values(self, record, values):
        """Return values as people read them, those that the user may read: dictionaries
        of `label` and `value`, in the order of the labels."""
        told = [
            {
                "label": field.get_description(self.env, ["string"])["string"],
                "value": self._get_told_value(field, value),
            }
            for name, value in values.items()
            if (field := record._fields.get(name))
            and record._has_field_access(field, "read")
        ]
        return sorted(told, key=lambda one: one["label"])

    def _get_told_value(self, field, value):
        nothing = self.env._("nothing")
        if field.relational:
            ids = value if isinstance(value, list) else [value] if value else []
            names = [
                self.env["crm.lead"]._get_told_name(field.comodel_name, i) for i in ids
            ]
            return format_list(self.env, names) if names else nothing
        match field.type:
            case "boolean":
                return self.env._("yes") if value else self.env._("no")
            case "selection":
                options = dict(field._description_selection(self.env))
                return options.get(value) or value or nothing
            case "date":
                return format_date(self.env, value) or nothing
            case "datetime":
                when = value and datetime.fromisoformat(str(value))
                return format_datetime(self.env, when, dt_format="short") or nothing
        return str(value) if value or (value == 0 and value is not False) else nothing
