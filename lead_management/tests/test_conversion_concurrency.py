from odoo.exceptions import UserError
from odoo.tests import tagged

from .at_once import AtOnceCase


@tagged("post_install", "-at_install", "lead_conversion")
class TestConversionConcurrency(AtOnceCase):
    """Several people convert one lead at once."""

    PEOPLE = 5

    def setUp(self):
        super().setUp()
        with self.environment() as env:
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

    def _delete_all(self):
        with self.environment(active_test=False) as env:
            env["crm.lead"].browse(self.lead_id).unlink()
            env["res.partner"].search([("name", "=like", "Concurrent %")]).unlink()

    def _convert(self, env):
        return env["crm.lead"].browse(self.lead_id).convert_lead()

    def test_many_at_once_give_one_conversion(self):
        results, refusals = self.do_at_once(*[self._convert] * self.PEOPLE)
        self.assertEqual(len(results), 1)
        self.assertEqual(len(refusals), self.PEOPLE - 1)
        for refusal in refusals:
            self.assertRegex(refusal, "is converting|was converted by")
        with self.environment() as env:
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

        with self.environment() as one, self.environment() as other:
            first, second = open_wizard(one), open_wizard(other)
            for wizard in (first, second):
                wizard.env.cr.commit()
            first.action_apply()
            one.cr.commit()
            second.env.invalidate_all()
            with self.assertRaisesRegex(UserError, "was converted by"):
                second.action_apply()
            other.cr.rollback()
        with self.environment(active_test=False) as env:
            self.assertEqual(
                env["res.partner"].search_count([("name", "=", "Concurrent Company")]),
                1,
            )
            env["crm.lead2opportunity.partner"].browse([first.id, second.id]).unlink()

    def test_crash_half_way_leaves_nothing(self):
        class Crash(Exception):
            pass

        with self.assertRaises(Crash), self.environment() as env:
            self._convert(env)
            env.flush_all()
            raise Crash
        with self.environment() as env:
            lead = env["crm.lead"].browse(self.lead_id)
            self.assertTrue(lead.active)
            self.assertFalse(lead.conversion_id)
            self.assertFalse(
                env["res.partner"].search([("name", "=like", "Concurrent %")])
            )
