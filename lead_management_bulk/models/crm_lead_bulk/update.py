from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date, format_datetime, formatLang

from .operation import WRITTEN_WITH

UPDATABLE_TYPES = {
    *("char", "text", "integer", "float", "monetary", "boolean", "date", "datetime"),
    *("selection", "many2one", "many2many"),
}
WAYS = {
    "many2many": ("add", "remove", "set", "clear"),
    "boolean": ("set",),
    "integer": ("set",),
    "float": ("set",),
    "monetary": ("set",),
}
MAX_ID = 2**31  # what the database can hold
X2MANY_COMMANDS = {"add": Command.link, "remove": Command.unlink}


class CrmLeadBulkOperationUpdate(models.AbstractModel):
    """Give fields the same values.

    `values["changes"]` is a list of `{"field": name, "way": way, "value": value}`. The
    ways: `set` and `clear`, and for tags and their like `add` and `remove` too.
    """

    _name = "crm.lead.bulk.operation.update"
    _inherit = "crm.lead.bulk.operation"
    _description = "Mass Update of Leads"

    def _read_dialog(self, dialog):
        return {"changes": dialog.changes or []}

    def _get_fields(self):
        """Return the fields that can be updated, as `fields_get` describes them:
        descriptions by name, each with the `ways` in which it can be changed."""
        leads = self.env["crm.lead"]
        described = leads.fields_get(
            leads._get_typed_fields(),
            attributes=[
                *("string", "type", "relation", "selection", "required"),
                *("currency_field", "digits", "sortable"),
            ],
        )
        return {
            name: {**info, "ways": self._get_ways(info)}
            for name, info in described.items()
            if info["type"] in UPDATABLE_TYPES
        }

    def _get_ways(self, info):
        if info["required"]:
            return ("set",)
        return WAYS.get(info["type"], ("set", "clear"))

    def _check_values(self, values):
        known = self._get_fields()
        changes = values.get("changes") or []
        if not changes:
            raise UserError(self.env._("Choose at least one field to change."))
        for change in changes:
            info = known.get(change.get("field"))
            if not info or change.get("way") not in info["ways"]:
                label = info["string"] if info else change.get("field")
                raise UserError(self._get_reason_of_field(label))
            if change["way"] != "clear":
                self._check_value(info, change)

    def _get_reason_of_field(self, label):
        return self.env._(
            "The field “%(field)s” can't be changed in this way.", field=label
        )

    def _check_value(self, info, change):
        if not self._has_value(info, change):
            raise UserError(
                self.env._(
                    "%(field)s: enter the value, or choose “Make empty”.",
                    field=info["string"],
                )
            )
        if info["type"] in ("many2one", "many2many"):
            given = change["value"]
            ids = given if isinstance(given, list) else [given]
            records = self.env[info["relation"]]
            if all(type(one) is int and 0 < one < MAX_ID for one in ids):
                records = records.browse(ids)
            if not records or records.exists() != records:
                raise UserError(
                    self.env._(
                        "%(field)s: what you chose was deleted. Choose another one.",
                        field=info["string"],
                    )
                )

    def _has_value(self, info, change):
        value = change.get("value")
        if info["type"] == "boolean":
            return isinstance(value, bool)
        if info["type"] in ("integer", "float", "monetary"):
            return isinstance(value, int | float) and not isinstance(value, bool)
        return bool(value)

    # ------------------------------------------------------------
    # IN WORDS
    # ------------------------------------------------------------

    def _describe(self, values):
        known = self._get_fields()
        return [self._describe_change(known[c["field"]], c) for c in values["changes"]]

    def _describe_change(self, info, change):
        texts = {
            "set": self.env._("%(field)s becomes “%(value)s”."),
            "clear": self.env._("%(field)s becomes empty."),
            "add": self.env._("%(field)s: “%(value)s” is added."),
            "remove": self.env._("%(field)s: “%(value)s” is removed."),
        }
        value = self._format_value(info, change)
        return texts[change["way"]] % {"field": info["string"], "value": value}

    def _format_value(self, info, change):
        value = change.get("value")
        if change["way"] == "clear":
            return ""
        if info["type"] in ("many2one", "many2many"):
            records = self.env[info["relation"]].browse(value)
            return ", ".join(records.mapped("display_name"))
        if info["type"] == "selection":
            return dict(info["selection"]).get(value, value)
        if info["type"] == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if info["type"] == "date":
            return format_date(self.env, value)
        if info["type"] == "datetime":
            return format_datetime(self.env, value, dt_format="short")
        if info["type"] == "integer":
            return formatLang(self.env, value, digits=0)
        if info["type"] in ("float", "monetary"):
            return formatLang(
                self.env, value, digits=(info.get("digits") or (16, 2))[1]
            )
        return value

    def _preview_changes(self, domain, values):
        leads = self.env["crm.lead"].with_context(active_test=False)
        known = self._get_fields()
        lines = []
        for change in values["changes"]:
            info = known[change["field"]]
            line = self._describe_change(info, change)
            if (
                change["way"] == "set"
                and info["type"] != "boolean"
                and (
                    count := leads.search_count(
                        domain
                        & Domain(change["field"], "!=", False)
                        & ~self._get_domain_of(change)
                    )
                )
            ):
                line = self.env._(
                    "%(change)s Leads that have another value now: %(count)s.",
                    change=line,
                    count=count,
                )
            lines.append(line)
        return lines

    # ------------------------------------------------------------
    # WORK
    # ------------------------------------------------------------

    def _get_unchanged_domain(self, values):
        return Domain.AND(self._get_domain_of(change) for change in values["changes"])

    def _get_domain_of(self, change):
        """Return which leads are as a change would make them."""
        name, value = change["field"], change.get("value")
        is_many = self.env["crm.lead"]._fields[name].type == "many2many"
        if change["way"] == "clear":
            return Domain(name, "=", False)
        if change["way"] == "add":
            return Domain.AND(Domain(name, "=", record_id) for record_id in value)
        if change["way"] == "remove":
            return Domain(name, "not in", value)
        if is_many:
            # What else they have is no matter of a simple domain.
            return Domain.FALSE
        return Domain(name, "=", value)

    def _get_kept_fields(self, values):
        names = {change["field"] for change in values["changes"]}
        return sorted(names.union(*(WRITTEN_WITH.get(name, ()) for name in names)))

    def _apply(self, leads, values):
        vals = self._get_vals(values)
        # An amount is rounded as its currency is: one at a time.
        currencies = {
            field.get_currency_field(leads)
            for field in map(leads._fields.get, vals)
            if field.type == "monetary"
        }
        for part in leads.grouped(
            lambda lead: tuple(lead.sudo()[name].id for name in currencies)
        ).values():
            part.write(dict(vals))

    def _get_vals(self, values):
        """Return the values for `write`."""
        vals = {}
        for change in values["changes"]:
            name, way, value = change["field"], change["way"], change.get("value")
            if self.env["crm.lead"]._fields[name].type != "many2many":
                vals[name] = value if way == "set" else False
            elif way in X2MANY_COMMANDS:
                command = X2MANY_COMMANDS[way]
                vals.setdefault(name, []).extend(map(command, value))
            else:
                vals[name] = [Command.set(value if way == "set" else [])]
        return vals


class CrmLeadBulkJob(models.Model):
    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("update", "Mass update")], ondelete={"update": "cascade"}
    )
