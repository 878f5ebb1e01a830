import threading
from contextlib import ExitStack

import psycopg2.errors

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged

RETRIED = (psycopg2.errors.SerializationFailure, psycopg2.errors.DeadlockDetected)


@tagged("post_install", "-at_install", "lead_queue")
class TestQueueConcurrency(BaseCase):
    """Several members claim at once, over connections of their own.

    What they work on is committed, and deleted at the end.
    """

    PEOPLE = 6
    LEADS = 12

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True})
            groups = env.ref("sales_team.group_sale_salesman") | env.ref(
                "base.group_user"
            )
            users = env["res.users"].create(
                [
                    {
                        "name": f"Claimer {i}",
                        "login": f"claimer_{i}",
                        "group_ids": [Command.set(groups.ids)],
                    }
                    for i in range(self.PEOPLE)
                ]
            )
            queue = env["crm.lead.queue"].create(
                {
                    "name": "Concurrent",
                    "notify": "none",
                    "member_user_ids": [Command.set(users.ids)],
                }
            )
            leads = env["crm.lead"].create(
                [
                    {"name": f"Lead {i}", "type": "lead", "queue_id": queue.id}
                    for i in range(self.LEADS)
                ]
            )
            self.user_ids, self.queue_id, self.lead_ids = users.ids, queue.id, leads.ids
        self.addCleanup(self._delete_all)

    def _delete_all(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
            env["crm.lead"].browse(self.lead_ids).unlink()
            env["crm.lead.queue"].browse(self.queue_id).unlink()
            users = env["res.users"].browse(self.user_ids)
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def _all_at_once(self, work):
        """Let every member do `work(env)` at once, trying again as the server does.

        :return: the number of attempts that each needed, and the refusals
        """
        barrier = threading.Barrier(self.PEOPLE)
        refusals, problems, retries = [], [], []

        def run(env):
            for attempt in range(5):
                try:
                    env.cr.execute("SELECT count(*) FROM crm_lead")  # the snapshot
                    if not attempt:
                        barrier.wait(60)
                    work(env)
                    env.cr.commit()
                    retries.append(attempt)
                except UserError as error:
                    env.cr.rollback()
                    refusals.append(str(error))
                except RETRIED as error:
                    env.cr.rollback()
                    if isinstance(error, psycopg2.errors.DeadlockDetected):
                        problems.append(error)
                    continue
                except Exception as error:
                    problems.append(error)
                return
            problems.append("No success in five attempts")

        with ExitStack() as stack:
            # Here, because the main thread keeps the registry to itself.
            environments = [
                api.Environment(stack.enter_context(self.registry.cursor()), uid, {})
                for uid in self.user_ids
            ]
            threads = [
                threading.Thread(target=run, args=(env,)) for env in environments
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(120)
        self.assertFalse(problems)
        return refusals

    def _get_owners(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT user_id, count(*) FROM crm_lead WHERE id = ANY(%s)"
                " AND queue_id IS NULL GROUP BY user_id",
                [self.lead_ids],
            )
            return dict(cr.fetchall())

    def test_one_lead_has_one_claimer(self):
        refusals = self._all_at_once(
            lambda env: env["crm.lead"].browse(self.lead_ids[0]).action_claim()
        )
        self.assertEqual(sum(self._get_owners().values()), 1)
        self.assertEqual(len(refusals), self.PEOPLE - 1)
        for refusal in refusals:
            self.assertRegex(refusal, "was claimed by Claimer")

    def test_all_of_many_are_claimed_without_deadlock(self):
        def claim(env):
            # Half of the members select them from the bottom.
            ids = self.lead_ids[:: -1 if env.uid % 2 else 1]
            env["crm.lead"].browse(ids).action_claim()

        refusals = self._all_at_once(claim)
        self.assertEqual(sum(self._get_owners().values()), self.LEADS)
        self.assertEqual(len(refusals), self.PEOPLE - len(self._get_owners()))

    def test_next_gives_each_another_lead(self):
        def claim(env):
            for _ in range(2):
                env["crm.lead.queue"].browse(self.queue_id).action_claim_next()

        self.assertFalse(self._all_at_once(claim))
        self.assertEqual(self._get_owners(), dict.fromkeys(self.user_ids, 2))
