"""What the scheduled actions do at night, and for how long somebody waits for them."""

import json
import subprocess
import sys
import time
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.fields import Domain
from odoo.sql_db import connection_info_for
from odoo.tools import SQL

from .account_match import ensure_filled
from .benchmark import Benchmark, Result, Sample

LEADS = 2_000  # that have become neglected, or late, since the last run
MAX_WAIT = 0.2
# Names of the jobs, seconds that each may take
JOBS = {
    "find duplicates of accounts": 90,
    f"tell of {LEADS:,} neglected leads": 10,
    f"take the steps of {LEADS:,} late answers": 5,
}


class Nightly(Benchmark):
    """The scheduled actions of the night, as they commit: duplicates among all
    accounts; 2,000 leads that have become neglected, and 2,000 that nobody has answered
    in time, whose owners and leaders get activities. Beside each, somebody changes the
    records it works on, one after the other: the longest that they had to wait for it.
    Native has none of them."""

    name = "nightly"
    title = "At night"

    def run(self, native, addon, report):
        ensure_filled(addon)
        jobs = (self._find_duplicates, self._tell_neglect, self._take_steps)
        results = []
        for (what, most), job in zip(JOBS.items(), jobs, strict=True):
            report(what, len(results) / len(jobs) / 2)
            taken, waited = job(addon)
            results += [
                Result(self.name, f"{self.title}: {what}", taken, max_seconds=most),
                Result(
                    *(self.name, "… the longest that somebody waits", waited),
                    max_seconds=MAX_WAIT,
                ),
            ]
        return results

    def _find_duplicates(self, side):
        with self._env(side) as env:
            env.cr.execute("SELECT id FROM res_partner ORDER BY random() LIMIT 500")
            ids = [row[0] for row in env.cr.fetchall()]
            env.cr.commit()
            work = env["crm.account.duplicate"]._cron_refresh
            return _measure(env, work, "res_partner", ids)

    def _tell_neglect(self, side):
        """Nobody is told of what was forgotten before the addons came: so it is as if
        they had been there."""
        with self._env(side) as env:
            leads = env["crm.lead"]
            days, _escalation = leads._get_neglect_days()
            ids = leads.search(leads._get_neglected_domain(days), limit=LEADS).ids
            env.cr.execute(
                "UPDATE crm_lead SET neglect_level = 0 WHERE id = ANY(%s)", [ids]
            )
            env.cr.commit()
            env.invalidate_all()
            taken = _measure(env, leads._cron_tell_neglected, "crm_lead", ids)
            self._check(env, ids, SQL("neglect_level > 0"))
            return taken

    def _take_steps(self, side):
        with self._env(side) as env:
            leads = env["crm.lead"]
            domain = leads._get_unanswered_domain() & Domain("user_id", "!=", False)
            found = leads.search(domain, limit=LEADS)
            policy = env["crm.lead.response.policy"].create(
                {"name": "Benchmark", "minutes": 60, "hours": "always"}
            )
            found._schedule_response()
            env.flush_all()
            # Yesterday they came; nothing of what was due has been done.
            env.cr.execute(
                """
                UPDATE crm_lead
                   SET response_policy_id = %s, response_state = 'waiting',
                       response_done = '', response_used = 0,
                       response_started = now() at time zone 'utc' - interval '2 hours',
                       response_due = now() at time zone 'utc' - interval '1 hour',
                       response_next = now() at time zone 'utc' - interval '1 hour'
                 WHERE id = ANY(%s)
                """,
                [policy.id, found.ids],
            )
            env.cr.commit()
            env.invalidate_all()
            taken = _measure(env, leads._cron_response, "crm_lead", found.ids)
            self._check(env, found.ids, SQL("response_done <> ''"))
            return taken

    @contextmanager
    def _env(self, side):
        with side.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def _check(self, env, ids, condition):
        """Raise an error unless something was done about all leads."""
        env.cr.execute(
            SQL(
                "SELECT COUNT(*) FROM crm_lead WHERE id = ANY(%s) AND NOT (%s)",
                *(ids, condition),
            )
        )
        [left] = env.cr.fetchone()
        if left:
            raise AssertionError(f"Nothing was done about {left} of {len(ids)} leads")


def _measure(env, work, table, ids):
    """Do the work, while somebody changes records.

    :return: samples of how long it took, and of how long they had to wait
    """
    _database, connection = connection_info_for(env.cr.dbname)
    somebody = subprocess.Popen(
        [sys.executable, "-m", "lab.benchmarks.waiting"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = {"connection": connection, "table": table, "ids": ids}
    somebody.stdin.write(f"{json.dumps(told)}\n")
    somebody.stdin.flush()
    start = time.perf_counter()
    try:
        work()
        env.cr.commit()
        seconds = time.perf_counter() - start
    finally:
        waited, _errors = somebody.communicate()
    return Sample([seconds]), Sample([float(waited)])
