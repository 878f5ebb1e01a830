from odoo import Command
from odoo.tests import tagged

from odoo.addons.lead_management.tests.at_once import AtOnceCase


@tagged("post_install", "-at_install", "lead_queue")
class TestQueueConcurrency(AtOnceCase):
    """Several members claim at once."""

    PEOPLE = 6
    LEADS = 12

    def setUp(self):
        super().setUp()
        with self.environment(no_reset_password=True) as env:
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

    def _delete_all(self):
        with self.environment(active_test=False) as env:
            env["crm.lead"].browse(self.lead_ids).unlink()
            env["crm.lead.queue"].browse(self.queue_id).unlink()
            users = env["res.users"].browse(self.user_ids)
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def _all_at_once(self, work):
        """Let every member do it at once; return the refusals."""
        works = [work] * self.PEOPLE
        return self.do_at_once(*works, user_ids=self.user_ids)[1]

    def _get_owners(self):
        with self.environment() as env:
            env.cr.execute(
                "SELECT user_id, count(*) FROM crm_lead WHERE id = ANY(%s)"
                " AND queue_id IS NULL GROUP BY user_id",
                [self.lead_ids],
            )
            return dict(env.cr.fetchall())

    def test_one_lead_has_one_claimer(self):
        """And the others are told at once: no request has to be run again."""
        requests = []

        def claim(env):
            requests.append(env.uid)
            env["crm.lead"].browse(self.lead_ids[0]).action_claim()

        refusals = self._all_at_once(claim)
        self.assertCountEqual(requests, self.user_ids)
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

    def test_lead_that_somebody_changes_keeps_none_of_the_others(self):
        busy, *free = self.lead_ids[:3]
        with self.environment() as other:
            other["crm.lead"].browse(busy).name = "Changed"
            other.flush_all()
            with self.environment(self.user_ids[0]) as env:
                action = env["crm.lead"].browse(self.lead_ids[:3]).action_claim()
        self.assertIn("is being changed by somebody else", str(action))
        self.assertEqual(self._get_owners(), {self.user_ids[0]: len(free)})

    def test_next_gives_each_another_lead(self):
        def claim(env):
            for _ in range(2):
                env["crm.lead.queue"].browse(self.queue_id).action_claim_next()

        self.assertFalse(self._all_at_once(claim))
        self.assertEqual(self._get_owners(), dict.fromkeys(self.user_ids, 2))
