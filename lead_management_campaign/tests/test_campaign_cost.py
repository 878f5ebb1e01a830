from odoo.tests import tagged

from odoo.addons.lead_management.tests.test_lead_report import TestLeadReportCommon


@tagged("post_install", "-at_install", "lead_report")
class TestCampaignCost(TestLeadReportCommon):
    """What campaigns cost, in the reports of leads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.lead_cost = 90

    def test_every_lead_of_a_campaign_bears_the_same_share(self):
        self.assertEqual(
            self._count("source_id", "cost:sum"),
            {self.fair: 60, self.call: 30, self.fair.browse(): 0},
        )

    def test_a_report_with_cost_is_one_query(self):
        report = self.report.with_user(self.salesman)
        asked = (["source_id"], ["converted_count:sum", "cost:sum", "__count"])
        report._read_group([], *asked)
        with self.assertQueryCount(1):
            report._read_group([], *asked)

    def test_printed_report_has_the_cost(self):
        values = self.env["report.lead_management.lead_report"]._get_report_values(
            [], {"kind": "source"}
        )
        self.assertEqual(values["total"]["cost"], 90)
        html = self.env["ir.qweb"]._render(
            "lead_management.lead_report_content", values
        )
        self.assertIn("Cost", str(html))
