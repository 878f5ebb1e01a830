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
