"""Print a database as JSON: its schema, and the rows of its tables.

Started with Odoo's Python, for psycopg2: snapshot.py DATABASE [--count]. With --count,
the rows are only counted, but for those that say what our addons have brought.
"""

import json
import sys

import psycopg2
from psycopg2 import sql

SCHEMA = {
    "column": """
        SELECT table_name || '.' || column_name, data_type || ' ' || is_nullable
          FROM information_schema.columns WHERE table_schema = 'public'""",
    # Odoo renews an index whose comment says another definition, and none without one.
    "index": """
        SELECT indexname, concat_ws(
               ' -- ', indexdef,
               obj_description(to_regclass(quote_ident(indexname)), 'pg_class'))
          FROM pg_indexes WHERE schemaname = 'public'""",
    "constraint": """
        SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "sequence": """
        SELECT sequencename, '' FROM pg_sequences WHERE schemaname = 'public'""",
    "view": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'",
    "function": """
        SELECT p.oid::regprocedure::text, md5(prosrc) FROM pg_proc p
         WHERE pronamespace = 'public'::regnamespace""",
    "extension": "SELECT extname, '' FROM pg_extension",
}
# When and by whom something was last written is no content.
ROWS = "SELECT (to_jsonb(t) - '{{write_date,write_uid}}'::text[])::text FROM {} t"


def main():
    connection = psycopg2.connect(dbname=sys.argv[1])
    snapshot = {}
    with connection, connection.cursor() as cursor:
        for kind, query in SCHEMA.items():
            cursor.execute(query)
            snapshot[kind] = dict(cursor.fetchall())
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [sql.Identifier(table) for (table,) in cursor.fetchall()]
        if "--count" in sys.argv:
            counts = snapshot["number of rows"] = {}
            for table in tables:
                cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(table))
                counts[table.string] = cursor.fetchone()[0]
            tables = [sql.Identifier("ir_model_data")]
            only = " WHERE module LIKE '%lead_management%'"
        else:
            only = ""
        for table in tables:
            cursor.execute(sql.SQL(ROWS + only).format(table))
            rows = (row for (row,) in cursor.fetchall())
            snapshot[f"row of {table.string}"] = dict.fromkeys(rows, "")
    json.dump(snapshot, sys.stdout)


if __name__ == "__main__":
    main()
