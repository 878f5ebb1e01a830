from odoo import models
from odoo.tools import SQL

# Of these, rows are kept whole where they are attached to the record, and otherwise (of
# its author, of the partner it was sent by) what may change.
LARGE = {"mail_message": ("subject",)}


class CrmMerge(models.Model):
    """Which rows of a place point at records, and what is kept of them, as SQL."""

    _inherit = "crm.merge"

    def _get_condition(self, place, model_name, ids):
        """Return that a row `t` of a place points at one of the records."""
        texts = [str(record_id) for record_id in ids]
        conditions = []
        for kind, name, model_column in place.links:
            column = SQL.identifier("t", name)
            if kind in ("key", "id"):
                conditions.append(SQL("%s = ANY(%s)", column, ids))
            elif kind == "resource":
                conditions.append(
                    SQL(
                        "(%s = %s AND %s = ANY(%s))",
                        SQL.identifier("t", model_column),
                        model_name,
                        column,
                        ids,
                    )
                )
            elif kind == "reference":
                references = [f"{model_name},{text}" for text in texts]
                conditions.append(SQL("%s = ANY(%s)", column, references))
            elif kind == "company":
                conditions.append(
                    SQL(
                        "(%(column)s IS NOT NULL AND EXISTS (SELECT FROM"
                        " jsonb_each_text(%(column)s) WHERE value = ANY(%(texts)s)))",
                        column=column,
                        texts=texts,
                    )
                )
            elif kind == "default":
                conditions.append(
                    SQL(
                        "(%s = ANY(%s) AND t.field_id IN (SELECT id FROM"
                        " ir_model_fields WHERE company_dependent AND relation = %s"
                        " AND ttype = 'many2one'))",
                        column,
                        texts,
                        model_name,
                    )
                )
        return SQL("(%s)", SQL(" OR ").join(conditions)) if conditions else SQL("FALSE")

    def _get_row(self, table, model_name=None, ids=()):
        """Return what is kept of a row `t`, as JSON.

        :param ids: of the records to which it may be attached
        """
        if table not in LARGE:
            return SQL("to_jsonb(t)")
        return SQL(
            "CASE WHEN t.model = %s AND t.res_id = ANY(%s) THEN to_jsonb(t)"
            " ELSE %s END",
            model_name,
            list(ids),
            self._get_small_row(table),
        )

    def _get_row_after(self, table):
        """Return what is kept of the row `t` of a `line` later, as JSON."""
        if table not in LARGE:
            return SQL("to_jsonb(t)")
        return SQL(
            "CASE WHEN line.before ? 'body' THEN to_jsonb(t) ELSE %s END",
            self._get_small_row(table),
        )

    def _get_small_row(self, table):
        names = {"id", *LARGE[table]}
        names.update(self._get_catalogue().keys.get(table, ()))
        columns = self._get_catalogue().columns
        names.update(
            name for name in ("res_id", "model", "res_model") if name in columns[table]
        )
        return SQL(
            "jsonb_build_object(%s)",
            SQL(", ").join(
                SQL("%s, %s", name, SQL.identifier("t", name)) for name in sorted(names)
            ),
        )
