from odoo.tests import tagged

from odoo.addons.lead_management.tests import words
from odoo.addons.lead_management_consent.tests.common import ConsentCase
from odoo.addons.lead_management_plan.tests.common import PlanCase


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


@tagged("post_install", "-at_install", "lead_words")
class TestConsentPlanWords(words.WordsCase):
    pass
