"""Somebody who changes records while a job works on them, in a process of their own:
one of two threads waits for the other as well.

Reads where the database is, the table and ids as JSON from standard input, changes them
until that is closed, and prints the seconds that they had to wait for one at most.
"""

import contextlib
import json
import random
import select
import sys
import time

import psycopg2
from psycopg2 import sql
from psycopg2.errors import SerializationFailure

PAUSE = 0.01  # seconds between two tries


def main():
    told = json.loads(sys.stdin.readline())
    rng, longest = random.Random("waiting"), 0.0
    statement = sql.SQL("SELECT id FROM {} WHERE id = %s FOR NO KEY UPDATE").format(
        sql.Identifier(told["table"])
    )
    connection = psycopg2.connect(**told["connection"])
    connection.set_session(isolation_level="REPEATABLE READ")
    with connection.cursor() as cr:
        while not select.select([sys.stdin], [], [], PAUSE)[0]:
            start = time.perf_counter()
            # After that one, the server would try again at once.
            with contextlib.suppress(SerializationFailure):
                cr.execute(statement, [rng.choice(told["ids"])])
            longest = max(longest, time.perf_counter() - start)
            connection.rollback()
    print(longest)


if __name__ == "__main__":
    main()
