import datetime

from odoo.fields import Command
from odoo.tests import tagged

from ..tools import capture_fields
from .test_capture_submission import ANSWERS, TestCaptureSubmissionCommon


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureMeaning(TestCaptureSubmissionCommon):
    """What visitors type becomes what they mean, or a note on the lead."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("de_DE")
        missing = set(capture_fields.FIELDS) - set(cls.form.field_ids.mapped("key"))
        cls.form.write(
            {
                "rate_limit": 0,
                "field_ids": [Command.create({"key": key}) for key in sorted(missing)],
                "lang_ids": [
                    Command.link(cls.env["res.lang"]._get_data(code=code).id)
                    for code in ("en_US", "de_DE")
                ],
            }
        )

    def _make_lead(self, lang="en_US", **inputs):
        open_form = self.form._get_open_form(self.form.token)
        before = self.submissions.search([], limit=1).id or 0
        inputs = {"last_name": "Doe", "email": "jane@example.com", **inputs}
        receipt = self.submissions._receive(open_form, inputs, "192.0.2.1", lang)
        self.assertFalse(receipt.errors)
        self.submission = self.submissions.search([("id", ">", before)])
        self._process()
        self.assertEqual(self.submission.state, "lead", self.submission.error)
        return self.submission.lead_id

    def test_numbers_are_read_in_the_language_of_the_form(self):
        lead = self._make_lead("de_DE", budget="25.000", employees="1.000")
        self.assertEqual((lead.expected_revenue, lead.employee_count), (25000, 1000))
        self.assertFalse(lead.description)
        self.assertFalse(self.submission.noted)

    def test_what_may_mean_two_things_is_a_note(self):
        lead = self._make_lead(budget="25.000", employees="50-100", website="n/a")
        self.assertFalse(lead.expected_revenue or lead.employee_count or lead.website)
        for line in (
            "Budget: 25.000",
            "Number of employees: 50-100",
            "Website: n/a",
        ):
            self.assertIn(line, lead.description)
        self.assertEqual(set(self.submission.noted), {"budget", "employees", "website"})
        self.assertIn("lead's notes", self.submission.answers_html)

    def test_a_number_with_a_remark_is_both(self):
        lead = self._make_lead(phone="+49 30 123456 (Büro)", budget="about 5k")
        self.assertEqual(lead.phone, "+49 30 123456")
        self.assertEqual(lead.expected_revenue, 5000)
        self.assertIn("Phone: +49 30 123456 (Büro)", lead.description)
        self.assertIn("Budget: about 5k", lead.description)

    def test_a_name_beside_an_address_is_no_note(self):
        lead = self._make_lead(first_name="Jane", email="Jane Doe <jane@x.de>")
        self.assertEqual(lead.email_from, "jane@x.de")
        self.assertEqual(self.submission.email_normalized, "jane@x.de")
        self.assertFalse(lead.description)

    def test_a_name_beside_an_address_fills_in_for_one(self):
        lead = self._make_lead(last_name="Doe, Jane")
        self.assertEqual(lead.contact_name, "Jane Doe")
        self.form.field_ids.required = False
        lead = self._make_lead(last_name="", email='"Roe, Rick" <rick@x.de>')
        self.assertEqual(
            (lead.contact_name, lead.email_from), ("Rick Roe", "rick@x.de")
        )

    def test_dates(self):
        for lang, text in (
            ("en_US", "1/31/27"),
            ("de_DE", "31.01.2027"),
            ("de_DE", "31. Januar 2027"),
        ):
            lead = self._make_lead(lang, quote_deadline=text)
            self.assertEqual(lead.quote_deadline, datetime.date(2027, 1, 31))

    def test_countries_and_states_by_what_people_call_them(self):
        for country, code in (
            *(("UK", "GB"), ("USA", "US"), ("Deutschland", "DE"), ("Holland", "NL")),
            *(("Allemagne", "DE"), ("Estados Unidos", "US"), ("Großbritannien", "GB")),
            *(
                ("The Netherlands", "NL"),
                ("SUISSE", "CH"),
                ("日本", "JP"),
                ("fr", "FR"),
            ),
            *(
                ("Österreich", "AT"),
                ("U.S.A.", "US"),
                ("Россия", "RU"),
                ("EE. UU.", "US"),
            ),
            *(("Oesterreich", "AT"), ("DEU", "DE"), ("Schweiz / Suisse", "CH")),
            *(("United States (USA)", "US"), ("Great Britain", "GB")),
            *(("DE – Germany", "DE"), ("US of A", "US"), ("Dubai", "AE")),
        ):
            with self.subTest(country):
                lead = self._make_lead(country=country)
                self.assertEqual(lead.country_id.code, code)
                self.assertFalse(lead.description)
        for country, state, code in (
            ("US", "California", "CA"),
            ("US", "ca", "CA"),
            ("USA", "State of New York", "NY"),
            ("", "Texas", "TX"),
            ("Italia", "Provincia di Torino", "TO"),
        ):
            with self.subTest(state):
                lead = self._make_lead(country=country, state=state)
                self.assertEqual(lead.state_id.code, code)
                self.assertEqual(lead.country_id, lead.state_id.country_id)
        lead = self._make_lead(country="Berlin, Germany", state="Nowhere")
        self.assertEqual(lead.country_id.code, "DE")
        self.assertIn("Country: Berlin, Germany", lead.description)
        self.assertIn("State or region: Nowhere", lead.description)

    def test_states_by_other_names_and_with_codes_of_their_country(self):
        germany = self.env.ref("base.de")
        bavaria = germany.state_ids.filtered(lambda s: s.name == "Bayern")
        bavaria = bavaria or self.env["res.country.state"].create(
            {"name": "Bayern", "code": "DE-BY", "country_id": germany.id}
        )
        for text in ("Bavaria", "bayern", "BY", "Freistaat Bayern", "DE-BY"):
            with self.subTest(text):
                lead = self._make_lead(country="DE", state=text)
                self.assertEqual(lead.state_id, bavaria[0])

    def test_places_in_short_and_misspelled(self):
        usa = self.env.ref("base.us")
        for text, code in (("Calif.", "CA"), ("Fla.", "FL"), ("Pensylvania", "PA")):
            with self.subTest(text):
                lead = self._make_lead(country="US", state=text)
                self.assertEqual(
                    (lead.state_id.country_id, lead.state_id.code), (usa, code)
                )
                self.assertFalse(lead.description)
        lead = self._make_lead(country="US", state="Miss.")  # or Missouri
        self.assertFalse(lead.state_id)
        for text, code in (("Czech Rep.", "CZ"), ("Rep. of Korea", "KR")):
            self.assertEqual(self._make_lead(country=text).country_id.code, code)
        lead = self._make_lead(country="Switzerlnad")
        self.assertEqual(lead.country_id.code, "CH")
        self.assertIn("Country: Switzerlnad", lead.description)

    def test_an_address_behind_a_name_is_no_part_of_it(self):
        lead = self._make_lead(last_name="Jane Doe <jane@example.com>")
        self.assertEqual(lead.contact_name, "Jane Doe")
        self.assertFalse(lead.description)
        lead = self._make_lead(first_name="Jane", last_name="Doe jd@x.de")
        self.assertEqual(lead.contact_name, "Jane Doe")
        self.assertIn("Last name: Doe jd@x.de", lead.description)

    def test_an_option_by_its_name(self):
        industry = self.env["res.partner.industry"].create({"name": "Space"})
        lead = self._make_lead(industry="space")
        self.assertEqual(lead.industry_id, industry)
        lead = self._make_lead(industry="Rockets")
        self.assertIn("Industry: Rockets", lead.description)

    def test_a_mobile_phone_fills_in_for_a_phone(self):
        lead = self._make_lead(mobile="+49 170 1234567", salutation="Ms.")
        self.assertEqual(lead.phone, "+49 170 1234567")
        self.assertEqual(lead.description, "<p>Salutation: Ms.</p>")
        self.assertFalse(self.submission.noted)
        lead = self._make_lead(mobile="+49 170 1234567", phone="030 123456")
        self.assertEqual(lead.phone, "030 123456")
        self.assertIn("Mobile phone: +49 170 1234567", lead.description)

    def test_only_what_is_required_stops_a_form(self):
        self.form.field_ids.filtered(lambda field: field.key == "phone").required = True
        sent = self._send(
            {**ANSWERS, "phone": "call me", "employees": "many", "country": "Narnia"}
        )
        self.assertEqual(sent.errors, {"phone": "invalid"})
        self.assertEqual(self._send(email="jane@").errors, {"email": "invalid"})

    def test_consents_are_part_of_what_was_sent(self):
        self.form.consent_ids = [Command.create({"name": "News", "text": "Write me"})]
        self._submit()
        self.assertFalse(self._submit())
        name = self.form.consent_ids.input_name
        submission = self._submit(**{name: "yes"})
        self.assertEqual(submission.consents[0]["name"], "News")

    def test_a_clean_post_frees_its_twin(self):
        suspicious = self._submit(**{capture_fields.HONEYPOT: "filled by the browser"})
        self.assertEqual(suspicious.state, "quarantine")
        self.assertFalse(self._submit())
        self.assertEqual(suspicious.state, "new")
        self.assertFalse(suspicious.reason)
        self._process()
        self.assertTrue(suspicious.lead_id)
