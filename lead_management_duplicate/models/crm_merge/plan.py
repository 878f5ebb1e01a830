from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL


class SeparatePlan(NamedTuple):
    """What separating does, as it is said and as it is done.

    Rows are known by the ids of their lines. `inserted` and `updated` are in the order
    in which they are done, with what takes the place of values whose record is gone.
    """

    refusals: list
    inserted: list  # (line id, table, other values, columns)
    updated: list  # (line id, table, names of columns, other values)
    linked: list  # (line id, table)
    unlinked: list  # (line id, table)
    deleted: list  # (table, id) of what the merge has made for the survivor
    moved: dict  # ids of rows that go back, by model name
    put_back: set  # names of the survivor's fields
    left: set  # of these, the ones that were changed since
    left_rows: dict  # ids of rows that were changed, moved or deleted since, by model


class Row(NamedTuple):
    """A line, and the row as it is now, if it is there."""

    line: int
    table: str
    row_id: int
    level: int
    before: dict
    after: dict
    now: dict


class CrmMerge(models.Model):
    """What separating does, or why it can't be done."""

    _inherit = "crm.merge"

    def _plan_separate(self):
        """Return what separating does, or why it can't be done."""
        self.ensure_one()
        plan = SeparatePlan(
            self._get_refusals(),
            *([], [], [], [], []),
            moved=defaultdict(set),
            put_back=set(),
            left=set(),
            left_rows=defaultdict(set),
        )
        if plan.refusals:
            return plan
        system = self.sudo()  # what is kept holds values the user may not know
        rows = system._get_rows()
        there = system._find_targets(rows)
        system._plan_inserted(plan, rows, there)
        system._plan_links(plan, rows, there)
        system._plan_updated(plan, rows, there)
        return plan

    def _get_rows(self):
        """Return the lines, beside the rows as they are now."""
        self.env.flush_all()
        columns = self._get_catalogue().columns
        tables = self.env.execute_query(
            SQL(
                "SELECT DISTINCT place FROM crm_merge_line WHERE merge_id = %s", self.id
            )
        )
        parts = [
            SQL(
                """
                SELECT line.id, line.place, line.row_id, line.level, line.before,
                       line.after, %(row)s AS now
                  FROM crm_merge_line AS line LEFT JOIN %(source)s AS t ON %(same)s
                 WHERE line.merge_id = %(merge)s AND line.place = %(table)s
                """,
                row=SQL(
                    "CASE WHEN %s IS NOT NULL THEN %s END",
                    # a column that is never empty
                    SQL.identifier(
                        "t", "id" if "id" in columns[table] else min(columns[table])
                    ),
                    self._get_row_after(table),
                ),
                source=SQL.identifier(table),
                same=SQL("t.id = line.row_id")
                if "id" in columns[table]
                else SQL(
                    "(%s) OR (line.before IS NULL AND %s)",
                    self._get_same_row(columns[table], "before"),
                    self._get_same_row(columns[table], "after"),
                ),
                merge=self.id,
                table=table,
            )
            for (table,) in tables
            if table in columns  # its addon may be gone
        ]
        if not parts:
            return []
        return [
            Row(*row)
            for row in self.env.execute_query(
                SQL("%s ORDER BY 4, 2, 1", SQL(" UNION ALL ").join(parts))
            )
        ]

    def _plan_inserted(self, plan, rows, there):
        """Plan what comes back of what was deleted."""
        columns = self._get_catalogue().columns
        keys = self._get_catalogue().keys
        gone = [
            row
            for row in rows
            if row.row_id
            and row.now is None
            and row.before
            and (row.after is None or "id" in row.after)
        ]
        # What comes back is there for what points at it.
        coming = {(row.table, row.row_id) for row in gone}
        done = set()
        for row in gone:
            instead, is_kept = {}, True
            for column, (target, deletion, required) in keys.get(row.table, {}).items():
                value = row.before.get(column)
                if not value or (target, value) in done or value in there[target]:
                    continue
                if target == row.table and (target, value) in coming:
                    continue  # they come with one statement
                if (target, value) in coming and not required:
                    instead[column] = None  # until that is there
                    plan.updated.append((row.line, row.table, (column,), {}))
                    continue
                instead[column] = self._resolve(target, value, there)
                if not instead[column] and (required or deletion == "c"):
                    is_kept = False
            if not is_kept:
                if row.level == 0:
                    plan.refusals.append(
                        self.env._("something that it can't be without is deleted")
                    )
                self._note_left(plan, row)
                continue
            done.add((row.table, row.row_id))
            names = tuple(sorted(row.before.keys() & columns[row.table].keys()))
            plan.inserted.append((row.line, row.table, instead, names))
        for table, row_id in done:
            there[table].add(row_id)

    def _plan_links(self, plan, rows, there):
        """Plan which links of two records come and go."""
        keys = self._get_catalogue().keys
        places = {place.table: place for place in self._get_places(self.model)}
        taken_off = set()
        for row in rows:
            if not row.row_id and row.before is None:
                place = places.get(row.table)
                if row.now is not None:
                    plan.unlinked.append((row.line, row.table))
                elif place and place.other and not self._is_own_link(row.table):
                    taken_off.add((row.table, row.after[place.other]))
        for row in rows:
            if row.row_id or row.before is None or row.now is not None:
                continue
            place = places.get(row.table)
            if place and (row.table, row.before.get(place.other)) in taken_off:
                self._note_left(plan, row)
            elif all(
                row.before[column] in there[target]
                for column, (target, _deletion, _required) in keys.get(
                    row.table, {}
                ).items()
            ):
                plan.linked.append((row.line, row.table))

    def _is_own_link(self, table):
        """Return whether links are values of the merged records, such as tags, rather
        than of what they link, such as attendees."""
        for field in self.env[self.model]._fields.values():
            if field.type != "many2many" or not field.store or field.relation != table:
                continue
            model = self.env[field.model_name]
            other = self.env[field.comodel_name]
            return field._module == model._original_module or not any(
                own.type == "many2many"
                and own.store
                and own.relation == table
                and own._module == other._original_module
                for own in other._fields.values()
            )
        return False

    def _plan_updated(self, plan, rows, there):
        """Plan what is put back in rows that are there."""
        keys = self._get_catalogue().keys
        ids = {record_id for record_id, _name, _company in self.merged}
        survivor = self._get_survivor()
        for row in rows:
            if not row.row_id:
                continue
            if row.before is None:
                self._plan_deleted(plan, row)
                continue
            if row.after is None:
                continue
            if row.now is None:
                if "id" not in row.after:
                    self._note_left(plan, row)
                continue
            names, left, instead = [], [], {}
            for name, value in row.before.items():
                if name not in row.now or row.now[name] == value:
                    continue
                after = row.after.get(name)
                if row.now[name] != after and not (
                    row.now[name] is None and type(after) is int and after in ids
                ):
                    if after != value:
                        left.append(name)
                    continue
                target, _deletion, _required = keys.get(row.table, {}).get(
                    name, (None, None, None)
                )
                if target and value:
                    found = self._resolve(target, value, there)
                    if not found:
                        left.append(name)
                        continue
                    instead[name] = found
                names.append(name)
            self._note_put_back(plan, row, survivor, names, left)
            if names:
                plan.updated.append(
                    (row.line, row.table, tuple(sorted(names)), instead)
                )

    def _plan_deleted(self, plan, row):
        """Plan whether what the merge has made for the survivor goes again."""
        if row.now is None:
            return
        compared = row.after.keys() - {"write_date", "write_uid"}
        if row.table == "ir_attachment":
            compared = {"checksum"}
        if all(row.now.get(name) == row.after[name] for name in compared):
            plan.deleted.append((row.table, row.row_id))
        else:
            self._note_left(plan, row)

    def _note_put_back(self, plan, row, survivor, names, left):
        is_survivor = row.table == survivor._table and row.row_id == survivor.id
        fields = self.env[self._get_model_of(row.table)]._fields
        said = {
            name
            for name in left
            if name in fields and not (fields[name].compute and fields[name].readonly)
        }
        if is_survivor:
            plan.put_back.update(
                name
                for name in names
                if name in fields
                and not (fields[name].compute and fields[name].readonly)
            )
            plan.left.update(said)
        elif said:
            self._note_left(plan, row)
        elif names:
            plan.moved[self._get_model_of(row.table)].add(row.row_id)

    def _note_left(self, plan, row):
        plan.left_rows[self._get_model_of(row.table)].add(row.row_id or row.line)
