from odoo.tests import tagged

from .common import PlanCase


@tagged("post_install", "-at_install", "lead_plan")
class TestPlanLife(PlanCase):
    """What becomes of plans when something happens to their lead."""

    def test_a_merged_lead_brings_its_plan(self):
        other = self._create_lead(self.user_sales_salesman)
        run = self._start(other)
        merged = (self.lead_own + other).merge_opportunity()
        self.assertEqual(merged.plan_run_ids, run)
        self.assertEqual(run.state, "running")
        self.assertEqual(self._get_activities(merged).summary, "First call")

    def test_of_two_plans_one_goes_on(self):
        other = self._create_lead(self.user_sales_salesman)
        runs = self._start(self.lead_own + other)
        merged = (self.lead_own + other).merge_opportunity()
        self.assertEqual(merged.plan_run_ids, runs)
        self.assertEqual(sorted(runs.mapped("state")), ["running", "stopped"])
        self.assertEqual(len(self._get_activities(merged)), 1)

    def test_who_is_merged_into_an_opportunity_is_no_lead_any_more(self):
        deal = self._create_lead(self.user_sales_salesman)
        deal.with_user(self.user_sales_salesman).convert_lead(target="opportunity")
        run = self._start()
        merged = (self.lead_own + deal).merge_opportunity()
        self.assertEqual(merged, deal)
        self.assertEqual(run.stop_reason, "converted")

    def test_a_copy_has_no_plan(self):
        self._start()
        self.assertFalse(self.lead_own.copy().plan_run_ids)

    def test_plans_go_with_the_lead(self):
        run = self._start()
        self.lead_own.unlink()
        self.assertFalse(run.exists())

    def test_a_plan_that_is_edited_is_for_those_who_come(self):
        run = self._start()
        self.plan.template_ids[2].unlink()
        self.plan.template_ids[0].summary = "Something else"
        self._do("2024-07-01 12:00:00")
        self._run_cron("2024-07-03 06:00:00")
        self._run_cron("2024-07-04 06:00:00")
        self.assertEqual(self._get_activities().summary, "Second call")
        self.assertEqual(run.step_ids[0].name, "First call")

    def test_the_plan_may_go_on_with_the_opportunity(self):
        self.plan.stop_on_converted = False
        run = self._start()
        lead = self.lead_own.with_user(self.user_sales_salesman)
        lead.convert_lead(target="opportunity")
        self.assertEqual(run.state, "running")
        self.assertEqual(len(self._get_activities()), 1)

    def test_why_tells_what_stopped_it(self):
        run = self._start()
        self.lead_own.status_id = self.status_recycled
        self.assertIn("plan", self.lead_own._get_decision_kinds())
        text = self.lead_own._tell_decision("plan", run.stop_reason, {})
        self.assertEqual(text, "The plan has stopped: The lead is recycled.")
