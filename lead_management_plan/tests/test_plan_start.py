from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PlanCase


@tagged("post_install", "-at_install", "lead_plan")
class TestPlanStart(PlanCase):
    """Who starts plans, on which leads, and whose the steps are."""

    def test_salespeople_start_plans_on_their_own_leads(self):
        theirs = self._create_lead(self.user_sales_leads)
        with self.assertRaises(AccessError):
            self._start(theirs)
        self._start()
        run = self.lead_own.plan_run_ids
        self.assertEqual(run.user_id, self.user_sales_salesman)
        self.lead_own.user_id = self.user_sales_leads
        with self.assertRaises(AccessError):
            run.with_user(self.user_sales_salesman).action_stop()

    def test_a_plan_is_offered_while_there_is_one(self):
        plans = self.env["mail.activity.plan"].search([("res_model", "=", "crm.lead")])
        lead = self.lead_own.with_user(self.user_sales_salesman)
        self.assertTrue(lead.can_start_plan)
        plans.active = False
        lead.invalidate_recordset()
        self.assertFalse(lead.can_start_plan)
        plans.active = True
        lead.invalidate_recordset()
        self.assertTrue(lead.can_start_plan)
        plans.template_ids.unlink()
        lead.invalidate_recordset()
        self.assertFalse(lead.can_start_plan)

    def test_a_plan_of_another_company_is_not_offered(self):
        plans = self.env["mail.activity.plan"]
        plans.search([("res_model", "=", "crm.lead")]).active = False
        step = {"activity_type_id": self.env.ref("mail.mail_activity_data_call").id}
        plans.create(
            {
                "name": "Theirs",
                "res_model": "crm.lead",
                "company_id": self.env["res.company"].create({"name": "Other"}).id,
                "template_ids": [Command.create({**step, "summary": "Call"})],
            }
        )
        lead = self.lead_own.with_user(self.user_sales_salesman)
        self.assertFalse(lead.can_start_plan)

    def test_opportunities_keep_odoo_s_plans(self):
        deal = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        steps = self.plan.template_ids
        steps.mail_template_id = False
        self._start(self.lead_own + deal, user=self.user_sales_manager)
        planned = self._get_activities(deal).mapped("summary")
        self.assertGreaterEqual(set(planned), set(steps.mapped("summary")))
        self.assertEqual(len(self._get_activities()), 1)
        self.assertFalse(deal.plan_run_ids)

    def test_a_step_is_whose_the_plan_says(self):
        steps = self.plan.template_ids
        steps.mail_template_id = False
        steps.write({"delay_count": 0})
        steps[0].responsible_type = "on_demand"
        steps[1].write(
            {"responsible_type": "other", "responsible_id": self.user_sales_leads.id}
        )
        self._start(plan_on_demand_user_id=self.user_sales_manager.id)
        whose = self.env["res.users"]
        for _number in range(3):
            whose += self._get_activities().user_id
            self._do("2024-07-01 09:00:00")
        self.assertEqual(
            whose,
            self.user_sales_manager + self.user_sales_leads + self.user_sales_salesman,
        )

    def test_activities_follow_the_owner(self):
        self._start()
        self.lead_own.user_id = self.user_sales_leads
        self.assertEqual(self._get_activities().user_id, self.user_sales_leads)
        self._get_activities().user_id = self.user_sales_manager
        self.lead_own.user_id = self.user_sales_salesman
        self.assertEqual(self._get_activities().user_id, self.user_sales_manager)

    def test_a_plan_starts_on_many_leads_at_once(self):
        leads = self.lead_own + self._create_lead(self.user_sales_salesman)
        dead = self._create_lead(self.user_sales_salesman)
        dead.action_set_lost()
        dialog = self.env["crm.lead"].with_user(self.user_sales_salesman)
        action = dialog.with_context(active_ids=(leads + dead).ids)._open_bulk_dialog(
            "plan"
        )
        dialog = self.env[action["res_model"]].with_user(self.user_sales_salesman)
        dialog = dialog.browse(action["res_id"])
        self.assertIn("Choose the plan", str(dialog.preview))
        dialog.plan_id = self.plan
        self.assertIn("Four tries", str(dialog.preview))
        self.assertIn("It is closed", str(dialog.preview))
        dialog.action_start()
        self.assertEqual(leads.plan_run_ids.mapped("state"), ["running"] * 2)
        self.assertFalse(dead.plan_run_ids)

    def test_a_closed_lead_gets_none(self):
        self.lead_own.action_set_lost()
        with self.assertRaisesRegex(ValidationError, "It is closed"):
            self._start()

    def test_a_plan_with_such_steps_stays_one_on_leads(self):
        with self.assertRaises(ValidationError):
            self.plan.res_model = "res.partner"

    def test_only_plans_on_leads_have_such_steps(self):
        for values in (
            {"responsible_type": "lead_owner"},
            {"responsible_type": "on_demand", "mail_template_id": self.mail.id},
        ):
            todo = self.env.ref("mail.mail_activity_data_todo")
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.env["mail.activity.plan"].create(
                    {
                        "name": "Onboarding",
                        "res_model": "res.partner",
                        "template_ids": [
                            Command.create({"activity_type_id": todo.id, **values})
                        ],
                    }
                )

    def test_the_report_counts_by_step(self):
        self.plan.stop_on_reply = True
        self._start()
        self._do("2024-07-01 12:00:00")
        self._run_cron("2024-07-03 06:00:00")
        self.lead_own.message_update({"email_from": "jane@test.example.com"})
        report = self.env["crm.lead.plan.report"].with_user(self.user_sales_salesman)
        groups = report._read_group(
            [("plan_id", "=", self.plan.id)],
            ["step"],
            [
                f"{name}_count:sum"
                for name in ("started", "reached", "done", "stopped", "converted")
            ],
        )
        self.assertEqual(
            groups,
            [
                ("1. First call", 1, 1, 1, 0, 0),
                ("2. Brochure", 0, 1, 1, 0, 0),
                ("3. Second call", 0, 0, 0, 1, 0),
                ("4. Visit", 0, 0, 0, 0, 0),
            ],
        )
        self.lead_own.user_id = self.user_sales_leads
        self.assertFalse(report.search([("plan_id", "=", self.plan.id)]))
