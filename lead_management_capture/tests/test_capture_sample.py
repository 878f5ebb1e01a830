from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged, users

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon

RECORDS = "crm.lead.capture.form crm.lead.capture.field crm.lead.capture.consent"


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureSample(TestLeadManagementCommon):
    """A form to look at, one click away and one click gone."""

    def _add_sample(self):
        action = self.env["crm.lead.capture.form"].action_add_sample()
        return self.env["crm.lead.capture.form"].browse(action["res_id"])

    def _is_step_done(self):
        steps = self.env["crm.lead"]._get_setup_steps()
        return next(step.is_done for step in steps if step.name == "web_form")

    @users("user_sales_manager")
    def test_a_sample_comes_and_goes_without_a_trace(self):
        models = [self.env[name] for name in RECORDS.split()]
        models = [model.with_context(active_test=False) for model in models]
        before = [set(model.search([]).ids) for model in models]
        sample = self._add_sample()
        self.assertTrue(sample.is_sample)
        self.assertTrue(sample.field_ids)
        self.assertEqual(self._add_sample(), sample)
        sample_id = sample.id
        sample.action_remove_sample()
        self.assertEqual([set(model.search([]).ids) for model in models], before)
        self.assertFalse(
            self.env["mail.message"]
            .sudo()
            .search_count(
                [("model", "=", "crm.lead.capture.form"), ("res_id", "=", sample_id)]
            )
        )

    @users("user_sales_manager")
    def test_a_sample_is_no_form_of_ours_until_somebody_changes_it(self):
        self.env["crm.lead.capture.form"].with_context(active_test=False).search(
            []
        ).active = False
        sample = self._add_sample()
        self.assertFalse(self._is_step_done())
        sample.title = "Write to us"
        self.assertFalse(sample.is_sample)
        self.assertTrue(self._is_step_done())
        with self.assertRaisesRegex(UserError, "no sample any more"):
            sample.action_remove_sample()

    @users("user_sales_manager")
    def test_the_empty_page_offers_a_sample(self):
        page = "lead_management_capture.crm_lead_capture_form_action"
        shown = self.env.ref(page).sudo().help
        self.assertIn(f'href="/odoo/action-{page}_sample"', shown)
        action = self.env.ref(f"{page}_sample").run()
        form = self.env["crm.lead.capture.form"].browse(action["res_id"])
        self.assertTrue(form.is_sample)

    @users("user_sales_manager")
    def test_a_sample_that_was_used_stays(self):
        sample = self._add_sample()
        self.env["crm.lead.capture.submission"].sudo().create(
            {"form_id": sample.id, "name": "Ada", "answers": {"last_name": "Ada"}}
        )
        with self.assertRaisesRegex(UserError, "submissions are kept"):
            sample.action_remove_sample()

    @users("user_sales_salesman")
    def test_salespeople_add_none(self):
        with self.assertRaises(AccessError):
            self._add_sample()


@tagged("post_install", "-at_install", "lead_tours")
class TestTourSample(TestLeadManagementCommon, HttpCase):
    def test_manager_follows_the_checklist(self):
        self.env["crm.lead.capture.form"].with_context(active_test=False).search(
            []
        ).active = False
        self.env.cr.execute("UPDATE crm_lead_status SET write_uid = 1")
        company = self.user_sales_manager.company_id
        company.write({"lead_setup_closed": False, "lead_setup_ticked": False})
        self.start_tour("/odoo/lead-home", "capture_sample", login="user_sales_manager")
        self.assertTrue(company.lead_setup_closed)
        self.assertEqual(company.lead_setup_ticked, ["statuses"])
        self.assertFalse(
            self.env["crm.lead.capture.form"].search([("is_sample", "=", True)])
        )
