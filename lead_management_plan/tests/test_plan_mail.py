from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WEDNESDAY, PlanCase


@tagged("post_install", "-at_install", "lead_plan")
class TestPlanMail(PlanCase):
    """Emails that plans send, and those that they don't."""

    def test_it_is_the_owner_s_and_stays_in_the_chatter(self):
        run = self._come_to_the_mail()
        self._run_cron(WEDNESDAY)
        mail = self._get_mails()
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.author_id, self.user_sales_salesman.partner_id)
        self.assertIn("brochure", self._get_chatter())
        self.assertEqual(run.step_ids[1].state, "done")
        # A robot's email is nobody's work, and no answer.
        self.assertFalse(run.step_ids[1].activity_id)

    def test_who_is_on_the_blacklist_or_has_no_address_gets_none(self):
        blocked = self._create_lead(
            self.user_sales_salesman, email_from="no@test.example.com"
        )
        without = self._create_lead(self.user_sales_salesman)
        self.env["mail.blacklist"]._add("no@test.example.com")
        runs = self._come_to_the_mail(self.lead_own + blocked + without)
        self._run_cron(WEDNESDAY)
        reasons = {run.lead_id: run.step_ids[1].skip_reason for run in runs}
        self.assertEqual(
            reasons,
            {self.lead_own: False, blocked: "blacklist", without: "no_address"},
        )
        self.assertFalse(self._get_mails(blocked + without))
        self.assertIn("On the blacklist", self._get_chatter(blocked))
        self.assertTrue(all(run.state == "running" for run in runs))
        self._run_cron("2024-07-04 06:00:00")
        self.assertEqual(len(self._get_activities(blocked)), 1)

    def test_the_address_that_it_goes_to_counts(self):
        self._link_contact("private@test.example.com")
        self.assertEqual(self.lead_own.email_normalized, "jane@test.example.com")
        self.env["mail.blacklist"]._add("private@test.example.com")
        run = self._come_to_the_mail()
        self._run_cron(WEDNESDAY)
        self.assertFalse(self._get_mails())
        self.assertEqual(run.step_ids[1].skip_reason, "blacklist")

    def test_one_that_can_t_be_made_stops_no_other(self):
        self.mail.body_html = (
            "<p><t t-out='1 / (object.expected_revenue or 1)'/>"
            "<t t-out='1 / (object.color - 3)'/></p>"
        )
        broken = self._create_lead(
            self.user_sales_salesman, email_from="b@test.example.com", color=3
        )
        runs = self._come_to_the_mail(self.lead_own + broken)
        with mute_logger("odoo.addons.mail.models.mail_render_mixin"):
            self._run_cron(WEDNESDAY)
        by_lead = {run.lead_id: run.step_ids[1] for run in runs}
        self.assertEqual(by_lead[self.lead_own].state, "done")
        self.assertEqual(by_lead[broken].skip_reason, "failed")
        self.assertIn("division by zero", by_lead[broken].detail)
        self.assertEqual(len(self._get_mails(self.lead_own + broken)), 1)

    def test_one_whose_template_is_gone_is_skipped(self):
        run = self._come_to_the_mail()
        self.plan.template_ids[1].unlink()
        self.mail.unlink()
        self._run_cron(WEDNESDAY)
        self.assertEqual(run.step_ids[1].skip_reason, "no_template")

    def test_a_mistake_is_taken_back_before_it_is_sent(self):
        self.plan.template_ids[0].unlink()
        self.plan.template_ids[0].delay_count = 0
        self._start()
        self.assertFalse(self._get_mails())
        self.lead_own.with_user(self.user_sales_salesman).action_stop_plan()
        self._run_cron(WEDNESDAY)
        self.assertFalse(self._get_mails())
