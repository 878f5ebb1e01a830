from lxml import html
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon
from odoo.addons.lead_management_assignment.tests.common_rules import archive_rules

from ..tools import capture_fields


class TestCaptureFormCommon(TestLeadManagementCommon):
    """`form` is a form that asks for the usual fields, made by the sales manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Those of demo data would take the leads.
        archive_rules(cls.env)
        cls.form = cls._create_form(name="Contact us")

    @classmethod
    def _create_form(cls, **values):
        forms = cls.env["crm.lead.capture.form"].with_user(cls.user_sales_manager)
        return forms.create(values).with_env(cls.env)


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureForm(TestCaptureFormCommon):
    """What a sales manager sets on a form."""

    def test_a_new_form_asks_for_the_usual_fields(self):
        self.assertEqual(
            self.form.field_ids.mapped("key"), list(capture_fields.DEFAULT_KEYS)
        )
        required = self.form.field_ids.filtered("required").mapped("key")
        self.assertEqual(set(required), capture_fields.DEFAULT_REQUIRED)

    def test_every_field_of_the_list_is_one_of_the_lead(self):
        for key, safe in capture_fields.FIELDS.items():
            with self.subTest(key=key):
                if safe.lead_field:  # else it goes to the notes
                    self.assertIn(safe.lead_field, self.env["crm.lead"]._fields)
                self.assertNotIn(key, capture_fields.TECHNICAL_NAMES)
                self.assertFalse(capture_fields.consent_id(key))

    def test_nobody_can_ask_for_who_gets_the_lead(self):
        asked = {field.lead_field for field in capture_fields.FIELDS.values()}
        self.assertFalse(
            asked
            & {
                "user_id",
                "team_id",
                "status_id",
                "stage_id",
                "company_id",
                "type",
                "active",
                "id",
                "partner_id",
                "tag_ids",
                "priority",
                "stars",
                "probability",
            }
        )

    def test_a_field_is_asked_for_once(self):
        with self.assertRaisesRegex(ValidationError, "“Contact us” asks for “Email”"):
            self.form.field_ids = [Command.create({"key": "email"})]

    def test_a_label_leaves_the_name_alone(self):
        email = self.form.field_ids.filtered(lambda field: field.key == "email")
        email.label = "Your electronic mail"
        self.assertEqual(email.name, "email")

    def test_a_form_asks_for_something(self):
        with self.assertRaisesRegex(ValidationError, "asks for nothing"):
            self.form.field_ids.unlink()
            self.form.field_ids = []

    def test_a_copy_has_an_address_of_its_own(self):
        copy = self.form.copy()
        self.assertNotEqual(copy.token, self.form.token)
        self.assertGreaterEqual(len(copy.token), 32)
        self.assertEqual(copy.name, "Contact us (copy)")
        self.assertEqual(
            copy.field_ids.mapped("key"), self.form.field_ids.mapped("key")
        )

    def test_archiving_closes_it(self):
        forms = self.env["crm.lead.capture.form"]
        self.assertEqual(forms._find_by_token(self.form.token), self.form)
        self.form.active = False
        self.assertFalse(forms._find_by_token(self.form.token))
        for token in ("", "x", "é", None, "a" * 1000):
            self.assertFalse(forms._find_by_token(token))

    def test_the_start_time_is_signed_for_one_form(self):
        signed = self.form._sign_start()
        self.assertTrue(self.form._read_start(signed))
        self.assertFalse(self.form.copy()._read_start(signed))
        for forged in (None, "", "x", signed[:-2], signed + "AA", "AQ", "é"):
            self.assertFalse(self.form._read_start(forged))

    def test_where_visitors_go_is_checked(self):
        self.form.return_url = "https://www.example.com/thanks?x=1"
        self.form.error_url = "/sorry"
        self.assertEqual(
            self.form._get_url("return_url"), "https://www.example.com/thanks?x=1"
        )
        for address in ("javascript:alert(1)", "//evil.example", "http://a.example"):
            with (
                self.subTest(address),
                self.assertRaisesRegex(
                    ValidationError, "Return Address of the form “Contact us”"
                ),
            ):
                self.form.return_url = address

    def test_an_address_written_past_the_check_is_not_used(self):
        self.form.flush_recordset()
        self.env.cr.execute(
            "UPDATE crm_lead_capture_form SET return_url = '//evil.example'"
        )
        self.form.invalidate_recordset()
        self.assertEqual(self.form._get_url("return_url"), "")

    def test_a_queue_that_a_form_uses_stays(self):
        queue = self.env["crm.lead.queue"].create({"name": "Fair"})
        self.form.queue_id = queue
        with self.assertRaisesRegex(UserError, "“Fair” is in use"):
            queue.unlink()

    def test_leads_go_to_an_owner_or_a_queue(self):
        queue = self.env["crm.lead.queue"].create({"name": "Fair"})
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.form.write({"queue_id": queue.id, "user_id": self.env.uid})

    # Preview and HTML

    def test_the_preview_follows_what_is_not_saved_yet(self):
        with Form(self.form) as edited:
            edited.title = "Talk & <b>win</b>"
            with edited.field_ids.edit(0) as line:
                line.label = "Given name"
                line.help_text = "As your <i>friends</i> say"
            page = html.fromstring(edited.preview)
            self.assertEqual(page.xpath("//h1")[0].text, "Talk & <b>win</b>")
            self.assertIn("Given name", page.xpath("//label/text()"))
            self.assertFalse(page.xpath("//script | //b | //i"))

    def test_a_new_form_shows_before_it_is_saved(self):
        new = Form(self.env["crm.lead.capture.form"].with_user(self.user_sales_manager))
        labels = html.fromstring(new.preview).xpath("//label/text()")
        self.assertIn("Email ", labels)
        new.name = "Fair"
        self.assertTrue(new.save().token)

    def test_the_html_has_a_script_for_recaptcha_only(self):
        self.assertNotIn("<script", self.form._render_html())
        self.form.use_recaptcha = True
        self.assertTrue(self.form.recaptcha_missing)
        self.assertNotIn("<script", self.form._render_html())
        self.env["ir.config_parameter"].set_param("recaptcha_public_key", "6Lc_key")
        self.assertIn("api.js?render=6Lc_key", self.form._render_html())
        self.assertNotIn("<script", self.form.preview)

    def test_nothing_of_what_the_lead_gets_is_in_the_html(self):
        campaign = self.env["utm.campaign"].create({"name": "Secret spring"})
        self.form.campaign_id = campaign
        self.form.user_id = self.user_sales_salesman
        written = self.form._render_html(complete=True)
        for secret in ("Secret spring", self.user_sales_salesman.name, "user_id"):
            self.assertNotIn(secret, written)

    def test_who_takes_the_html_chooses_its_language(self):
        self.form.lang_ids = self.env["res.lang"]._activate_lang("fr_FR")
        email = self.form.field_ids.filtered(lambda field: field.key == "email")
        email.label = "Your address"
        email.with_context(lang="fr_FR").label = "Votre adresse"
        codes = self.env["crm.lead.capture.code"].with_user(self.user_sales_salesman)
        code = codes.create({"form_id": self.form.id})
        self.assertEqual(code.lang_id.code, "fr_FR")
        self.assertIn("Votre adresse", code.fragment)
        self.assertTrue(code.page_url.endswith(f"{self.form.token}?lang=fr_FR"))
        self.assertIn(code.page_url, code.frame)
        self.assertTrue(code.qr_code)

    def test_options_are_those_of_the_field(self):
        self.form.field_ids = [
            Command.create({"key": key}) for key in ("country", "industry", "source")
        ]
        options = {field.key: field._get_options() for field in self.form.field_ids}
        self.assertIn(("BE", "Belgium"), options["country"])
        industry = self.env["res.partner.industry"].search([], limit=1)
        self.assertIn((str(industry.id), industry.name), options["industry"])
        sources = self.env["utm.source"].search([("is_lead_source", "=", True)])
        self.assertEqual(len(options["source"]), len(sources))
        self.assertFalse(options["email"])

    # Access

    @users("user_sales_salesman")
    def test_a_salesman_sees_forms_and_changes_none(self):
        form = self.form.with_user(self.env.user)
        self.assertTrue(form.name)
        with self.assertRaises(AccessError):
            form.name = "Mine"
        with self.assertRaises(AccessError):
            form.field_ids[0].label = "Mine"
        with self.assertRaises(AccessError):
            form.unlink()
        self.assertTrue(form.preview)

    def test_a_form_is_seen_in_its_company_only(self):
        other = self.env["res.company"].create({"name": "Other"})
        form = self._create_form(name="Here")
        manager = self.user_sales_manager
        forms = self.env["crm.lead.capture.form"].with_user(manager)
        self.assertIn(form, forms.search([]))
        form.sudo().write({"company_id": other.id})
        self.assertNotIn(form, forms.search([]))
        fields = self.env["crm.lead.capture.field"].with_user(manager)
        self.assertFalse(fields.search([("form_id", "=", form.id)]))
        with self.assertRaises(AccessError):
            form.with_user(manager).action_generate_html()
            form.with_user(manager).name = "Mine"

    def test_owner_and_team_work_in_the_company_of_the_form(self):
        other = self.env["res.company"].create({"name": "Other"})
        team = self.env["crm.team"].create({"name": "There", "company_id": other.id})
        with self.assertRaises(UserError):
            self.form.team_id = team
