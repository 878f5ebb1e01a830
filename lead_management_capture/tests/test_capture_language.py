from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from .test_capture_post import HOSTED, TestCapturePostCommon
from .test_capture_submission import ANSWERS

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureLanguage(TestCapturePostCommon):
    """A form in two languages, from its labels to the thank-you."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.german = cls.env["res.lang"]._activate_lang("de_DE")
        house = cls.env["ir.module.module"].search(
            [("name", "=like", "lead_management%"), ("state", "=", "installed")]
        )
        house._update_translations(["de_DE"])
        english = cls.env.ref("base.lang_en")
        cls.form.write(
            {
                "lang_ids": [Command.set((english | cls.german).ids)],
                "return_url": False,
                "title": "Talk to us",
                "thank_you": "We will call.",
                "field_ids": [Command.create({"key": "industry"})],
                "consent_ids": [
                    Command.create({"name": "News", "text": "Write to me"})
                ],
            }
        )
        in_german = cls.form.with_context(lang="de_DE")
        in_german.write({"title": "Sprechen Sie uns an", "thank_you": "Wir rufen an."})
        in_german.consent_ids.text = "Schreiben Sie mir"

    def _read(self, response):
        page = html.fromstring(response.content)
        return page, " ".join(page.text_content().split())

    def test_the_page_is_in_the_language_of_the_browser(self):
        url = f"/lead/form/{self.form.token}"
        page, text = self._read(self.url_open(url, headers=GERMAN))
        self.assertEqual(page.get("lang"), "de-DE")
        for shown in ("Sprechen Sie uns an", "Vorname", "Bitte wählen", "Schreiben"):
            self.assertIn(shown, text)
        self.assertEqual(page.forms[0].fields["lang"], "de_DE")
        page, text = self._read(self.url_open(url, headers={"Accept-Language": "ja"}))
        self.assertEqual(page.get("lang"), "en-US")
        self.assertIn("First name", text)

    def test_what_is_wrong_is_said_in_the_language_of_the_page(self):
        values = {**ANSWERS, **HOSTED, "last_name": "", "lang": "de_DE"}
        page, text = self._read(self._post(values, headers={"Accept-Language": "en"}))
        self.assertEqual(page.get("lang"), "de-DE")
        self.assertIn("Bitte prüfen Sie diese Felder:", text)
        self.assertIn("Bitte füllen Sie dieses Feld aus.", text)

    def test_thanks_are_in_the_language_of_the_page(self):
        page, text = self._read(self._post({**ANSWERS, "lang": "de_DE"}))
        self.assertEqual(page.get("lang"), "de-DE")
        self.assertIn("Wir rufen an.", text)
        self.form.thank_you = False
        page, text = self._read(self._post({**ANSWERS, "lang": "de_DE"}))
        self.assertIn("Vielen Dank", text)
        self._process()
        self.assertEqual(self._get_all().lead_id.lang_id, self.german)

    def test_consents_are_kept_as_the_visitor_read_them(self):
        name = self.form.consent_ids.input_name
        self._post({**ANSWERS, "lang": "de_DE", name: "yes"})
        self._process()
        self.assertEqual(self._get_all().lead_id.consent_ids.text, "Schreiben Sie mir")

    def test_other_languages_than_those_of_the_form_are_not_used(self):
        page, text = self._read(self._post({**ANSWERS, "lang": "fr_FR"}))
        self.assertEqual(page.get("lang"), "en-US")
        self.assertIn("We will call.", text)
        self.assertEqual(self._get_all().lang, "en_US")
