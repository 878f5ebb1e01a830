from odoo import api, models
from odoo.tools import SQL

# What changes with every write
STAMPS = ["write_date", "write_uid"]


class CrmMerge(models.Model):
    """What a merge has made of the rows; of those that it has left, nothing is kept."""

    _inherit = "crm.merge"

    def _record_after(self, tables, survivor, is_left):
        """Keep what the merge has made of the rows, and forget those that it has left
        as they were.

        :param tables: those of which there are rows
        :param bool is_left: the merged records are there, and rows point on at them
        """
        query = self._get_after_query(tables, survivor, is_left)
        self.env.flush_all()
        self.env.cr.execute(query)

    def _get_after_query(self, tables, survivor, is_left):
        """Return the query of `_record_after`."""
        places = {place.table: place for place in self._get_places(survivor._name)}
        columns = self._get_catalogue().columns
        parts, added = [], self._get_rows_added(survivor)
        for table in tables:
            has_id = "id" in columns[table]
            parts.append(
                SQL(
                    "SELECT line.id, %s FROM crm_merge_line AS line JOIN %s AS t ON %s"
                    " WHERE line.merge_id = %s AND line.place = %s",
                    self._get_row_after(table),
                    SQL.identifier(table),
                    SQL("t.id = line.row_id")
                    if has_id
                    else self._get_same_row(columns[table], "before"),
                    self.id,
                    table,
                )
            )
            if not has_id and table in places:
                added.append(self._get_added_query(places[table], survivor))
        whole = SQL("(%s AND line.is_of_merged)", is_left)
        is_same = SQL(
            "(line.before - %s::text[] = now.row - %s::text[] AND NOT %s)",
            STAMPS,
            STAMPS,
            whole,
        )
        return SQL(
            """
                WITH now (line, row) AS MATERIALIZED (%(now)s),
                unchanged AS (
                    DELETE FROM crm_merge_line AS line USING now
                     WHERE line.id = now.line AND %(is_same)s
                ),
                changed AS (
                    UPDATE crm_merge_line AS line
                       SET before = CASE WHEN %(whole)s THEN line.before
                                    ELSE %(old)s END,
                           after = CASE WHEN %(whole)s THEN now.row ELSE %(new)s END
                      FROM now WHERE line.id = now.line AND NOT %(is_same)s
                ),
                files AS (%(files)s)
                INSERT INTO crm_merge_line
                       (merge_id, place, row_id, level, is_of_merged, before, after)
                SELECT %(entry)s, added.* FROM (%(added)s) AS added
                """,
            now=SQL(" UNION ALL ").join(parts),
            is_same=is_same,
            whole=whole,
            old=self._get_changed(SQL("line.before"), SQL("now.row")),
            new=self._get_changed(SQL("now.row"), SQL("line.before")),
            files=self._get_files_query(whole),
            entry=self.id,
            added=SQL(" UNION ALL ").join(added),
        )

    def _get_changed(self, row, other):
        """Return those values of a row that another one has not."""
        return SQL(
            "(SELECT jsonb_object_agg(one.key, one.value) FROM jsonb_each(%s) AS one"
            " WHERE %s -> one.key IS DISTINCT FROM one.value"
            " AND one.key <> ALL(%s))",
            row,
            other,
            STAMPS,
        )

    def _get_same_row(self, columns, side):
        """Return that a row `t` of a table without ids is the one of a line."""
        return SQL(" AND ").join(
            SQL(
                "t.%s = (line.%s ->> %s)::int",
                SQL.identifier(name),
                SQL.identifier(side),
                name,
            )
            for name in columns
        )

    def _get_added_query(self, place, survivor):
        """Return the query of links that the survivor has got by the merge."""
        columns = self._get_catalogue().columns
        known = SQL(
            "SELECT FROM crm_merge_line AS line WHERE line.merge_id = %s"
            " AND line.place = %s",
            self.id,
            place.table,
        )
        also = SQL("TRUE")
        if place.other:
            also = SQL(
                "EXISTS (%s AND (line.before ->> %s)::int = t.%s)",
                known,
                place.other,
                SQL.identifier(place.other),
            )
        return SQL(
            "SELECT %s, NULL::int, 1, FALSE, NULL::jsonb, to_jsonb(t) FROM %s AS t"
            " WHERE %s AND %s AND NOT EXISTS (%s AND %s)",
            place.table,
            SQL.identifier(place.table),
            self._get_condition(place, survivor._name, survivor.ids),
            also,
            known,
            self._get_same_row(columns[place.table], "before"),
        )

    def _get_rows_added(self, survivor):
        """Return the queries of what the merge has made for the survivor: files that
        are values of it, such as a picture, and records that would be deleted with it,
        such as a name it is known by. What the chatter says is history."""
        made = {"ir_attachment": SQL("t.res_field IS NOT NULL")}
        columns = self._get_catalogue().columns
        kept, _passing = self._get_models_of_tables()
        keys = self._get_catalogue().keys
        for place in self._get_places(survivor._name):
            own = [
                SQL("t.%s = %s", SQL.identifier(column), survivor.id)
                for column, (target, deletion, _required) in keys.get(
                    place.table, {}
                ).items()
                if target == survivor._table and deletion == "c"
            ]
            if (
                own
                and place.table in kept  # by its model it is deleted again
                and place.has_id
                and not place.is_untouched
                and place.table not in (survivor._table, self._table)
                and "create_date" in columns[place.table]
            ):
                made[place.table] = SQL(
                    "(%s) AND t.create_date >= %s",
                    SQL(" OR ").join(own),
                    self.env.cr.now(),
                )
        of_survivor = SQL(
            "t.res_model = %s AND t.res_id = %s AND ", survivor._name, survivor.id
        )
        return [
            SQL(
                "SELECT %s, t.id, 1, FALSE, NULL::jsonb, to_jsonb(t) FROM %s AS t"
                " WHERE %s%s AND NOT EXISTS (SELECT FROM crm_merge_line AS line"
                " WHERE line.merge_id = %s AND line.place = %s AND line.row_id = t.id)",
                table,
                SQL.identifier(table),
                of_survivor if table == "ir_attachment" else SQL(),
                condition,
                self.id,
                table,
            )
            for table, condition in made.items()
        ]

    def _get_files_query(self, whole):
        """Return the query that keeps the content of files which the merge deletes: as
        long as a record of a file is left, Odoo doesn't remove it."""
        return SQL(
            """
            INSERT INTO ir_attachment
                   (name, type, res_model, res_id, res_field, store_fname, checksum,
                    file_size, mimetype, create_uid, create_date, write_uid, write_date)
            SELECT 'file', 'binary', 'crm.merge.line', line.merge_id, 'before',
                   line.before ->> 'store_fname', line.before ->> 'checksum',
                   (line.before ->> 'file_size')::int, 'application/octet-stream',
                   %(root)s, %(time)s, %(root)s, %(time)s
              FROM crm_merge_line AS line LEFT JOIN now ON now.line = line.id
             WHERE line.merge_id = %(entry)s AND line.place = 'ir_attachment'
               AND line.before ->> 'store_fname' > ''
               AND (now.line IS NULL OR %(whole)s
                    OR now.row ->> 'store_fname' <> line.before ->> 'store_fname')
            """,
            root=api.SUPERUSER_ID,
            time=self.env.cr.now(),
            entry=self.id,
            whole=whole,
        )
