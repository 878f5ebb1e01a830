import threading
from contextlib import ExitStack

import psycopg2.errors

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged


@tagged("post_install", "-at_install", "lead_conversion")
class TestConversionConcurrency(BaseCase):
    """Several people convert one lead at once, over connections of their own.

    What they work on is committed, and deleted at the end.
    """

    PEOPLE = 5

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.lead_id = (
                env["crm.lead"]
                .create(
                    {
                        "type": "lead",
                        "contact_name": "Concurrent Person",
                        "partner_name": "Concurrent Company",
                    }
                )
                .id
            )
        self.addCleanup(self._delete_all)

    def _delete_all(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
            env["crm.lead"].browse(self.lead_id).unlink()
            env["res.partner"].search([("name", "=like", "Concurrent %")]).unlink()

    def _convert(self, env):
        return env["crm.lead"].browse(self.lead_id).convert_lead()

    def test_many_at_once_give_one_conversion(self):
        barrier = threading.Barrier(self.PEOPLE)
        results, refusals, problems = [], [], []

        def convert(env):
            for attempt in range(5):
                try:
                    env["crm.lead"].browse(self.lead_id).fetch(["name"])
                    if not attempt:
                        barrier.wait(30)
                    result = self._convert(env)
                    env.cr.commit()
                    results.append(result)
                except UserError as error:
                    env.cr.rollback()
                    refusals.append(str(error))
                except psycopg2.errors.SerializationFailure:
                    # A web request is tried again in the same way.
                    env.cr.rollback()
                    continue
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
                threading.Thread(target=convert, args=(env,)) for env in environments
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)

        self.assertFalse(problems)
        self.assertEqual(len(results), 1)
        self.assertEqual(len(refusals), self.PEOPLE - 1)
        for refusal in refusals:
            self.assertRegex(refusal, "is converting|was converted by")
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.assertEqual(
                env["res.partner"].search_count([("name", "=", "Concurrent Company")]),
                1,
            )

    def test_two_users_in_the_wizard_give_one_conversion(self):
        """Both have it open; whoever clicks second is told who was faster."""

        def open_wizard(env):
            return (
                env["crm.lead2opportunity.partner"]
                .with_context(active_id=self.lead_id, active_ids=[self.lead_id])
                .create({})
            )

        with self.registry.cursor() as one, self.registry.cursor() as other:
            first = open_wizard(api.Environment(one, SUPERUSER_ID, {}))
            second = open_wizard(api.Environment(other, SUPERUSER_ID, {}))
            for wizard in (first, second):
                wizard.env.cr.commit()
            first.action_apply()
            one.commit()
            second.env.invalidate_all()
            with self.assertRaisesRegex(UserError, "was converted by"):
                second.action_apply()
            other.rollback()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
            self.assertEqual(
                env["res.partner"].search_count([("name", "=", "Concurrent Company")]),
                1,
            )
            env["crm.lead2opportunity.partner"].browse([first.id, second.id]).unlink()

    def test_crash_half_way_leaves_nothing(self):
        class Crash(Exception):
            pass

        with self.assertRaises(Crash), self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self._convert(env)
            env.flush_all()
            raise Crash
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            lead = env["crm.lead"].browse(self.lead_id)
            self.assertTrue(lead.active)
            self.assertFalse(lead.conversion_id)
            self.assertFalse(
                env["res.partner"].search([("name", "=like", "Concurrent %")])
            )
