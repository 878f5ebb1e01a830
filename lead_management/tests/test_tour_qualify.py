from odoo.tests import HttpCase, tagged

from .common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_tours")
class TestTourQualify(TestLeadManagementCommon, HttpCase):
    def test_salesman_rates_and_qualifies_a_lead(self):
        self.user_sales_salesman.password = "user_sales_salesman"
        self.lead_own.contact_last_name = "Müller-Lüdenscheidt"
        self.start_tour(
            f"/odoo/action-crm.crm_lead_all_leads/{self.lead_own.id}",
            "rate_and_qualify",
            login="user_sales_salesman",
        )
        self.assertRecordValues(
            self.lead_own,
            [
                {
                    "stars": "4",
                    "stars_manual": True,
                    "bant_contact": "yes",
                    "bant_need": "yes",
                    "bant_budget": "partly",
                    "bant_budget_amount": 25000,
                    "bant_authority": "yes",
                    "bant_timing": "unknown",
                    "bant_score": 70,
                    "is_qualified": True,
                }
            ],
        )

    def test_salesman_looks_through_leads_by_keys(self):
        self.user_sales_salesman.password = "user_sales_salesman"
        self.lead_own.stars = "5"  # comes first
        status = self.lead_own.status_id
        self.start_tour("/odoo/lead-triage", "lead_triage", login="user_sales_salesman")
        self.assertRecordValues(
            self.lead_own, [{"stars": "4", "active": True, "status_id": status.id}]
        )
