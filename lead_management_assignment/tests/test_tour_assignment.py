from odoo.tests import HttpCase, tagged

from .test_assignment_rule import TestAssignmentCommon


@tagged("post_install", "-at_install", "lead_tours")
class TestTourAssignment(TestAssignmentCommon, HttpCase):
    """A sales manager builds a rule and tests it, in a browser."""

    def test_build_a_rule_and_test_it(self):
        self.rule.unlink()
        lead = self._create_leads(1, name="Tour lead")
        self.start_tour(
            "/odoo/action-lead_management_assignment.crm_lead_assignment_rule_action",
            "assignment_rule",
            login="user_sales_manager",
        )
        self.assertEqual(lead.user_id, self.anna)
        self.assertEqual(lead.assignment_entry_id.rule_id.name, "New leads")

    def test_add_an_entry_for_whom_the_customer_knows(self):
        self.env["res.partner"].create(
            {
                "name": "Zephyr Turbines GmbH",
                "is_company": True,
                "website": "https://zephyr-turbines.example",
                "user_id": self.anna.id,
            }
        )
        self.env["crm.lead.queue"].create(
            {
                "name": "Left by owners",
                "member_user_ids": self.bert.ids,
                "notify": "none",
            }
        )
        lead = self._create_leads(
            1, partner_name="Zephyr Turbines", website="zephyr-turbines.example"
        )
        lead.name = "Tour lead"
        self.start_tour(
            "/odoo/action-lead_management_assignment.crm_lead_assignment_rule_action",
            "assignment_known",
            login="user_sales_manager",
        )
        self.assertEqual(lead.user_id, self.anna)
        self.assertEqual(self.rule.entry_ids.known_fallback, "queue")
