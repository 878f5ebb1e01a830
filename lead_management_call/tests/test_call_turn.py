from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CallCase


@tagged("post_install", "-at_install", "lead_call")
class TestCallTurn(CallCase):
    """A salesman calls the leads of a list, one after the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leads = cls.env["crm.lead"].union(
            *(
                cls._create_lead(
                    cls.user_sales_salesman,
                    contact_name=f"Person {number}",
                    phone=f"+1 202 555 017{number}",
                )
                for number in range(4)
            )
        )

    def _start(self, leads=None, **context):
        leads = (self.env["crm.lead"] if leads is None else leads).with_user(
            self.user_sales_salesman
        )
        return leads.with_context(**context).action_call_in_turn()

    def _get_dialog(self, action):
        self.assertEqual(action["res_model"], "crm.lead.call.log")
        wizards = self.env["crm.lead.call.log"].with_user(self.user_sales_salesman)
        return wizards.with_context(**action["context"]).create(
            {"outcome_id": self.reached.id}
        )

    def test_one_after_the_other_in_the_order_of_the_list(self):
        action = self._start(self.leads)
        for number, lead in enumerate(self.leads, 1):
            self.assertEqual(action["name"], f"Call {number} of 4")
            dialog = self._get_dialog(action)
            self.assertEqual(dialog.lead_id, lead)
            action = dialog.action_log_and_next()["params"]["next"]
        self.assertEqual(action["tag"], "lead_notice")
        self.assertIn("4 calls", action["params"]["message"])
        self.assertEqual(self.leads.mapped("call_count"), [1, 1, 1, 1])

    def test_the_leads_of_a_filter(self):
        domain = [("id", "in", self.leads[:2].ids)]
        action = self._start(active_domain=domain)
        self.assertEqual(action["name"], "Call 1 of 2")
        self.assertIn(self._get_dialog(action).lead_id, self.leads[:2])
        with self.assertRaises(UserError):
            self._start(active_domain="[]")

    def test_skipped_ones_remain(self):
        action = self._start(self.leads[:2])
        action = self._get_dialog(action).action_skip()
        self.assertEqual(action["name"], "Call 2 of 2")
        action = self._get_dialog(action).action_log_and_next()["params"]["next"]
        [again] = action["params"]["buttons"]
        self.assertEqual(self._get_dialog(again["action"]).lead_id, self.leads[0])
        self.assertEqual(again["action"]["name"], "Call 1 of 1")

    def test_who_is_not_to_be_called_is_left_out(self):
        dead, silent, blocked, fine = self.leads
        dead.status_id = self.status_dead
        silent.phone = False
        self.env["phone.blacklist"].sudo()._add([blocked.phone_sanitized])
        others = self._create_lead(self.user_sales_manager, phone="+1 202 555 0180")
        action = self._start(self.leads)
        self.assertEqual(action["name"], "Call 1 of 1")
        self.assertEqual(self._get_dialog(action).lead_id, fine)
        with self.assertRaises(UserError):
            self._start(self.leads - fine)
        with self.assertRaises(UserError):
            self._start(others)

    def test_who_was_closed_meanwhile_is_passed_over(self):
        action = self._start(self.leads[:3])
        self.leads[1].status_id = self.status_dead
        action = self._get_dialog(action).action_skip()
        self.assertEqual(action["name"], "Call 3 of 3")
        self.assertEqual(self._get_dialog(action).lead_id, self.leads[2])

    def test_a_client_may_send_anything(self):
        for turn in (None, [], "x", {"waiting": "x"}, {"waiting": ["x", [1], None]}):
            wizards = self._open(lead_call_turn=turn)
            self.assertEqual(wizards.action_skip()["tag"], "lead_notice")
        others = self._create_lead(self.user_sales_manager, phone="+1 202 555 0180")
        wizards = self._open(lead_call_turn={"waiting": others.ids})
        self.assertEqual(wizards.action_skip()["tag"], "lead_notice")
