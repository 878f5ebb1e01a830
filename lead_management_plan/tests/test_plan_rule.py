from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MONDAY, PlanCase


@tagged("post_install", "-at_install", "lead_plan")
class TestPlanRule(PlanCase):
    """Plans that start by a rule."""

    def setUp(self):
        super().setUp()
        self.rule = self.env["crm.lead.plan.rule"].create(
            {
                "name": "Assigned",
                "plan_id": self.plan.id,
                "domain": f"[('status_id', '=', {self.status_assigned.id})]",
            }
        )

    def _create(self, **values):
        with freeze_time(MONDAY):
            return self._create_lead(self.user_sales_manager, **values)

    def test_a_lead_that_reaches_a_status_gets_the_plan(self):
        self.assertFalse(self.lead_own.plan_run_ids)
        with freeze_time(MONDAY):
            self.lead_own.status_id = self.status_assigned
        run = self.lead_own.plan_run_ids
        self.assertEqual((run.plan_id, run.rule_id), (self.plan, self.rule))
        self.assertFalse(run.user_id)
        self.assertEqual(self._get_activities().user_id, self.user_sales_salesman)

    def test_a_new_lead_gets_the_plan_of_the_first_rule(self):
        other = self.plan.copy({"name": "Other"})
        self.env["crm.lead.plan.rule"].create(
            {
                "name": "Adidas",
                "sequence": 1,
                "plan_id": other.id,
                "domain": "[('partner_name', '=', 'Adidas')]",
            }
        )
        adidas, acme = self._create(partner_name="Adidas"), self._create()
        self.assertEqual(adidas.plan_run_ids.plan_id, other)
        self.assertEqual(acme.plan_run_ids.plan_id, self.plan)

    def test_nobody_gets_the_same_plan_twice_by_itself(self):
        lead = self._create()
        lead.action_stop_plan()
        lead.status_id = self.status_in_process
        lead.status_id = self.status_assigned
        self.rule.action_apply_to_all()
        self.assertEqual(lead.plan_run_ids.state, "stopped")
        self._start(lead, user=self.user_sales_manager)
        self.assertEqual(len(lead.plan_run_ids), 2)

    def test_a_running_plan_is_not_interrupted(self):
        other = self.plan.copy({"name": "Other"})
        run = self._start(plan=other)
        self.lead_own.status_id = self.status_assigned
        self.assertEqual(self.lead_own.plan_run_ids, run)

    def test_a_plan_of_another_company_is_for_that_one(self):
        self.plan.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        lead = self._create(company_id=self.company_main.id)
        self.assertFalse(lead.plan_run_ids)

    def test_a_lead_that_moves_gets_the_plan_of_its_new_company(self):
        self.plan.company_id = self.company_main
        run = self._start()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        plan = self.plan.copy({"name": "There", "company_id": company.id})
        self.rule.write(
            {
                "domain": "[('type', '=', 'lead')]",
                "plan_id": plan.id,
                "company_id": company.id,
            }
        )
        with freeze_time(MONDAY):
            self.lead_own.write(
                {"user_id": False, "team_id": False, "company_id": company.id}
            )
        self.assertEqual(run.stop_reason, "company")
        self.assertEqual((self.lead_own.plan_run_ids - run).plan_id, plan)

    def test_the_button_asks_of_all_open_leads(self):
        self.rule.domain = "[('partner_name', '=', 'Hasty')]"
        lead = self._create_lead(self.user_sales_salesman, partner_name="Slow")
        lead.with_context(tracking_disable=True).flush_recordset()
        self.rule.domain = "[('partner_name', '=', 'Slow')]"
        self.assertFalse(lead.plan_run_ids)
        notice = self.rule.with_user(self.user_sales_manager).action_apply_to_all()
        self.assertTrue(lead.plan_run_ids)
        self.assertIn("Plans started", notice["params"]["message"])

    def test_a_plan_in_use_is_archived_and_not_deleted(self):
        with self.assertRaisesRegex(UserError, "Four tries"):
            self.plan.unlink()
        self.plan.active = False
        self.assertFalse(self._create().plan_run_ids)

    def test_many_leads_cost_no_more_than_a_few(self):
        def count(number):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            with freeze_time(MONDAY):
                self.env["crm.lead"].with_user(self.user_sales_manager).create(
                    [
                        {"name": f"Lead {index}", "type": "lead", "user_id": False}
                        for index in range(number)
                    ]
                )
                self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self.rule.domain = "[('name', 'like', 'Lead')]"
        count(2)
        few, many = count(5), count(25)
        self.rule.active = False
        count(2)
        without_few, without_many = count(5), count(25)
        self.assertLessEqual(many - without_many, few - without_few + 4)
