"""./dev lab replica: pages and reports are read from a copy of the database.

Odoo sends what only reads to a replica when it is told of one (`db_replica_host`).
Here PostgreSQL makes one of the private server, which follows it while all this goes
on, and an Odoo that knows it serves a database with demo data. The home page, the pages
of leads and the reports are opened; then both servers' own statistics must say that the
leads were read on the replica and not once on the main server. And what is written must
arrive.
"""

import json
import shutil
import time
import urllib.parse

from tooling import odoo as odoo_module
from tooling import postgres, processes, progress, templates
from tooling.database import Databases
from tooling.errors import Problem
from tooling.locks import lock
from tooling.outcome import Outcome
from tooling.settings import ADDON

from .cluster import Person, Server

HELP = "read pages and reports from a replica"

LOGIN = "demo"
# PostgreSQL adds up what idle connections did every ten seconds.
STATISTICS = 12
PATIENCE = 60  # seconds for what was written to arrive
TABLES = ("crm_lead",)
REPORTS = {
    "Leads By Source": ("source_id", ["__count", "converted_count:sum"]),
    "Source Effectiveness": ("source_id", ["conversion_rate:avg", "cost:sum"]),
    "Leads by Country": ("country_id", ["__count"]),
    "Leads by Industry": ("industry_id", ["__count"]),
    "Status Funnel": ("status_id", ["__count"]),
    "Conversion Time": ("date_conversion:month", ["days_to_convert:avg"]),
    "Salesperson Activity": ("user_id", ["touched_count:sum", "activity_count:sum"]),
}
PAGES = {
    "All Leads": [("type", "=", "lead")],
    "Recently Viewed": [("is_recent", "=", True)],
    "Neglected Leads": [("is_neglected", "=", True)],
}


def add_arguments(_parser):
    """There are none."""


def run(_arguments) -> int:
    """Do it all and close with `N passed, N failed`."""
    odoo = odoo_module.find()
    if not odoo.databases.server.private:
        raise Problem(
            "A replica is made of the private PostgreSQL server only.",
            "Unset PGHOST.",
        )
    outcome = Outcome()
    temporary = odoo.databases.temporary("check", templates.ours(odoo, demo=True))
    with lock("replica"), temporary as name:
        replica = Replica(postgres.Cluster())
        server = None
        try:
            replica.start()
            with progress.Step("Starting Odoo with the replica"):
                server = Server(odoo, name, *replica.odoo_options())
                server.wait()
            _play(Scene(odoo.databases, replica, name, server), outcome)
        finally:
            if server:
                server.stop()
            replica.remove()
    return outcome.close()


def _play(scene, outcome):
    for title, act in (
        ("Reading pages and reports", scene.read),
        ("Writing a lead, and reading it again", scene.write),
    ):
        try:
            with progress.Step(title):
                act()
            outcome.add(passed=1, failed=0)
        except Problem as problem:
            print(f"\n✗ {problem.what}\n{problem.way_on}\n", flush=True)
            outcome.add(passed=0, failed=1)


class Replica(postgres.Cluster):
    """A copy of the private server that follows it, thrown away at the end."""

    def __init__(self, primary: postgres.Cluster):
        super().__init__(f"replica-{primary.home.name}")
        self.primary = primary

    def start(self):
        """Copy the server as it is now, and follow it.

        :raise Problem: there is no room for a copy
        """
        self.remove()
        size = sum(file.stat().st_size for file in self._primary_files())
        processes.need_space(self.home.parent, size + 1_000_000_000)
        super().start()

    def _primary_files(self):
        """Yield the files of the server that are there long enough to be looked at."""
        for file in self.primary.data.rglob("*"):
            try:
                if file.is_file():
                    yield file
            except OSError:
                continue

    def _create(self):
        with progress.Step("Copying the PostgreSQL server"):
            self._run(
                "copying the PostgreSQL server",
                "pg_basebackup",
                *("--host", self.primary.sockets, "--port", postgres.PORT),
                *("--username", postgres.ROLE, "--no-password"),
                *("--pgdata", self.data, "--write-recovery-conf"),
                *("--wal-method=stream", "--checkpoint=fast"),
            )

    def odoo_options(self) -> list:
        """Return the options with which Odoo reads from it."""
        return [
            *("--db_replica_host", self.sockets, "--db_replica_port", postgres.PORT),
            # What runs by itself would be counted with what is opened.
            *("--max-cron-threads", 0),
        ]

    def remove(self):
        """Stop it and delete the copy."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)


class Scene:
    """One Odoo, its main server and its replica, and what is opened there."""

    def __init__(self, databases, replica, name: str, server: Server):
        self.name = name
        host = postgres.Server(str(replica.sockets), postgres.PORT, postgres.ROLE)
        self.sides = {
            "main server": databases,
            "replica": Databases(host, databases.python),
        }
        self.log = server.log
        self.person = Person(server, name, LOGIN)

    def scans(self) -> dict:
        """Return how often each server has read the tables of leads."""
        time.sleep(STATISTICS)
        sql = """
            SELECT COALESCE(SUM(seq_scan + COALESCE(idx_scan, 0)), 0)::int
              FROM pg_stat_user_tables WHERE relname = ANY(%s)
        """
        return {
            side: databases.query(sql, list(TABLES), database=self.name)[0][0]
            for side, databases in self.sides.items()
        }

    def read(self):
        """Open everything; only the replica may have been asked for leads."""
        self._open_all()  # for what is cached, such as views
        before = self.scans()
        opened = self._open_all()
        after = self.scans()
        counts = {side: after[side] - before[side] for side in after}
        for title in opened:
            progress.note(f"    {title}")
        progress.note(
            f"    {len(opened)} calls: leads were read {counts['replica']} times on the"
            f" replica, {counts['main server']} times on the main server."
        )
        self.check(
            counts["main server"] == 0 and counts["replica"] >= len(opened),
            f"Not all was read from the replica: {counts}",
        )

    def _open_all(self) -> list[str]:
        """Make the calls that opening each page makes; return the titles."""
        call = self.person.call
        opened = []
        for scope in ("mine", "team"):
            home = call("crm.lead", "get_lead_home", scope)
            opened.append(f"Lead Home ({scope})")
        call("crm.lead", "get_unread_count")
        lead_id = home["key_leads"][0]["id"]
        call("crm.lead", "find_possible_accounts", {"partner_name": "Adidas"})
        call("crm.lead", "get_news", [lead_id])
        call("crm.lead", "get_posts", [lead_id])
        opened += ["Account check while typing", "News", "Posts"]
        for title, domain in PAGES.items():
            asked = {"specification": {"display_name": {}}, "order": "stars desc"}
            call("crm.lead", "web_search_read", domain, **asked)
            opened.append(title)
        for title, (groupby, measures) in REPORTS.items():
            asked = {"groupby": [groupby], "aggregates": measures}
            call("crm.lead.report", "formatted_read_group", [], **asked)
            opened.append(title)
        for kind in ("neglected", "source"):
            options = urllib.parse.quote(json.dumps({"kind": kind, "domain": []}))
            self.person.get(f"/report/html/{ADDON}.lead_report?options={options}")
            opened.append(f"Printed: {kind}")
        return opened

    def write(self):
        """Add a lead on the home page, and open it; both must reach the replica."""
        person = self.person
        values = {"type": "lead", "contact_name": "Rita Replica", "partner_name": "R"}
        [lead_id] = person.call("crm.lead", "create", [values])
        person.call("crm.lead", "mark_as_read", [lead_id])
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            recent = person.call("crm.lead", "get_lead_home", "mine")["recent"]
            if lead_id in [lead["id"] for lead in recent]:
                return
            time.sleep(0.2)
        self.check(False, f"The new lead did not arrive within {PATIENCE} s.")

    def check(self, is_right: bool, otherwise: str):
        if not is_right:
            raise Problem(otherwise, f"Log of Odoo: {self.log}")
