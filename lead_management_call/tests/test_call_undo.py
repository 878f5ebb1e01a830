from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CallCase


@tagged("post_install", "-at_install", "lead_call")
class TestCallUndo(CallCase):
    """A salesman takes back a call that he has just logged."""

    def test_all_is_as_before(self):
        today = fields.Date.context_today(
            self.lead_own.with_user(self.user_sales_salesman)
        )
        due = self.lead_own.activity_schedule(
            "mail.mail_activity_data_call", today, user_id=self.user_sales_salesman.id
        )
        since = datetime(2026, 1, 4, 8)
        times = {"date_status_update": since, "status_seconds": {"1": 60}}
        self.lead_own._as_system().write(times)
        call = self._log(
            self.wrong_number, next_step="email", next_date=today, note="A bakery"
        )
        self.assertNotEqual(self.lead_own.date_status_update, since)
        call.action_undo()
        lead = self.lead_own
        lead.invalidate_recordset()
        self.assertEqual(lead.date_status_update, since)
        self.assertEqual(lead.status_seconds, {"1": 60})
        self.assertFalse(call.exists())
        self.assertEqual(lead.status_id, self.status_assigned)
        self.assertEqual(lead.phone, "+1 202 555 0134")
        self.assertFalse(lead.date_first_touch)
        self.assertEqual(lead.date_last_touch, datetime(2026, 1, 5, 8))
        self.assertEqual(self._get_activities(), due)
        self.assertFalse(due.feedback)
        self.assertFalse(lead.message_ids.filtered("mail_activity_type_id"))

    def test_files_of_what_was_due_are_there_again(self):
        due = self.lead_own.activity_schedule(
            "mail.mail_activity_data_call",
            fields.Date.today() - timedelta(days=2),
            user_id=self.user_sales_salesman.id,
        )
        values = {"res_model": "mail.activity", "res_id": due.id}
        file = self.env["ir.attachment"].create(
            {"name": "Offer", "raw": b"1", **values}
        )
        call = self._log(self.reached)
        self.assertEqual(file.res_model, "mail.message")
        call.action_undo()
        self.assertEqual(file.read([*values]), [{"id": file.id, **values}])

    def test_no_activity_is_left_of_it(self):
        self._log(self.not_reached).action_undo()
        activities = self.env["mail.activity"].with_context(active_test=False)
        self.assertFalse(
            activities.search(
                [("res_model", "=", "crm.lead"), ("res_id", "=", self.lead_own.id)]
            )
        )

    def test_what_has_gone_on_stays(self):
        call = self._log(self.wrong_number)
        lead = self.lead_own.with_user(self.user_sales_manager)
        lead.write({"status_id": self.status_recycled.id, "phone": "+1 202 555 0199"})
        touched = datetime(2026, 2, 1)
        self.lead_own.date_last_touch = touched
        call.action_undo()
        self.assertEqual(lead.status_id, self.status_recycled)
        self.assertEqual(lead.phone, "+1 202 555 0199")
        self.assertEqual(lead.date_last_touch, touched)

    def test_the_second_of_two_calls(self):
        first = self._log(self.reached)
        # A test is one transaction, and so one moment.
        first_touch = self.lead_own.date_first_touch = datetime(2026, 1, 6, 9)
        self._log(self.reached).action_undo()
        self.assertEqual(self.lead_own.status_id, self.status_in_process)
        self.assertEqual(self.lead_own.date_first_touch, first_touch)
        self.assertEqual(self.lead_own.call_ids, first)

    def test_only_ones_own_and_only_for_minutes(self):
        call = self._log(self.reached)
        with self.assertRaises(UserError):
            call.with_user(self.user_sales_manager).action_undo()
        self.env.cr.execute(
            "UPDATE crm_lead_call SET create_date = %s",
            [fields.Datetime.now() - timedelta(minutes=11)],
        )
        call.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "10 minutes"):
            call.action_undo()
        self.assertTrue(call.exists())

    def test_a_turn_goes_on(self):
        lead = self._create_lead(self.user_sales_salesman, phone="+1 202 555 0177")
        leads = (self.lead_own + lead).with_user(self.user_sales_salesman)
        action = leads.action_call_in_turn()
        wizard = leads.env["crm.lead.call.log"].with_context(**action["context"])
        wizard = wizard.create({"outcome_id": self.reached.id})
        [button] = wizard.action_log_and_next()["params"]["buttons"]
        call = leads.env["crm.lead.call"].browse(button["ids"])
        action = getattr(call, button["method"])()
        self.assertFalse(action["params"]["next"])
        self.assertFalse(call.exists())

    def test_the_message_has_a_button_for_it(self):
        wizard = self._open().create({"outcome_id": self.reached.id})
        action = wizard.action_log()
        self.assertIn("Reached", action["params"]["message"])
        [button] = action["params"]["buttons"]
        calls = self.env[button["model"]].browse(button["ids"])
        getattr(calls.with_user(self.user_sales_salesman), button["method"])()
        self.assertFalse(self.lead_own.call_ids)
