from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from .ledger import MERGED_MODELS


class Targets(defaultdict):
    """The records that are there, ids by table; and into which ones others were merged,
    by table and id."""

    def __init__(self):
        super().__init__(set)
        self.survivors = {}


class CrmMerge(models.Model):
    """What kept rows point at, and whether that is still there."""

    _inherit = "crm.merge"

    def _find_targets(self, rows):
        """Return the `Targets` that rows point at."""
        asked = defaultdict(set)
        keys = self._get_catalogue().keys
        for row in rows:
            for column, (target, _deletion, _required) in keys.get(
                row.table, {}
            ).items():
                if value := (row.before or {}).get(column):
                    asked[target].add(value)
        there = Targets()
        for table in ("crm_lead", "res_partner"):
            there.survivors[table] = self._find_survivors(table, asked[table])
            asked[table].update(there.survivors[table].values())
        parts = [
            SQL(
                "SELECT %s, id FROM %s WHERE id = ANY(%s)",
                table,
                SQL.identifier(table),
                list(ids),
            )
            for table, ids in asked.items()
            if ids
        ]
        if parts:
            for table, record_id in self.env.execute_query(
                SQL(" UNION ALL ").join(parts)
            ):
                there[table].add(record_id)
        return there

    def _find_survivors(self, table, ids):
        """Return into which records others were merged, by id."""
        model_name = {"crm_lead": "crm.lead", "res_partner": "res.partner"}.get(table)
        if not ids or not model_name:
            return {}
        found = self.env.execute_query(
            SQL(
                """
                SELECT (one ->> 0)::int, %s FROM crm_merge,
                       jsonb_array_elements(merged) AS one
                 WHERE model = %s AND separated_date IS NULL AND active
                   AND %s IS NOT NULL
                   AND (one ->> 0)::int = ANY(%s)
                """,
                SQL.identifier(MERGED_MODELS[model_name]),
                model_name,
                SQL.identifier(MERGED_MODELS[model_name]),
                list(ids),
            )
        )
        return dict(found)

    def _resolve(self, table, value, there):
        """Return the id of what a row pointed at, or of the record which that was
        merged into since; None if there is neither."""
        if value in there[table]:
            return value
        survivor = there.survivors.get(table, {}).get(value)
        return survivor if survivor in there[table] else None
