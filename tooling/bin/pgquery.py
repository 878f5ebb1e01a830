"""Run SQL for the tooling: the one script started with Odoo's Python, for psycopg2.

Reads {"sql", "params"} as JSON from standard input, connects as the PG… variables say,
prints the rows as JSON. An error is printed as {"error", "code"}.
"""

import json
import sys

import psycopg2


def main():
    query = json.load(sys.stdin)
    try:
        connection = psycopg2.connect(dbname=query["database"], connect_timeout=10)
        connection.autocommit = True  # CREATE DATABASE wants no transaction
        with connection.cursor() as cursor:
            cursor.execute(query["sql"], query["params"] or None)
            rows = cursor.fetchall() if cursor.description else []
    except psycopg2.Error as error:
        json.dump({"error": str(error).strip(), "code": error.pgcode}, sys.stdout)
        return
    json.dump({"rows": rows}, sys.stdout, default=str)


if __name__ == "__main__":
    main()
