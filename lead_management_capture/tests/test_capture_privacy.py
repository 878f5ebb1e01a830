from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from odoo.addons.lead_management_assignment.tests.common_rules import archive_rules

from .test_capture_submission import ANSWERS, TestCaptureSubmissionCommon


@tagged("post_install", "-at_install", "lead_capture")
class TestCapturePrivacy(TestCaptureSubmissionCommon):
    """Finding and erasing what a person sent; two companies; assignment rules."""

    def test_privacy_lookup_finds_submissions(self):
        if "privacy.lookup.wizard" not in self.env:
            self.skipTest("Privacy Lookup is not installed")
        submission = self._submit()
        other = self._submit(
            {**ANSWERS, "email": "joe@example.com", "first_name": "Joe"}
        )
        wizard = self.env["privacy.lookup.wizard"].create(
            {"name": "Nobody At All", "email": "Jane@Example.com"}
        )
        wizard.action_lookup()
        found = wizard.line_ids.filtered(
            lambda line: line.res_model == submission._name
        )
        self.assertIn(submission.id, found.mapped("res_id"))
        self.assertNotIn(other.id, found.mapped("res_id"))

    @users("user_sales_manager")
    def test_the_wizard_erases_and_says_how_many(self):
        submission = self._submit()
        wizards = self.env["crm.lead.capture.erase"]
        action = wizards.create({"email": "JANE@example.com"}).action_erase()
        self.assertIn("erased: 1.", action["params"]["message"])
        self.assertFalse(submission.exists())
        with self.assertRaisesRegex(UserError, "not a valid email address"):
            wizards.create({"email": "jane"}).action_erase()

    @users("user_sales_manager")
    def test_the_wizard_knows_whose_submissions_were_selected(self):
        one = self._submit()
        same = self._submit({**ANSWERS, "last_name": "Same"})
        other = self._submit({**ANSWERS, "email": "joe@example.com"})
        wizards = self.env["crm.lead.capture.erase"]
        for selected, email in (
            (one | same, "jane@example.com"),
            (one | other, False),
            (one.browse(), False),
        ):
            context = {"active_model": one._name, "active_ids": selected.ids}
            found = wizards.with_context(**context).default_get(["email"])
            self.assertEqual(found.get("email") or False, email)

    @users("user_sales_salesman")
    def test_a_salesman_erases_nothing(self):
        with self.assertRaises(AccessError):
            self.env["crm.lead.capture.erase"].create({"email": "jane@example.com"})

    def test_submissions_are_seen_in_their_company_only(self):
        other = self.env["res.company"].create({"name": "Other"})
        here = self._submit()
        there = self._submit({**ANSWERS, "last_name": "There"})
        there.company_id = other
        seen = self.submissions.with_user(self.user_sales_manager)
        self.assertEqual(seen.search([("id", "in", (here + there).ids)]), here)
        with self.assertRaises(AccessError):
            there.with_user(self.user_sales_manager).read(["name"])
        self.assertEqual(seen.erase_email("jane@example.com"), 1)
        self.assertTrue(there.exists())

    def test_an_entry_of_the_rules_takes_the_lead(self):
        rules = self.env["crm.lead.assignment.rule"]
        archive_rules(self.env)
        entry = self.env["crm.lead.assignment.rule.entry"].create(
            {
                "rule_id": rules.create({"name": "Everywhere"}).id,
                "name": "Acme",
                "domain": "[('partner_name', '=', 'Acme')]",
                "target": "user",
                "user_id": self.user_sales_salesman.id,
            }
        )
        self.form.user_id = self.user_sales_manager
        taken = self._submit()
        left = self._submit({**ANSWERS, "company": "Else"})
        self._process()
        self.assertEqual(taken.lead_id.assignment_entry_id, entry)
        self.assertEqual(taken.lead_id.user_id, self.user_sales_salesman)
        self.assertEqual(left.lead_id.user_id, self.user_sales_manager)

    def test_old_submissions_are_purged(self):
        done, failed, young = (
            self._submit({**ANSWERS, "last_name": name}) for name in ("A", "B", "C")
        )
        self._process()
        failed.state = "failed"
        self._age(done | failed, days=400)
        self.submissions._gc_submissions()
        self.assertFalse(done.exists())
        self.assertTrue(failed.exists(), "What may become a lead stays")
        self.assertTrue(young.exists())
        self._age(young, days=400)
        self.env["ir.config_parameter"].set_param(
            "lead_management.capture_kept_days", 0
        )
        self.submissions._gc_submissions()
        self.assertTrue(young.exists())

    def test_a_person_is_erased_by_address(self):
        self._submit()
        self._submit({**ANSWERS, "last_name": "Again", "email": "JANE@example.com"})
        other = self._submit({**ANSWERS, "email": "joe@example.com"})
        manager = self.submissions.with_user(self.user_sales_manager)
        self.assertEqual(manager.erase_email("Jane@Example.com"), 2)
        self.assertEqual(self._get_all(), other)
        with self.assertRaises(AccessError):
            self.submissions.with_user(self.user_sales_salesman).erase_email("x@y.de")
