from datetime import timedelta

from odoo import fields
from odoo.tests import tagged, users

from odoo.addons.lead_management_assignment.tests.common_queue import TestQueueCommon


@tagged("post_install", "-at_install", "lead_status")
class TestLeadCopy(TestQueueCommon):
    """A copy of a lead is a new lead, whatever became of the other one."""

    # What a salesperson would type again for the same person
    COPIED = {
        *("contact_name", "contact_first_name", "contact_last_name", "skype"),
        *("best_call_time", "company_phone", "fax", "twitter", "social_url"),
        *("annual_revenue", "employee_count", "industry_id"),
        *("account_id", "account_contact_id", "account_key", "account_domain"),
    }

    def _check_is_new(self, copy, category="assigned"):
        self.assertTrue(copy.active)
        self.assertEqual(copy.type, "lead")
        self.assertEqual(copy.won_status, "pending")
        self.assertEqual(copy.status_category, category)
        for name in (
            *("status_before_id", "status_seconds", "lost_reason_id", "rating_id"),
            *("date_conversion", "date_closed", "date_deadline", "quote_deadline"),
            *("recycle_date", "recycle_reason", "queue_id", "last_queue_id"),
            *("queue_date", "queue_event_ids", "campaign_id", "campaign_member_ids"),
            *("conversion_ids", "consent_ids", "capture_form_id", "import_id"),
            *("assignment_entry_id", "assignment_date", "date_first_touch"),
        ):
            self.assertFalse(copy[name], name)
        # Moments are kept without their fractions of a second.
        begun = self.env.cr.now().replace(microsecond=0)
        self.assertGreaterEqual(copy.date_status_update, begun)
        self.assertGreaterEqual(
            copy.date_last_touch, self.lead_own.create_date.replace(microsecond=0)
        )
        self.assertEqual(copy.partner_name, "Acme")
        report = self.env["crm.lead.report"].search([("lead_id", "=", copy.id)])
        self.assertEqual(
            (report.open_count, report.converted_count, report.won_count), (1, 0, 0)
        )

    @users("user_sales_salesman")
    def test_copy_of_a_dead_lead(self):
        lead = self.lead_own.with_env(self.env)
        lead.quote_deadline = lead.date_deadline = "2026-01-31"
        lead.action_set_lost(lost_reason_id=self.lost_reason.id)
        self._check_is_new(lead.copy())

    @users("user_sales_salesman")
    def test_copy_of_a_converted_lead(self):
        lead = self.lead_own.with_env(self.env)
        lead.convert_lead()
        self.assertFalse(lead.active)
        copy = lead.copy()
        self._check_is_new(copy)
        self.assertEqual(copy.contact_name, "Jane Doe")

    @users("user_sales_salesman")
    def test_copy_of_a_recycled_lead(self):
        lead = self.lead_own.with_env(self.env)
        lead.status_id = self.status_assigned
        lead.write(
            {
                "status_id": self.status_recycled.id,
                "recycle_date": fields.Date.today() + timedelta(days=40),
                "recycle_reason": "Budget in spring",
            }
        )
        self._check_is_new(lead.copy())

    def test_copy_of_a_lead_in_a_queue_is_in_none(self):
        lead = self.lead_queued
        lead.partner_name = "Acme"
        self._check_is_new(lead.with_user(self.user_sales_manager).copy(), "new")

    @users("user_sales_manager")
    def test_copy_of_a_campaign_s_lead_did_not_answer_it_again(self):
        campaign = self.env["utm.campaign"].create({"title": "Spring fair"})
        lead = self.lead_own.with_env(self.env)
        lead.write({"campaign_id": campaign.id, "priority": "2"})
        self.assertEqual(lead.stars, "2")
        copy = lead.copy()
        self._check_is_new(copy)
        self.assertEqual(copy.stars, "0", "rated by rules, like any new one")

    @users("user_sales_salesman")
    def test_what_is_given_to_the_copy_is_its(self):
        self.lead_own.action_set_lost()
        day = fields.Date.today()
        copy = self.lead_own.with_env(self.env).copy({"date_deadline": day})
        self.assertEqual(copy.date_deadline, day)

    @users("user_sales_salesman")
    def test_copy_of_an_opportunity_is_one_and_was_never_converted(self):
        lead = self.lead_own.with_env(self.env)
        lead.convert_opportunity(False)
        copy = lead.copy()
        self.assertEqual(copy.type, "opportunity")
        self.assertFalse(copy.status_id)
        self.assertFalse(copy.date_conversion)
        deal = self.env["crm.lead"].create(
            {"name": "Deal", "type": "opportunity", "date_deadline": "2026-01-31"}
        )
        self.assertEqual(deal.copy().date_deadline, deal.date_deadline)

    def test_it_is_decided_for_every_field(self):
        """A new field says whether the copy has it, or is named here."""
        copied = {
            name
            for name, field in self.env["crm.lead"]._fields.items()
            if field.store
            and field.copy
            and field._modules
            and all(module.startswith("lead_management") for module in field._modules)
        }
        self.assertLessEqual(copied, self.COPIED)
