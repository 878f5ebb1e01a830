from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.lead_management_bulk.models.crm_lead_bulk import (
    job_start as job_module,
)
from odoo.addons.lead_management_bulk.tests.test_bulk_operations import (
    TestBulkOperations,
)


@tagged("post_install", "-at_install", "lead_bulk")
class TestBulkCampaign(TestBulkOperations):
    def test_many_leads_join_a_campaign_in_a_job(self):
        campaign = self.env["utm.campaign"].create({"title": "Fair"})
        with patch.object(job_module, "AT_ONCE", 3):
            dialog = (
                self.env["crm.lead.campaign.add"]
                .with_user(self.user_sales_salesman)
                .with_context(active_model="crm.lead", active_ids=self.leads.ids)
                .create({"campaign_id": campaign.id})
            )
            action = dialog.action_add()
            self.assertEqual(action["res_model"], "crm.lead.bulk.job")
            self.assertFalse(campaign.member_count)
            self._work()
        self.assertEqual(campaign.member_count, 6)
