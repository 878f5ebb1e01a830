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
