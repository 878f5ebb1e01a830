from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from ..tools import capture_fields
from .common import TestLeadManagementCommon


class TestCaptureFormCommon(TestLeadManagementCommon):
    """`form` is a form that asks for the usual fields, made by the sales manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
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
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
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
            self.form._get_return_url(), "https://www.example.com/thanks?x=1"
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
        self.assertEqual(self.form._get_return_url(), "")

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
