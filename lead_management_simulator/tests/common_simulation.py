from odoo.addons.lead_management_assignment.tests.test_assignment_rule import (
    TestAssignmentCommon,
)


class SimulationCase(TestAssignmentCommon):
    """A rule in use: Bonn goes to Anna, the rest to Bert and Cora in turn. No other
    leads came in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute(
            "UPDATE crm_lead SET create_date = create_date - INTERVAL '3 years'"
        )
        cls.env.invalidate_all()
        cls.bonn = cls._create_entry("Bonn", [("city", "=", "Bonn")], user=cls.anna)
        cls.rest = cls._create_entry("Rest", users=cls.bert + cls.cora)
        cls.manager = cls.user_sales_manager

    @classmethod
    def _get_draft(cls):
        rule = cls.rule.with_user(cls.manager)
        return rule.browse(rule.action_open_draft()["res_id"])

    def _simulate(self, draft, **values):
        simulation = draft.env["crm.lead.assignment.simulation"].create(
            {"rule_id": draft.id, **values}
        )
        simulation.action_run()
        return simulation

    def _get_counts(self, lines):
        return {line.name: (line.before, line.after) for line in lines}
