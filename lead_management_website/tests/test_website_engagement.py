from odoo.tests import tagged

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_website")
class TestWebsiteEngagement(TestLeadManagementCommon):
    """Page views are known as events in which people show interest."""

    def test_pages_that_were_viewed_show_interest(self):
        visitors = self.env["website.visitor"].create(
            [
                {"access_token": "1" * 32, "lead_ids": self.lead_own.ids},
                {"access_token": "2" * 32},
            ]
        )
        self.env["website.track"].create(
            [{"visitor_id": visitor.id, "url": "/shop"} for visitor in visitors]
        )
        self.env.flush_all()
        kind = self.env["crm.lead"]._get_engagement_kinds()["page"]
        rows = self.env.execute_query(kind.events)
        self.assertIn(self.lead_own.id, [lead_id for lead_id, _date in rows])
        self.assertEqual(sum(row[0] == self.lead_own.id for row in rows), 1)
