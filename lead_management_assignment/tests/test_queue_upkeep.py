from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from odoo.addons.lead_management.tests.test_upkeep import UpkeepCase

from .common_queue import TestQueueCommon


@tagged("post_install", "-at_install", "lead_queue")
class TestQueueUpkeep(TestQueueCommon, UpkeepCase):
    """What happens by itself."""

    # ------------------------------------------------------------
    # ARRIVALS
    # ------------------------------------------------------------

    def test_members_get_one_mail_for_many_leads(self):
        self.queue.notify = "members"
        leads = self.env["crm.lead"].create(
            [
                {"name": f"<b>{i}</b>", "type": "lead", "queue_id": self.queue.id}
                for i in range(25)
            ]
        )
        leads[0].user_id = self.member  # is told of no more
        with self.mock_mail_gateway(mail_unlink_sent=False):
            self._run("lead_management_assignment.ir_cron_tell_queue_arrivals")
            mails = self._new_mails
        self.assertEqual(len(mails), 1)
        self.assertEqual(mails.recipient_ids, self.queue.user_ids.partner_id)
        self.assertIn("24 new leads", mails.subject)
        self.assertIn("&lt;b&gt;24&lt;/b&gt;", mails.body_html)
        self.assertIn("and 4 more", " ".join(str(mails.body_html).split()))
        self.assertIn(f"/odoo/leads-to-claim/{leads[24].id}", mails.body_html)
        with self.mock_mail_gateway():
            self._run("lead_management_assignment.ir_cron_tell_queue_arrivals")
            self.assertFalse(self._new_mails)

    def test_members_are_told_only_of_leads_of_their_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        in_both, in_one = self.member, self.user_sales_salesman
        in_both.company_ids |= other
        stranger = new_test_user(self.env, "queue_stranger", name="Sam Stranger")
        self.queue.member_user_ids |= stranger
        self.assertIn(stranger, self.queue.user_ids)
        self.queue.notify = "members"
        ours = [
            self._queue_lead(name=name, company_id=self.env.company.id)
            for name in ("Rockets", "Tunnels")
        ]
        self._queue_lead(name="Secret", company_id=other.id)
        with self.mock_mail_gateway(mail_unlink_sent=False):
            self._run("lead_management_assignment.ir_cron_tell_queue_arrivals")
            mails = self._new_mails
        self.assertEqual(len(mails), 2)
        of_one = mails.filtered(lambda m: m.recipient_ids == in_one.partner_id)
        self.assertIn("2 new leads", of_one.subject)
        self.assertIn("Rockets", of_one.body_html)
        self.assertNotIn("Secret", of_one.body_html)
        of_both = mails.filtered(lambda m: m.recipient_ids == in_both.partner_id)
        self.assertIn("3 new leads", of_both.subject)
        self.assertIn("Secret", of_both.body_html)
        for lead in ours:
            lead.user_id = in_both
        self._queue_lead(name="Secret too", company_id=other.id)
        with self.mock_mail_gateway(mail_unlink_sent=False):
            self._run("lead_management_assignment.ir_cron_tell_queue_arrivals")
            mails = self._new_mails
        self.assertEqual(mails.recipient_ids, in_both.partner_id)
        self.assertIn("Secret too", mails.subject)

    def test_only_member_without_access_is_told_of_nothing(self):
        stranger = new_test_user(self.env, "queue_stranger", name="Sam Stranger")
        self.queue.write({"member_user_ids": stranger, "notify": "members"})
        self._queue_lead(name="Rockets")
        with self.mock_mail_gateway(mail_unlink_sent=False):
            self._run("lead_management_assignment.ir_cron_tell_queue_arrivals")
            self.assertFalse(self._new_mails)

    def test_companies_of_who_starts_it_by_hand_do_not_matter(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= other
        self.queue.notify = "members"
        self._queue_lead(name="Rockets")
        with self.mock_mail_gateway(mail_unlink_sent=False):
            self.queue.with_context(allowed_company_ids=other.ids)._tell_arrivals()
            mails = self._new_mails
        self.assertEqual(mails.recipient_ids, self.queue.user_ids.partner_id)

    def test_one_address_is_told(self):
        self.queue.write({"notify": "address", "notify_email": "sales@example.com"})
        self._queue_lead(name="Rockets")
        with self.mock_mail_gateway(mail_unlink_sent=False):
            self._run("lead_management_assignment.ir_cron_tell_queue_arrivals")
            mails = self._new_mails
        self.assertEqual(mails.mapped("email_to"), ["sales@example.com"])
        self.assertIn("Rockets", mails.subject)

    def test_arrivals_wake_the_cron_once_for_a_batch(self):
        self.queue.notify = "members"
        cron = self.env.ref("lead_management_assignment.ir_cron_tell_queue_arrivals")
        triggers = [("cron_id", "=", cron.id)]
        before = self.env["ir.cron.trigger"].search_count(triggers)
        self.env["crm.lead"].create(
            [
                {"name": "Fair", "type": "lead", "queue_id": self.queue.id}
                for _ in range(20)
            ]
        )
        after = self.env["ir.cron.trigger"].search_count(triggers)
        self.assertEqual(after - before, 1)

    # ------------------------------------------------------------
    # UNTOUCHED
    # ------------------------------------------------------------

    def _claim_long_ago(self, lead, hours=50):
        lead.with_user(self.member).action_claim()
        past = fields.Datetime.now() - timedelta(hours=hours)
        lead.write({"date_open": past})
        lead.date_last_touch = past
        self.env.flush_all()

    def test_untouched_leads_go_back(self):
        self.queue.return_hours = 48
        touched, fresh = self._queue_lead(), self._queue_lead()
        self._claim_long_ago(self.lead_queued)
        self._claim_long_ago(touched)
        touched.with_user(self.member).fax = "1"
        fresh.with_user(self.member).action_claim()
        self._run("lead_management_assignment.ir_cron_return_untouched_leads")
        self.assertEqual(self.lead_queued.queue_id, self.queue)
        self.assertEqual(self.lead_queued.queue_event_ids[0].kind, "expired")
        self.assertEqual((touched | fresh).user_id, self.member)

    def test_one_that_can_not_go_back_holds_no_others_up(self):
        self.queue.return_hours = 48
        leads = self.lead_queued | self._queue_lead() | self._queue_lead()
        for lead in leads:
            self._claim_long_ago(lead)
        self._run_past(
            leads[0],
            "lead_management_assignment.ir_cron_return_untouched_leads",
            "lead_management_assignment.models.crm_lead_queue.upkeep",
        )
        self.assertEqual(leads[0].user_id, self.member)
        self.assertEqual(leads[1:].mapped("queue_id"), self.queue)
        self.assertFalse(leads[1:].user_id)

    def test_lead_of_another_company_by_now_stays_there(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.member.company_ids |= other
        self.queue.write({"return_hours": 48, "company_id": self.env.company.id})
        lead = self.lead_queued
        self._claim_long_ago(lead)
        past = lead.date_open
        lead.write({"company_id": other.id, "team_id": False})
        lead.date_last_touch = past
        self._run("lead_management_assignment.ir_cron_return_untouched_leads")
        self.assertEqual(lead.user_id, self.member)
        self.assertEqual(lead.company_id, other)
        action = lead.with_user(self.member).action_return_to_queue()
        self.assertFalse(action["context"]["default_queue_id"])
        self._recycle(lead, self.member, fields.Date.today())
        self._run("lead_management.ir_cron_reopen_recycled_leads")
        self.assertEqual(lead.status_id, self.status_assigned)
        self.assertFalse(lead.queue_id)
        self.assertEqual(lead.company_id, other)

    def test_a_call_is_a_touch(self):
        self.queue.return_hours = 48
        self._claim_long_ago(self.lead_queued)
        activity = self.lead_queued.with_user(self.member).activity_schedule(
            "mail.mail_activity_data_call", user_id=self.member.id
        )
        activity.action_feedback("Reached her")
        self._run("lead_management_assignment.ir_cron_return_untouched_leads")
        self.assertEqual(self.lead_queued.user_id, self.member)

    # ------------------------------------------------------------
    # RECYCLED
    # ------------------------------------------------------------

    def test_recycled_lead_goes_to_its_queue_on_the_day(self):
        self.lead_queued.with_user(self.member).action_claim()
        self._recycle(self.lead_queued, self.member)
        self._run("lead_management.ir_cron_reopen_recycled_leads")
        self.assertEqual(self.lead_queued.status_id, self.status_recycled)
        self.lead_queued.recycle_date = fields.Date.today()
        self._run("lead_management.ir_cron_reopen_recycled_leads")
        self.assertEqual(self.lead_queued.queue_id, self.queue)
        self.assertEqual(self.lead_queued.status_id, self.status_new)
        self.assertFalse(self.lead_queued.recycle_date)
        self.assertIn("Budget in spring", str(self.lead_queued.activity_ids.note))
        self.lead_queued.with_user(self.member).action_claim()
        self.assertEqual(self.lead_queued.activity_ids.user_id, self.member)

    def test_recycled_lead_without_queue_stays_with_its_owner(self):
        self._recycle(self.lead_own, self.user_sales_salesman, fields.Date.today())
        self._run("lead_management.ir_cron_reopen_recycled_leads")
        self.assertEqual(self.lead_own.user_id, self.user_sales_salesman)
        self.assertEqual(self.lead_own.status_id, self.status_assigned)
        self.assertEqual(self.lead_own.activity_ids.user_id, self.user_sales_salesman)

    def test_a_reply_brings_it_back_to_its_owner(self):
        self.lead_queued.with_user(self.member).action_claim()
        self._recycle(self.lead_queued, self.member)
        self.lead_queued.message_update({"from": "jane@example.com"})
        self.assertEqual(self.lead_queued.user_id, self.member)
        self.assertEqual(self.lead_queued.status_id, self.status_assigned)
        self.assertEqual(self.lead_queued.activity_ids.summary, "Has replied")

    def test_queued_recycled_and_closed_leads_are_not_neglected(self):
        past = fields.Datetime.now() - timedelta(days=99)
        dead = self._create_lead(self.user_sales_salesman)
        dead.action_set_lost(lost_reason_id=self.lost_reason.id)
        self._recycle(self.lead_own, self.user_sales_salesman)
        leads = dead | self.lead_own | self.lead_queued
        leads.date_last_touch = past
        found = self.env["crm.lead"].with_context(active_test=False)
        self.assertFalse(leads & found.search([("is_neglected", "=", True)]))
        self.assertFalse(any(leads.mapped("is_neglected")))
