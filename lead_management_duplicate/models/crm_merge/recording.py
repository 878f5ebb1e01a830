from contextlib import contextmanager

from psycopg2.extras import Json

from odoo import models
from odoo.tools import SQL, format_list

from .ledger import MERGED_MODELS

# Of what points at the survivor, so many rows of a table are watched for changes.
WATCHED_ROWS = 1000


class CrmMerge(models.Model):
    """Entering merges: the rows are copied before and after within the database, and
    what is equal is thrown away. A merge costs two queries more, however much it moves.
    """

    _inherit = "crm.merge"

    @contextmanager
    def _recording(self, merged, survivor, is_left=False):
        """Enter the merge that is carried out meanwhile.

        :param bool is_left: the others are deleted only later
        """
        if not merged or not self._get_days():
            yield
            return
        entries = self.sudo()
        query = entries._get_before_query(merged, survivor)
        self.env.flush_all()
        [[entry_id, tables]] = self.env.execute_query(query)
        self.invalidate_model(flush=False)
        yield
        entries.browse(entry_id)._record_after(tables or [], survivor, is_left)
        survivor.invalidate_recordset(["merge_count"])

    def _get_entry_query(self, merged, survivor, entry_id=None):
        """Return the query that adds the entry of a merge.

        :param int entry_id: its id, if the merge is only expected
        """
        records = merged.sudo()
        now = self.env.cr.now()
        values = {
            "model": merged._name,
            MERGED_MODELS[merged._name]: survivor.id,
            "user_id": self.env.uid,
            "user_name": self.env.user.sudo().name,
            "date": now.replace(microsecond=0),
            "active": True,
            "merged": Json(
                [
                    [record.id, record.display_name, record.company_id.id]
                    for record in records
                ]
            ),
            "merged_names": format_list(self.env, records.mapped("display_name")),
            "create_uid": self.env.uid,
            "create_date": now,
            "write_uid": self.env.uid,
            "write_date": now,
        }
        if entry_id:
            values |= {"id": entry_id, "active": False}
        return SQL(
            "INSERT INTO crm_merge (%s) VALUES (%s) RETURNING id",
            SQL(", ").join(map(SQL.identifier, values)),
            SQL(", ").join(SQL("%s", value) for value in values.values()),
        )

    def _get_before_query(self, merged, survivor, entry_id=None):
        """Return the query that enters a merge that is about to be carried out, with
        the rows of what is merged, and of what points at that."""
        ids = merged.ids
        model_name = survivor._name
        own_table = survivor._table
        mentions = self._get_mentions(model_name, [*ids, survivor.id])
        parts = []
        for place in self._get_places(model_name):
            if not place.has_id:
                parts.append(self._get_links_before(place, model_name, ids, survivor))
                continue
            of_merged = self._get_condition(place, model_name, ids)
            of_survivor = self._get_condition(place, model_name, survivor.ids)
            if place.table == own_table:
                parts.append(
                    self._get_rows_query(
                        place.table,
                        SQL("t.id = ANY(%s)", [*ids, survivor.id]),
                        SQL("t.id = ANY(%s)", ids),
                        level=0,
                    )
                )
                others = SQL("t.id <> ALL(%s)", [*ids, survivor.id])
                of_merged = SQL("(%s AND %s)", others, of_merged)
                of_survivor = SQL("(%s AND %s)", others, of_survivor)
            parts.append(
                self._get_rows_query(
                    place.table,
                    of_merged,
                    SQL("TRUE"),
                    row=self._get_row(place.table, model_name, ids),
                )
            )
            if mention := mentions.pop(place.table, None):
                of_survivor = SQL("(%s OR %s)", of_survivor, mention)
            if not place.is_untouched:
                parts.append(
                    SQL(
                        "(%s ORDER BY t.id DESC LIMIT %s)",
                        self._get_rows_query(
                            place.table,
                            SQL("%s AND %s IS NOT TRUE", of_survivor, of_merged),
                            SQL("FALSE"),
                        ),
                        WATCHED_ROWS,
                    )
                )
        parts += [
            self._get_rows_query(table, mention, SQL("FALSE"))
            for table, mention in mentions.items()
        ]
        return SQL(
            """
                WITH entry AS (%(entry)s),
                followed AS (%(followed)s),
                found (place, row_id, level, is_of_merged, before, after)
                    AS MATERIALIZED (%(found)s),
                deeper AS (%(deeper)s),
                lines AS (
                    INSERT INTO crm_merge_line
                           (merge_id, place, row_id, level, is_of_merged, before, after)
                    SELECT entry.id, kept.*
                      FROM entry,
                           (TABLE found UNION ALL TABLE deeper) AS kept
                    RETURNING place
                )
                SELECT (SELECT id FROM entry), array_agg(DISTINCT place) FROM lines
                """,
            entry=self._get_entry_query(merged, survivor, entry_id),
            # Entries of leads follow to the one that is left; others follow natively.
            followed=SQL(
                "UPDATE crm_merge SET lead_id = %s WHERE lead_id = ANY(%s)",
                survivor.id,
                ids if model_name == "crm.lead" else [],
            ),
            found=SQL(" UNION ALL ").join(parts),
            deeper=self._get_deeper_query(model_name, own_table),
        )

    def _get_rows_query(self, table, condition, is_of_merged, level=1, row=None):
        """Return the query of the lines of a table's rows."""
        return SQL(
            "SELECT %s, t.id, %s, %s, %s, NULL::jsonb FROM %s AS t WHERE %s",
            table,
            level,
            is_of_merged,
            row or self._get_row(table),
            SQL.identifier(table),
            condition,
        )

    def _get_links_before(self, place, model_name, ids, survivor):
        """Return the query of many2many links of the merged records, and of the same
        links where the survivor has them as well."""
        condition = self._get_condition(place, model_name, ids)
        same = self._get_same_links(place, model_name, ids, survivor.ids)
        return SQL(
            "SELECT %s, NULL::int, 1, %s IS TRUE, to_jsonb(t), NULL::jsonb FROM %s AS t"
            " WHERE %s OR %s",
            place.table,
            condition,
            SQL.identifier(place.table),
            condition,
            same,
        )

    def _get_same_links(self, place, model_name, ids, survivor_ids):
        of_survivor = self._get_condition(place, model_name, survivor_ids)
        if not place.other:  # both columns lead to records of the model
            return of_survivor
        return SQL(
            "(%s AND EXISTS (SELECT FROM %s AS same WHERE same.%s = t.%s AND %s))",
            of_survivor,
            SQL.identifier(place.table),
            SQL.identifier(place.other),
            SQL.identifier(place.other),
            SQL(" OR ").join(
                SQL("same.%s = ANY(%s)", SQL.identifier(link.column), ids)
                for link in place.links
            ),
        )
