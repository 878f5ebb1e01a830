"""Rows into a table by COPY, many times faster than any INSERT.

What varies from row to row is generated; every other column has the value the ORM gave
it in a record like this one, the *prototype*. So the rows stay right when a version of
Odoo or another module adds a column.
"""

import io
import json
from collections.abc import Iterable
from itertools import islice

from odoo.tools import SQL

CHUNK = 500  # rows that are turned into text at once
BUFFER = 1 << 16  # characters that are handed to PostgreSQL at once
REPORTED = 10_000  # rows between two reports of progress


def prototype(env, record) -> dict:
    """Return the row of a record: its columns, but for the id, and their values."""
    return prototypes(env, record)[0]


def prototypes(env, records) -> list[dict]:
    """Return the rows of records, as they come to be stored."""
    env.cr.flush()
    env.cr.execute(
        SQL(
            "SELECT * FROM %s WHERE id IN %s ORDER BY id",
            SQL.identifier(records._table),
            tuple(records.ids),
        )
    )
    rows = env.cr.dictfetchall()
    for row in rows:
        del row["id"]
    return rows


def next_id(cr, table: str) -> int:
    """Return the id of the next row to be added."""
    cr.execute(SQL("SELECT COALESCE(MAX(id), 0) + 1 FROM %s", SQL.identifier(table)))
    return cr.fetchone()[0]


def copy_rows(
    cr,
    table: str,
    likes: dict[str, dict],
    rows: Iterable[tuple[str, dict]],
    report=lambda count: None,
):
    """Add rows to a table.

    :param likes: prototypes by name
    :param rows: per row, the name of its prototype and the values that differ from it
    :param report: is told how many rows are there, now and then
    """
    columns = list(dict.fromkeys(name for like in likes.values() for name in like))
    texts = {
        name: {column: _text(like.get(column)) for column in columns}
        for name, like in likes.items()
    }

    def lines():
        for name, values in rows:
            cells = texts[name] | {key: _text(value) for key, value in values.items()}
            if len(cells) > len(columns) + 1:
                unknown = values.keys() - set(columns) - {"id"}
                raise ValueError(f"{table} has no columns {sorted(unknown)}")
            yield "\t".join([cells.get(column) for column in ordered])

    ordered = ["id", *columns] if _has_id(cr, table) else columns
    # The foreign keys are checked after the last row. What was planned for that while
    # the table was nearly empty scans all of it for every row.
    cr.execute("DISCARD PLANS")
    _copy(cr, table, ordered, lines(), report)
    if "id" in ordered:
        cr.execute(
            SQL(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), MAX(id)) FROM %s",
                table,
                SQL.identifier(table),
            )
        )


def _has_id(cr, table: str) -> bool:
    cr.execute(
        "SELECT 1 FROM information_schema.columns"
        " WHERE table_name = %s AND column_name = 'id'",
        [table],
    )
    return bool(cr.fetchone())


def _copy(cr, table, columns, lines, report):
    statement = SQL(
        "COPY %s (%s) FROM STDIN",
        SQL.identifier(table),
        SQL(", ").join(SQL.identifier(column) for column in columns),
    )
    cr.copy_expert(cr.mogrify(statement).decode(), _Reader(lines, report), BUFFER)


class _Reader(io.TextIOBase):
    """The file that COPY reads, written while it is read."""

    def __init__(self, lines, report):
        self._lines = iter(lines)
        self._report = report
        self._rest = ""
        self._count = 0

    def read(self, size=-1):
        while size < 0 or len(self._rest) < size:
            if not (lines := list(islice(self._lines, CHUNK))):
                break
            self._rest += "\n".join(lines) + "\n"
            self._count += len(lines)
            if self._count % REPORTED < CHUNK:
                self._report(self._count)
        if size < 0:
            size = len(self._rest)
        text, self._rest = self._rest[:size], self._rest[size:]
        return text


def _text(value) -> str:
    """Return a value as COPY's text format wants it."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict | list):
        value = json.dumps(value)
    text = str(value)
    if "\\" in text or "\n" in text or "\t" in text or "\r" in text:
        for character, escaped in (
            ("\\", "\\\\"),
            ("\n", "\\n"),
            ("\t", "\\t"),
            ("\r", "\\r"),
        ):
            text = text.replace(character, escaped)
    return text
