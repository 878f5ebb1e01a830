import json

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_list

from odoo.addons.lead_management.models.record_field import (
    DOT,
    LISTS,
    PropertyField,
    fold_properties,
)

from .update import UPDATABLE_TYPES

FIELD = "lead_properties"


class CrmLeadBulkOperationUpdate(models.AbstractModel):
    """Properties, which sales teams define for their leads.

    They are named `lead_properties.` and their own name. Leads whose team has no such
    property are refused.
    """

    _inherit = "crm.lead.bulk.operation.update"

    def _get_fields(self):
        properties = {
            name: {
                "string": f"{found.label} ({', '.join(teams.mapped('name'))})",
                "type": found.type,
                "relation": found.comodel_name,
                "selection": found.options,
                "required": False,
            }
            for name, (found, teams) in self._get_properties().items()
        }
        return super()._get_fields() | {
            name: {**info, "ways": self._get_ways(info)}
            for name, info in properties.items()
        }

    def _get_properties(self):
        """Return the properties of the teams that the user may see, each with these. A
        team that was copied shares them: what all of them can have, can be given."""
        leads = self.env["crm.lead"]
        if not leads._has_field_access(leads._fields[FIELD], "write"):
            return {}
        teams = self.env["crm.team"].search(
            [("lead_properties_definition", "!=", False)], order="id"
        )
        known = {}
        for team in teams:
            for definition in team.lead_properties_definition:
                found = PropertyField(leads._fields[FIELD], definition, leads)
                if found.type in UPDATABLE_TYPES or found.type == "tags":
                    first, others = known.get(found.name, (found, teams.browse()))
                    if first.is_same(found):
                        keys = found.get_values(None)
                        first.options = [it for it in first.options if it[0] in keys]
                        known[found.name] = first, others | team
        return known

    def _get_ways(self, info):
        return super()._get_ways(
            {**info, "type": "many2many"} if info["type"] == "tags" else info
        )

    # ------------------------------------------------------------
    # VALUES
    # ------------------------------------------------------------

    def _check_values(self, values):
        result = super()._check_values(values)
        properties = self._get_properties()
        for change in values["changes"]:
            if change["field"] not in properties or change["way"] == "clear":
                continue
            field, _teams = properties[change["field"]]
            # The database takes anything for a property.
            if not self._is_value_of_property(field, change["value"]):
                raise UserError(
                    self.env._(
                        "%(value)s is not a possible value of %(field)s.",
                        value=repr(change["value"])[:40],
                        field=field.label,
                    )
                )
        return result

    def _is_value_of_property(self, field, value):
        if field.type == "tags":
            return isinstance(value, list) and field.convert(value) == value
        if field.type == "many2many":
            return True  # as of any field
        return self.env["crm.lead"]._is_value_of(field, value)

    def _format_value(self, info, change):
        if info["type"] == "tags" and change["way"] != "clear":
            labels = dict(info["selection"])
            return ", ".join(labels.get(key, key) for key in change["value"])
        return super()._format_value(info, change)

    # ------------------------------------------------------------
    # WHICH LEADS
    # ------------------------------------------------------------

    def _get_refusals(self, values):
        properties = self._get_properties()
        gone = [
            (Domain.TRUE, self._get_reason_of_field(change["field"]))
            for change in values["changes"]
            if DOT in change["field"] and change["field"] not in properties
        ]
        return [
            *super()._get_refusals(values),
            *gone,
            *self._get_refusals_of_teams(values, properties),
        ]

    def _get_refusals_of_teams(self, values, properties):
        return [
            (
                Domain("team_id", "not in", teams.ids),
                self.env._(
                    "Its sales team has no property “%(property)s”. Only leads of"
                    " %(teams)s have it.",
                    property=field.label,
                    teams=format_list(self.env, teams.mapped("name"), "or"),
                ),
            )
            for change in values["changes"]
            if change["field"] in properties
            for field, teams in [properties[change["field"]]]
        ]

    def _get_domain_of(self, change):
        key = change["field"].partition(DOT)[2]
        if not key:
            return super()._get_domain_of(change)
        # A condition of Odoo's on a property takes 1 for “yes”, and 0 for “no”.
        return Domain.custom(
            to_sql=lambda model, alias, query: self._get_sql_of(
                SQL(
                    "COALESCE(NULLIF(%s -> %s, 'null'), 'false')",
                    model._field_to_sql(alias, FIELD, query),
                    key,
                ),
                change["way"],
                change.get("value"),
            )
        )

    def _get_sql_of(self, has, way, value):
        """Return the condition that a property is as a change would make it.

        :param has: the SQL of what a lead has, as JSON
        """
        blank = SQL("%s IN ('false', '0', '\"\"', '[]')", has)
        if way == "clear" or not value:
            return blank
        if way == "add":
            return SQL("%s @> %s::jsonb", has, json.dumps(value))
        if way == "remove":
            ones = [SQL("NOT %s @> %s::jsonb", has, json.dumps([v])) for v in value]
            return SQL("(%s)", SQL(" AND ").join(ones))
        if isinstance(value, list):
            return SQL("FALSE")  # whatever order they are in
        return SQL("%s = %s::jsonb", has, json.dumps(value))

    # ------------------------------------------------------------
    # WORK
    # ------------------------------------------------------------

    def _apply(self, leads, values):
        given = [c for c in values["changes"] if DOT in c["field"]]
        plain = [c for c in values["changes"] if DOT not in c["field"]]
        if plain:
            super()._apply(leads, {**values, "changes": plain})
        if not given:
            return
        # Leads that have the same are written at once.
        for same in leads.grouped(
            lambda lead: (lead.team_id, json.dumps(lead[FIELD]._values, sort_keys=True))
        ).values():
            changed = self._get_changed_properties(same[0], given)
            if changed:
                same.write(fold_properties(same[0], changed))

    def _get_changed_properties(self, lead, changes):
        """Return the properties of a lead that changes make others, by name."""
        changed, properties = {}, self._get_properties()
        for change in changes:
            name, way, value = change["field"], change["way"], change.get("value")
            field, _teams = properties[name]
            before = changed.get(name, field.get(lead))
            if way == "clear":
                value = [] if field.type in LISTS else False
            elif way == "add":
                value = before + [one for one in value if one not in before]
            elif way == "remove":
                value = [one for one in before if one not in value]
            if value != before:
                changed[name] = value
        return changed
