from lxml import etree, html

from odoo.fields import Command
from odoo.tests import HttpCase, tagged, users

from odoo.addons.lead_management.tests.test_lead_conversion import ConversionCase
from odoo.addons.lead_management_capture.tests.test_capture_post import (
    HOSTED,
    TestCapturePostCommon,
)
from odoo.addons.lead_management_capture.tests.test_capture_submission import ANSWERS
from odoo.addons.lead_management_import.tests.test_import import ImportCase

TAGS = ("post_install", "-at_install", "-standard", "lead_no_english")


class NoEnglish:
    """A database in which German is the only language, and contacts have none; run by
    `./dev test --no-english`, which makes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Tests of crm's bring English and French along.
        people = cls.env["res.users"].with_context(active_test=False).search([])
        people.lang = "de_DE"
        partners = cls.env["res.partner"].with_context(active_test=False)
        partners.search([("lang", "!=", "de_DE")]).lang = False
        languages = cls.env["res.lang"]
        languages.search([("code", "!=", "de_DE")]).active = False
        languages = languages.get_installed()
        assert [code for code, _name in languages] == ["de_DE"], languages


@tagged(*TAGS)
class TestCaptureWithoutEnglish(NoEnglish, TestCapturePostCommon):
    """Web forms of a company whose contact has no language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form.company_id.partner_id.lang = False
        cls.form.return_url = False
        cls.form.consent_ids = [Command.create({"name": "Post", "text": "Schreiben"})]

    def test_the_page_opens_whatever_the_browser_speaks(self):
        for lang in ("de", "en", "ja", "*", ""):
            with self.subTest(lang):
                response = self.url_open(
                    f"/lead/form/{self.form.token}", headers={"Accept-Language": lang}
                )
                self.assertEqual(response.status_code, 200)
                page = html.fromstring(response.content)
                self.assertEqual(page.get("lang"), "de-DE")
                self.assertEqual(page.forms[0].fields["lang"], "de_DE")

    def test_what_is_sent_becomes_a_lead(self):
        for number, lang in enumerate(("de_DE", "en_US", "fr_FR", None)):
            values = {**ANSWERS, "email": f"jane{number}@example.com"}
            values |= {"lang": lang} if lang else {}
            with self.subTest(lang):
                response = self._post({**values, **HOSTED})
                self.assertEqual(response.status_code, 200)
                self._process()
                submission = self._get_all()[-1]
                self.assertEqual(submission.state, "lead")
                self.assertEqual(submission.lang, "de_DE")
                self.assertEqual(submission.lead_id.contact_name, "Jane Doe")

    def test_mistakes_are_said(self):
        response = self._post({**ANSWERS, **HOSTED, "last_name": "", "lang": "en_US"})
        self.assertEqual(response.status_code, 422)
        self.assertEqual(html.fromstring(response.content).get("lang"), "de-DE")

    @users("user_sales_manager")
    def test_preview_and_code_are_shown(self):
        form = self.form.with_user(self.env.user)
        for lang in (None, "de_DE"):
            with self.subTest(lang):
                form = form.with_context(lang=lang)
                self.assertIn("<form", str(form.preview))
                self.assertIn("<form", form._render_html())
        code = self.env["crm.lead.capture.code"].create({"form_id": form.id})
        self.assertIn("<form", code.fragment)


@tagged(*TAGS)
class TestConversionWithoutEnglish(NoEnglish, ConversionCase):
    @users("user_sales_salesman")
    def test_leads_are_converted_and_put_back(self):
        for target in ("account", "opportunity"):
            with self.subTest(target):
                account, contact, _opportunity, conversion = self._convert(
                    target=target
                )
                self.assertEqual(account.name, "Acme Toys")
                self.assertEqual(contact.name, "Jane Doe")
                conversion.action_undo()
                self.assertEqual(self.lead.type, "lead")
                self.assertFalse((account | contact).exists())

    @users("user_sales_salesman")
    def test_account_without_a_language_takes_a_lead(self):
        self.account.lang = self.contact.lang = False
        account, contact, *_others = self._convert(
            account_id=self.account.id, contact_id=self.contact.id
        )
        self.assertEqual((account, contact), (self.account, self.contact))

    @users("user_sales_manager")
    def test_views_and_numbers_of_the_home_page_are_there(self):
        leads = self.env["crm.lead"].with_context(lang="de_DE")
        for view_type in ("form", "list", "kanban", "search"):
            arch = etree.fromstring(leads.get_view(view_type=view_type)["arch"])
            self.assertTrue(len(arch))
        self.assertTrue(leads.get_lead_home())

    @users("user_sales_manager")
    def test_records_of_the_addon_have_names_in_german(self):
        german = self.env["crm.lead.status"].with_context(lang="de_DE")
        names = set(german.search([]).mapped("name"))
        self.assertTrue({"Neu", "Konvertiert"} & names, names)


@tagged(*TAGS)
class TestImportWithoutEnglish(NoEnglish, ImportCase):
    def test_countries_are_known_by_their_names_and_codes(self):
        leads = self._import_leads(
            [
                ["partner_name", "country_id"],
                ["Eins", "Deutschland"],
                ["Zwei", "DE"],
                ["Drei", "Germany"],
            ]
        )
        self.assertEqual(leads.country_id.code, "DE")
        self.assertEqual(len(leads.filtered("country_id")), 3)


@tagged(*TAGS)
class TestPagesWithoutEnglish(NoEnglish, HttpCase):
    def test_people_log_in_and_open_their_leads(self):
        self.authenticate("admin", "admin")
        response = self.url_open("/odoo/crm")
        self.assertEqual(response.status_code, 200)
        self.assertIn("<html", response.text)
