import datetime
import json

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users

from .test_capture_post import TestCapturePostCommon
from .test_capture_submission import ANSWERS


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureProgram(TestCapturePostCommon):
    """Programs send JSON with a key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keys = cls.env["crm.lead.capture.key"]
        cls.key_record, cls.key = cls.keys._new_key(cls.form, "Shop")

    def _send(self, answers=None, key=None, data=None, **headers):
        return self._post(
            json.dumps(ANSWERS if answers is None else answers)
            if data is None
            else data,
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {key or self.key}",
                **headers,
            },
        )

    def test_what_a_program_sends_becomes_the_lead_a_visitor_makes(self):
        response = self._send()
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json(), {"outcome": "taken"})
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        submission = self._get_all()
        self.assertEqual(submission.answers, ANSWERS)
        self.assertTrue(self.key_record.used_date)
        self._process()
        self.assertEqual(submission.lead_id.email_from, ANSWERS["email"])

    def test_without_a_right_key_nothing_is_taken(self):
        other = self.form.copy()
        _record, of_other_form = self.keys._new_key(other, "Shop")
        ended, _key = self.keys._new_key(self.form, "Old")
        old = fields.Datetime.now() - datetime.timedelta(minutes=1)
        ended.expiration_date = old
        for headers in (
            {"Authorization": ""},
            {"Authorization": f"Basic {self.key}"},
            {"Authorization": "Bearer"},
            {"Authorization": f"Bearer {self.key}x"},
            {"Authorization": f"Bearer {of_other_form}"},
            {"Authorization": f"Bearer {_key}"},
        ):
            with self.subTest(headers=headers):
                response = self._send(**headers)
                self.assertEqual(response.status_code, 401)
                self.assertEqual(response.json()["errors"], {"form": "key"})
                self.assertEqual(response.headers["WWW-Authenticate"], "Bearer")
        self.key_record.unlink()
        self.assertEqual(self._send().status_code, 401)
        self.assertFalse(self._get_all())

    def test_a_closed_form_takes_nothing(self):
        self.form.active = False
        response = self._send()
        self.assertEqual(response.status_code, 404)
        self.assertEqual(response.json()["errors"], {"form": "not_found"})

    def test_errors_are_told_field_by_field(self):
        response = self._send({"email": "jane", "phone": "030", "telephone": "1"})
        self.assertEqual(response.status_code, 422)
        answer = response.json()
        self.assertEqual(answer["outcome"], "invalid")
        self.assertEqual(
            answer["errors"], {"email": "invalid", "last_name": "required"}
        )
        self.assertEqual(answer["messages"].keys(), answer["errors"].keys())
        self.assertEqual(answer["unknown"], ["telephone"])
        for data in (b"{", b"[1]", b'{"email": "\xff"}'):
            self.assertEqual(self._send(data=data).status_code, 400)
        self.assertEqual(self._send(data=b" " * 70_000).status_code, 413)
        self.assertFalse(self._get_all())

    def test_no_program_sets_what_is_the_forms(self):
        self._send({**ANSWERS, "user_id": 1, "stage_id": 1, "extra_notes": "x"})
        self.assertEqual(self._get_all().answers, ANSWERS)
        self.assertEqual(self._get_all().state, "new")

    def test_the_same_is_taken_once(self):
        again = {"Idempotency-Key": "order 1"}
        for answers, headers in [
            (ANSWERS, {}),
            (ANSWERS, {}),
            (ANSWERS, again),
            ({**ANSWERS, "last_name": "Changed"}, again),
            (ANSWERS, {"Idempotency-Key": "order 2"}),
        ]:
            self.assertEqual(self._send(answers, **headers).status_code, 200)
        self.assertEqual(len(self._get_all()), 3)
        response = self._send(**{"Idempotency-Key": "x" * 256})
        self.assertEqual(response.status_code, 400)
        # Longer than what visitors send twice is remembered.
        self.env.cr.execute(
            "UPDATE crm_lead_capture_submission SET create_date = create_date - %s",
            [datetime.timedelta(hours=2)],
        )
        self._send(**again)
        self.assertEqual(len(self._get_all()), 3)
        self._send()
        self.assertEqual(len(self._get_all()), 4)

    def test_a_program_may_send_as_much_as_the_form_takes(self):
        self.form.write({"rate_limit": 1, "use_recaptcha": True})
        for number in range(12):
            self._send({**ANSWERS, "last_name": f"Doe {number}"})
        self.assertEqual(set(self._get_all().mapped("state")), {"new"})
        self.env["ir.config_parameter"].set_param("lead_management.capture_ceiling", 12)
        response = self._send({**ANSWERS, "last_name": "Another"})
        self.assertEqual(response.status_code, 503)
        self.assertIn("Retry-After", response.headers)

    def test_numbers_mean_the_same_in_each_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.form.lang_ids = self.env["res.lang"]._lang_get("de_DE")
        self.form.field_ids = [(0, 0, {"key": "budget"})]
        self._send({**ANSWERS, "budget": 25.5, "lang": "de_DE"})
        self._send({**ANSWERS, "budget": 1234.567, "last_name": "B", "lang": "de_DE"})
        self._process()
        leads = self._get_all().lead_id
        self.assertEqual(sorted(leads.mapped("expected_revenue")), [25.5, 1234.57])

    @users("user_sales_manager")
    def test_keys_are_shown_once_and_replaced_with_a_day_between(self):
        form = self.form.with_user(self.env.user)
        shown = form.action_new_key()
        key = shown["context"]["default_key"]
        dialog = self.env[shown["res_model"]].with_context(**shown["context"])
        self.assertEqual(Form(dialog).key, key)
        record = form.key_ids.filtered(lambda one: key.startswith(one.beginning))
        self.assertEqual(len(record), 1)
        self.assertNotIn(key, str(record.read()))
        self.assertEqual(self._send(key=key).status_code, 200)
        newer = record.action_replace()["context"]["default_key"]
        for one in (key, newer):
            self.assertEqual(self._send(key=one).status_code, 200)
        self.assertGreater(record.expiration_date, fields.Datetime.now())
        record.expiration_date = fields.Datetime.now() - datetime.timedelta(hours=1)
        self.assertEqual(self._send(key=key).status_code, 401)
        self.assertEqual(self._send(key=newer).status_code, 200)
        with self.assertRaises(UserError):
            record.action_replace()

    @users("user_sales_salesman")
    def test_salespeople_see_and_make_no_keys(self):
        with self.assertRaises(AccessError):
            self.form.with_user(self.env.user).action_new_key()
        with self.assertRaises(AccessError):
            self.keys.with_user(self.env.user).search([])
        with self.assertRaises(AccessError):
            self.form.with_user(self.env.user).read(["key_ids"])

    @users("user_sales_manager")
    def test_no_client_sets_or_reads_what_tells_a_key(self):
        record = self.key_record.with_user(self.env.user)
        for values in ({"digest": "x"}, {"beginning": "x"}, {"used_date": False}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                record.write(values)
        with self.assertRaises(AccessError):
            record.read(["digest"])
        with self.assertRaises(AccessError):
            self.keys.with_user(self.env.user).create(
                {"form_id": self.form.id, "name": "Mine"}
            )

    def test_only_its_hash_is_kept(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM crm_lead_capture_key")
        self.assertNotIn(self.key, str(self.env.cr.fetchall()))
        self.assertTrue(self.keys.with_user(SUPERUSER_ID).search([]).mapped("digest"))
