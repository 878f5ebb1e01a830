from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from odoo.addons.base.models.ir_actions_report import IrActionsReport

from .common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_tours")
class TestTourReports(TestLeadManagementCommon, HttpCase):
    """A salesman opens every report, has one sent and prints it."""

    # Whatever there is to make a PDF with
    @patch.object(IrActionsReport, "get_wkhtmltopdf_state", lambda self: "install")
    def test_open_each_report_send_and_print_one(self):
        self.lead_own.write(
            {
                "contact_last_name": "Tour neglected",
                "source_id": self.env["utm.source"].create({"name": "Tour source"}).id,
                "campaign_id": self.env["utm.campaign"]
                .create({"title": "Tour campaign"})
                .id,
            }
        )
        self.lead_own.date_last_touch = "2020-01-01"
        self.start_tour(
            "/odoo/action-crm.crm_lead_all_leads",
            "lead_reports",
            login="user_sales_salesman",
        )
        schedule = self.env["crm.lead.report.schedule"].search([])
        self.assertEqual(schedule.report, "neglected")
        self.assertEqual(schedule.user_id, self.user_sales_salesman)
