import datetime
import json

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from odoo.addons.lead_management_capture.tests.test_capture_post import (
    TestCapturePostCommon,
)

from ..models.crm_lead_hook_call import call as hook_call

GOOGLE = {
    "lead_id": "TeSter-123",
    "user_column_data": [
        {
            "column_name": "Full Name",
            "string_value": "Ada Sample",
            "column_id": "FULL_NAME",
        },
        {
            "column_name": "User Email",
            "string_value": "ada@example.com",
            "column_id": "EMAIL",
        },
        {
            "column_name": "Company",
            "string_value": "Sample Works",
            "column_id": "COMPANY_NAME",
        },
    ],
    "api_version": "1.0",
    "form_id": 40000000000,
    "campaign_id": 20000000000,
    "google_key": "right key",
    "is_test": False,
    "gcl_id": "abc",
}


class HookCase(TestCapturePostCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        questions = {field.key: field for field in cls.form.field_ids}
        cls.hook = cls.env["crm.lead.hook"].create(
            {
                "name": "Chat",
                "form_id": cls.form.id,
                "line_ids": [
                    Command.create({"path": "who", "use": "name"}),
                    Command.create({"path": "mail", "field_id": questions["email"].id}),
                    Command.create(
                        {"path": "phones[0]", "field_id": questions["phone"].id}
                    ),
                    Command.create(
                        {"path": "phones[1]", "field_id": questions["phone"].id}
                    ),
                    Command.create({"path": "wish", "use": "message"}),
                ],
            }
        )

    def _call(self, body, token=None, **headers):
        self.env.flush_all()
        response = self.opener.post(
            f"{self.base_url()}/lead/hook/{token or self.hook.token}",
            data=body if isinstance(body, bytes | str) else json.dumps(body),
            headers={"Content-Type": "application/json", **headers},
            timeout=30,
        )
        self.env.invalidate_all()
        self.assertNotIn("Set-Cookie", response.headers)
        return response

    def _body(self, **values):
        return {
            "who": "Robin van der Sample",
            "mail": "robin@example.com",
            "phones": ["+1 555 0100", "+1 555 0199"],
            "wish": "Forty <b>chairs</b>",
            "more": "Nobody asked",
            **values,
        }


@tagged("post_install", "-at_install", "lead_hook")
class TestLeadHook(HookCase):
    def test_a_call_becomes_the_lead_of_a_form(self):
        response = self._call(self._body())
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json(), {"outcome": "stored"})
        call = self.hook.call_ids
        self.assertEqual((call.state, call.reason), ("taken", False))
        self.assertEqual(call.unused, "more")
        with self.assertRaisesRegex(UserError, "“Chat” is in use.*Archive it instead"):
            self.hook.unlink()  # and what was sent with it
        self._process()
        lead = self._get_all().lead_id
        self.assertEqual(lead.contact_name, "Robin van der Sample")
        self.assertEqual(lead.contact_last_name, "van der Sample")
        self.assertEqual(lead.email_from, "robin@example.com")
        self.assertIn("wish: Forty", lead.description)
        self.assertIn("+1 555 0199", lead.description, "a second value stays")
        self.assertNotIn("<b>", lead.description)

    def test_what_answers_a_hidden_question_goes_to_the_message(self):
        phone = self.form.field_ids.filtered(lambda field: field.key == "phone")
        phone.write({"is_constant": True, "constant": "+1 555 0000"})
        self._call(self._body())
        self._process()
        lead = self._get_all().lead_id
        self.assertEqual(lead.phone, "+1 555 0000")
        for number in ("+1 555 0100", "+1 555 0199"):
            self.assertIn(number, lead.description)

    def test_what_does_not_fit_waits_and_is_taken_once_it_does(self):
        for body, reason in [
            (self._body(mail=None), "Email"),
            ("{", "read"),
            (b"", "read"),
        ]:
            with self.subTest(body=body):
                self.assertEqual(self._call(body).status_code, 200)
                call = self.hook.call_ids[0]
                self.assertEqual(call.state, "waiting")
                self.assertIn(reason, call.reason)
        self.form.active = False
        self._call(self._body())
        self.assertIn(self.form.name, self.hook.call_ids[0].reason)
        self.assertFalse(self._get_all())
        self.assertEqual(self.hook.waiting_count, 4)
        self.form.active = True
        self.form.field_ids.filtered(
            lambda field: field.key == "email"
        ).required = False
        self.hook.with_user(self.user_sales_manager).action_try_again()
        self.assertEqual(self.hook.waiting_count, 2)
        self.assertEqual(len(self._get_all()), 2)
        self.hook.with_user(self.user_sales_manager).action_try_again()
        self.assertEqual(len(self._get_all()), 2, "nothing is taken twice")

    def test_what_fails_inside_waits(self):
        def fail(_hook, _values):
            raise RuntimeError("It rains")

        self.patch(type(self.hook), "_read_inputs", fail)
        with mute_logger(
            "odoo.addons.lead_management_hook.models.crm_lead_hook_call.call"
        ):
            self.assertEqual(self._call(self._body()).status_code, 200)
        self.assertEqual(self.hook.call_ids.state, "waiting")
        self.assertIn("It rains", self.hook.call_ids.reason)

    def test_the_same_call_is_taken_once_within_a_day(self):
        for _time in range(2):
            self.assertEqual(self._call(self._body()).status_code, 200)
        self.assertEqual(len(self.hook.call_ids), 1)
        self.env.cr.execute(
            "UPDATE crm_lead_hook_call SET create_date = create_date - %s",
            [datetime.timedelta(hours=25)],
        )
        self._call(self._body())
        self.assertEqual(len(self.hook.call_ids), 2)
        self.assertEqual(len(self._get_all()), 2)

    def test_closed_and_unknown_addresses(self):
        for token in ("nothing", "%00", "%ff", "é", "x" * 3000, "a/b"):
            self.assertEqual(self._call({}, token=token).status_code, 404)
        self.hook.active = False
        self.assertEqual(self._call({}).status_code, 404)

    def test_bodies_that_can_not_be_stored(self):
        for status, body in [
            (400, b"\xff\xfe"),
            (400, b'{"a": "\0"}'),
            (413, b" " * 300_000),
        ]:
            self.assertEqual(self._call(body).status_code, status)
        self.assertFalse(self.hook.call_ids)
        self.patch(hook_call, "CEILING", 1)
        self._call("{")
        response = self._call("[")
        self.assertEqual(response.status_code, 503)
        self.assertIn("Retry-After", response.headers)

    def test_consents_are_given_by_yes_only(self):
        consent = self.env["crm.lead.capture.consent"].create(
            {"form_id": self.form.id, "name": "News", "text": "Send me news"}
        )
        self.hook.line_ids = [
            Command.create({"path": "news", "use": "consent", "consent_id": consent.id})
        ]
        for value, agreed in [("No", 0), (False, 0), (True, 1), ("on", 1), (0, 0)]:
            with self.subTest(value=value):
                self._call(self._body(news=value, mail=f"{value}@example.com"))
                self.assertEqual(len(self._get_all()[-1].consents or ()), agreed)

    def test_a_consent_that_is_missing_is_named(self):
        self.env["crm.lead.capture.consent"].create(
            {
                "form_id": self.form.id,
                "name": "News",
                "text": "Send me news",
                "required": True,
            }
        )
        self._call(self._body())
        self.assertIn("News: ", self.hook.call_ids.reason)
        self.assertNotIn("consent_", self.hook.call_ids.reason)

    def test_google_lead_forms(self):
        hook_form = Form(self.env["crm.lead.hook"].with_user(self.user_sales_manager))
        hook_form.name = "Ads"
        hook_form.form_id = self.form
        hook_form.platform = "google"
        hook = hook_form.save()
        self.assertTrue(hook.google_key)
        hook.google_key = GOOGLE["google_key"]
        self._call(GOOGLE, token=hook.token)
        self._call({**GOOGLE, "google_key": "wrong"}, token=hook.token)
        self._call({**GOOGLE, "is_test": True}, token=hook.token)
        states = hook.call_ids.sorted("id").mapped("state")
        self.assertEqual(states, ["taken", "waiting", "test"])
        self.assertIn("key", hook.call_ids.sorted("id")[1].reason)
        self._process()
        lead = self._get_all().lead_id
        self.assertEqual(
            (lead.contact_name, lead.email_from, lead.partner_name),
            ("Ada Sample", "ada@example.com", "Sample Works"),
        )
        self.assertEqual(lead.capture_touches["last_gclid"], "abc")

    @users("user_sales_manager")
    def test_the_mapping_is_made_of_a_sample(self):
        hook = self.hook.with_user(self.env.user)
        with self.assertRaises(UserError):
            hook.action_read_sample()
        hook.sample = "no JSON"
        with self.assertRaises(UserError):
            hook.action_read_sample()
        hook.sample = json.dumps(self._body())
        hook.action_read_sample()
        lines = {line.path: line for line in hook.line_ids}
        self.assertEqual(lines["more"].use, "nothing")
        self.assertEqual(lines["mail"].use, "field")
        self.assertEqual(lines["mail"].example, "robin@example.com")
        before = hook.line_ids
        hook.action_read_sample()
        self.assertEqual(hook.line_ids, before)
        # Without a sample, the last call is one.
        hook.sample = False
        self._call(self._body(another="x"))
        hook.action_read_sample()
        self.assertIn("another", hook.line_ids.mapped("path"))

    def test_lines_answer_questions_of_their_form(self):
        other = self.form.copy()
        with self.assertRaises(ValidationError):
            self.hook.line_ids[1].field_id = other.field_ids[0]
            self.hook._check_lines()
        with self.assertRaises(ValidationError):
            self.hook.line_ids = [Command.create({"path": "x", "use": "field"})]

    def test_old_calls_are_forgotten_but_for_those_that_wait(self):
        self._call(self._body())
        self._call("{")
        self.env.cr.execute(
            "UPDATE crm_lead_hook_call SET create_date = %s",
            [fields.Datetime.now() - datetime.timedelta(days=31)],
        )
        self.env.invalidate_all()
        self.env["crm.lead.hook.call"]._gc_calls()
        self.assertEqual(self.hook.call_ids.mapped("state"), ["waiting"])

    @users("user_sales_manager")
    def test_erasing_a_person_takes_what_came_of_them(self):
        self._call(self._body(mail="Robin@example.com"))
        self._call(self._body(mail="robin@example.com", who=None))
        self._call(self._body(mail="a.robin@example.com"))
        self._call(self._body(mail="robin@example.com.au"))
        erased = self.submissions.with_user(self.env.user).erase_email(
            "robin@example.com"
        )
        bodies = " ".join(self.hook.call_ids.mapped("body"))
        self.assertEqual(len(self.hook.call_ids), 2)
        self.assertIn("a.robin@example.com", bodies)
        self.assertIn("robin@example.com.au", bodies)
        self.assertGreaterEqual(erased, 3)

    @users("user_sales_salesman")
    def test_salespeople_see_none_of_it(self):
        for record in (self.hook, self.hook.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.env.user).read()
        for method in ("action_try_again", "action_read_sample"):
            with self.assertRaises(AccessError):
                getattr(self.hook.with_user(self.env.user), method)()
