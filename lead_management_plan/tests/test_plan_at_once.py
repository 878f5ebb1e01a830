from odoo.tests import tagged

from odoo.addons.lead_management.tests.at_once import AtOnceCase

ADDRESS = "at.once@plan.example.com"


@tagged("post_install", "-at_install", "lead_plan", "lead_long")
class TestPlanAtOnce(AtOnceCase):
    """A person presses the button of an email, and so does the mail program."""

    def _delete_all(self):
        with self.environment(active_test=False) as env:
            env["mail.blacklist"].search([("email", "=", ADDRESS)]).unlink()
            env["crm.account.key"].search([("key", "=", ADDRESS)]).unlink()

    def test_unsubscribed_twice_at_once_is_unsubscribed_once(self):
        def unsubscribe(env):
            env["crm.lead.plan.step"]._unsubscribe([ADDRESS])

        results, refusals = self.do_at_once(*[unsubscribe] * 3)
        self.assertEqual((len(results), refusals), (3, []))
        with self.environment() as env:
            known = env["mail.blacklist"].search([("email", "=", ADDRESS)])
            self.assertEqual(len(known), 1)
