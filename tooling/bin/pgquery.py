"""Run SQL for the tooling: the one script started with Odoo's Python, for psycopg2.

Reads lines of {"sql", "params", "database"} as JSON from standard input, connects as
the PG… variables say, and answers each with a line of {"rows"}, or {"error", "code"}.
"""

import json
import sys

import psycopg2


def answer(query):
    try:
        connection = psycopg2.connect(dbname=query["database"], connect_timeout=10)
    except psycopg2.Error as error:
        return {"error": str(error).strip(), "code": error.pgcode}
    connection.autocommit = True  # CREATE DATABASE wants no transaction
    try:
        with connection.cursor() as cursor:
            cursor.execute(query["sql"], query["params"] or None)
            return {"rows": cursor.fetchall() if cursor.description else []}
    except psycopg2.Error as error:
        return {"error": str(error).strip(), "code": error.pgcode}
    finally:
        connection.close()


def main():
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line)), default=str), flush=True)


if __name__ == "__main__":
    main()
