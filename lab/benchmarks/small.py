"""The same benchmarks on few records and few times: what a change may not make slower.

How many queries there are does not depend on the machine, and hardly on how many leads
there are. So `./dev bench --small` compares them with those of `small.json`, and the
times with native's in the same run with the ratios there, but with some leeway.
"""

import time

from .account_match import CheckBatch, CheckOne, ensure_filled
from .assignment import Assign
from .benchmark import Benchmark, Result, Sample
from .bulk import BulkUpdate
from .conversion import ConvertMany, ConvertOne
from .lead_pages import LeadHome, OpenHome, OpenPage, Pages
from .lead_record import CreateBatch, ImportBatch, OpenForm, OpenList
from .lead_reports import LeadReport
from .side import SALESMAN, rpc

CLAIMED = 5


class ClaimNext(Benchmark):
    """Claiming the next lead of a queue, one person alone."""

    name = "claim"
    title = "Claim the next lead"

    def run(self, native, addon, report):
        sample = Sample()
        for number in range(CLAIMED + 2):
            report(f"lead {number + 1}", number / CLAIMED)
            with addon.transaction(SALESMAN) as env:
                queue_id = self._make_queue(env)
                queries = env.cr.sql_log_count
                start = time.perf_counter()
                rpc(env, "crm.lead.queue", "action_claim_next", [queue_id])
                if number > 1:  # the first ones warm up
                    sample.seconds.append(time.perf_counter() - start)
                    sample.queries.append(env.cr.sql_log_count - queries)
        return [Result(self.name, self.title, sample)]

    def _make_queue(self, env):
        known = env(su=True)
        queue = known["crm.lead.queue"].create(
            {
                "name": "Benchmark",
                "notify": "none",
                "member_user_ids": [(6, 0, [env.uid])],
            }
        )
        known["crm.lead"].with_context(tracking_disable=True).create(
            [
                {"name": f"Claim {number}", "type": "lead", "queue_id": queue.id}
                for number in range(CLAIMED)
            ]
        )
        env.flush_all()
        env.cr.precommit.run()
        env.invalidate_all()
        return queue.id


class AssignFew(Assign):
    """Assigning 200 leads by a rule of 50 entries. Native, which assigns one by one, is
    not compared."""

    title = "Assign 200 leads, each"
    count = 200

    def run(self, native, addon, report):
        for _turn in range(2):  # the first one warms up
            sample = self._measure(addon, self.count, self._assign_by_rules)
        return [Result(self.name, self.title, sample)]


class FilledKeys(Benchmark):
    """Nothing to print: account keys as the server would have filled them by now."""

    name = "fill"
    title = "Account keys"

    def run(self, native, addon, report):
        ensure_filled(addon)
        return []


def _less(benchmark, repetitions, **values):
    """Make a benchmark a small one."""
    benchmark.repetitions = repetitions
    for name, value in values.items():
        setattr(benchmark, name, value)
    return benchmark


def _pages():
    for part in Pages.parts():
        if isinstance(part, LeadReport) and not part.domain:
            continue  # those of the last 12 months ask the same
        if isinstance(part, LeadHome | OpenHome | OpenPage | LeadReport):
            yield _less(part, 5, warmups=2)


def benchmarks() -> list[Benchmark]:
    """Return what runs in a small size, in its order."""
    fifty = {"count": 50, "warmups": 1}
    return [
        FilledKeys(),
        _less(OpenForm(), 15, warmups=3),
        _less(OpenList(), 9, warmups=3),
        *_pages(),
        _less(CreateBatch(), 3, title="Create 50 leads in one call", **fifty),
        _less(ImportBatch(), 3, title="Import 50 leads", **fifty),
        _less(CheckOne(), 20, warmups=3),
        _less(CheckBatch(), 2, title="Find the accounts of 100 leads", count=100),
        _less(ConvertOne(), 6, warmups=2),
        _less(
            *(ConvertMany(), 2),
            title="Convert 50 leads at once, each",
            counts=(5, 50),
        ),
        _less(BulkUpdate(), 3, title="Update 100 leads, row by row", count=100),
        AssignFew(),
        ClaimNext(),
    ]
