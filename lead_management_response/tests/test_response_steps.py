from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ResponseCase


@tagged("post_install", "-at_install", "lead_response")
class TestResponseSteps(ResponseCase):
    """What happens to a lead that nobody answers, each once."""

    def test_owner_is_reminded_then_the_leader_told(self):
        lead = self._arrive()
        self._run_steps("2024-07-01 08:44:00")
        self.assertFalse(self._get_reminders(lead))
        self._run_steps("2024-07-01 08:46:00")
        reminder = self._get_reminders(lead)
        self.assertEqual(reminder.user_id, self.user_sales_salesman)
        self.assertEqual(lead.response_next, self._at("09:00:00"))
        self._run_steps("2024-07-01 09:00:00")
        self.assertEqual(lead.response_state, "late")
        self.assertEqual(self._get_reminders(lead), reminder)
        self._run_steps("2024-07-01 09:31:00")
        told = self._get_reminders(lead) - reminder
        self.assertEqual(told.user_id, self.user_sales_manager)
        self.assertFalse(lead.response_next)
        self._run_steps("2024-07-02 09:31:00")
        self.assertEqual(self._get_reminders(lead), reminder | told)

    def test_answer_takes_the_reminders_off(self):
        lead = self._arrive()
        self._run_steps("2024-07-01 09:40:00")
        self.assertEqual(len(self._get_reminders(lead)), 1, "Too late to remind")
        self._write_to_person(lead, "2024-07-01 09:50:00")
        self.assertFalse(self._get_reminders(lead))

    def test_doing_the_reminder_is_an_answer(self):
        lead = self._arrive()
        self._run_steps("2024-07-01 08:46:00")
        with freeze_time("2024-07-01 08:50:00"):
            self._get_reminders(lead).with_user(
                self.user_sales_salesman
            ).action_feedback()
        self.assertEqual((lead.response_state, lead.response_minutes), ("in_time", 50))
        self.assertFalse(self._get_reminders(lead))

    def test_leader_who_has_talked_to_the_owner_has_not_answered(self):
        lead = self._arrive()
        self._run_steps("2024-07-01 08:46:00")
        self._run_steps("2024-07-01 09:31:00")
        told = self._get_reminders(lead).filtered(
            lambda activity: activity.user_id == self.user_sales_manager
        )
        told.with_user(self.user_sales_manager).action_feedback()
        self.assertEqual(lead.response_state, "late")
        self.assertEqual(self._get_reminders(lead).user_id, self.user_sales_salesman)

    def test_reminder_comes_again_when_the_answer_is_taken_back(self):
        lead = self._arrive()
        self._run_steps("2024-07-01 08:46:00")
        self._write_to_person(lead, "2024-07-01 08:50:00")
        self.assertFalse(self._get_reminders(lead))
        with freeze_time("2024-07-01 08:51:00"):
            lead._take_back_touch(self._at("08:50:00"))
        self._run_steps("2024-07-01 08:52:00")
        self.assertEqual(len(self._get_reminders(lead)), 1)

    def test_archived_policy_takes_no_more_steps(self):
        self.policy.write({"hand_on": "next", "hand_on_minutes": 0})
        lead = self._arrive()
        self.policy.active = False
        self._run_steps("2024-07-01 12:00:00")
        self.assertEqual(lead.user_id, self.user_sales_salesman)
        self.assertFalse(self._get_reminders(lead))
        self.assertEqual((lead.response_state, lead.response_due), ("none", False))

    def test_lead_goes_back_to_its_queue(self):
        self.policy.write({"hand_on": "queue", "hand_on_minutes": 10})
        lead = self._arrive(user_id=False, queue_id=self.queue.id)
        with freeze_time("2024-07-01 08:10:00"):
            lead.with_user(self.member).action_claim()
        self._run_steps("2024-07-01 09:10:00")
        self.assertEqual(lead.queue_id, self.queue)
        self.assertFalse(lead.user_id)
        self.assertEqual(lead.queue_event_ids[:1].reason, "Not answered in time")
        with freeze_time("2024-07-01 09:20:00"):
            lead.with_user(self.user_sales_salesman).action_claim()
        self._run_steps("2024-07-01 12:00:00")
        self.assertEqual(lead.user_id, self.user_sales_salesman, "Once")

    def test_lead_without_a_queue_stays(self):
        self.policy.write({"hand_on": "queue", "hand_on_minutes": 10})
        lead = self._arrive()
        self._run_steps("2024-07-01 12:00:00")
        self.assertEqual(lead.user_id, self.user_sales_salesman)

    def test_lead_goes_to_the_next_in_turn_who_has_all_the_time(self):
        self.policy.write({"hand_on": "next", "hand_on_minutes": 0, "starts": "owner"})
        away = self.env["crm.lead.assignee"].create(
            {"user_id": self.env.ref("base.user_admin").id, "away_until": "2099-01-01"}
        )
        lead = self._arrive()
        self._run_steps("2024-07-01 08:46:00")
        self._run_steps("2024-07-01 09:00:00")
        self.assertFalse(self._get_reminders(lead), "They were for who had it")
        self.assertNotEqual(lead.user_id, away.user_id)
        self.assertEqual(lead.user_id, self.user_sales_leads)
        self.assertEqual(lead.response_due, self._at("10:00:00"))
        self.assertEqual(lead.response_state, "waiting")
        bodies = "".join(lead.message_ids.mapped("body"))
        self.assertIn("Not answered in time by Sam Salesman", bodies)
        self._run_steps("2024-07-01 10:00:00")
        self.assertEqual(lead.user_id, self.user_sales_leads, "Nobody else is there")

    def test_next_in_turn_is_of_those_whom_a_rule_gave_it(self):
        rule = self.env["crm.lead.assignment.rule"].create(
            {"name": "Turn", "active": False}
        )
        entry = self.env["crm.lead.assignment.rule.entry"].create(
            {
                "rule_id": rule.id,
                "name": "Two",
                "target": "rotation",
                "user_ids": [Command.set((self.member | self.outsider).ids)],
            }
        )
        self.policy.write({"hand_on": "next", "hand_on_minutes": 0})
        lead = self._arrive(user_id=self.member.id)
        lead._as_system().assignment_entry_id = entry
        self._run_steps("2024-07-01 09:00:00")
        self.assertEqual(lead.user_id, self.outsider)
        self._run_steps("2024-07-01 11:00:00")
        self.assertEqual(lead.user_id, self.outsider, "Once for the lead")

    def test_action_is_woken_when_the_next_step_is_due(self):
        cron = self.env.ref("lead_management_response.ir_cron_response")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        triggers.unlink()
        self._arrive()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(triggers.mapped("call_at"), [self._at("08:45:00")])
        self._run_steps("2024-07-01 08:46:00")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertIn(self._at("09:00:00"), triggers.mapped("call_at"))

    def test_leads_that_somebody_is_changing_are_tried_again(self):
        lead = self._arrive()
        take_steps, met = self.registry["crm.lead"]._take_response_steps, []

        def meet_somebody(leads):
            if not met:
                met.append(True)
                raise SerializationFailure
            return take_steps(leads)

        with patch.object(
            self.registry["crm.lead"], "_take_response_steps", meet_somebody
        ):
            self._run_steps("2024-07-01 08:46:00")
        self.assertTrue(met)
        self.assertTrue(self._get_reminders(lead))

    def test_reminder_must_come_after_the_start(self):
        with self.assertRaisesRegex(ValidationError, "Remind later"):
            self.policy.remind_minutes = 60
