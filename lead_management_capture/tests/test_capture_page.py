from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..tools import capture_fields
from .test_capture_form import TestCaptureFormCommon


@tagged("post_install", "-at_install", "lead_capture")
class TestCapturePage(TestCaptureFormCommon, HttpCase):
    """The form's own page, as visitors get it."""

    def _get(self, path="", **options):
        return self.url_open(f"/lead/form/{self.form.token}{path}", **options)

    def _read(self, response):
        return html.fromstring(response.content)

    def test_a_visitor_gets_the_form_and_no_cookie(self):
        response = self._get()
        self.assertEqual(response.status_code, 200)
        self.assertNotIn("Set-Cookie", response.headers)
        page = self._read(response)
        (form,) = page.forms
        self.assertEqual(form.method, "POST")
        self.assertEqual(form.action, f"/lead/capture/{self.form.token}")
        self.assertLessEqual(set(capture_fields.DEFAULT_KEYS), set(form.fields.keys()))
        self.assertEqual(form.fields["page"], "hosted")
        self.assertTrue(self.form._read_start(form.fields["started"]))
        self.assertFalse(page.xpath("//script"))

    def test_the_page_forbids_what_it_does_not_need(self):
        headers = self._get().headers
        policy = headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertIn("frame-ancestors 'none'", policy)
        self.assertIn("form-action 'self';", policy)
        self.assertEqual(headers["X-Frame-Options"], "DENY")
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Referrer-Policy"], "same-origin")
        self.assertEqual(headers["Cache-Control"], "no-store")

    def test_only_the_sites_of_the_form_may_embed_it(self):
        self.form.frame_ancestors = "www.example.com\n*.example.org"
        headers = self._get().headers
        self.assertIn(
            "frame-ancestors https://www.example.com https://*.example.org;",
            headers["Content-Security-Policy"],
        )
        self.assertNotIn("X-Frame-Options", headers)

    def test_a_closed_form_says_so(self):
        self.form.write({"active": False, "closed_text": "The fair is over."})
        closed = self._get()
        self.assertEqual(closed.status_code, 410)
        text = self._read(closed).text_content()
        self.assertIn("This form is closed", text)
        self.assertIn("The fair is over.", text)
        self.assertFalse(self._read(closed).xpath("//textarea"))
        self.assertNotIn("Set-Cookie", closed.headers)
        self.assertIn("frame-ancestors", closed.headers["Content-Security-Policy"])
        unknown = self.url_open("/lead/form/nothing")
        self.assertEqual(unknown.status_code, 404)
        self.assertNotIn(self.form.name, unknown.text)

    def test_a_closed_form_leads_elsewhere(self):
        self.form.write({"active": False, "closed_url": "https://www.example.com/x"})
        response = self._get(allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertEqual(response.headers["Location"], "https://www.example.com/x")

    def test_head_says_the_same_without_a_body(self):
        response = self._get(method="HEAD")
        self.assertEqual(response.status_code, 200)
        self.assertFalse(response.content)
        self.assertIn("Content-Security-Policy", response.headers)

    def test_where_a_visitor_came_from_is_kept(self):
        response = self._get(
            "?utm_source=news%22%3E&first_utm_source=fair&user_id=1",
            headers={"Referer": "https://www.example.com/a"},
        )
        (form,) = self._read(response).forms
        self.assertEqual(form.fields["last_utm_source"], 'news">')
        self.assertEqual(form.fields["first_utm_source"], "fair")
        self.assertEqual(form.fields["last_referrer"], "https://www.example.com/a")
        self.assertNotIn("user_id", form.fields)

    def test_what_was_typed_is_kept_with_what_is_wrong(self):
        started = self.form._sign_start()
        page = html.fromstring(
            self.form._render_page(
                values={
                    "email": '"><script>alert(1)</script>\x00',
                    "message": "  </textarea>\n  <b>x\n  ",
                    "started": started,
                },
                errors={"email": "No <i>address</i>", "": "Something is wrong."},
            )
        )
        (form,) = page.forms
        self.assertEqual(form.fields["email"], '"><script>alert(1)</script>')
        self.assertEqual(form.fields["message"], "  </textarea>\n  <b>x\n  ")
        self.assertEqual(form.fields["started"], started)
        self.assertFalse(page.xpath("//script | //i | //b"))
        (email,) = page.xpath("//input[@name='email']")
        self.assertEqual(email.get("aria-invalid"), "true")
        described = page.get_element_by_id(email.get("aria-describedby"))
        self.assertEqual(described.text, "No <i>address</i>")
        self.assertIn("Something is wrong.", page.xpath("//*[@role='alert']/p/text()"))

    # Languages

    def test_a_visitor_gets_the_form_in_the_wanted_language(self):
        french = self.env["res.lang"]._activate_lang("fr_FR")
        english = self.env["res.lang"].search([("code", "=", "en_US")])
        self.form.lang_ids = french | english
        email = self.form.field_ids.filtered(lambda field: field.key == "email")
        email.label = "Your address"
        email.with_context(lang="fr_FR").label = "Votre adresse"
        for path, accepted, label in (
            ("", "fr-CA,fr;q=0.9,en;q=0.8", "Votre adresse"),
            ("", "de,en;q=0.5", "Your address"),
            ("", "de", "Your address"),
            ("?lang=fr_FR", "en", "Votre adresse"),
            ("?lang=xx%0d%0a", "fr", "Votre adresse"),
        ):
            with self.subTest(path=path, accepted=accepted):
                page = self._read(
                    self._get(path, headers={"Accept-Language": accepted})
                )
                labels = page.xpath("//label[contains(@for, '-email')]/text()")
                self.assertEqual(labels[0].strip(), label)

    # Download

    def test_those_who_see_the_form_may_save_it(self):
        self.authenticate("user_sales_salesman", "user_sales_salesman")
        response = self.url_open(f"/lead/form/download/{self.form.id}")
        self.assertEqual(response.status_code, 200)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        (form,) = self._read(response).forms
        self.assertEqual(
            form.action, f"{self.form.get_base_url()}/lead/capture/{self.form.token}"
        )
        self.assertNotIn("started", form.fields)

    @mute_logger("odoo.http")
    def test_others_may_not(self):
        address = f"/lead/form/download/{self.form.id}"
        self.assertIn("/web/login", self.url_open(address).url)
        new_test_user(self.env, login="employee", groups="base.group_user")
        self.authenticate("employee", "employee")
        self.assertEqual(self.url_open(address).status_code, 404)
