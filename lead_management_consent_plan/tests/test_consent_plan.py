from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.lead_management.tests import words
from odoo.addons.lead_management_consent.tests.common import ConsentCase
from odoo.addons.lead_management_plan.tests.common import WEDNESDAY, PlanCase

from ..hooks import uninstall_hook


@tagged("post_install", "-at_install", "lead_consent", "lead_plan")
class TestConsentPlan(ConsentCase, PlanCase):
    """Who gets the emails of a plan that are for a purpose."""

    def test_only_who_has_agreed_gets_the_email(self):
        self.plan.template_ids[1].consent_purpose_id = self.news
        self._agree("jane@test.example.com")
        self._agree("no@test.example.com")._withdraw(how="link")
        withdrawn, unasked = (
            self._create_lead(
                self.user_sales_salesman, email_from=f"{name}@test.example.com"
            )
            for name in ("no", "never")
        )
        leads = self.lead_own + withdrawn + unasked
        runs = self._start(leads)
        self._do("2024-07-01 12:00:00", leads)
        self._run_cron("2024-07-03 06:00:00")
        reasons = {run.lead_id: run.step_ids[1].skip_reason for run in runs}
        self.assertEqual(
            reasons,
            {self.lead_own: False, withdrawn: "no_consent", unasked: "no_consent"},
        )
        self.assertFalse(self._get_mails(withdrawn + unasked))

    def test_to_unsubscribe_is_to_withdraw(self):
        self.plan.template_ids[1].consent_purpose_id = self.news
        self._agree("jane@test.example.com")
        self._come_to_the_mail()
        self._run_cron(WEDNESDAY)
        self.assertIn("/lead/consent/withdraw/", self._get_mails().headers)

    def test_links_of_many_emails_are_made_with_one_search(self):
        self.plan.template_ids[1].consent_purpose_id = self.news
        leads = self.lead_own
        for number in range(3):
            leads |= self._create_lead(
                self.user_sales_salesman, email_from=f"j{number}@test.example.com"
            )
        for lead in leads[1:]:
            self._agree(lead.email_normalized)
        self._come_to_the_mail(leads)
        states = self.env.registry["crm.lead.consent.state"]
        with patch.object(
            states, "search", autospec=True, side_effect=states.search
        ) as search:
            self._run_cron(WEDNESDAY)
        asked = [call for call in search.call_args_list if "purpose_id" in str(call)]
        links = {
            lead: mail.headers.count("/lead/consent/withdraw/")
            for lead in leads
            for mail in self._get_mails(lead)
        }
        self.assertEqual(links, dict.fromkeys(leads[1:], 1))
        self.assertEqual(len(asked), 1)

    def test_the_address_that_it_goes_to_has_to_agree(self):
        self.plan.template_ids[1].consent_purpose_id = self.news
        self._agree("jane@test.example.com")
        self._link_contact("private@test.example.com")
        run = self._come_to_the_mail()
        self._run_cron(WEDNESDAY)
        self.assertEqual(run.step_ids[1].skip_reason, "no_consent")

    def test_a_purpose_is_kept_as_long_as_a_step_is_for_it(self):
        purpose = self.news.copy({"name": "Letters"})
        step = self.plan.template_ids[1]
        step.consent_purpose_id = purpose
        run = self._come_to_the_mail()
        step.consent_purpose_id = False
        with self.assertRaisesRegex(UserError, "Letters"):
            purpose.unlink()
        self._run_cron(WEDNESDAY)
        self.assertEqual(run.step_ids[1].skip_reason, "no_consent")

    def test_without_consents_nobody_gets_what_asks_for_one(self):
        self.plan.template_ids[1].consent_purpose_id = self.news
        run = self._come_to_the_mail()
        uninstall_hook(self.env)
        self.assertEqual(len(self.plan.template_ids), 3)
        self._run_cron(WEDNESDAY)
        self.assertFalse(self._get_mails())
        self.assertEqual(run.step_ids[1].skip_reason, "no_template")


@tagged("post_install", "-at_install", "lead_words")
class TestConsentPlanWords(words.WordsCase):
    pass
