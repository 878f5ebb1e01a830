from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import format_datetime

from odoo.addons.lead_management.tests.test_upkeep import UpkeepCase
from odoo.addons.lead_management_assignment.tests.common_queue import TestQueueCommon
from odoo.addons.lead_management_assignment.tests.common_rules import archive_rules
from odoo.addons.lead_management_plan.tests.common import PlanCase
from odoo.addons.lead_management_response.tests.common import ResponseCase

from .why_case import WhyCase

# What the scheduled actions of these do is about no lead, or asks other servers.
ELSEWHERE = {"ads", "bulk", "form_health", "hook", "news"}


@tagged("post_install", "-at_install", "lead_why")
class TestWhyOfEverything(WhyCase, TestQueueCommon, UpkeepCase):
    """Whatever changes by itself has its reason, at every place that decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        archive_rules(cls.env)
        cls.env["crm.lead.star.rule"].search([]).active = False
        cls.star_rule = cls.env["crm.lead.star.rule"].create(
            {"name": "Germans", "domain": "[('country_id.code', '=', 'DE')]"}
        )
        cls.rule = cls.env["crm.lead.assignment.rule"].create(
            {
                "name": "All",
                "assign_left": False,
                "entry_ids": [
                    Command.create(
                        {
                            "name": "Germans",
                            "domain": "[('country_id.code', '=', 'DE')]",
                            "target": "user",
                            "user_id": cls.user_sales_leads.id,
                        }
                    ),
                    Command.create(
                        {
                            "name": "French",
                            "domain": "[('country_id.code', '=', 'FR')]",
                            "target": "queue",
                            "queue_id": cls.queue.id,
                        }
                    ),
                ],
            }
        )
        cls.env.company.lead_default_owner_id = cls.user_sales_manager
        cls.countries = [cls.env.ref(f"base.{code}").id for code in ("de", "fr", "it")]
        cls.leads = cls.env["crm.lead"].create(
            [
                {
                    "name": f"Lead {number}",
                    "type": "lead",
                    "partner_name": f"Company {number}",
                    "user_id": False,
                }
                for number in range(6)
            ]
        )

    def test_stars_follow_a_value(self):
        with self.decided(self.leads, ["country_id"], ["stars"]):
            self.leads.country_id = self.countries[0]
        with self.decided(self.leads, ["country_id"], ["stars"]):
            self.leads.country_id = False

    def test_stars_of_all_and_of_a_priority(self):
        self.leads.country_id = self.countries[0]
        self.star_rule.stars = "3"
        with self.decided(self.leads, expected=["stars"]):
            self.star_rule.action_apply_to_all()
        with self.decided(self.leads[:2], ["priority"], ["stars"]):
            self.leads[:2].write({"priority": "2"})

    def test_rules_assign(self):
        for lead, country_id in zip(self.leads, self.countries * 2, strict=True):
            lead.country_id = country_id
        with self.decided(self.leads, expected=["user_id", "queue_id", "status_id"]):
            self.leads.run_assignment_rules()
        self.assertEqual(
            self.leads.user_id, self.user_sales_leads | self.user_sales_manager
        )
        self.assertEqual(self.leads.queue_id, self.queue)

    def test_queue_takes_back_what_nobody_works_on(self):
        self.queue.return_hours = 1
        lead = self.lead_queued
        with self.decided(lead, ["user_id", "queue_id"], ["status_id"]):
            lead.with_user(self.member).action_claim()
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE crm_lead
               SET date_open = date_open - interval '1 day',
                   date_last_touch = date_open - interval '1 day'
             WHERE id = %s
            """,
            [lead.id],
        )
        self.env.invalidate_all()
        with self.decided(lead, expected=["user_id", "queue_id", "status_id"]):
            self._run("lead_management_assignment.ir_cron_return_untouched_leads")

    def test_recycled_leads_come_back(self):
        self.leads[:2].user_id = self.user_sales_leads
        self.leads[:2].country_id = self.countries[0]
        self._recycle(self.lead_queued, self.user_sales_manager)
        for lead in self.leads:
            self._recycle(lead, self.user_sales_manager)
        everybody = self.leads | self.lead_queued
        everybody.recycle_date = fields.Date.today() - timedelta(days=3)
        with self.decided(everybody, expected=["status_id", "user_id"]):
            self._run("lead_management.ir_cron_reopen_recycled_leads")

    def test_recycled_lead_without_a_day_gets_one(self):
        lead = self.leads[0]
        with self.decided(lead, ["status_id"], ["recycle_date"]):
            lead.status_id = self.status_recycled
        told = {one["kind"]: one for one in lead.get_why()}["recycling"]
        self.assertIn("Days later: 30", told["then"]["text"])
        self.assertFalse(told["then"]["changed"])
        self.assertIn("opened again", told["again"]["text"])

    def test_fit_follows_a_value(self):
        self.env["crm.lead.fit.rule"].create(
            {
                "name": "Germans",
                "domain": "[('country_id.code', '=', 'DE')]",
                "points": 15,
            }
        )
        with self.decided(self.leads, ["country_id"], ["score_fit"]):
            self.leads.country_id = self.countries[0]

    def test_what_people_do_moves_the_status(self):
        lead = self.leads[0]
        with self.decided(lead, ["user_id"], ["status_id"]):
            lead.user_id = self.user_sales_leads
        with self.decided(lead, expected=["status_id"]):
            lead.with_user(self.user_sales_leads).message_post(
                body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
            )
        with self.decided(lead, expected=["status_id"]):
            lead.action_set_lost(lost_reason_id=self.lost_reason.id)
        with self.decided(lead, expected=["status_id"]):
            lead.action_unarchive()
        with self.decided(lead, ["partner_id"], ["status_id"]):
            [result] = lead.convert_lead()
        with self.decided(lead, ["partner_id"], ["status_id"]):
            conversion = self.env["crm.lead.conversion"].browse(result["conversion_id"])
            conversion.action_undo()

    def test_owner_who_left_gives_leads_to_another(self):
        lead = self.leads[0]
        lead.write({"user_id": self.user_sales_leads.id, "country_id": False})
        self.user_sales_leads.active = False
        with self.decided(lead, expected=["user_id"]):
            lead._replace_gone_owners()

    def test_scheduled_actions_have_reasons_for_whatever_leads_there_are(self):
        self.leads[:2].country_id = self.countries[0]
        self.rule.assign_left = True
        self._recycle(self.lead_queued, self.user_sales_manager)
        self.lead_queued.recycle_date = fields.Date.today() - timedelta(days=3)
        leads = self.env["crm.lead"].with_context(active_test=False).search([])
        crons = self.env["ir.model.data"].search(
            [("model", "=", "ir.cron"), ("module", "=like", "lead_management%")]
        )
        with self.decided(leads, expected=["user_id", "status_id"]):
            for cron in crons:
                if cron.module.removeprefix("lead_management_") not in ELSEWHERE:
                    self._run(cron.complete_name)

    def test_merge_keeps_the_status_furthest_on(self):
        first, second = self.leads[:2]
        second.user_id = self.user_sales_leads
        with self.decided(first, ["user_id"], ["status_id"]):
            first._merge_dependences(second)


@tagged("post_install", "-at_install", "lead_why")
class TestWhyOfResponse(WhyCase, ResponseCase):
    """A lead that nobody answers goes to somebody else, and says so."""

    def test_lead_goes_back_to_its_queue(self):
        self.policy.write({"hand_on": "queue", "hand_on_minutes": 10})
        lead = self._arrive(user_id=False, queue_id=self.queue.id)
        with freeze_time("2024-07-01 08:10:00"):
            lead.with_user(self.member).action_claim()
        with self.decided(lead, expected=["user_id", "queue_id", "status_id"]):
            self._run_steps("2024-07-01 09:10:00")

    def test_lead_is_offered_and_goes_to_the_leader(self):
        self.policy.write({"hand_on": "offer", "hand_on_minutes": 0})
        lead = self._arrive()
        asked = ["offer_user_id", "offer_until", "offer_tried"]
        with self.decided(lead, asked, ["user_id", "offer_user_id"]):
            self._run_steps("2024-07-01 09:00:00")
        for hour in (10, 11, 12, 13, 14):
            with self.decided(lead, asked):
                self._run_steps(f"2024-07-01 {hour}:00:00")
        self.assertFalse(lead.offer_user_id)

    def test_time_of_an_answer_has_its_reason_from_the_first_day(self):
        lead = self._arrive()
        told = {one["kind"]: one for one in lead.get_why()}["response"]
        since = format_datetime(self.env, self._at("08:00:00"), dt_format="short")
        self.assertIn(since, told["then"]["text"])
        self.assertEqual(told["then"]["rule"]["name"], self.policy.name)
        self.assertIn("Hasty", str(told["then"]["values"]))
        self.assertTrue(told["again"]["is_same"])
        self.policy.minutes = 90
        told = {one["kind"]: one for one in lead.get_why()}["response"]
        self.assertTrue(told["again"]["differs"])
        self.assertIn("60", told["then"]["text"])
        self.assertIn("90", told["again"]["text"])
        with self.decided(lead, ["status_id", "recycle_date"], ["response_due"]):
            lead.status_id = self.status_recycled
        told = {one["kind"]: one for one in lead.get_why()}["response"]
        self.assertIn("stands still", told["then"]["text"])
        self.assertIn("stands still", told["again"]["text"])

    def test_another_policy_is_told_though_the_time_is_the_same(self):
        other = self.policy.copy(
            {
                "name": "Other",
                "domain": "[('partner_name', '=', 'Speedy')]",
                "sequence": self.policy.sequence - 1,
            }
        )
        lead = self._arrive()
        due = lead.response_due
        lead.partner_name = "Speedy"
        self.assertEqual((lead.response_policy_id, lead.response_due), (other, due))
        told = {one["kind"]: one for one in lead.get_why()}["response"]
        self.assertEqual(told["then"]["rule"]["name"], "Other")

    def test_lead_goes_to_the_next_in_turn(self):
        self.policy.write({"hand_on": "next", "hand_on_minutes": 0, "starts": "owner"})
        lead = self._arrive()
        with self.decided(lead, expected=["user_id"]):
            self._run_steps("2024-07-01 09:00:00")
        why = {one["kind"]: one for one in lead.get_why()}
        # When it should have been, not the new owner's time
        due = format_datetime(self.env, self._at("09:00:00"), dt_format="short")
        self.assertIn(due, why["owner"]["then"]["text"])
        told = why["response"]
        self.assertIn("60 minutes of working time", told["again"]["text"])
        self._write_to_person(lead, "2024-07-01 09:10:00")
        told = {one["kind"]: one for one in lead.get_why()}["response"]
        self.assertIn("answered or closed", told["then"]["text"])
        self.assertFalse(told["again"])


@tagged("post_install", "-at_install", "lead_why")
class TestWhyOfPlans(WhyCase, PlanCase):
    """A plan that begins by a rule, or stops by itself, says so."""

    def test_plan_begins_and_stops(self):
        lead = self.lead_own
        rule = self.env["crm.lead.plan.rule"].create(
            {
                "name": "Assigned",
                "plan_id": self.plan.id,
                "domain": f"[('status_id', '=', {self.status_assigned.id})]",
            }
        )
        with self.decided(lead, ["status_id"]):
            lead.status_id = self.status_assigned
        told = {one["kind"]: one for one in lead.get_why()}["plan"]["then"]
        self.assertEqual(told["rule"]["name"], rule.name)
        with self.decided(lead):
            lead.with_context(mail_create_nosubscribe=True).message_update(
                {"email_from": "jane@test.example.com", "author_id": False}
            )
        told = {one["kind"]: one for one in lead.get_why()}["plan"]["then"]
        self.assertIn("has replied", told["text"])
