import threading
from collections import Counter
from contextlib import ExitStack

import psycopg2.errors

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged


@tagged("post_install", "-at_install", "lead_assignment")
class TestAssignmentConcurrency(BaseCase):
    """Several transactions hand out leads at once, over connections of their own.

    What they work on is committed, and deleted at the end.
    """

    PEOPLE, LEADS = 4, 6

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True})
            rules = env["crm.lead.assignment.rule"]
            self.others = rules.search([]).ids
            rules.search([]).active = False
            env.flush_all()
            users = env["res.users"].create(
                [
                    {"name": f"Turn {number}", "login": f"concurrent_turn_{number}"}
                    for number in range(3)
                ]
            )
            rule = rules.create(
                {
                    "name": "Concurrent",
                    "entry_ids": [
                        (
                            0,
                            0,
                            {
                                "name": "In turn",
                                "domain": "[('name', '=like', 'Concurrent %')]",
                                "target": "rotation",
                                "user_ids": users.ids,
                            },
                        )
                    ],
                }
            )
            leads = env["crm.lead"].create(
                [
                    {"type": "lead", "name": f"Concurrent {n}", "user_id": False}
                    for n in range(self.PEOPLE * self.LEADS)
                ]
            )
            self.user_ids, self.rule_id, self.lead_ids = users.ids, rule.id, leads.ids
        self.addCleanup(self._delete_all)

    def _delete_all(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
            env["crm.lead"].browse(self.lead_ids).unlink()
            env["crm.lead.assignment.rule"].browse(self.rule_id).unlink()
            partners = env["res.users"].browse(self.user_ids).partner_id
            env["res.users"].browse(self.user_ids).unlink()
            partners.unlink()
            env["crm.lead.assignment.rule"].browse(self.others).active = True

    def test_no_turn_is_given_twice(self):
        barrier = threading.Barrier(self.PEOPLE)
        problems, retries = [], []

        def assign(env, lead_ids):
            barrier.wait(30)
            for lead_id in lead_ids:
                while True:
                    try:
                        env["crm.lead"].browse(lead_id).run_assignment_rules()
                        env.cr.commit()
                        break
                    except psycopg2.errors.SerializationFailure:
                        # A web request is tried again in the same way.
                        env.cr.rollback()
                        retries.append(lead_id)
                    except Exception as error:
                        problems.append(error)
                        return

        with ExitStack() as stack:
            # Here, because the main thread keeps the registry to itself.
            environments = [
                api.Environment(
                    stack.enter_context(self.registry.cursor()), SUPERUSER_ID, {}
                )
                for _ in range(self.PEOPLE)
            ]
            threads = [
                threading.Thread(
                    target=assign, args=(env, self.lead_ids[number :: self.PEOPLE])
                )
                for number, env in enumerate(environments)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(90)

        self.assertFalse(problems)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            leads = env["crm.lead"].browse(self.lead_ids)
            counts = Counter(lead.user_id.id for lead in leads)
        fair = len(self.lead_ids) // len(self.user_ids)
        self.assertEqual(counts, dict.fromkeys(self.user_ids, fair))
