from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_tours")
class TestTourImport(TestLeadManagementCommon, HttpCase):
    """Files with duplicates, in a browser."""

    @mute_logger("odoo.http")  # native's upload sends more than its route takes
    def test_import_with_duplicates(self):
        linked, known = self.env["res.partner"].create(
            [
                {"name": "Zephyrtronic GmbH", "is_company": True},
                {"name": "Quibblecorp", "is_company": True},
            ]
        )
        self.start_tour(
            "/odoo/action-crm.crm_lead_all_leads",
            "lead_import_duplicates",
            login="user_sales_salesman",
        )
        lead_import = self.env["crm.lead.import"].search([], limit=1)
        self.assertEqual(lead_import.user_id, self.user_sales_salesman)
        leads = lead_import.lead_ids.sorted("id")
        self.assertEqual(
            leads.mapped("contact_name"), ["Ann Link", "Bob Create", "<b>Dora</b>"]
        )
        self.assertIn("Shoe size: 41", leads[1].description)
        self.assertEqual(leads.account_id, linked)
        self.assertEqual(leads[0].account_id, linked)
        self.assertTrue(known)

    @mute_logger("odoo.http")  # native's upload sends more than its route takes
    def test_good_rows_of_a_report(self):
        self.start_tour(
            "/odoo/action-crm.crm_lead_all_leads",
            "lead_import_good_rows",
            login="user_sales_salesman",
        )
        lead_import = self.env["crm.lead.import"].search([], limit=1)
        lead = lead_import.lead_ids
        self.assertEqual(lead.partner_name, "Goodcorp")
        self.assertEqual(lead.employee_count, 1200)
        self.assertEqual(lead_import.left_out_count, 1)

    @mute_logger("odoo.http")  # native's upload sends more than its route takes
    def test_a_large_file_for_a_queue(self):
        self.env["ir.config_parameter"].set_param("lead_management.import_at_once", "2")
        queue = self.env["crm.lead.queue"].create({"name": "Queue of the tour"})
        tag = self.env["crm.tag"].create({"name": "Tag of the tour"})
        self.start_tour(
            "/odoo/action-crm.crm_lead_all_leads",
            "lead_import_background",
            login="user_sales_manager",
        )
        lead_import = self.env["crm.lead.import"].search([], limit=1)
        self.assertEqual(lead_import.job_id.total, 3)
        for batch in lead_import.job_id.batch_ids:
            batch._do()
        leads = lead_import.lead_ids.sorted("id")
        self.assertEqual(leads.mapped("partner_name"), ["Alpha", "Beta", "Gamma"])
        self.assertIn("Employees: 5-7", leads[0].description)
        self.assertEqual(leads.queue_id, queue)
        self.assertEqual(leads.tag_ids, tag)

    def test_undo_an_import(self):
        lead_import = self.env["crm.lead.import"].create(
            {
                "name": "fair.csv",
                "user_id": self.user_sales_salesman.id,
                "created_count": 1,
            }
        )
        self.lead_own.import_id = lead_import
        self.start_tour(
            "/odoo/lead-imports", "lead_import_undo", login="user_sales_salesman"
        )
        self.assertFalse(self.lead_own.exists())
        self.assertEqual(lead_import.state, "undone")
