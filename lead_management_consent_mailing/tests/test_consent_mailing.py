from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.lead_management_consent.tests.common import ConsentCase


@tagged("post_install", "-at_install", "lead_consent")
class TestConsentMailing(ConsentCase):
    """Who gets a mailing for a purpose."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marketer = new_test_user(
            cls.env,
            "consent_marketer",
            "base.group_user,base.group_partner_manager"
            ",mass_mailing.group_mass_mailing_user"
            ",sales_team.group_sale_salesman_all_leads",
        )
        cls.people = ("agreed", "asked", "withdrawn", "nobody")

    def setUp(self):
        super().setUp()
        self._agree("agreed@example.com")
        self.states._request(self.news, {"asked@example.com": False})
        self._agree("withdrawn@example.com")._withdraw(how="link")

    def _create_recipients(self, model):
        field = "email_from" if model == "crm.lead" else "email"
        return self.env[model].create(
            [{"name": name, field: f"{name}@example.com"} for name in self.people]
        )

    def _create_mailing(self, records, **values):
        mailings = self.env["mailing.mailing"].with_user(self.marketer)
        return mailings.create(
            {
                "subject": "Spring news",
                "body_html": '<p>Hello</p><a href="/unsubscribe_from_list">Bye</a>',
                "mailing_model_id": self.env["ir.model"]._get_id(records._name),
                "mailing_domain": [("id", "in", records.ids)],
                "email_from": "news@example.com",
                "consent_purpose_id": self.news.id,
                **values,
            }
        )

    def _get_outcomes(self, mailing, records):
        traces = self.env["mailing.trace"].search(
            [("mass_mailing_id", "=", mailing.id)]
        )
        self.assertEqual(len(traces), len(records))
        return {
            records.browse(trace.res_id).name: (
                trace.trace_status == "cancel" and trace.failure_type
            )
            for trace in traces
        }

    def test_only_who_has_agreed_gets_it(self):
        for model in ("crm.lead", "res.partner"):
            with self.subTest(model=model):
                records = self._create_recipients(model)
                mailing = self._create_mailing(records)
                with self.mock_mail_gateway():
                    mailing.action_send_mail()
                outcomes = self._get_outcomes(mailing, records)
                expected = dict.fromkeys(self.people, "mail_no_consent")
                self.assertEqual(outcomes, {**expected, "agreed": False})
                sent = [mail["email_to"] for mail in self._mails]
                self.assertEqual(len(sent), 1)
                self.assertIn("agreed@example.com", sent[0][0])

    def test_without_a_purpose_everybody_gets_it(self):
        records = self._create_recipients("crm.lead")
        mailing = self._create_mailing(records, consent_purpose_id=False)
        with self.mock_mail_gateway():
            mailing.action_send_mail()
        outcomes = self._get_outcomes(mailing, records)
        self.assertEqual(outcomes, dict.fromkeys(self.people, False))
        header = self._mails[0]["headers"]["List-Unsubscribe"]
        self.assertNotIn("/lead/consent/", header)

    def test_a_purpose_without_confirmation_takes_a_checked_box(self):
        self._check_boxes(self.calls_box, email="nobody@example.com")
        records = self._create_recipients("res.partner")
        mailing = self._create_mailing(records, consent_purpose_id=self.calls.id)
        with self.mock_mail_gateway():
            mailing.action_send_mail()
        outcomes = self._get_outcomes(mailing, records)
        self.assertEqual(
            [name for name, failure in outcomes.items() if not failure], ["nobody"]
        )

    def test_the_blacklist_still_counts(self):
        self.env["mail.blacklist"]._add("agreed@example.com")
        records = self._create_recipients("crm.lead")
        mailing = self._create_mailing(records)
        with self.mock_mail_gateway():
            mailing.action_send_mail()
        self.assertEqual(self._get_outcomes(mailing, records)["agreed"], "mail_bl")
        self.assertFalse(self._mails)

    def test_to_unsubscribe_is_to_withdraw(self):
        records = self._create_recipients("crm.lead")
        mailing = self._create_mailing(records)
        with self.mock_mail_gateway():
            mailing.action_send_mail()
        mail = self._mails[0]
        state = self._get_state(email="agreed@example.com")
        for text in (mail["headers"]["List-Unsubscribe"], mail["body"]):
            token = text.partition("/lead/consent/withdraw/")[2]
            token = token.partition(">")[0].partition('"')[0]
            self.assertEqual(self.states._find_to_withdraw(token), state)

    def test_a_purpose_of_a_mailing_is_not_deleted(self):
        purpose = self.news.copy()
        self._create_mailing(
            self._create_recipients("crm.lead"), consent_purpose_id=purpose.id
        )
        with self.assertRaisesRegex(UserError, "can't be deleted"):
            purpose.unlink()

    def test_what_is_withdrawn_meanwhile_counts(self):
        records = self._create_recipients("crm.lead")
        mailing = self._create_mailing(records)
        self._get_state(email="agreed@example.com")._withdraw(how="link")
        with self.mock_mail_gateway():
            mailing.action_send_mail()
        self.assertFalse(self._mails)
