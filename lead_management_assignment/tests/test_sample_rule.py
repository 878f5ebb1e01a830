from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from odoo.addons.lead_management.tests.at_once import AtOnceCase

from .test_assignment_rule import TestAssignmentCommon


@tagged("post_install", "-at_install", "lead_assignment")
class TestSampleRule(TestAssignmentCommon):
    """A rule to look at, one click away and one click gone."""

    def _add_sample(self):
        action = self.env["crm.lead.assignment.rule"].action_add_sample()
        return self.env["crm.lead.assignment.rule"].browse(action["res_id"])

    def _is_step_done(self):
        steps = self.env["crm.lead"]._get_setup_steps()
        return next(step.is_done for step in steps if step.name == "assignment_rule")

    @users("user_sales_manager")
    def test_a_sample_assigns_nothing_and_goes_without_a_trace(self):
        rules = self.env["crm.lead.assignment.rule"].with_context(active_test=False)
        entries = self.env["crm.lead.assignment.rule.entry"]
        before = rules.search([]), entries.search([])
        sample = self._add_sample()
        self.assertTrue(sample.is_sample)
        self.assertFalse(sample.active)
        self.assertGreater(len(sample.entry_ids), 2)
        self.assertFalse(sample.entry_ids.filtered("problem"))
        self.assertEqual(self._add_sample(), sample)
        sample.action_remove_sample()
        self.assertEqual((rules.search([]), entries.search([])), before)

    @users("user_sales_manager")
    def test_a_sample_that_is_used_is_a_rule_like_others(self):
        self.rule.active = False
        self.assertFalse(self._is_step_done())
        sample = self._add_sample()
        sample.active = True
        self.assertFalse(sample.is_sample)
        self.assertTrue(self._is_step_done())
        with self.assertRaisesRegex(UserError, "no sample any more"):
            sample.action_remove_sample()
        self.assertTrue(sample.exists())

    @users("user_sales_salesman")
    def test_salespeople_add_none(self):
        with self.assertRaises(AccessError):
            self._add_sample()


@tagged("post_install", "-at_install", "lead_assignment")
class TestSampleAtOnce(AtOnceCase):
    """Two quick clicks."""

    def _delete_all(self):
        with self.environment() as env:
            env["crm.lead.assignment.rule"]._find_sample().unlink()

    def test_they_make_one_sample(self):
        def add(env):
            return env["crm.lead.assignment.rule"].action_add_sample()["res_id"]

        results, refusals = self.do_at_once(add, add)
        self.assertFalse(refusals)
        self.assertEqual(len(results), 2)
        self.assertEqual(len(set(results)), 1)
