from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.crm_lead_assignment.explanation import Explanation


class CrmLeadAssignmentTest(models.TransientModel):
    """Show which entry of the assignment rules takes a lead and why; change nothing."""

    _name = "crm.lead.assignment.test"
    _description = "Test of the Assignment Rules"
    _inherit = ["lead.guard.mixin"]

    lead_id = fields.Many2one("crm.lead", domain="[('type', '=', 'lead')]")
    rule_id = fields.Many2one(
        "crm.lead.assignment.rule",
        help="The rule to test. Without one, the rule that applies to the lead.",
    )
    result = fields.Html(compute="_compute_result", sanitize=False)

    @api.depends("lead_id", "rule_id")
    def _compute_result(self):
        tested = self.filtered("lead_id")
        (self - tested).result = False
        for test in tested:
            test.result = self.env["ir.qweb"]._render(
                "lead_management_assignment.assignment_test_result", test._get_result()
            )

    def _get_result(self):
        """Return what the template of the result shows."""
        self.ensure_one()
        lead = self.lead_id
        rules = self.env["crm.lead.assignment.rule"]
        asked = rules._get_rules_by_company(lead.company_id).get(lead.company_id, rules)
        rule = (self.rule_id or asked).with_env(self.env)
        explanation = Explanation(rule, lead)
        answers = explanation.run()
        return {
            "lead": lead,
            "rule": rule,
            "asked": asked,
            "answers": answers,
            "taken_by": explanation.taken_by,
            "default_owner": lead._is_left()
            and lead._get_default_owner(lead.company_id),
            "is_assignable": bool(lead.filtered_domain(lead._get_assignable_domain())),
        }

    def action_assign(self):
        """Assign the lead by the rules, in earnest.

        :raise UserError: no lead is chosen
        """
        if not self.lead_id:
            raise UserError(self.env._("Choose the lead that is to be assigned."))
        return self.lead_id.action_assign_by_rules()
