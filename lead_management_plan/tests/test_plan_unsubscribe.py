from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.lead_management.tests.stranger import StrangerCase

from .common import WEDNESDAY, PlanCase

PATH = "/lead/plan/unsubscribe/"


@tagged("post_install", "-at_install", "lead_plan")
class TestPlanUnsubscribe(PlanCase, StrangerCase):
    """Whoever gets emails of a plan can have no more of them."""

    def setUp(self):
        super().setUp()
        self.running = self._come_to_the_mail()
        self._run_cron(WEDNESDAY)
        self.sent = self._get_mails()
        self.path = PATH + self.sent.body_html.partition(PATH)[2].partition('"')[0]

    def _run_cron(self, moment):
        # A test of requests is in test mode all the time.
        self.env.flush_all()
        with freeze_time(moment):
            self.env.ref("lead_management_plan.ir_cron_plan").method_direct_trigger()
        self.env.invalidate_all()

    def _get_blocked(self):
        return self.env["mail.blacklist"].search([]).mapped("email")

    def test_the_email_has_the_link_and_the_chatter_has_not(self):
        self.assertIn("Our brochure", self.sent.body_html)
        self.assertIn(self.path, self.sent.headers)
        self.assertIn("List-Unsubscribe=One-Click", self.sent.headers)
        self.assertNotIn(PATH, self._get_chatter())

    def test_opening_the_link_does_nothing_and_the_button_does(self):
        for method in ("GET", "HEAD"):
            page = self._request(self.path, method)
            self.assertNotIn("jane@test.example.com", self._get_blocked())
        page = self._request(self.path)
        self.assertIn('<form method="post">', page)
        self.assertIn("jane@test.example.com", page)
        self.assertIn("are unsubscribed", self._request(self.path, "POST"))
        self.assertIn("jane@test.example.com", self._get_blocked())
        self.assertEqual(self.running.stop_reason, "unsubscribed")
        self.assertFalse(self._get_activities())
        self.assertIn("has unsubscribed", self._get_chatter())
        page = self._request(self.path)
        self.assertIn("are unsubscribed", page)
        self.assertNotIn("<form", page)

    def test_mail_programs_have_a_button_of_their_own(self):
        self._request(self.path, "POST", data={"List-Unsubscribe": "One-Click"})
        self.assertIn("jane@test.example.com", self._get_blocked())

    def test_opening_an_old_link_stops_no_later_plan(self):
        """Say one of calls alone, for somebody who wants no more emails."""
        self._request(self.path, "POST")
        later = self._start()
        for method in ("GET", "HEAD"):
            self._request(self.path, method)
            self.assertEqual(later.state, "running")
        self._request(self.path, "POST")
        self.assertEqual(later.stop_reason, "unsubscribed")

    def test_the_link_works_when_the_lead_is_gone(self):
        self.lead_own.unlink()
        self._request(self.path, "POST")
        self.assertIn("jane@test.example.com", self._get_blocked())

    def test_a_link_that_was_forged_is_not_valid(self):
        for path in (self.path[:-4], PATH + "x", PATH + "é%00", PATH + "A" * 3000):
            for method in ("GET", "POST"):
                page = self._request(path, method, status=404)
                self.assertIn("not valid", page)
        self.assertNotIn("jane@test.example.com", self._get_blocked())

    def test_nobody_but_the_system_makes_links(self):
        step = self.running.step_ids[1].with_user(self.user_sales_manager)
        asked = [(step, ["jane@test.example.com"])]
        self.assertEqual(step._get_unsubscribe_urls(asked), [""])

    def test_an_email_to_more_people_than_a_link_holds_is_not_sent(self):
        """They got a link that was not valid."""
        step = self.running.step_ids[1]
        many = [f"jane.{number}@test.example.com" for number in range(100)]
        step.write({"state": "waiting", "skip_reason": False})
        with patch.object(type(step), "_get_addresses_of_mail", lambda *_args: many):
            step._send_mails()
        self.assertEqual((step.state, step.skip_reason), ("skipped", "failed"))
        self.assertEqual(step.detail, "Recipients (100)")

    def test_colleagues_who_get_a_copy_stay(self):
        colleague = self.user_sales_manager.partner_id
        step = self.running.step_ids[1]
        self.sent.recipient_ids += colleague
        self.assertNotIn(
            colleague.email_normalized, step._get_addresses_of_mail(self.sent)
        )
