from odoo.tests import HttpCase, tagged

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_tours")
class TestTourDuplicate(TestLeadManagementCommon, HttpCase):
    def test_review_duplicate_accounts(self):
        self._create_duplicate_manager()
        accounts = self.env["res.partner"].create(
            [
                {"name": name, "is_company": True}
                for name in (
                    "<b>Zephyrtronic</b> GmbH",
                    "<b>Zephyrtronic</b> Ltd",
                    "Quibblecorp",
                    "Quibblecorp Inc",
                )
            ]
        )
        self.start_tour(
            "/odoo/duplicate-accounts", "account_duplicate", login="duplicate_manager"
        )
        self.assertEqual(len(accounts.exists()), 3)
        state = self.env["crm.account.duplicate"].search(
            [("account_ids", "in", accounts[2].ids)]
        )
        self.assertEqual(state.state, "dismissed")

    def test_separate_leads(self):
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": f"{name} of two",
                    "type": "lead",
                    "user_id": self.user_sales_manager.id,
                    "phone": phone,
                }
                for name, phone in (("First", False), ("Second", "+1 202 555 0100"))
            ]
        )
        leads[0].probability = 90
        kept = leads.with_user(self.user_sales_manager).merge_opportunity()
        self.assertEqual((kept.name, kept.phone), ("First of two", "+1 202 555 0100"))
        self.env.invalidate_all()
        self.start_tour(
            f"/odoo/crm.lead/{kept.id}", "merge_separate", login="user_sales_manager"
        )
        self.assertEqual(leads.exists(), leads)
        self.assertEqual(leads.mapped("phone"), [False, "+1 202 555 0100"])
