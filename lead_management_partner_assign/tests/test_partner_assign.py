from odoo.tests import tagged

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_conversion")
class TestPartnerAssign(TestLeadManagementCommon):
    def test_what_became_no_opportunity_counts_none(self):
        [result] = self.lead_own.convert_lead(target="account")
        account = self.env["res.partner"].browse(result["account_id"])
        account = account.with_user(self.user_sales_leads)
        self.assertEqual(account.opportunity_count, 0)
        self.assertFalse(
            self.env["crm.lead"]
            .with_context(active_test=False)
            .search(account.action_view_opportunity()["domain"])
        )
        reseller = self.env["res.partner"].create({"name": "Reseller"})
        self._create_lead(
            self.user_sales_leads,
            type="opportunity",
            partner_id=account.id,
            partner_assigned_id=reseller.id,
        )
        account.invalidate_recordset(["opportunity_count"])
        self.assertEqual(account.opportunity_count, 1)
        self.assertEqual(reseller.opportunity_count, 1, "Resellers count theirs")
