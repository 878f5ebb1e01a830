from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_simulation import SimulationCase


@tagged("post_install", "-at_install", "lead_simulator")
class TestSimulationKept(SimulationCase):
    """A result is of one draft and one rule, whatever happens meanwhile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_leads(4, city="Bonn")
        cls._create_leads(6, city="Ulm")

    def _start_in_background(self, draft):
        self.env["ir.config_parameter"].set_param("lead_management.bulk_at_once", 5)
        operation = self.registry["crm.lead.bulk.operation.simulate"]
        with patch.object(operation, "_batch_size", 4):
            return self._simulate(draft)

    def test_draft_changed_while_it_is_tried(self):
        draft = self._get_draft()
        simulation = self._start_in_background(draft)
        batches = simulation.sudo().job_id.batch_ids
        for batch in batches[:2]:
            batch._do()
        draft.entry_ids[1].unlink()
        draft.entry_ids[0].domain = "[('city', '=', 'Ulm')]"
        batches[2]._do()
        self.assertTrue(simulation.is_done)
        self.assertEqual(
            self._get_counts(simulation.entry_line_ids),
            {"Bonn": (4, 6), "Rest": (6, 0), "No entry: nobody": (0, 4)},
        )
        parts = self.env["crm.lead.assignment.simulation.part"]
        self.assertFalse(parts.search([("simulation_id", "=", simulation.id)]))

    def test_what_was_tried_is_not_made_a_result_of_something_else(self):
        simulation = self._simulate(self._get_draft(), days=7)
        with self.assertRaisesRegex(UserError, "already"):
            simulation.days = 30
        with self.assertRaisesRegex(UserError, "already"):
            simulation.rule_id = self.rule
        again = simulation.copy()
        self.assertFalse(again.job_id or again.is_done or again.moved_count)
        again.days = 30
        again.action_run()
        self.assertTrue(again.is_done)

    def test_members_of_a_team_get_no_more_by_two_entries_than_by_one(self):
        team = self.env["crm.team"].create({"name": "Small"})
        self.env["crm.team.member"].create(
            {
                "crm_team_id": team.id,
                "user_id": self.anna.id,
                "assignment_max": 3,
            }
        )
        draft = self._get_draft()
        draft.entry_ids.write({"target": "team", "team_id": team.id})
        simulation = self._simulate(draft)
        self.assertEqual(self._get_counts(simulation.holder_line_ids)["Anna"], (4, 3))
