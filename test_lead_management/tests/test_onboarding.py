from odoo.fields import Command
from odoo.tests import HttpCase, tagged, users

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon

TOURS = {"lead_salesperson_tour", "lead_manager_tour", "lead_admin_tour"}


@tagged("post_install", "-at_install", "lead_onboarding")
class TestOnboarding(TestLeadManagementCommon, HttpCase):
    """The guided tours, and what people see where there is nothing yet."""

    def test_tour_of_salespeople(self):
        self.start_tour("/odoo", "lead_salesperson_tour", login="user_sales_salesman")
        lead = self.env["crm.lead"].search([("partner_name", "=", "Freeman Rockets")])
        self.assertEqual(lead.type, "opportunity")
        self.assertEqual(lead.stars, "3")
        self.assertEqual(lead.bant_need, "yes")
        self.assertEqual(lead.partner_id.parent_id.name, "Freeman Rockets")

    def test_tour_of_managers(self):
        self.start_tour("/odoo", "lead_manager_tour", login="user_sales_manager")

    def test_tour_of_admins(self):
        self.start_tour("/odoo", "lead_admin_tour", login="user_sales_manager")
        forms = self.env["crm.lead.capture.form"].search([("name", "=", "Contact us")])
        self.assertEqual(len(forms), 1)

    def _offered(self):
        names = self.env["web_tour.tour"].search([]).mapped("name")
        return TOURS & set(names)

    @users("user_sales_salesman")
    def test_salespeople_are_not_led_into_settings(self):
        self.assertEqual(self._offered(), {"lead_salesperson_tour"})

    @users("user_sales_manager")
    def test_managers_are_offered_all_tours(self):
        self.assertEqual(self._offered(), TOURS)

    def test_others_are_offered_neither(self):
        user = self.env["res.users"].create(
            {
                "name": "Stock keeper",
                "login": "stock_keeper",
                "group_ids": [Command.set(self.env.ref("base.group_user").ids)],
            }
        )
        tours = self.env["web_tour.tour"].with_user(user).search([])
        self.assertFalse(TOURS & set(tours.mapped("name")))
        self.assertIn("crm_tour", tours.mapped("name"))

    def test_every_page_says_what_it_is_for_while_it_is_empty(self):
        ids = (
            self.env["ir.model.data"]
            .search(
                [
                    ("module", "=like", "lead_management%"),
                    ("model", "=", "ir.actions.act_window"),
                ]
            )
            .mapped("res_id")
        )
        pages = self.env["ir.actions.act_window"].search(
            [("id", "in", ids), ("target", "!=", "new")]
        )
        self.assertTrue(pages)
        self.assertFalse(
            pages.filtered(
                lambda page: "o_view_nocontent" not in (page.help or "")
            ).mapped("name")
        )
