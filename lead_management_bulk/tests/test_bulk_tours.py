from odoo.tests import HttpCase, tagged

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon

from ..models.crm_lead_bulk import job_start as job_module
from .test_bulk_job import in_batches_of

LIST = "/odoo/action-crm.crm_lead_all_leads"


@tagged("post_install", "-at_install", "lead_tours")
class TestBulkTours(TestLeadManagementCommon, HttpCase):
    """Bulk work in a browser, as a salesman with three leads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead"].search([]).action_archive()
        cls.leads = cls.env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "partner_name": f"Bulk {number}",
                    "zip": "1000",
                    "user_id": cls.user_sales_salesman.id,
                }
                for number in range(3)
            ]
        )
        cls.web = cls.env.ref("lead_management.utm_source_web_site")

    def test_update_leads_with_a_preview(self):
        self.start_tour(LIST, "lead_bulk_update", login="user_sales_salesman")
        self.assertEqual(self.leads.source_id, self.web)
        self.assertFalse(any(self.leads.mapped("zip")))

    def test_run_a_job_and_watch_it_finish(self):
        self.patch(job_module, "AT_ONCE", 1)
        self.startPatcher(in_batches_of(1))
        jobs = type(self.env["crm.lead.bulk.job"])
        get_progress = jobs.get_progress

        def work_and_tell(records):
            # What the scheduled action does meanwhile: a batch from look to look
            todo = records.sudo().batch_ids.filtered(lambda b: b.state == "todo")
            todo[:1]._do()
            return get_progress(records)

        self.patch(jobs, "get_progress", work_and_tell)
        self.start_tour(LIST, "lead_bulk_job", login="user_sales_salesman")
        self.assertEqual(self.leads.source_id, self.web)
