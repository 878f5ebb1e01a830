from odoo.tests import tagged

from ..models.crm_lead_assignment.explanation import TAKES, Explanation
from .test_assignment_rule import TestAssignmentCommon


@tagged("post_install", "-at_install", "lead_assignment")
class TestExplanation(TestAssignmentCommon):
    """What is told of the rules is what they do, whoever asks."""

    def test_filter_on_a_field_of_others_is_asked(self):
        domain = [("user_id.totp_last_counter", "=", 5), ("user_id", "=", False)]
        self._create_entry("Secret", ["|", *domain], user=self.anna)
        lead = self._create_leads(1)
        rule = self.rule.with_user(self.user_sales_manager)
        [answer] = Explanation(rule, lead.with_env(rule.env)).run()
        self.assertEqual(answer["verdict"], TAKES)
        self.assertFalse(rule.warning)
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.anna)
