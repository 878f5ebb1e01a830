from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import CallCase


@tagged("post_install", "-at_install", "lead_call")
class TestCallLog(CallCase):
    """A salesman logs a call."""

    def _get_today(self):
        return fields.Date.context_today(
            self.lead_own.with_user(self.user_sales_salesman)
        )

    def test_the_first_call_begins_the_work(self):
        call = self._log(self.reached, note="Has a budget")
        lead = self.lead_own
        self.assertEqual(lead.status_id, self.status_in_process)
        self.assertTrue(lead.date_first_touch)
        self.assertGreater(lead.date_last_touch, datetime(2026, 1, 5, 8))
        self.assertEqual(call.user_id, self.user_sales_salesman)
        self.assertEqual(call.phone, "+1 202 555 0134")
        self.assertEqual(call.note, "Has a budget")
        self.assertEqual((call.next_step, call.next_date), ("none", False))
        self.assertEqual((call.kind, call.reached_count), ("reached", 1))
        self.assertFalse(self._get_activities())
        self.assertEqual(lead.call_count, 1)

    def test_the_chatter_tells_it(self):
        self._log(self.voicemail, note="Says <b>hello</b>\nCalls back")
        message = self.lead_own.message_ids.filtered("mail_activity_type_id")
        self.assertIn("Voicemail", message.body)
        self.assertIn("&lt;b&gt;hello", message.body)
        self.assertEqual(message.author_id, self.user_sales_salesman.partner_id)

    def test_what_was_due_is_done(self):
        today = self._get_today()
        due, later = (
            self.lead_own.activity_schedule(
                "mail.mail_activity_data_call",
                today + timedelta(days),
                user_id=self.user_sales_salesman.id,
            )
            for days in (-3, 4)
        )
        others = self.lead_own.activity_schedule(
            "mail.mail_activity_data_call", today, user_id=self.user_sales_leads.id
        )
        self._log(self.reached)
        self.assertFalse(due.active)
        self.assertEqual(self._get_activities(), later + others)

    def test_the_outcome_proposes_the_next_step(self):
        with Form(self._open()) as wizard:
            wizard.outcome_id = self.not_reached
            self.assertEqual(wizard.next_step, "call")
            self.assertGreater(wizard.next_date, self._get_today())
            wizard.outcome_id = self.reached
            self.assertEqual((wizard.next_step, wizard.next_date), ("none", False))
            wizard.next_step = "meeting"
            self.assertGreater(wizard.next_date, self._get_today())

    def test_the_next_step_is_planned(self):
        day = self._get_today() + timedelta(12)
        for step, name in (
            ("call", "mail.mail_activity_data_call"),
            ("meeting", "mail.mail_activity_data_meeting"),
            ("email", "mail.mail_activity_data_email"),
        ):
            self._log(self.reached, next_step=step, next_date=day)
            [activity] = self._get_activities()
            self.assertEqual(activity.activity_type_id, self.env.ref(name))
            self.assertEqual(activity.date_deadline, day)
            self.assertEqual(activity.user_id, self.user_sales_salesman)
            activity.unlink()

    def test_a_type_that_is_gone_is_a_task(self):
        email = self.env.ref("mail.mail_activity_data_email")
        steps = self.env["mail.activity.plan.template"]
        steps.search([("activity_type_id", "=", email.id)]).unlink()
        email.unlink()
        day = self._get_today() + timedelta(1)
        self._log(self.reached, next_step="email", next_date=day)
        self.assertEqual(self._get_activities().summary, "Email")

    @freeze_time("2026-03-06 09:00:00")  # a Friday
    def test_the_next_day_is_one_of_work(self):
        self.user_sales_salesman.tz = "Europe/Berlin"
        company = self.user_sales_salesman.company_id
        calendar = self.env["resource.calendar"].create(
            {"name": "Work", "tz": "Pacific/Auckland", "company_id": company.id}
        )
        company.resource_calendar_id = calendar
        wizard = self._open().create({"outcome_id": self.not_reached.id})
        self.assertEqual(wizard.next_date, date(2026, 3, 9))
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": calendar.id,
                "company_id": company.id,
                # Long enough wherever it begins: an app takes it for the user's time.
                "date_from": "2026-03-07 12:00:00",
                "date_to": "2026-03-10 12:00:00",
            }
        )
        wizard = self._open().create({"outcome_id": self.not_reached.id})
        self.assertGreater(wizard.next_date, date(2026, 3, 9))
        self.voicemail.next_days = 0
        wizard = self._open().create({"outcome_id": self.voicemail.id})
        self.assertEqual(wizard.next_date, date(2026, 3, 6))

    def test_a_step_has_a_day_that_is_to_come(self):
        today = self._get_today()
        for values in (
            {"next_step": "call", "next_date": False},
            {"next_step": "call", "next_date": today - timedelta(1)},
        ):
            with self.assertRaises(UserError):
                self._log(self.reached, **values)
        with self.assertRaisesRegex(UserError, "Call back"):
            self._log(self.call_back, next_step="none")
        self.assertFalse(self.lead_own.call_ids)
        self._log(self.call_back, next_step="call", next_date=today)

    def test_a_wrong_number_goes(self):
        call = self._log(self.wrong_number)
        self.assertFalse(self.lead_own.phone)
        self.assertEqual(call.phone, "+1 202 555 0134")
        self.lead_own.phone = "+1 202 555 0199"
        self._log(self.wrong_number, remove_phone=False)
        self.assertEqual(self.lead_own.phone, "+1 202 555 0199")

    def test_numbers_not_to_be_called_are_told(self):
        self.assertFalse(self._open().new({}).is_not_to_be_called)
        self.env["phone.blacklist"].sudo()._add([self.lead_own.phone_sanitized])
        self.lead_own.invalidate_recordset()
        self.assertTrue(self._open().new({}).is_not_to_be_called)

    def test_the_last_call_is_told(self):
        self.assertFalse(self._open().new({}).last_call)
        self._log(self.voicemail)
        self.assertIn("Voicemail", self._open().new({}).last_call)

    def test_nobody_logs_a_call_with_a_lead_of_others(self):
        lead = self._create_lead(self.user_sales_manager)
        wizards = self.env["crm.lead.call.log"].with_user(self.user_sales_salesman)
        with self.assertRaises(AccessError):
            lead.with_user(self.user_sales_salesman).action_log_call()
        with self.assertRaises(AccessError):
            wizards.create({"lead_id": lead.id, "outcome_id": self.reached.id})
        wizard = wizards.create(
            {"lead_id": self.lead_own.id, "outcome_id": self.reached.id}
        )
        self.lead_own.user_id = self.user_sales_manager
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            wizard.action_log()

    def test_calls_are_added_by_the_dialog_only(self):
        values = {"lead_id": self.lead_own.id, "outcome_id": self.reached.id}
        calls = self.env["crm.lead.call"].with_user(self.user_sales_manager)
        with self.assertRaises(AccessError):
            calls.create(values)
        lead = self.lead_own.with_user(self.user_sales_manager)
        with self.assertRaises(AccessError):
            lead.write({"call_ids": [fields.Command.create(values)]})

    def test_home_has_a_button(self):
        home = self.lead_own.with_user(self.user_sales_salesman).get_lead_home()
        methods = [button["method"] for button in home["lead_buttons"]]
        self.assertIn("action_log_call", methods)
