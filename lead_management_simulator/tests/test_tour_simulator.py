from odoo.tests import HttpCase, tagged

from .common_simulation import SimulationCase


@tagged("post_install", "-at_install", "lead_tours")
class TestTourSimulator(SimulationCase, HttpCase):
    def test_try_a_draft_and_activate_it(self):
        self._create_leads(3, city="Bonn")
        self._create_leads(2, city="Ulm")
        self._get_draft().entry_ids[0].user_id = self.bert
        self.start_tour(
            "/odoo/action-lead_management_assignment.crm_lead_assignment_rule_action",
            "rule_simulator",
            login="user_sales_manager",
        )
        rules = self.rule.search([])
        self.assertEqual(rules.version, 2)
        self.assertEqual(rules.entry_ids[0].user_id, self.bert)
        self.assertEqual(self.rule.replaced_by_id, rules)
