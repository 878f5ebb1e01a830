from odoo.tests import HttpCase, tagged

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_tours")
class TestWhyTour(TestLeadManagementCommon, HttpCase):
    def test_manager_asks_why_and_goes_to_the_rule(self):
        self.user_sales_manager.password = "user_sales_manager"
        self.env["crm.lead.star.rule"].search([]).active = False
        germany = self.env.ref("base.de")
        self.env["crm.lead.star.rule"].create(
            {
                "name": "Germans first",
                "domain": f"[('country_id', '=', {germany.id})]",
                "stars": "4",
            }
        )
        lead = self._create_lead(self.user_sales_manager, country_id=germany.id)
        self.start_tour(
            f"/odoo/action-crm.crm_lead_all_leads/{lead.id}",
            "lead_why",
            login="user_sales_manager",
        )

    def test_manager_asks_what_leads_find_an_account_by(self):
        self.user_sales_manager.password = "user_sales_manager"
        account = self.env["res.partner"].create(
            {"name": "Zephyrtronic Ltd", "is_company": True}
        )
        self.start_tour(
            f"/odoo/res.partner/{account.id}", "account_why", login="user_sales_manager"
        )
