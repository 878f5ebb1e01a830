"""Claiming from a queue: many people at once, over connections of their own."""

import random
import threading
import time
from collections import Counter
from contextlib import ExitStack

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import call_kw, retrying

from .benchmark import Benchmark, Result, Sample

CLIENTS = 100
LEADS = 1_000
A_SECOND = 150  # claims
LOOKED_AT = 20  # of these, somebody who looks at the queue picks one


class Claim(Benchmark):
    """100 people with a connection each claim the 1,000 leads of one queue, until none
    is left: half of them by *Claim next*, the others by picking one of the first they
    see. Every lead must have got exactly one owner, and nobody may meet an error but
    that somebody else was first, or that nothing is left. Native has no queues."""

    name = "claim"
    title = "Claim a lead"

    def run(self, native, addon, report):
        report("making the queue", 0)
        with _Queue(addon) as queue:
            report(f"{CLIENTS} people claim", 0.2)
            seconds, outcomes = queue.claim_all()
            queue.check(outcomes)
        rate = LEADS / seconds
        title = (
            f"{self.title} ({CLIENTS} people, {LEADS:,} leads: {rate:.0f} claims/s,"
            f" {outcomes['late']} too late)"
        )
        each = Sample([seconds / LEADS])
        return [Result(self.name, title, each, max_seconds=1 / A_SECOND)]


class _Queue:
    """A queue with its leads and members, committed, and deleted in the end."""

    def __init__(self, side):
        self.registry = side.registry

    def __enter__(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True})
            self.users = (
                env["res.users"]
                .create(
                    [
                        {
                            "name": f"Claimer {number}",
                            "login": f"bench_claimer_{number}",
                            "group_ids": [
                                Command.link(
                                    env.ref("sales_team.group_sale_salesman").id
                                )
                            ],
                        }
                        for number in range(CLIENTS)
                    ]
                )
                .ids
            )
            self.id = (
                env["crm.lead.queue"]
                .create(
                    {
                        "name": "Benchmark",
                        "notify": "none",
                        "member_user_ids": [Command.set(self.users)],
                    }
                )
                .id
            )
            self.leads = (
                env["crm.lead"]
                .create(
                    [
                        {
                            "name": f"To claim {number}",
                            "type": "lead",
                            "queue_id": self.id,
                            "stars": str(number % 6),
                        }
                        for number in range(LEADS)
                    ]
                )
                .ids
            )
        return self

    def __exit__(self, *_error):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
            env["crm.lead"].browse(self.leads).unlink()
            env["crm.lead.queue"].browse(self.id).unlink()
            users = env["res.users"].browse(self.users)
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def claim_all(self):
        """Let everybody claim until nothing is left.

        :return: the seconds it took, and how often what happened
        """
        outcomes, barrier = Counter(), threading.Barrier(CLIENTS + 1)

        def work(env, by_next):
            barrier.wait()
            claim = self._claim_next if by_next else self._claim_one_of_the_first
            try:
                while outcome := claim(env):
                    outcomes[outcome] += 1
            except Exception as error:
                outcomes[f"{type(error).__name__}: {error}"] += 1

        with ExitStack() as stack:
            threads = []
            for number, uid in enumerate(self.users):
                cr = stack.enter_context(self.registry.cursor())
                env = api.Environment(cr, uid, {})
                threads.append(threading.Thread(target=work, args=(env, number % 2)))
            for thread in threads:
                thread.start()
            barrier.wait()
            start = time.perf_counter()
            for thread in threads:
                thread.join()
            return time.perf_counter() - start, outcomes

    def _request(self, env, model, method, *args):
        """Do what a request of the web client does, with its repetitions."""
        try:
            return retrying(lambda: call_kw(env[model], method, [*args], {}), env)
        except BaseException:
            env.cr.rollback()
            raise
        finally:
            env.cr.commit()
            env.transaction.reset()

    def _claim_next(self, env):
        try:
            self._request(env, "crm.lead.queue", "action_claim_next", [self.id])
        except UserError:
            # None is free, or those that are left are being claimed right now.
            return "nothing" if self._look(env) else ""
        return "won"

    def _claim_one_of_the_first(self, env):
        found = self._look(env)
        if not found:
            return ""
        try:
            self._request(env, "crm.lead", "action_claim", [random.choice(found)])
        except UserError:
            return "late"
        return "won"

    def _look(self, env):
        rows = self._request(
            env,
            *("crm.lead", "search_read", [("queue_id", "=", self.id)], ["name"]),
            *(0, LOOKED_AT),
        )
        return [row["id"] for row in rows]

    def check(self, outcomes):
        """Raise an error unless every lead went to one person, and nothing else
        happened."""
        with self.registry.cursor() as cr:
            cr.execute(
                """
                SELECT COUNT(*) FILTER (WHERE user_id = ANY(%s) AND queue_id IS NULL),
                       (SELECT COUNT(DISTINCT lead_id) FROM crm_lead_queue_event
                         WHERE queue_id = %s AND kind = 'claimed'),
                       (SELECT COUNT(*) FROM crm_lead_queue_event
                         WHERE queue_id = %s AND kind = 'claimed')
                  FROM crm_lead WHERE id = ANY(%s)
                """,
                [self.users, self.id, self.id, self.leads],
            )
            counts = cr.fetchone()
        if (
            set(counts) != {LEADS}
            or outcomes["won"] != LEADS
            or outcomes.keys() - {"won", "late", "nothing"}
        ):
            raise AssertionError(
                f"Owned, claimed once, claims: {counts}; {dict(outcomes)}"
            )
