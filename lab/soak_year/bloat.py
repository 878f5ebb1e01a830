"""How much larger tables and indexes are than what is in them needs.

The yardstick is a copy: the same rows, put into an empty table with the same indexes in
the order of their ids, as if nothing had ever been changed or deleted.
"""

from dataclasses import dataclass, field

from tooling import progress
from tooling.database import quoted

LIMIT = 1.3
# What is smaller costs nobody anything; a few pages more would be many times its size.
LEAST = 4_000_000

TABLES = """
    SELECT relname FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND pg_total_relation_size(oid) >= %s
  ORDER BY pg_total_relation_size(oid) DESC
"""
# The definition tells which index of the copy is which, whatever its name.
SIZES = """
    SELECT 'rows', pg_table_size(oid)::bigint FROM pg_class WHERE oid = %s::regclass
     UNION ALL
    SELECT regexp_replace(pg_get_indexdef(indexrelid),
                          '^CREATE (UNIQUE )?INDEX \\S+ ON \\S+ ', '\\1'),
           pg_relation_size(indexrelid)::bigint
      FROM pg_index WHERE indrelid = %s::regclass
"""
COPY = "lead_management_copy"
ROWS = "rows"


@dataclass
class Measure:
    """A table's rows, an index of it, or all of them."""

    table: str
    what: str
    size: int
    needed: int
    parts: list = field(default_factory=list)

    @property
    def factor(self) -> float:
        return self.size / max(self.needed, 1)

    @property
    def is_bloated(self) -> bool:
        return self.size >= LEAST and self.factor > LIMIT

    def __str__(self):
        sizes = f"{self.size / 1e6:,.1f} MB, a copy {self.needed / 1e6:,.1f}"
        return f"{self.factor:.2f}× {self.table}: {self.what} ({sizes})"


def measure(query) -> list[Measure]:
    """Return the measures of all tables that are large, the largest table first.

    :param query: runs SQL in the database
    """
    found = []
    tables = [name for (name,) in query(TABLES, LEAST)]
    with progress.Step("Copying tables to compare") as step:
        for number, table in enumerate(tables):
            step.update(table, number / len(tables))
            found += _measure_table(query, table)
    return found


def _measure_table(query, table) -> list[Measure]:
    name = quoted(table)
    sizes = query(SIZES, name, name)
    [(has_id,)] = query(
        "SELECT COUNT(*) FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attname = 'id'",
        name,
    )
    query(f"DROP TABLE IF EXISTS {COPY}")
    query(f"CREATE TABLE {COPY} (LIKE {name} INCLUDING ALL)")
    try:
        order = " ORDER BY id" if has_id else ""
        query(f"INSERT INTO {COPY} SELECT * FROM {name}{order}")
        # What it keeps to do later belongs to its size, or to none of both.
        query(f"VACUUM {COPY}")
        needed = _by_definition(query(SIZES, COPY, COPY))
    finally:
        query(f"DROP TABLE {COPY}")
    pairs = [
        Measure(table, what, size, needed[what].pop())
        for what, size in sizes
        if needed.get(what)
    ]
    indexes = [one for one in pairs if one.what != ROWS]
    together = Measure(
        table,
        f"{len(indexes)} indexes",
        sum(one.size for one in indexes),
        sum(one.needed for one in indexes),
        indexes,
    )
    return [one for one in pairs if one.what == ROWS] + [together]


def _by_definition(sizes) -> dict:
    found = {}
    for what, size in sizes:
        found.setdefault(what, []).append(size)
    return found
