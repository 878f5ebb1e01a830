from odoo import models
from odoo.tools import SQL

FEW = 80  # as many as a page of a list shows


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

        :rtype: dict[str, tuple[str, str, str]]
        """
        return {"activity_ids": ("mail.activity", "res_id", "id")}

    def web_read(self, specification):
        rare = self._get_rare_fields()
        names = [
            name
            for name in specification
            if name in rare and self.env[rare[name][0]].has_access("read")
        ]
        if len(names) > 1 and all(self._ids) and 0 < len(self) <= FEW:
            for name in self._find_empty({name: rare[name] for name in names}):
                # As reading it would; not where something is known already
                field = self._fields[name]
                empty = () if field.type == "one2many" else field.falsy_value
                field._insert_cache(self, [empty] * len(self))
        return super().web_read(specification)

    def _find_empty(self, rare):
        """Return the names of the fields that are empty in all of the leads."""
        conditions = []
        for model_name, name, own_name in rare.values():
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
            conditions.append(
                SQL(
                    "NOT EXISTS (SELECT FROM %s WHERE %s)",
                    SQL.identifier(model._table),
                    condition,
                )
            )
        [row] = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(conditions)))
        return [name for name, is_empty in zip(rare, row, strict=True) if is_empty]
