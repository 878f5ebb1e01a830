from dataclasses import dataclass

from odoo import models
from odoo.tools import SQL

FEW = 80  # as many as a page of a list shows
# What native makes of the activities of a lead
ACTIVITY_FIELDS = (
    "activity_ids",
    "activity_exception_decoration",
    "activity_exception_icon",
    "activity_state",
    "activity_summary",
    "activity_type_icon",
    "activity_type_id",
)
# The context key of `KnownEmpty`; no client can send one.
KNOWN_EMPTY = "lead_known_empty"


@dataclass(frozen=True, eq=False)
class KnownEmpty:
    """What of which leads is known to be empty while they are read."""

    lead_ids: frozenset
    names: frozenset


class CrmLead(models.Model):
    """What few leads have, and the form shows: which of it is empty is asked at once,
    by one query instead of one for each."""

    _inherit = "crm.lead"

    def _get_rare_fields(self):
        """Return which fields are empty for most leads, and of what they are made: the
        model of these records, their field by which the lead is found, and the lead's
        field of the same value.

        A field is empty for sure where there is no such record. Extend it by what a
        form shows.

        Where a field that is made of nothing has a value nevertheless, it is the SQL
        condition by which there is nothing, and the field's compute method asks
        `_is_known_empty`.

        :rtype: dict[str, tuple[str, str, str] | SQL]
        """
        return {
            **dict.fromkeys(ACTIVITY_FIELDS, ("mail.activity", "res_id", "id")),
            "is_blacklisted": ("mail.blacklist", "email", "email_normalized"),
            "phone_blacklisted": ("phone.blacklist", "number", "phone_sanitized"),
        }

    def web_read(self, specification):
        if not all(self._ids) or not 0 < len(self) <= FEW:
            return super().web_read(specification)
        rare = self._get_rare_fields()
        asked = {
            name: rare[name]
            for name in specification
            if name in rare and self._can_ask_at_once(name, rare[name])
        }
        if len(asked) < 2:
            return super().web_read(specification)
        empty = self._find_empty(asked)
        for name in empty:
            field = self._fields[name]
            if not isinstance(asked[name], SQL):
                # As reading it would; not where something is known already
                nothing = field.convert_to_cache(False, self)
                field._insert_cache(self, [nothing] * len(self))
        known = KnownEmpty(frozenset(self._ids), frozenset(empty))
        leads = self.with_context(**{KNOWN_EMPTY: known})
        return super(CrmLead, leads).web_read(specification)

    def _can_ask_at_once(self, name, made_of):
        """Tell whether the user may read what a field is made of, if that is asked."""
        if isinstance(made_of, SQL) or self._fields[name].compute_sudo:
            return True
        return self.env[made_of[0]].has_access("read")

    def _is_known_empty(self, name):
        """Tell whether there is nothing of which a field of the leads is made, as far
        as the form has asked for it."""
        known = self.env.context.get(KNOWN_EMPTY)
        return (
            isinstance(known, KnownEmpty)
            and name in known.names
            and known.lead_ids.issuperset(self._ids)
        )

    def _find_empty(self, rare):
        """Return the names of the fields that are empty in all of the leads."""
        conditions = {
            made_of: made_of
            if isinstance(made_of, SQL)
            else self._get_empty_condition(*made_of)
            for made_of in dict.fromkeys(rare.values())
        }
        query = SQL("SELECT %s", SQL(", ").join(conditions.values()))
        [row] = self.env.execute_query(query)
        is_empty = dict(zip(conditions, row, strict=True))
        return [name for name, made_of in rare.items() if is_empty[made_of]]

    def _get_empty_condition(self, model_name, name, own_name):
        """Return the condition by which a model has no record of the leads."""
        model = self.env[model_name]
        field = model._fields[name]
        model.flush_model([name])
        value = SQL("IN %s", self._ids)
        if own_name != "id":
            self.flush_recordset([own_name])
            value = SQL(
                "IN (SELECT %s FROM crm_lead WHERE id IN %s)",
                SQL.identifier(own_name),
                self._ids,
            )
        condition = SQL("%s %s", SQL.identifier(name), value)
        if field.type == "many2one_reference":
            of_model = SQL("%s = %s", SQL.identifier(field.model_field), self._name)
            condition = SQL("%s AND %s", of_model, condition)
        return SQL(
            "NOT EXISTS (SELECT FROM %s WHERE %s)",
            SQL.identifier(model._table),
            condition,
        )
