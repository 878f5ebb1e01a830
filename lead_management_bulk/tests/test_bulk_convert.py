from odoo.fields import Command
from odoo.tests import tagged, users

from odoo.addons.lead_management.tests.test_conversion_company import (
    TestConversionCompany,
)
from odoo.addons.lead_management.tests.test_convert_wizard import TestConvertWizard
from odoo.addons.lead_management_bulk.models.crm_lead_bulk import (
    job_start as job_module,
)


@tagged("post_install", "-at_install", "lead_conversion")
class TestBulkConvertCompany(TestConversionCompany):
    def test_job_says_which_leads_are_not_with_the_chosen_team(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "lead_management.bulk_at_once", "1"
        )
        leads = self._make_leads(self.here, self.there)
        wizard = self._open_mass_wizard(
            leads, team_id=self.team_there.id, force_assignment=True
        )
        action = wizard.action_mass_convert()
        job = self.env["crm.lead.bulk.job"].browse(action["res_id"])
        self.assertNotIn("Team there", job.description)
        for batch in job.sudo().batch_ids:
            batch._do()
        self.assertEqual(job.state, "done")
        self._assert_stayed(leads, self.here, self.there)
        self.assertIn(
            "Not with the sales team “Team there”, as they belong to another company"
            f" than it: {leads[0].display_name}.",
            job.description,
        )


@tagged("post_install", "-at_install", "lead_conversion")
class TestBulkConvertWizard(TestConvertWizard):
    @users("user_sales_manager")
    def test_mass_wizard_converts_many_leads_in_the_background(self):
        leads = self._create_mass_leads(4)
        self.patch(job_module, "AT_ONCE", 3)
        wizard = self._open_mass(
            leads,
            user_ids=[Command.set(self.user_sales_salesman.ids)],
            force_assignment=True,
        )
        action = wizard.action_mass_convert()
        self.assertEqual(action["res_model"], "crm.lead.bulk.job")
        job = self.env["crm.lead.bulk.job"].browse(action["res_id"])
        self.assertEqual(set(leads.mapped("type")), {"lead"})
        leads[0].action_set_lost()
        broken = leads[1]
        self._refuse_to_convert(broken)
        job.sudo().batch_ids._do()
        self.assertEqual((job.state, job.changed_count), ("done", 2))
        self.assertEqual(
            job.failure_ids.mapped("reason"),
            ["It is closed. Restore it before you convert it.", "No way"],
        )
        self.assertEqual(set(leads[2:].mapped("type")), {"opportunity"})
        self.assertEqual(leads[2:].user_id, self.user_sales_salesman)
        self.assertEqual(len(leads[2:].partner_id.parent_id), 1)

    @users("user_sales_manager")
    def test_leads_of_one_address_share_a_contact(self):
        leads = self._create_mass_leads(4)
        leads[2:].email_from = "quinn@quokka.example.com"
        leads[2].phone = "+1 202 555 0177"
        self.patch(job_module, "AT_ONCE", 3)
        action = self._open_mass(leads).action_mass_convert()
        job = self.env["crm.lead.bulk.job"].browse(action["res_id"])
        job.sudo().batch_ids._do()
        self.assertEqual((job.state, job.changed_count), ("done", 4))
        self.assertEqual(len(leads.partner_id), 3)
        self.assertEqual(leads[3].phone, leads[2].phone)

    @users("user_sales_manager")
    def test_lead_that_is_merged_into_an_opportunity_is_no_failure(self):
        leads = self._create_mass_leads(5)
        leads[0].email_from = "quinn@quokka.example.com"
        deal = leads.create(
            {"name": "Deal", "type": "opportunity", "email_from": leads[0].email_from}
        )
        self.patch(job_module, "AT_ONCE", 3)
        wizard = self._open_mass(
            leads,
            user_ids=[Command.set(self.user_sales_salesman.ids)],
            force_assignment=True,
        )
        self.assertFalse(wizard.deduplicate, "merging is chosen")
        wizard.deduplicate = True
        action = wizard.action_mass_convert()
        job = self.env["crm.lead.bulk.job"].browse(action["res_id"])
        job.sudo().batch_ids._do()
        self.assertEqual((job.state, job.changed_count), ("done", 4))
        self.assertFalse(job.failure_ids)
        left = (leads + deal).exists()
        self.assertEqual(len(left), 5)
        self.assertEqual(set(left.mapped("type")), {"opportunity"})
        self.assertEqual(left.user_id, self.user_sales_salesman)
