from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import CallCase


@tagged("post_install", "-at_install", "lead_tours", "is_tour")
class TestCallTours(CallCase, HttpCase):
    """The same in a browser."""

    def _start(self, url, tour):
        self.start_tour(url, tour, login="user_sales_salesman")
        self.env.invalidate_all()

    def test_log_a_call_from_the_form_and_undo(self):
        self._start(
            f"/odoo/action-crm.crm_lead_all_leads/{self.lead_own.id}", "lead_call_form"
        )
        [call] = self.lead_own.call_ids
        self.assertEqual(call.outcome_id, self.voicemail)
        self.assertEqual(call.note, "Spoke to a machine")
        self.assertEqual(self._get_activities().date_deadline, call.next_date)

    def test_log_a_call_from_a_row_and_a_card(self):
        self._start(
            "/odoo/action-lead_management.crm_lead_action_my_leads", "lead_call_list"
        )
        self.assertEqual(len(self.lead_own.call_ids), 2)

    def test_log_a_call_from_home(self):
        self.lead_own.activity_schedule(
            "mail.mail_activity_data_call",
            fields.Date.context_today(
                self.lead_own.with_user(self.user_sales_salesman)
            ),
            user_id=self.user_sales_salesman.id,
        )
        self._start("/odoo/action-lead_management.lead_home_action", "lead_call_home")
        self.assertFalse(self._get_activities())
        self.assertEqual(self.lead_own.call_ids.outcome_id, self.reached)

    def test_call_in_turn(self):
        second = self._create_lead(
            self.user_sales_salesman, contact_name="Bob Two", phone="+1 202 555 0155"
        )
        self._start(
            "/odoo/action-lead_management.crm_lead_action_my_leads", "lead_call_turn"
        )
        calls = self.lead_own.call_ids + second.call_ids
        self.assertEqual(calls.outcome_id, self.not_reached)
        self.assertEqual(len(calls), 2)
