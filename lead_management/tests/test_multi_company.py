from odoo import Command
from odoo.tests import new_test_user, tagged

from .common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_access")
class TestMultiCompany(TestLeadManagementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_b = cls.env["res.company"].create(
            {"name": "Company B", "currency_id": cls.env.ref("base.EUR").id}
        )
        cls.salesman_b = new_test_user(
            cls.env,
            "salesman_b",
            "sales_team.group_sale_salesman_all_leads",
            company_id=cls.company_b.id,
            company_ids=[Command.set(cls.company_b.ids)],
        )

    def test_leads_stay_in_their_company(self):
        lead_b = self._create_lead(self.salesman_b)
        self.assertEqual(lead_b.company_id, self.company_b)
        seen = self.env["crm.lead"].with_user(self.user_sales_leads).search([])
        self.assertNotIn(lead_b, seen)
        self.assertNotIn(
            self.lead_own, self.env["crm.lead"].with_user(self.salesman_b).search([])
        )

    def test_picklists_and_path_serve_every_company(self):
        lead_b = self._create_lead(self.salesman_b)
        self.assertEqual(lead_b.status_id, self.status_assigned)
        lead_b.with_user(self.salesman_b).status_id = self.status_in_process
        self.assertEqual(lead_b.status_id, self.status_in_process)

    def test_revenue_is_in_the_currency_of_the_lead_s_company(self):
        lead_b = self._create_lead(self.salesman_b, annual_revenue=100)
        self.assertEqual(lead_b.company_currency, self.env.ref("base.EUR"))

    def test_star_rules_of_a_company_rate_its_leads_only(self):
        rule = self.env["crm.lead.star.rule"].create(
            {
                "name": "B only",
                "sequence": -1,
                "stars": "4",
                "domain": "[('fax', '!=', False)]",
                "company_id": self.company_b.id,
            }
        )
        lead_b = self._create_lead(self.salesman_b, fax="1")
        lead_a = self._create_lead(self.user_sales_leads, fax="1")
        self.assertEqual(lead_b.stars, "4")
        self.assertNotEqual(lead_a.stars, "4")
        visible = self.env["crm.lead.star.rule"].with_user(self.user_sales_manager)
        self.assertNotIn(rule, visible.search([]))
