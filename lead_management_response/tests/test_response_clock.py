from contextlib import contextmanager
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MONDAY, ResponseCase


@tagged("post_install", "-at_install", "lead_response")
class TestResponseClock(ResponseCase):
    """When a lead is to be answered, and what counts as an answer."""

    def test_lead_has_its_policy_s_time_from_its_arrival(self):
        lead = self._arrive()
        self.assertEqual(lead.response_policy_id, self.policy)
        self.assertEqual(lead.response_state, "waiting")
        self.assertEqual(lead.response_due, self._at("09:00:00"))
        self.assertEqual(lead.response_next, self._at("08:45:00"))

    def test_first_policy_whose_filter_a_lead_meets_is_its_policy(self):
        hot = self.policy.copy({"sequence": 1, "minutes": 20, "name": "Hot"})
        self.assertEqual(self._arrive().response_policy_id, hot)
        self.assertFalse(self._arrive(partner_name="Patient").response_policy_id)

    def test_policy_of_another_company_does_not_count(self):
        self.policy.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        lead = self._arrive(company_id=self.company_main.id)
        self.assertFalse(lead.response_policy_id)

    def test_policy_of_a_company_is_for_its_leads_only(self):
        self.policy.company_id = self.company_main
        lead = self._arrive(company_id=self.company_main.id)
        self.assertEqual(lead.response_policy_id, self.policy)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        lead.write({"company_id": company.id, "team_id": False, "user_id": False})
        self.assertFalse(lead.response_policy_id)
        self.assertFalse(lead.response_due)

    def test_change_leads_to_a_policy_further_up_and_never_down(self):
        hot = self.policy.copy(
            {
                "name": "Hot",
                "sequence": 1,
                "minutes": 20,
                "domain": "[('stars', '=', '5')]",
            }
        )
        lead = self._arrive()
        with freeze_time("2024-07-01 08:10:00"):
            lead.with_user(self.user_sales_salesman).stars = "5"
        self.assertEqual(lead.response_policy_id, hot)
        self.assertEqual(lead.response_due, self._at("08:20:00"))
        with freeze_time("2024-07-01 08:11:00"):
            lead.with_user(self.user_sales_salesman).stars = "1"
        self.assertEqual(lead.response_policy_id, hot)

    def test_policy_of_a_queue_stays_with_who_claims_the_lead(self):
        self.policy.domain = f"[('queue_id', '=', {self.queue.id})]"
        lead = self._arrive(user_id=False, queue_id=self.queue.id)
        self.assertEqual(lead.response_due, self._at("09:00:00"))
        with freeze_time("2024-07-01 08:30:00"):
            lead.with_user(self.member).action_claim()
        self.assertEqual(lead.response_policy_id, self.policy)
        self.assertEqual(lead.response_due, self._at("09:00:00"))

    def test_time_of_the_owner_begins_anew_for_each_one(self):
        self.policy.starts = "owner"
        lead = self._arrive(user_id=False)
        self.assertEqual(lead.response_state, "none")
        self.assertFalse(lead.response_due)
        with freeze_time("2024-07-01 10:00:00"):
            lead.user_id = self.user_sales_salesman
        self.assertEqual(lead.response_due, self._at("11:00:00"))
        with freeze_time("2024-07-01 10:30:00"):
            lead.user_id = self.user_sales_leads
        self.assertEqual(lead.response_due, self._at("11:30:00"))
        with freeze_time("2024-07-01 10:40:00"):
            lead.queue_id = self.queue
        self.assertEqual((lead.response_state, lead.response_due), ("none", False))

    # -- answers ---------------------------------------------------------------

    def test_message_to_the_person_in_time_is_an_answer(self):
        lead = self._arrive()
        self._write_to_person(lead, "2024-07-01 08:25:30")
        self.assertEqual(lead.response_state, "in_time")
        self.assertEqual(lead.response_minutes, 25)
        self.assertEqual(lead.response_user_id, self.user_sales_salesman)
        self.assertFalse(lead.response_due or lead.response_next)
        self._write_to_person(lead, "2024-07-01 11:00:00")
        self.assertEqual(lead.response_minutes, 25)

    def test_late_answer_is_late(self):
        lead = self._arrive()
        self._write_to_person(lead, "2024-07-01 10:00:00")
        self.assertEqual(lead.response_state, "too_late")
        self.assertEqual(lead.response_minutes, 120)

    def test_note_is_no_answer(self):
        lead = self._arrive()
        lead.with_user(self.user_sales_salesman).message_post(
            body="Hm", subtype_xmlid="mail.mt_note", message_type="comment"
        )
        self.assertEqual(lead.response_state, "waiting")

    def test_robot_s_message_is_no_answer(self):
        lead = self._arrive()
        lead.message_post(
            body="We have got your message.",
            author_id=self.env.ref("base.partner_root").id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(lead.response_state, "waiting")

    def test_call_is_an_answer_and_a_task_is_none(self):
        lead = self._arrive()
        own = lead.with_user(self.user_sales_salesman)
        with freeze_time("2024-07-01 08:05:00"):
            own.activity_schedule("mail.mail_activity_data_todo").action_feedback()
        self.assertEqual(lead.response_state, "waiting")
        with freeze_time("2024-07-01 08:10:00"):
            own.activity_schedule("mail.mail_activity_data_call").action_feedback()
        self.assertEqual((lead.response_state, lead.response_minutes), ("in_time", 10))

    def test_meeting_with_the_person_is_an_answer_and_one_about_them_is_none(self):
        lead = self._arrive()
        self._create_customer()
        meetings = self.env["calendar.event"].with_user(self.user_sales_salesman)
        values = {
            "name": "Talk",
            "start": "2024-07-03 10:00:00",
            "stop": "2024-07-03 11:00:00",
            "opportunity_id": lead.id,
        }
        own = self.user_sales_salesman.partner_id
        with freeze_time("2024-07-01 08:10:00"):
            meetings.create({**values, "partner_ids": own.ids})
            self.assertEqual(lead.response_state, "waiting")
            both = own | self.customer_contact
            meetings.create({**values, "partner_ids": both.ids})
        self.assertEqual(lead.response_state, "in_time")

    def test_time_to_answer_is_kept_without_a_policy(self):
        self.policy.hours = "always"
        lead = self._arrive(partner_name="Patient")
        lead.message_post(
            body="Hello",
            author_id=self.user_sales_salesman.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual((lead.response_state, lead.response_minutes), ("none", 0))
        self.assertTrue(lead.response_answered)

    def test_clock_goes_on_when_an_answer_is_taken_back(self):
        lead = self._arrive()
        moment = "2024-07-01 08:10:00"
        self._write_to_person(lead, moment)
        self.assertEqual(lead.response_state, "in_time")
        with freeze_time("2024-07-01 08:12:00"):
            lead._take_back_touch(self._at("08:05:00"))
            self.assertEqual(lead.response_state, "in_time")
            lead._take_back_touch(self._at("08:10:00"))
        self.assertFalse(lead.response_answered)
        self.assertEqual(lead.response_state, "waiting")
        self.assertEqual(lead.response_due, self._at("09:00:00"))
        self._write_to_person(lead, "2024-07-01 09:10:00")
        self.assertEqual(lead.response_state, "too_late")

    # -- pauses ----------------------------------------------------------------

    def test_clock_stands_still_while_a_lead_is_recycled(self):
        lead = self._arrive()
        with freeze_time("2024-07-01 08:20:00"):
            lead.status_id = self.status_recycled
        self.assertEqual((lead.response_state, lead.response_due), ("paused", False))
        with freeze_time("2024-07-01 12:00:00"):
            lead.status_id = self.status_assigned
        self.assertEqual(lead.response_state, "waiting")
        self.assertEqual(lead.response_due, self._at("12:40:00"))
        self._write_to_person(lead, "2024-07-01 12:05:00")
        self.assertEqual((lead.response_state, lead.response_minutes), ("in_time", 25))

    def test_dead_lead_is_not_answered_and_restored_goes_on(self):
        lead = self._arrive()
        with freeze_time("2024-07-01 08:20:00"):
            lead.action_set_lost(lost_reason_id=self.lost_reason.id)
        self.assertEqual((lead.response_state, lead.response_next), ("closed", False))
        with freeze_time("2024-07-01 09:20:00"):
            lead.action_restore()
        self.assertEqual(lead.response_due, self._at("10:00:00"))

    def test_converted_lead_is_closed(self):
        lead = self._arrive()
        lead.convert_lead(target="account")
        self.assertEqual((lead.response_state, lead.response_due), ("closed", False))

    def test_merging_keeps_the_first_answer(self):
        one, other = self._arrive(), self._arrive()
        self._write_to_person(other, "2024-07-01 08:30:00")
        self._run_steps("2024-07-01 08:46:00")
        merged = (one | other).merge_opportunity()
        self.assertFalse(self._get_reminders(merged))
        self.assertEqual(
            (merged.response_state, merged.response_minutes), ("in_time", 30)
        )
        self.assertFalse(merged.response_due)

    def test_copy_has_a_time_of_its_own(self):
        lead = self._arrive()
        self._write_to_person(lead, "2024-07-01 08:30:00")
        with freeze_time("2024-07-01 10:00:00"):
            copy = lead.copy()
        self.assertEqual(copy.response_state, "waiting")
        self.assertEqual(copy.response_due, self._at("11:00:00"))

    # -- policies --------------------------------------------------------------

    def test_policies_are_applied_to_open_leads_without_what_is_past(self):
        lead = self._arrive(partner_name="Patient")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2024-07-01 08:00' WHERE id = %s",
            [lead.id],
        )
        lead.invalidate_recordset()
        self.policy.domain = "[('partner_name', '=', 'Patient')]"
        with freeze_time("2024-07-02 08:00:00"):
            self.policy.with_user(self.user_sales_manager).action_apply_to_all()
        self.assertEqual(lead.response_policy_id, self.policy)
        self.assertEqual(lead.response_state, "late")
        self.assertFalse(lead.response_next)

    def test_policy_is_kept_until_a_lead_meets_one_further_up(self):
        lead = self._arrive()
        urgent = self.policy.copy(
            {"domain": "[('city', '=', 'Rome')]", "sequence": self.policy.sequence - 1}
        )
        lead.partner_name = "Patient"
        self.assertEqual(lead.response_policy_id, self.policy)
        lead.city = "Rome"
        self.assertEqual(lead.response_policy_id, urgent)

    def test_salesperson_can_t_apply_policies(self):
        with self.assertRaises(AccessError):
            self.policy.with_user(self.user_sales_leads).action_apply_to_all()

    def test_deleted_policy_leaves_leads_in_peace(self):
        lead = self._arrive()
        self.policy.unlink()
        self._run_steps("2024-07-01 12:00:00")
        self.assertEqual((lead.response_state, lead.response_due), ("none", False))

    # -- new owner -------------------------------------------------------------

    @contextmanager
    def told(self):
        """Return whom a transaction tells of new leads, with what they are told."""
        self.env.cr.flush()
        found = []
        with patch.object(
            self.registry["res.users"], "_bus_send", autospec=True
        ) as send:
            yield found
            self.env.cr.flush()
        found += [
            (call.args[0], call.args[2])
            for call in send.call_args_list
            if "new_leads" in call.args[1]
        ]

    def _create_of_salesman(self, names):
        leads = self.env["crm.lead"].with_user(self.user_sales_manager)
        owner_id = self.user_sales_salesman.id
        return leads.create(
            [{"name": name, "type": "lead", "user_id": owner_id} for name in names]
        )

    def test_new_owner_is_told_once_for_many_leads(self):
        with self.told() as told:
            leads = self._create_of_salesman(["One", "Two"])
            leads |= self._create_of_salesman(["Three"])
            for lead in leads[:2]:
                lead.user_id = self.member
            self._create_of_salesman(["Four"]).unlink()
        count_by_owner = {owner: message["count"] for owner, message in told}
        self.assertEqual(count_by_owner, {self.user_sales_salesman: 1, self.member: 2})
        self.assertEqual(len(told), 2)

    def test_new_owner_is_told_of_what_others_gave_them(self):
        with self.told() as told:
            self.lead_queued.with_user(self.member).action_claim()
        self.assertFalse(told, "Who takes a lead knows")
        with self.told() as told:
            self.lead_own.user_id = self.member
        [(owner, message)] = told
        self.assertEqual((owner, message["id"]), (self.member, self.lead_own.id))
        with self.told() as told:
            self.lead_own.user_id = self.user_sales_leads
            self.lead_own.user_id = False
        self.assertFalse(told)

    def test_time_is_known_on_arrival_only_where_there_is_a_policy(self):
        self.policy.active = False
        lead = self._arrive(moment=MONDAY)
        self.assertEqual((lead.response_state, lead.response_started), ("none", False))
