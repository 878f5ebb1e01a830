from datetime import date, datetime, timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import format_date, format_datetime, format_list

DEFAULT_DAYS = 365
MAX_DELETED = 50_000  # in one night
MAX_TEXT = 200  # characters of a text that decided
NOTED = "lead_management_why.noted"


class CrmLeadDecision(models.Model):
    """What decided something about a lead, as it was noted when it decided.

    Rows are made by `_note_decisions` of `crm.lead` and never changed. They hold ids,
    codes and values, no sentences and no names: these are told to each reader in his
    language, and only those of records that he may read.
    """

    _name = "crm.lead.decision"
    _description = "Decision about a Lead"
    _inherit = ["lead.access.mixin", "lead.guard.mixin"]
    _order = "id desc"
    _rec_name = "kind"
    _counts_as_use = False  # goes with the lead, and uses it for nothing

    lead_id = fields.Many2one(
        "crm.lead", required=True, readonly=True, system=True, ondelete="cascade"
    )
    kind = fields.Selection(
        lambda self: self._get_kind_selection(),
        "What Was Decided",
        required=True,
        readonly=True,
        system=True,
    )
    code = fields.Char(required=True, readonly=True, system=True)
    rule_model = fields.Char("Kind of Rule", readonly=True, system=True)
    rule_id = fields.Many2oneReference(
        model_field="rule_model", readonly=True, system=True
    )
    rule_version = fields.Datetime(
        readonly=True,
        system=True,
        help="When the rule, as it decided, had been changed last",
    )
    # Values of fields that not everybody may read: `_get_told` tells who may.
    facts = fields.Json(readonly=True, system=True, groups="base.group_system")
    create_date = fields.Datetime("Decided On", readonly=True)
    reason = fields.Char(compute="_compute_reason")

    _lead_kind_idx = models.Index("(lead_id, kind, id DESC)")
    _create_date_idx = models.Index("(create_date)")

    @api.model
    def _get_kind_selection(self):
        kinds = self.env["crm.lead"]._get_decision_kinds()
        return [(name, kind.label) for name, kind in kinds.items()]

    @api.depends("kind", "code", "facts")
    @api.depends_context("lang", "uid")
    def _compute_reason(self):
        for decision in self:
            decision.reason = decision._tell()

    def _tell(self):
        """Return why, in words for the user."""
        told = (self.sudo().facts or {}).get("told") or {}
        return self.lead_id._tell_decision(self.kind, self.code, told)

    # ------------------------------------------------------------
    # NOTING
    # ------------------------------------------------------------

    @api.model
    def _note(self, noted):
        """Keep decisions, those of a transaction (or between two savepoints) at once.

        The values that decided are read now. In sudo.

        :param noted: tuples of a lead, a kind and a `Decision`
        """
        kinds = self.env["crm.lead"]._get_decision_kinds()
        precommit = self.env.cr.precommit
        if NOTED not in precommit.data:
            precommit.data[NOTED] = []
            precommit.add(self._save_noted)
        precommit.data[NOTED] += [
            self._prepare(lead, kind, decision, kinds[kind].field)
            for lead, kind, decision in noted
        ]

    @api.model
    def _save_noted(self):
        """Write what was noted. In sudo."""
        # What others note while the transaction ends is for the next time.
        noted = self.env.cr.precommit.data.pop(NOTED, [])
        # Nobody's work on the leads, whoever's action it was that made rules decide
        self.with_user(SUPERUSER_ID).create(noted)

    @api.model
    def _forget_noted(self, leads):
        """Forget what was noted about leads that are deleted."""
        noted, gone = self.env.cr.precommit.data.get(NOTED, []), set(leads._ids)
        noted[:] = [vals for vals in noted if vals["lead_id"] not in gone]

    @api.model
    def _prepare(self, lead, kind, decision, field_name):
        """Return the values of the row for one lead, in sudo.

        :param field_name: the field that has what was decided, if there is one
        """
        # Not everybody whose lead a rule decides about may read the rule.
        rule = decision.rule and decision.rule.sudo()
        return {
            "lead_id": lead.id,
            "kind": kind,
            "code": decision.code,
            "rule_model": rule and rule._name,
            "rule_id": rule and rule.id,
            "rule_version": rule and (rule.write_date or self.env.cr.now()),
            "facts": {
                "told": decision.told,
                "values": self._get_values(lead, decision.names),
                "result": self._get_values(lead, [field_name] if field_name else []),
            },
        }

    @api.model
    def _get_values(self, lead, names):
        """Return the values of fields of a lead as JSON has them."""
        values = {}
        for name in names:
            field = lead._fields.get(name)
            if not field or field.type in ("binary", "json", "properties"):
                continue
            value = lead[name]
            if field.relational:
                value = value.ids if field.type.endswith("2many") else value.id
            elif isinstance(value, date):
                value = str(value)
            elif isinstance(value, str):
                value = value[:MAX_TEXT]
            values[name] = value
        return values

    @api.autovacuum
    def _gc_decisions(self):
        """Delete what is older than the settings say, some of it a night."""
        days = self.env["ir.config_parameter"]._get_lead_number(
            "lead_management.why_days", DEFAULT_DAYS
        )
        until = fields.Datetime.now() - timedelta(days=days)
        old = self.search([("create_date", "<", until)], limit=MAX_DELETED, order="id")
        old.unlink()
        return len(old), len(old) == MAX_DELETED

    # ------------------------------------------------------------
    # TELLING
    # ------------------------------------------------------------

    def _get_told(self):
        """Return what the panel shows of the decision.

        :return: `text`, `changed` (that the lead has another value by now, or False),
            `date`, `rule` (see `_get_told_rule`) and `values`, texts by label
        :rtype: dict
        """
        values = (self.sudo().facts or {}).get("values") or {}
        return {
            "text": self._tell(),
            "changed": self._get_told_change(),
            "date": format_datetime(self.env, self.create_date, dt_format="short"),
            "rule": self._get_told_rule(
                self.rule_model, self.rule_id, self.rule_version
            ),
            "values": self._get_told_values(self.lead_id, values),
        }

    def _get_told_change(self):
        """Return what was decided, if somebody has changed it since, or False."""
        result = (self.sudo().facts or {}).get("result") or {}
        if result == self._get_values(self.lead_id.sudo(), result):
            return False
        for one in self._get_told_values(self.lead_id, result):
            return self.env._("It was “%s” then, and was changed since.", one["value"])
        return False

    @api.model
    def _get_told_rule(self, model_name, rule_id, version=False):
        """Return a rule as the user may know it, or False if there was none.

        :return: `name`, `model` and `id` (where the user may change it) and `note`
        :rtype: dict | bool
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

    @api.model
    def _get_told_values(self, lead, values):
        """Return values as people read them, those that the user may read.

        :return: dictionaries of `label` and `value`, in the order of the labels
        """
        told = [
            {
                "label": field.get_description(self.env, ["string"])["string"],
                "value": self._get_told_value(field, value),
            }
            for name, value in values.items()
            if (field := lead._fields.get(name))
            and lead._has_field_access(field, "read")
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
