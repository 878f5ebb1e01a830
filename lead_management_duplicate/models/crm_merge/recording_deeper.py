from odoo import models
from odoo.tools import SQL


class CrmMerge(models.Model):
    """What hangs on rows that a merge deletes, and is deleted along with them."""

    _inherit = "crm.merge"

    def _get_deeper_query(self, model_name, own_table):
        """Return the query of what is deleted along with rows that the merge may
        delete, such as what a follower wants to be told."""
        fragile = {
            place.table
            for place in self._get_places(model_name)
            if place.is_fragile and place.has_id and place.table != own_table
        } | {"mail_message"}  # those to a single user are not moved with a lead
        columns = self._get_catalogue().columns
        _kept, passing = self._get_models_of_tables()
        parts = [SQL("SELECT * FROM found WHERE FALSE")]
        for table, keys in self._get_catalogue().keys.items():
            there = columns.get(table, {})
            has_id = "id" in there
            if (
                table in passing
                or table == own_table
                or not (has_id or {*there.values()} == {"integer"})
            ):
                continue
            if has_id:
                known = SQL("t.id = ANY(ARRAY(%s))", self._get_found(table))
            else:
                known = SQL(
                    "to_jsonb(t) = ANY(ARRAY(SELECT before FROM found"
                    " WHERE place = %s))",
                    table,
                )
            parts += [
                SQL(
                    """
                    SELECT %(table)s, %(own)s, 2, TRUE, %(row)s, NULL::jsonb
                      FROM %(source)s AS t
                     WHERE t.%(column)s = ANY(ARRAY(%(found)s)) AND NOT %(known)s
                    """,
                    table=table,
                    own=SQL("t.id") if has_id else SQL("NULL::int"),
                    row=self._get_row(table),
                    source=SQL.identifier(table),
                    column=SQL.identifier(column),
                    found=SQL(
                        "%s AND is_of_merged AND COALESCE(before ->> 'message_type',"
                        " %s) = %s",
                        self._get_found(target),
                        *["user_notification"] * 2,
                    ),
                    known=known,
                )
                for column, (target, _deletion, _required) in keys.items()
                if target in fragile
            ]
        return SQL(" UNION ").join(parts)

    def _get_found(self, table):
        return SQL("SELECT row_id FROM found WHERE place = %s", table)
