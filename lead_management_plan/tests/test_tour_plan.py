from odoo.tests import HttpCase, tagged

from .common import PlanCase


@tagged("post_install", "-at_install", "lead_tours", "is_tour")
class TestPlanTour(PlanCase, HttpCase):
    """The same in a browser."""

    def test_start_a_plan_and_do_a_step(self):
        # Whenever the test runs is working time.
        self.company_main.resource_calendar_id = False
        self.plan.name = "Four tries of a tour"
        self.start_tour(
            f"/odoo/action-crm.crm_lead_all_leads/{self.lead_own.id}",
            "lead_plan",
            login="user_sales_salesman",
        )
        self.env.invalidate_all()
        run = self.lead_own.plan_run_ids
        self.assertEqual(self._get_states(run)[0], "done")
        self.lead_own.message_update({"email_from": "jane@test.example.com"})
        self.assertEqual(run.stop_reason, "reply")
        self.start_tour(
            f"/odoo/action-crm.crm_lead_all_leads/{self.lead_own.id}",
            "lead_plan_stopped",
            login="user_sales_salesman",
        )
