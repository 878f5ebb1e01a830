from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_simulation import SimulationCase


@tagged("post_install", "-at_install", "lead_simulator")
class TestDraft(SimulationCase):
    """Rules are changed in a draft, and what it replaces stays as it was."""

    def test_draft_is_a_copy_that_assigns_nothing(self):
        draft = self._get_draft()
        self.assertFalse(draft.active)
        self.assertEqual(draft.display_name, "Everywhere (draft)")
        self.assertEqual(draft.entry_ids.mapped("name"), ["Bonn", "Rest"])
        self.assertEqual(draft.entry_ids.original_id, self.bonn + self.rest)
        self.assertEqual(draft.entry_ids[1].user_ids, self.bert + self.cora)
        self.assertEqual(self._get_draft(), draft, "One for all managers")
        draft.entry_ids[0].user_id = self.bert
        lead = self._create_leads(1, city="Bonn")
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.anna)

    def test_activated_draft_assigns_and_the_old_version_stays(self):
        lead = self._create_leads(1, city="Bonn")
        lead.run_assignment_rules()
        draft = self._get_draft()
        draft.entry_ids[0].user_id = self.bert
        draft.action_activate()
        self.assertTrue(draft.active)
        self.assertEqual(draft.version, 2)
        self.assertFalse(self.rule.active)
        self.assertEqual(self.rule.replaced_by_id, draft)
        self.assertEqual(draft.version_count, 1)
        self.assertEqual(lead.assignment_entry_id, self.bonn, "Of the old version")
        again = self._create_leads(1, city="Bonn")
        again.run_assignment_rules()
        self.assertEqual(again.user_id, self.bert)
        self.assertEqual(again.assignment_entry_id.rule_id, draft)

    def test_old_version_can_not_be_changed_but_used_again(self):
        draft = self._get_draft()
        draft.entry_ids[0].user_id = self.bert
        draft.action_activate()
        old = self.rule.with_user(self.manager)
        for change in (
            lambda: old.write({"active": True}),
            lambda: old.entry_ids[0].write({"user_id": self.cora.id}),
            old.entry_ids[0].unlink,
            lambda: draft.entry_ids[0].write({"rule_id": old.id}),
            lambda: old.write({"entry_ids": [(5, 0, 0)]}),
        ):
            with (
                self.assertRaisesRegex(UserError, "Everywhere.*draft of it"),
                self.env.cr.savepoint(),
            ):
                change()
        back = draft.browse(old.action_open_draft()["res_id"])
        self.assertEqual(back.draft_of_id, draft)
        self.assertEqual(back.entry_ids[0].user_id, self.anna)
        back.action_activate()
        self.assertEqual(back.version, 3)
        self.assertEqual(back.version_count, 2)
        back.action_open_versions()

    def test_draft_says_that_the_rule_was_changed_meanwhile(self):
        draft = self._get_draft()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead_assignment_rule"
            " SET create_date = create_date - INTERVAL '1 hour' WHERE id = %s",
            [draft.id],
        )
        self.env.cr.execute(
            "UPDATE crm_lead_assignment_rule_entry"
            " SET write_date = write_date - INTERVAL '2 hours';"
            "UPDATE crm_lead_assignment_rule"
            " SET write_date = write_date - INTERVAL '2 hours'"
        )
        self.env.invalidate_all()
        self.assertFalse(draft.is_outdated)
        self.bonn.name = "Bonn and around"
        self.env.flush_all()
        draft.invalidate_recordset()
        self.assertTrue(draft.is_outdated)

    def test_only_drafts_are_activated_or_tried(self):
        rule = self.rule.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "isn't a draft"):
            rule.action_activate()
        with self.assertRaisesRegex(UserError, "isn't a draft"):
            rule.action_simulate()
        draft = self._get_draft()
        with self.assertRaisesRegex(UserError, "isn't in use"):
            draft.action_open_draft()

    def test_salespeople_change_nothing(self):
        draft = self._get_draft().with_user(self.user_sales_leads)
        for action in ("action_activate", "action_simulate", "action_open_draft"):
            with self.assertRaises(AccessError):
                getattr(draft, action)()

    def test_rules_of_companies_are_replaced_each_by_their_own(self):
        company = self.env["res.company"].create({"name": "Other"})
        other = self.rule.create({"name": "Other's", "company_id": company.id})
        self._get_draft().action_activate()
        self.assertTrue(other.active)

    def _activate_draft(self):
        draft = self._get_draft()
        draft.action_activate()
        return draft

    def test_versions_of_a_deleted_rule_are_no_dead_end(self):
        second = self._activate_draft()
        third = second.browse(second.action_open_draft()["res_id"])
        third.action_activate()
        second.unlink()
        self.assertEqual(self.rule.replaced_by_id, third)
        self.assertEqual(third.version_count, 1)
        third.unlink()
        self.assertFalse(self.rule.replaced_date)
        self.rule.with_user(self.manager).active = True
        self.assertEqual(self._get_draft().draft_of_id, self.rule)

    def test_version_is_used_again_when_another_rule_has_come_into_use(self):
        second = self._activate_draft()
        second.active = False
        other = second.create({"name": "Other"})
        old = self.rule.with_user(self.manager)
        draft = old.browse(old.action_open_draft()["res_id"])
        self.assertEqual(draft.draft_of_id, other)
        self.assertEqual(draft.entry_ids.original_id, self.rule.entry_ids)
        draft.action_activate()
        self.assertEqual(other.replaced_by_id, draft)

    def test_draft_that_was_unarchived_by_hand_is_a_rule(self):
        draft = self._get_draft()
        self.rule.active = False
        draft.active = True
        self.assertFalse(draft.draft_of_id)
        copied = draft.browse(draft.action_open_draft()["res_id"])
        self.assertEqual(copied.draft_of_id, draft)
