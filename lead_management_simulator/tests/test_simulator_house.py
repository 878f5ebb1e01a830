from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestSimulatorAccess(access.AccessCase):
    MATRIX = {
        #                                 own all manager admin employee portal public
        "crm.lead.assignment.simulation": ("", "", "rwcu", "rwcu", "", "", ""),
        "crm.lead.assignment.simulation.line": ("", "", "r", "r", "", "", ""),
        "crm.lead.assignment.simulation.move": ("", "", "r", "r", "", "", ""),
        "crm.lead.assignment.simulation.part": ("", "", "", "", "", "", ""),
    }
    CHANGES = {"crm.lead.assignment.simulation": {"days": 7}}

    def _get_values_of_crm_lead_assignment_simulation(self, _user, name):
        rules = self.env["crm.lead.assignment.rule"]
        values = {"name": name, "active": False}
        rule = rules.create(dict(values))
        return {"rule_id": rules.create({**values, "draft_of_id": rule.id}).id}

    def _get_values_of_crm_lead_assignment_simulation_line(self, user, _name):
        simulation = self._create_record("crm.lead.assignment.simulation", user)
        return {"simulation_id": simulation.id, "kind": "nobody"}

    def _get_values_of_crm_lead_assignment_simulation_move(self, user, _name):
        values = self._get_values_of_crm_lead_assignment_simulation_line(user, _name)
        lead = self._create_record("own lead", user)
        return {"simulation_id": values["simulation_id"], "lead_id": lead.id}

    def _get_values_of_crm_lead_assignment_simulation_part(self, user, _name):
        values = self._get_values_of_crm_lead_assignment_simulation_line(user, _name)
        return {"simulation_id": values["simulation_id"]}


@tagged("post_install", "-at_install", "lead_words")
class TestSimulatorWords(words.WordsCase):
    pass
