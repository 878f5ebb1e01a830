import datetime
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.crm_lead_capture_submission import recaptcha
from ..tools import capture_fields
from .test_capture_submission import ANSWERS, TestCaptureSubmissionCommon

SECRET = "a secret"
ANSWERS_OF_GOOGLE = {
    "human": {"success": True, "score": 0.9, "action": "lead_capture"},
    "bot": {"success": True, "score": 0.1, "action": "lead_capture"},
    "other form": {"success": True, "score": 0.9, "action": "login"},
    "expired": {"success": False, "error-codes": ["timeout-or-duplicate"]},
    "invented": {"success": False, "error-codes": ["invalid-input-response"]},
    "list": [],
}


class StandIn(BaseHTTPRequestHandler):
    """Answers as Google does, by the name of what it is asked about."""

    asked = []

    def do_POST(self):
        data = self.rfile.read(int(self.headers["Content-Length"])).decode()
        values = {name: value for name, (value,) in parse_qs(data).items()}
        self.asked.append(values)
        if values["secret"] != SECRET:
            answer = {"success": False, "error-codes": ["invalid-input-secret"]}
        else:
            answer = ANSWERS_OF_GOOGLE.get(values["response"])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode() if answer is not None else b"<")

    def log_message(self, *args):
        pass


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureRecaptcha(TestCaptureSubmissionCommon):
    """What becomes of submissions by what reCAPTCHA says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = HTTPServer(("127.0.0.1", 0), StandIn)
        thread = threading.Thread(target=cls.server.serve_forever, daemon=True)
        thread.start()
        cls.addClassCleanup(thread.join, 10)
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.parameters = cls.env["ir.config_parameter"]
        cls.parameters.set_param("recaptcha_private_key", SECRET)
        cls.parameters.set_param("recaptcha_public_key", "a site key")
        cls._set_port(cls.server.server_port)
        cls.form.write({"use_recaptcha": True, "recaptcha_min_score": 0.5})

    @classmethod
    def _set_port(cls, port):
        url = f"http://127.0.0.1:{port}/siteverify"
        cls.parameters.set_param("lead_management.recaptcha_url", url)

    def setUp(self):
        super().setUp()
        StandIn.asked.clear()

    def _submit_token(self, token):
        return self._submit(
            {**ANSWERS, "last_name": f"Of {token}"}, **{capture_fields.RECAPTCHA: token}
        )

    def test_a_person_becomes_a_lead(self):
        submission = self._submit_token("human")
        self.assertFalse(StandIn.asked, "No visitor waits for it")
        self._process()
        self.assertEqual(submission.state, "lead")
        self.assertEqual(submission.recaptcha_score, 0.9)
        self.assertFalse(submission.recaptcha_token)
        self.assertEqual(StandIn.asked, [{"secret": SECRET, "response": "human"}])

    def test_others_go_to_the_quarantine(self):
        for token, reason, score in (
            ("bot", "recaptcha_score", 0.1),
            ("other form", "recaptcha_invalid", 0.9),
            ("expired", "recaptcha_expired", 0),
            ("invented", "recaptcha_invalid", 0),
        ):
            with self.subTest(token=token):
                submission = self._submit_token(token)
                self._process()
                self.assertEqual(submission.state, "quarantine")
                self.assertEqual(submission.reason, reason)
                self.assertEqual(submission.recaptcha_score, score)

    def test_what_is_released_is_not_asked_about_again(self):
        submission = self._submit_token("bot")
        self._process()
        submission.with_user(self.user_sales_manager).action_release()
        self._process()
        self.assertEqual(submission.state, "lead")
        self.assertEqual(len(StandIn.asked), 1)

    def test_without_an_answer_of_the_browser(self):
        submission = self._submit()
        self.assertEqual(submission.state, "quarantine")
        self.assertEqual(submission.reason, "recaptcha_missing")

    def test_without_keys_nothing_is_checked(self):
        self.parameters.set_param("recaptcha_private_key", False)
        submission = self._submit()
        self._process()
        self.assertEqual(submission.state, "lead")

    def test_when_it_cannot_be_asked_it_is_asked_again(self):
        self._set_port(1)
        submission = self._submit_token("human")
        self._process()
        self.assertEqual(submission.state, "new")
        self._set_port(self.server.server_port)
        self._process()
        self.assertEqual(submission.state, "new", "Not before its time")
        later = datetime.datetime.now() + recaptcha.ASK_AGAIN * 2
        with freeze_time(later, tick=True):
            self._process()
        self.assertEqual(submission.state, "lead")

    def test_when_it_stays_away_a_person_decides(self):
        for token in ("human", "list", "nonsense"):
            if token == "human":
                self._set_port(1)
            else:
                self._set_port(self.server.server_port)
            submission = self._submit_token(token)
            later = datetime.datetime.now() + recaptcha.TOKEN_TIME * 2
            with freeze_time(later, tick=True):
                self._process()
            self.assertEqual(submission.state, "quarantine")
            self.assertEqual(submission.reason, "recaptcha_down")

    def test_asking_in_vain_is_no_failed_try(self):
        self._set_port(1)
        submission = self._submit_token("human")
        for _again in range(8):
            self._process()
            submission.next_attempt = False
        self.assertEqual(submission.state, "new")
        self._set_port(self.server.server_port)
        self._process()
        self.assertEqual(submission.state, "lead")

    @mute_logger(
        "odoo.addons.lead_management_capture.models.crm_lead_capture_submission"
    )
    def test_a_wrong_secret_loses_nothing(self):
        self.parameters.set_param("recaptcha_private_key", "wrong")
        submission = self._submit_token("human")
        logger = (
            "odoo.addons.lead_management_capture.models.crm_lead_capture_submission"
        )
        with self.assertLogs(f"{logger}.recaptcha", "WARNING"):
            self._process()
        self.assertEqual(submission.state, "new")
