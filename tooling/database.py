"""Make, copy, describe and drop databases, with their files.

What the tooling must know about a database (the addon it holds, the process that uses
it) is kept in the database's comment: it goes where the database goes, and Odoo never
sees it.
"""

import contextlib
import functools
import json
import os
import re
import secrets
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from . import processes, pythonenv
from .errors import Problem
from .postgres import Server
from .settings import TOOLING, cache

PREFIX = "lead_management"
PATIENCE = 60  # seconds for a database to be free


_asking = {}  # the process that asks each server


def _ask(python: Path, server: Server, request: dict) -> dict:
    """Return the answer of a process that is kept, as starting one takes longer."""
    if not (process := _asking.pop(server, None)):
        process = subprocess.Popen(
            [python, TOOLING / "bin" / "pgquery.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**pythonenv.clean_environ(), **server.environ()},
            start_new_session=True,  # Ctrl-C is not for it: databases are dropped then
        )
    try:
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
    except (OSError, ValueError) as error:
        process.kill()
        raise processes.explain("asking PostgreSQL", process.stderr.read()) from error
    _asking[server] = process
    return answer


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True)
class Databases:
    """The databases of one server."""

    server: Server
    python: Path

    def query(self, sql: str, *params, database="postgres") -> list:
        """Run one statement and return its rows."""
        answer = _ask(
            self.python,
            self.server,
            {"sql": sql, "params": params, "database": database},
        )
        if "error" in answer:
            raise self._problem(answer)
        return answer["rows"]

    def _problem(self, answer) -> Problem:
        server = self.server
        where = f"{server.user} at {server.host}, port {server.port}"
        if answer["code"] is None:  # no connection
            return Problem(
                f"PostgreSQL ({where}) does not answer:\n    {answer['error']}",
                "Check PGHOST, PGPORT, PGUSER and PGPASSWORD, or unset PGHOST to use a "
                "private server.",
            )
        if answer["code"] == "42501":
            return Problem(
                f"PostgreSQL ({where}) forbids it:\n    {answer['error']}",
                f"As its administrator: ALTER ROLE {quoted(server.user)} CREATEDB",
            )
        return processes.explain("the query", answer["error"])

    # -- one database ----------------------------------------------------------

    @functools.cached_property
    def _version(self) -> int:
        return int(self.query("SHOW server_version_num")[0][0])

    def exists(self, name: str) -> bool:
        return bool(self.query("SELECT 1 FROM pg_database WHERE datname = %s", name))

    def facts(self, name: str) -> dict:
        """Return what `describe` wrote about a database."""
        sql = """
            SELECT shobj_description(oid, 'pg_database') FROM pg_database
             WHERE datname = %s
        """
        rows = self.query(sql, name)
        return _read(rows[0][0]) if rows else {}

    def describe(self, name: str, **facts):
        self.query(f"COMMENT ON DATABASE {quoted(name)} IS %s", json.dumps(facts))

    def create(self, name: str, template: str = "template0"):
        """Make a database, empty or as a copy of another one with its files.

        A server of our own copies files, which takes half as long as writing each page
        into the log. The checkpoint that ends it also sees to it that a crash sets no
        sequences back: PostgreSQL logs one once for many values, and a copied one
        counts as logged until then, though the log has only the value that was copied.
        Elsewhere a checkpoint is for superusers, and others would have to wait for it.
        """
        statement = f"CREATE DATABASE {quoted(name)} TEMPLATE {quoted(template)}"
        if template == "template0":
            statement += " ENCODING 'UTF8' LC_COLLATE 'C'"
        copies_files = self.server.private and self._version >= 150000
        if copies_files:
            statement += " STRATEGY FILE_COPY"
        for _attempt in range(PATIENCE):
            try:
                self.query(statement)
                break
            except Problem as problem:
                # A database can't be copied while somebody is connected to it.
                if "being accessed by other users" not in problem.what:
                    raise
                time.sleep(1)
        else:
            raise Problem(
                f"The database {template} can't be copied: others are using it.",
                "Start it again when they are done.",
            )
        if template == "template0":
            self._create_extension(name)
        if self.server.private and not copies_files:
            self.query("CHECKPOINT")
        self.describe(name, pid=os.getpid())
        files = filestore(template)
        if files.exists():
            # Odoo never changes a stored file, so a link is as good as a copy.
            shutil.copytree(files, filestore(name), copy_function=os.link)

    def _create_extension(self, name):
        """Give a database what Odoo gives those it creates, if the server has it: by
        trigrams, it finds texts that are anywhere in a column."""
        known = "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"
        if self.query(known, database=name):
            self.query("CREATE EXTENSION IF NOT EXISTS pg_trgm", database=name)

    def drop(self, name: str):
        """Remove a database and its files; those who still use it are sent away."""
        self.query(f"DROP DATABASE IF EXISTS {quoted(name)} WITH (FORCE)")
        shutil.rmtree(filestore(name), ignore_errors=True)

    def rename(self, old: str, new: str):
        self.query(f"ALTER DATABASE {quoted(old)} RENAME TO {quoted(new)}")
        if filestore(old).exists():
            shutil.rmtree(filestore(new), ignore_errors=True)
            filestore(old).rename(filestore(new))

    # -- short-lived ones ------------------------------------------------------

    @contextlib.contextmanager
    def temporary(self, purpose: str, template: str = "template0", keep=False):
        """Make a database with a name nobody else has, and drop it at the end."""
        name = f"{PREFIX}_{purpose}_{secrets.token_hex(4)}"
        self.drop_abandoned()
        self.create(name, template)
        try:
            yield name
        finally:
            if not keep:
                self.drop(name)

    def drop_abandoned(self):
        """Drop what runs that were killed on this machine have left."""
        if not self.server.private:
            return  # a shared server's process numbers may be another machine's
        for name, facts in self.named().items():
            if not re.match(rf"{PREFIX}_(test_|check_|.*_partial$)", name):
                continue
            pid = facts.get("pid")
            if pid and not Path(f"/proc/{pid}").exists():
                self.drop(name)

    def named(self, purpose: str = "") -> dict[str, dict]:
        """Return our databases, or those for one purpose, by their names in order, with
        what `describe` wrote about each."""
        pattern = f"{PREFIX}_{purpose}%".replace("_", r"\_")
        sql = """
            SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database
             WHERE datname LIKE %s ORDER BY 1
        """
        return {name: _read(text) for name, text in self.query(sql, pattern)}


def _read(description: str | None) -> dict:
    """Return what `describe` wrote; nothing of what somebody else has written."""
    with contextlib.suppress(ValueError, TypeError):
        return dict(json.loads(description))
    return {}


def filestore(database: str) -> Path:
    """Return the folder of a database's attachments."""
    return cache("odoo-data", "filestore", database)
