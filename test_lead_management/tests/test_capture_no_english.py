from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.lead_management_capture.tests.test_capture_post import (
    TestCapturePostCommon,
)
from odoo.addons.lead_management_capture.tests.test_capture_submission import ANSWERS


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureNoEnglish(TestCapturePostCommon):
    """A database in which nobody speaks English."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["res.lang"]._activate_lang("de_DE")
        cls.form.return_url = False
        cls.form.consent_ids = [Command.create({"name": "News", "text": "Write me"})]
        cls.env.flush_all()
        # As in a database that was made so: Odoo refuses while somebody uses it.
        cls.env.cr.execute("UPDATE res_partner SET lang = 'fr_FR'")
        cls.env.cr.execute("UPDATE res_lang SET active = code IN ('fr_FR', 'de_DE')")
        cls.env.cr.execute(
            "UPDATE res_partner SET lang = NULL WHERE id = %s",
            [cls.form.company_id.partner_id.id],
        )
        cls.env.invalidate_all()
        cls.registry.clear_cache("stable")
        cls.addClassCleanup(cls.registry.clear_cache, "stable")

    def _read(self, response):
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.content)

    def test_the_page_is_in_an_active_language(self):
        path = f"/lead/form/{self.form.token}"
        for query in ("", "?lang=en_US", "?lang=xx"):
            for accepted in ("en", "de", "*", ""):
                headers = {"Accept-Language": accepted}
                page = self._read(self.url_open(path + query, headers=headers))
                self.assertIn(page.get("lang"), ("fr-FR", "de-DE"))
                self.assertIn(page.forms[0].fields["lang"], ("fr_FR", "de_DE"))

    def test_the_preview_and_the_html_are_shown(self):
        for lang in ("fr_FR", "en_US", None):
            form = self.form.with_user(self.user_sales_manager).with_context(lang=lang)
            form.invalidate_recordset()
            self.assertIn("<form", form.preview)
            code = self.env["crm.lead.capture.code"].create({"form_id": form.id})
            self.assertIn("<form", code.with_env(form.env).fragment)

    def test_a_language_of_the_form_that_is_not_active_any_more(self):
        languages = self.env["res.lang"].with_context(active_test=False)
        english = languages.search([("code", "=", "en_US")])
        german = languages.search([("code", "=", "de_DE")])
        self.form.lang_ids = [Command.set((english | german).ids)]
        page = self._read(self.url_open(f"/lead/form/{self.form.token}?lang=en_US"))
        self.assertEqual(page.get("lang"), "de-DE")

    def test_a_post_is_answered_and_becomes_a_lead(self):
        consent = self.form.consent_ids.input_name
        for number, lang in enumerate(("fr_FR", "en_US", "", "xx")):
            page = self._read(
                self._post(
                    {
                        **ANSWERS,
                        "last_name": f"No {number}",
                        "lang": lang,
                        consent: "yes",
                    }
                )
            )
            self.assertIn(page.get("lang"), ("fr-FR", "de-DE"))
        self.assertEqual(self._post({"last_name": "x" * 300}).status_code, 422)
        self.assertEqual(self._post(b"\xff").status_code, 415)
        self._process()
        self.assertEqual(set(self._get_all().mapped("state")), {"lead"})

    def test_countries_are_known_by_their_english_names(self):
        countries = self.env["res.country"]
        self.assertEqual(countries._find_named_code("Germany"), "DE")
        self.assertEqual(countries._find_named_code("DE"), "DE")

    def test_a_file_is_imported(self):
        wizard = self.env["base_import.import"].create(
            {
                "res_model": "crm.lead",
                "file": b"name,country_id\nA,Germany\nB,DE",
                "file_name": "leads.csv",
                "file_type": "text/csv",
            }
        )
        columns = ["name", "country_id"]
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        result = wizard.with_context(lang="fr_FR").execute_import(
            columns, columns, options
        )
        self.assertEqual(result["messages"], [])
        leads = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(leads.country_id.mapped("code"), ["DE"])
