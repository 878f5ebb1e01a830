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

    def test_offers_are_passed_and_accepted(self):
        self.member.password = "queue_member"
        leads = self._create_lead(
            self.user_sales_manager, user_id=False, contact_name="Pia Passed"
        ) | self._create_lead(
            self.user_sales_manager, user_id=False, contact_name="Alma Accepted"
        )
        leads._as_system().write(
            {
                "offer_user_id": self.member.id,
                "offer_until": Datetime.now() + timedelta(minutes=10),
            }
        )
        self.start_tour("/odoo/lead-home", "lead_response_offer", login="queue_member")
        self.assertNotEqual(leads[0].offer_user_id, self.member)
        self.assertEqual(leads[1].user_id, self.member)

    def test_manager_makes_a_promise(self):
        self.user_sales_manager.password = "user_sales_manager"
        self.start_tour(
            "/odoo/lead-response-policies",
            "lead_response_policy",
            login="user_sales_manager",
        )
        policy = self.env["crm.lead.response.policy"].search([("name", "=", "Quick")])
        self.assertEqual((policy.minutes, policy.hand_on), (45, "next"))
