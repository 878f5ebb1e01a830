from odoo import models

from odoo.addons.lead_management.models.crm_lead.setup_steps import SetupStep


class CrmLead(models.Model):
    """The first rule, on the checklist of the lead home page."""

    _inherit = "crm.lead"

    def _get_setup_steps(self):
        rules = self.env["crm.lead.assignment.rule"]
        return [
            *super()._get_setup_steps(),
            SetupStep(
                50,
                "assignment_rule",
                self.env._("Decide who gets leads"),
                "lead_management_assignment.crm_lead_assignment_rule_action",
                bool(rules.search_count(self._get_setup_company_domain(), limit=1)),
                rules._name,
            ),
        ]
