"""The simulator: what it takes to try a draft of an assignment rule."""

import time

from .assignment import ENTRIES, Assign
from .benchmark import Result, Sample

LEADS = 10_000
DAYS = 1  # leads of the database are older, but for those of a day
MAX_SECONDS = 20


class Simulate(Assign):
    """Trying a draft of a rule of 50 entries on the 10,000 leads of a day, from the
    click to the result: all batches and the lists of who gets what and of which leads
    change hands. Half of the entries of the draft have a rotation of their own. At most
    20 seconds."""

    name = "simulate"
    title = f"Try a draft of {ENTRIES} entries on {LEADS:,} leads"

    def run(self, _native, addon, report):
        report("creating leads", 0)
        with addon.transaction() as env:
            self._create_leads(env, LEADS)
            draft = self._create_draft(env)
            report("simulating", 0.5)
            queries = env.cr.sql_log_count
            seconds = self._simulate(env, draft)
            queries = env.cr.sql_log_count - queries
        sample = Sample([seconds], [queries])
        return [Result(self.name, self.title, sample, max_seconds=MAX_SECONDS)]

    def _create_draft(self, env):
        rule = self._create_rule(env)
        draft = rule.browse(rule.action_open_draft()["res_id"])
        for entry in draft.entry_ids[::2]:
            entry.user_ids = entry.user_ids[::2]
        env.flush_all()
        env.invalidate_all()
        return draft

    def _simulate(self, env, draft):
        start = time.perf_counter()
        simulation = env["crm.lead.assignment.simulation"].create(
            {"rule_id": draft.id, "days": DAYS}
        )
        simulation.action_run()
        for batch in simulation.job_id.batch_ids:
            batch._do()
        env.flush_all()
        seconds = time.perf_counter() - start
        if not simulation.is_done or not LEADS <= simulation.total < LEADS * 1.1:
            raise AssertionError(f"{simulation.total} leads were tried")
        if not simulation.moved_count:
            raise AssertionError("No lead changes hands")
        return seconds
