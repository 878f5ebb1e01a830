from odoo.tests import HttpCase, tagged

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon
from odoo.addons.lead_management_capture.tests.test_capture_submission import (
    TestCaptureSubmissionCommon,
)


class WhyOfOthersCase:
    def get_why(self, record, user=None):
        self.env.flush_all()
        found = record.with_user(user or self.user_sales_manager).get_why()
        return {one["kind"]: one for one in found}


@tagged("post_install", "-at_install", "lead_why")
class TestWhyOfSubmissions(WhyOfOthersCase, TestCaptureSubmissionCommon):
    """What became of what a visitor sent, for whoever looks after the form."""

    def test_lead_tells_its_number_and_who_got_it(self):
        self.form.write({"use_assignment_rules": True})
        self.env["crm.lead.assignment.rule"].search([]).active = False
        self.form.company_id.lead_default_owner_id = self.user_sales_salesman
        submission = self._submit()
        self._process()
        why = self.get_why(submission)
        self.assertIn("number 1 of the day", why["outcome"]["then"]["text"])
        self.assertEqual(why["outcome"]["then"]["rule"]["name"], self.form.name)
        self.assertEqual(why["outcome"]["value"], "Lead")
        self.assertFalse(why["outcome"]["then"]["changed"])
        self.assertNotIn("quarantine", why)
        self.assertEqual(why["owner"]["value"], "Sam Salesman")

    def test_waiting_tells_the_limit(self):
        self.form.daily_limit = 1
        one, two = self._submit(), self._submit(email="otto@example.com")
        self._process()
        self.assertEqual((one | two).mapped("state"), ["lead", "waiting"])
        told = self.get_why(two)["outcome"]["then"]["text"]
        self.assertIn("daily limit of the form, 1,", told)

    def test_quarantine_tells_why_and_is_kept_after_the_release(self):
        self.form.rate_limit = 1
        self._submit()
        submission = self._submit(email="robot@example.com")
        self.assertEqual(submission.state, "quarantine")
        told = self.get_why(submission)["quarantine"]["then"]["text"]
        self.assertIn("from one address: more than 1 within an hour", told)
        submission.with_user(self.user_sales_manager).action_release()
        self._process()
        why = self.get_why(submission)
        self.assertEqual(why["quarantine"]["then"]["text"], told)
        self.assertEqual(why["outcome"]["value"], "Lead")

    def test_added_one_tells_to_which_lead_and_why(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("lead_management.open_lead_visitor", "add")
        lead = self._create_lead(
            self.user_sales_salesman,
            contact_first_name="Jane",
            contact_last_name="Doe",
            email_from="jane@example.com",
            company_id=self.form.company_id.id,
        )
        submission = self._submit(email="jane@example.com")
        self._process()
        self.assertEqual(submission.lead_id, lead)
        why = self.get_why(submission)
        self.assertIn(lead.display_name, why["outcome"]["then"]["text"])
        self.assertIn("same email", why["duplicate"]["then"]["text"])
        own = self.get_why(lead, self.user_sales_salesman)
        self.assertIn("web form", own["duplicate"]["then"]["text"])

    def test_reasons_go_with_the_submission(self):
        submission = self._submit()
        self._process()
        self.get_why(submission)
        decisions = self.env["crm.lead.decision"]
        domain = decisions._get_domain_of(submission)
        self.assertTrue(decisions.search(domain))
        self.assertTrue(decisions.with_user(self.user_sales_manager).search(domain))
        self.assertFalse(decisions.with_user(self.user_sales_salesman).search(domain))
        kept = decisions.search(domain)
        self.assertNotIn("jane", str(kept.mapped("facts")).lower())
        submission.unlink()
        self.assertFalse(kept.exists())

    def test_form_has_the_button(self):
        submissions = self.env["crm.lead.capture.submission"]
        arch = submissions.with_user(self.user_sales_manager).get_view(
            view_type="form"
        )["arch"]
        self.assertEqual(arch.count('name="action_why"'), 1)


@tagged("post_install", "-at_install", "lead_tours")
class TestWhyOfSubmissionsTour(TestCaptureSubmissionCommon, HttpCase):
    def test_manager_asks_why_a_submission_is_in_quarantine(self):
        self.user_sales_manager.password = "user_sales_manager"
        self.form.rate_limit = 1
        self._submit()
        submission = self._submit(email="robot@example.com")
        self.env.flush_all()
        action = "lead_management_capture.crm_lead_capture_submission_action"
        self.start_tour(
            f"/odoo/action-{action}/{submission.id}",
            "submission_why",
            login="user_sales_manager",
        )


@tagged("post_install", "-at_install", "lead_why")
class TestWhyOfAccounts(WhyOfOthersCase, TestLeadManagementCommon):
    """How an account is found, and what was decided about it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one, cls.two = cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "website": "https://zephyrtronic.example.com",
                }
                for name in ("Zephyrtronic Ltd", "Zephyrtronic Holding")
            ]
        )

    def test_tells_by_what_it_is_found(self):
        told = self.get_why(self.one, self.user_sales_salesman)["match"]
        self.assertFalse(told["then"])
        self.assertIn("name: zephyrtronic", told["again"]["text"])
        self.assertIn("website: zephyrtronic.example.com", told["again"]["text"])

    def test_tells_of_duplicates_and_of_what_is_none(self):
        groups = self.env["crm.account.duplicate"]
        groups._refresh()
        told = self.get_why(self.one)["duplicate"]["again"]["text"]
        self.assertIn("Zephyrtronic Holding: same website", told)
        groups.search([("account_ids", "in", self.one.ids)]).action_dismiss()
        for account, other in ((self.one, self.two), (self.two, self.one)):
            told = self.get_why(account)["duplicate"]["again"]["text"]
            self.assertIn(f"{other.name}: not the same company", told)

    def test_tells_of_merges(self):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard.with_user(self.env.ref("base.user_admin")).create({})._merge(
            (self.one | self.two).ids, self.one
        )
        self.env.invalidate_all()
        why = self.get_why(self.one)
        self.assertIn("Zephyrtronic Holding, by", why["merge"]["again"]["text"])
        self.assertIn("Zephyrtronic Holding", why["names"]["again"]["text"])

    def test_tells_of_learned_names(self):
        lead = self._create_lead(self.user_sales_salesman, partner_name="Blixo")
        lead.with_user(self.user_sales_salesman).account_id = self.one
        told = self.get_why(self.one)["names"]["again"]["text"]
        self.assertIn("Also known as: “Blixo” (Lead, Sam Salesman", told)

    def test_names_of_hidden_accounts_are_not_told(self):
        self.env["crm.account.duplicate"]._refresh()
        self.env["ir.rule"].create(
            {
                "name": "Secret",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.two.id})]",
            }
        )
        self.assertNotIn("Holding", str(self.get_why(self.one)))
        self.env["crm.account.duplicate"].search(
            [("account_ids", "in", self.one.ids)]
        ).action_dismiss()
        self.env.invalidate_all()
        self.assertNotIn("duplicate", self.get_why(self.one))
