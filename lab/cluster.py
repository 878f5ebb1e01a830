"""./dev lab cluster: two servers on one database, one of which is killed.

Two Odoo servers with two workers each serve one database, as a larger company has it.
People claim leads of one queue on both, leads are given out in turn on both, and two
users' bulk jobs run, while one server is killed. Then the database is looked at: every
lead must have been done, and done once.
"""

import http.cookiejar
import itertools
import json
import os
import signal
import subprocess
import threading
import time
import urllib.request
from pathlib import Path

from tooling import modules, ports, progress, templates
from tooling import odoo as odoo_module
from tooling.demo import wait_until_it_answers
from tooling.errors import Problem
from tooling.outcome import Outcome
from tooling.settings import ADDON

HELP = "work on two servers at once, one of which is killed"
SETUP = Path(__file__).with_name("bin") / "cluster_setup.py"

PEOPLE = 8
PATIENCE = 240  # seconds for the bulk jobs to end on the server that is left
BULK_VALUE = 4711
# Requests that met others five times in a row, which is as often as Odoo tries them
BUSY = "psycopg2.errors.SerializationFailure"
TRIES = 10

# How somebody who was too late for a lead is told
REFUSALS = (
    "odoo.exceptions.UserError",
    f"odoo.addons.{ADDON}_assignment.exceptions.ClaimRefused",
)


def add_arguments(_parser):
    """There are none."""


def run(_arguments) -> int:
    """Do it all and close with `N passed, N failed`."""
    odoo = odoo_module.find()
    outcome = Outcome()
    source = templates.ours(odoo)
    with odoo.databases.temporary("check", source) as name:
        modules.run_script(odoo, name, "Making leads and people", SETUP)
        servers = []
        try:
            with progress.Step("Starting two servers"):
                servers = [Server(odoo, name) for _number in range(2)]
                for server in servers:
                    server.wait()
            _play(Cluster(odoo.databases, name, servers, outcome))
        finally:
            for server in servers:
                server.stop()
    return outcome.close()


def _play(cluster):
    scenes = [
        ("Claiming from one queue on both servers", cluster.claim),
        ("Giving out leads in turn on both servers", cluster.assign),
        ("Bulk jobs, while one server is killed", cluster.bulk),
    ]
    for title, scene in scenes:
        try:
            with progress.Step(title):
                scene()
        except Problem as problem:
            print(f"\n✗ {problem.what}\n{problem.way_on}\n", flush=True)
            cluster.outcome.add(passed=0, failed=1)


class Server:
    """One Odoo with two workers and two threads of scheduled actions.

    :param more: options of Odoo, which come before those
    """

    def __init__(self, odoo, database: str, *more):
        self.port = ports.any_free()
        self.log = modules.log_file("cluster")
        options = [
            *("--http-port", self.port, "--gevent-port", ports.any_free()),
            *("--workers", 2, "--max-cron-threads", 2),
            *more,
        ]
        with self.log.open("w") as log:
            self.process = odoo.start(
                odoo.command(*options, database=database),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.address = f"http://{ports.HOST}:{self.port}"

    def wait(self):
        wait_until_it_answers(self.process, f"{self.address}/web/login", self.log)

    def kill(self):
        """End it as a power failure does, with all its workers."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        modules.stop(self.process)


class Person:
    """Somebody who is logged in to one of the servers."""

    def __init__(self, server: Server, database: str, login: str):
        self.server = server
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        self.session = self._post(
            "/web/session/authenticate",
            {"db": database, "login": login, "password": login},
        )
        self.uid = self.session["uid"]

    def call(self, model: str, method: str, *args, **kwargs):
        """Call a method as the web client does.

        :raise Refused: what Odoo answers instead of a result
        """
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        for left in reversed(range(TRIES)):
            try:
                return self._post(f"/web/dataset/call_kw/{model}/{method}", params)
            except Refused as refused:
                # What a person does who is told that the server is busy
                if refused.name != BUSY or not left:
                    raise
        return None

    def get(self, path: str) -> bytes:
        """Open a page."""
        with self._opener.open(self.server.address + path, timeout=60) as response:
            return response.read()

    def _post(self, path: str, params: dict):
        request = urllib.request.Request(
            self.server.address + path,
            json.dumps({"jsonrpc": "2.0", "params": params}).encode(),
            {"Content-Type": "application/json"},
        )
        with self._opener.open(request, timeout=60) as response:
            answer = json.load(response)
        if "error" in answer:
            raise Refused(answer["error"]["data"])
        return answer["result"]


class Refused(Exception):
    """An error that Odoo answered."""

    def __init__(self, data: dict):
        super().__init__(data["message"])
        self.name = data["name"]


class Cluster:
    """The servers, the people on them, and what is done there."""

    def __init__(self, databases, name: str, servers: list[Server], outcome: Outcome):
        self.databases, self.name, self.servers = databases, name, servers
        self.outcome = outcome
        turns = itertools.cycle(servers)
        self.people = [
            Person(next(turns), name, f"cluster{number}") for number in range(PEOPLE)
        ]

    def query(self, sql: str, *params) -> list:
        return self.databases.query(sql, *params, database=self.name)

    def ids(self, prefix: str) -> list[int]:
        sql = "SELECT id FROM crm_lead WHERE name LIKE %s ORDER BY id"
        return [row[0] for row in self.query(sql, f"{prefix} %")]

    def all_at_once(self, work):
        """Let everybody do something; unexpected errors are a problem."""
        problems = []

        def play(number, person):
            try:
                work(number, person)
            except Exception as error:
                problems.append(f"{person.server.address}: {error}")

        threads = [
            threading.Thread(target=play, args=pair) for pair in enumerate(self.people)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if problems:
            raise Problem("Requests failed.", "\n".join(problems))

    # -- scenes ----------------------------------------------------------------

    def claim(self):
        """Everybody tries to claim every lead; each must go to exactly one."""
        lead_ids, won = self.ids("Claim"), []

        def work(number, person):
            # each beginning somewhere else, so that they meet everywhere
            start = number * 5
            for lead_id in lead_ids[start:] + lead_ids[:start]:
                try:
                    person.call("crm.lead", "action_claim", [lead_id])
                    won.append((lead_id, person.uid))
                except Refused as refused:
                    if refused.name not in REFUSALS:
                        raise

        self.all_at_once(work)
        rows = self.query(
            "SELECT id, user_id FROM crm_lead WHERE name LIKE %s AND queue_id IS NULL",
            "Claim %",
        )
        self.check(
            sorted(lead_id for lead_id, _uid in won) == lead_ids,
            f"{len(won)} claims of {len(lead_ids)} leads were won.",
        )
        self.check(
            sorted(map(tuple, rows)) == sorted(won),
            f"The owners are not who was told that they won: {rows}, {won}",
        )
        [(noted,)] = self.query(
            "SELECT COUNT(*) FROM crm_lead_queue_event WHERE kind = 'claimed'"
        )
        self.check(
            noted == len(lead_ids),
            f"The history has {noted} claims of {len(lead_ids)} leads.",
        )

    def assign(self):
        """Everybody lets the rules assign a part; all must get as many."""
        lead_ids = self.ids("Assign")

        def work(number, person):
            mine = lead_ids[number::PEOPLE]
            for start in range(0, len(mine), 5):
                person.call("crm.lead", "run_assignment_rules", mine[start : start + 5])

        self.all_at_once(work)
        rows = self.query(
            "SELECT user_id, COUNT(*) FROM crm_lead WHERE name LIKE %s GROUP BY 1",
            "Assign %",
        )
        counts = dict(rows)
        self.check(
            set(counts) == {person.uid for person in self.people}
            and sum(counts.values()) == len(lead_ids),
            f"Not everybody got leads, or not all were given out: {counts}",
        )
        self.check(
            max(counts.values()) - min(counts.values()) <= 1,
            f"Everybody should have {len(lead_ids) // PEOPLE} leads: {counts}",
        )

    def bulk(self):
        """Two users' jobs; a server dies in the middle; all is done, and once."""
        for person, prefix in zip(self.people, ("Bulk A", "Bulk B"), strict=False):
            changes = [{"field": "expected_revenue", "way": "set", "value": BULK_VALUE}]
            dialog = person.call(
                "crm.lead.bulk",
                "create",
                {
                    "operation": "update",
                    "selection": [["name", "=like", f"{prefix} %"]],
                    "changes": changes,
                },
            )
            person.call("crm.lead.bulk", "action_start", [dialog])
        self.wait_for(lambda done, left: done >= 2)
        self.servers[0].kill()
        [(left,)] = self.query(
            "SELECT COUNT(*) FROM crm_lead_bulk_job_batch WHERE state = 'todo'"
        )
        self.check(left > 0, "The jobs were over before the server was killed.")
        # Odoo looks once a minute whether there is something to do: now it does.
        self.databases.query("SELECT pg_notify('cron_trigger', %s)::text", self.name)
        self.wait_for(lambda done, left: not left)
        states = self.query("SELECT state, total FROM crm_lead_bulk_job ORDER BY id")
        self.check(
            all(state == "done" for state, _total in states),
            f"The jobs are over, but not closed: {states}",
        )
        total = len(self.ids("Bulk"))
        # A batch done twice would find its leads changed already, and count none.
        [(changed,)] = self.query("SELECT SUM(changed) FROM crm_lead_bulk_job_batch")
        self.check(changed == total, f"{changed} of {total} leads were counted.")
        often = self.query(
            """
            SELECT often, COUNT(*)
              FROM (
                SELECT lead.id, COUNT(tracking.id) AS often
                  FROM crm_lead AS lead
                  LEFT JOIN mail_message AS message
                         ON message.model = 'crm.lead' AND message.res_id = lead.id
                  LEFT JOIN mail_tracking_value AS tracking
                         ON tracking.mail_message_id = message.id
                        AND tracking.new_value_float = %s
                 WHERE lead.name LIKE 'Bulk %%' AND lead.expected_revenue = %s
                 GROUP BY lead.id
              ) AS told
             GROUP BY often
            """,
            *(BULK_VALUE, BULK_VALUE),
        )
        self.check(
            list(map(tuple, often)) == [(1, total)],
            f"Of {total} leads, the chatter tells the change so often: {often}",
        )

    def wait_for(self, reached):
        """Wait until the batches of the jobs are that far."""
        deadline = time.monotonic() + PATIENCE
        sql = """
            SELECT COUNT(*) FILTER (WHERE state = 'done'),
                   COUNT(*) FILTER (WHERE state = 'todo')
              FROM crm_lead_bulk_job_batch
        """
        while time.monotonic() < deadline:
            [(done, left)] = self.query(sql)
            if reached(done, left):
                return
            time.sleep(0.2)
        self.check(False, f"The jobs stand still: {done} batches done, {left} left.")

    def check(self, is_right: bool, otherwise: str):
        """Count something that must be so.

        :raise Problem: it is not so; says what is instead
        """
        if not is_right:
            logs = ", ".join(str(server.log) for server in self.servers)
            raise Problem(otherwise, f"Logs of the servers: {logs}")
        self.outcome.add(passed=1, failed=0)
