from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import HttpCase, tagged

from .common import ResponseCase


@tagged("post_install", "-at_install", "lead_tours")
class TestTourResponse(ResponseCase, HttpCase):
    """A salesperson finds what is late, and answers it; a manager makes a promise."""

    def test_late_lead_is_seen_and_answered(self):
        self.user_sales_salesman.password = "user_sales_salesman"
        lead = self._arrive(
            moment=Datetime.now() - timedelta(hours=3), contact_name="Lana Late"
        )
        lead.with_user(self.user_sales_salesman).mark_as_read()
        self.start_tour(
            "/odoo/lead-home", "lead_response_late", login="user_sales_salesman"
        )
        self.assertEqual(lead.response_state, "too_late")

    def test_manager_makes_a_promise(self):
        self.user_sales_manager.password = "user_sales_manager"
        self.start_tour(
            "/odoo/lead-response-policies",
            "lead_response_policy",
            login="user_sales_manager",
        )
        policy = self.env["crm.lead.response.policy"].search([("name", "=", "Quick")])
        self.assertEqual((policy.minutes, policy.hand_on), (45, "next"))
