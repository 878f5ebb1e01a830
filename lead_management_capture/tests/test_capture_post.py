from lxml import html

from odoo import SUPERUSER_ID
from odoo.tests import HttpCase, tagged

from ..tools import capture_body, capture_fields
from .test_capture_submission import ANSWERS, TestCaptureSubmissionCommon

NAMELESS = b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"
HOSTED = {capture_fields.PAGE: capture_fields.PAGE_HOSTED}


class TestCapturePostCommon(TestCaptureSubmissionCommon, HttpCase):
    """Posts to the address of the form, as browsers and others make them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form.return_url = "https://www.example.com/thanks"

    def _post(self, data=None, token=None, method="POST", path="", **options):
        url = f"{self.base_url()}/lead/capture/{token or self.form.token}{path}"
        self.env.flush_all()
        response = self.opener.request(
            method,
            url,
            data=ANSWERS if data is None else data,
            allow_redirects=False,
            timeout=30,
            **options,
        )
        self.env.invalidate_all()
        self.assertNotIn("Set-Cookie", response.headers)
        return response

    def _process(self):
        # A test of requests is in test mode all the time.
        cron = self.env.ref("lead_management_capture.ir_cron_capture")
        cron.with_user(SUPERUSER_ID).method_direct_trigger()
        self.env.invalidate_all()


@tagged("post_install", "-at_install", "lead_capture")
class TestCapturePost(TestCapturePostCommon):
    # Answers

    def test_a_visitor_is_sent_to_the_return_address(self):
        response = self._post()
        self.assertEqual(response.status_code, 303)
        self.assertEqual(response.headers["Location"], "https://www.example.com/thanks")
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        submission = self._get_all()
        self.assertEqual(submission.answers, ANSWERS)
        self.assertEqual(submission.state, "new")
        self.assertEqual(submission.company_id, self.form.company_id)
        self.assertTrue(submission.create_date)
        self._process()
        self.assertEqual(submission.lead_id.email_from, "jane@example.com")

    def test_unknown_inputs_are_counted_and_told(self):
        for number in range(2):
            self._post(
                {
                    **ANSWERS,
                    "first_name": str(number),
                    "telephone": "030 123456",
                    "csrf_token": "x",
                    "<b>": "x",
                    "Telefon 2": "",
                }
            )
        self.assertEqual(self._get_all()[0].unknown, ["telephone"])
        self.assertIn("Unknown inputs arrive: telephone (2).", self.form.problems)
        self._process()
        self._age(self._get_all(), days=8)
        self.env.invalidate_all()
        self.assertFalse(self.form.problems)

    def test_what_robots_send_too_much_is_not_told(self):
        self._post({**ANSWERS, capture_fields.HONEYPOT: "x", "viagra": "x"})
        self.assertEqual(self._get_all().state, "quarantine")
        self.assertFalse(self.form.problems)

    def test_without_one_there_is_a_page_that_says_thanks(self):
        self.form.write({"return_url": False, "thank_you": "We'll <call> you"})
        response = self._post()
        self.assertEqual(response.status_code, 200)
        self.assertIn("We'll <call> you", html.fromstring(response.text).text_content())
        self.assertEqual(len(self._get_all()), 1)

    def test_what_was_sent_twice_is_answered_twice(self):
        for _time in range(2):
            self.assertEqual(self._post().status_code, 303)
        self.assertEqual(len(self._get_all()), 1)

    def test_what_is_no_form_gives_nothing_away(self):
        for token in ("nothing", "x" * 300):
            page = self._post(token=token)
            self.assertEqual(page.status_code, 404)
            self.assertNotIn(self.form.name, page.text)
            self.assertNotIn("Doe", page.text)

    def test_a_closed_form_says_so_and_gives_back_what_was_typed(self):
        self.form.write(
            {
                "active": False,
                "closed_text": "The fair is over <b>",
                "closed_url": "https://www.example.com/contact",
            }
        )
        typed = {**ANSWERS, "last_name": '</textarea><script>"', "user_id": "1"}
        response = self._post(typed)
        self.assertEqual(response.status_code, 410)
        page = html.fromstring(response.text)
        self.assertIn("The fair is over <b>", page.text_content())
        (copied,) = page.xpath("//textarea/text()")
        self.assertIn('Last name: </textarea><script>"', copied)
        self.assertIn("Message: Please call.\nThanks!", copied)
        self.assertNotIn("user_id", response.text)
        self.assertFalse(page.xpath("//script") or page.forms)
        self.assertEqual(
            page.xpath("//main//a/@href"), ["https://www.example.com/contact"]
        )
        answer = self._post(headers={"Accept": "application/json"})
        self.assertEqual(
            (answer.status_code, answer.json()["outcome"]), (410, "closed")
        )
        self.assertEqual(self._post(data=b"\xff").status_code, 410)
        self.assertFalse(self._get_all())
        self.form.active = True
        self.assertEqual(self._post().status_code, 303)

    def test_own_sites_get_codes_and_nothing_that_was_typed(self):
        self.form.error_url = "https://www.example.com/form?a=b#top"
        response = self._post({"email": "jane", "first_name": "<b>"})
        self.assertEqual(response.status_code, 303)
        self.assertEqual(
            response.headers["Location"],
            "https://www.example.com/form?a=b"
            "&lead_errors=last_name:required,email:invalid#top",
        )

    def test_the_hosted_page_keeps_what_was_typed(self):
        self.form.error_url = "https://www.example.com/form"
        response = self._post({**ANSWERS, "email": '"><script>', **HOSTED})
        self.assertEqual(response.status_code, 422)
        page = html.fromstring(response.text)
        self.assertEqual(page.forms[0].fields["last_name"], "Doe")
        self.assertEqual(page.forms[0].fields["email"], '"><script>')
        self.assertFalse(page.xpath("//script"))
        self.assertIn("Please check the email address.", page.text_content())
        self.assertFalse(self._get_all())

    def test_without_an_error_address_the_form_itself_is_shown(self):
        response = self._post({**ANSWERS, "email": "jane"})
        self.assertEqual(response.status_code, 422)
        page = html.fromstring(response.text)
        self.assertEqual(page.forms[0].fields["last_name"], "Doe")

    def test_a_script_gets_json(self):
        headers = {"Accept": "application/json"}
        response = self._post(headers=headers)
        self.assertEqual(response.json(), {"outcome": "taken"})
        response = self._post({**ANSWERS, "email": "jane"}, headers=headers)
        self.assertEqual(response.status_code, 422)
        self.assertEqual(response.json()["errors"], {"email": "invalid"})

    def test_a_full_form_says_so(self):
        self.env["ir.config_parameter"].set_param("lead_management.capture_ceiling", 1)
        self._post()
        other = {**ANSWERS, "last_name": "Other"}
        response = self._post({**other, **HOSTED})
        self.assertEqual(response.status_code, 503)
        self.assertIn("Retry-After", response.headers)
        text = html.fromstring(response.text).text_content()
        self.assertIn("can't take any more today", text)
        self.form.error_url = "/oops"
        response = self._post(other)
        self.assertTrue(response.headers["Location"].endswith("?lead_errors=form:full"))

    def test_a_flood_is_refused(self):
        self.form.rate_limit = 1
        names = [f"Doe {number}" for number in range(11)]
        responses = [self._post({**ANSWERS, "last_name": name}) for name in names]
        self.assertEqual([r.status_code for r in responses], [303] * 10 + [429])

    # Methods

    def test_only_posts_are_taken(self):
        for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "PROPFIND"):
            for token in (self.form.token, "nothing"):
                response = self._post(method=method, token=token)
                self.assertEqual(response.status_code, 405, method)
                self.assertIn("POST", response.headers["Allow"])
        self.assertFalse(self._get_all())

    def test_scripts_of_other_sites_are_not_allowed_by_default(self):
        headers = {"Origin": "https://www.example.com"}
        for method in ("OPTIONS", "POST"):
            response = self._post(method=method, headers=headers)
            self.assertNotIn("Access-Control-Allow-Origin", response.headers)
        response = self._post(method="OPTIONS", token="nothing", headers=headers)
        self.assertEqual(response.status_code, 204)
        self.assertEqual(response.headers["Allow"], "OPTIONS, POST")

    def test_scripts_of_listed_sites_are_allowed(self):
        self.form.cors_origins = "https://www.example.com"
        good = {"Origin": "https://www.example.com"}
        preflight = self._post(method="OPTIONS", headers=good)
        self.assertEqual(preflight.status_code, 204)
        self.assertIn("POST", preflight.headers["Access-Control-Allow-Methods"])
        for response in (preflight, self._post(headers=good)):
            self.assertEqual(
                response.headers["Access-Control-Allow-Origin"], good["Origin"]
            )
            self.assertEqual(response.headers["Vary"], "Origin")
            self.assertNotIn("Access-Control-Allow-Credentials", response.headers)
        for origin in (
            "https://example.com",
            "null",
            "https://www.example.com.evil.io",
        ):
            response = self._post(headers={"Origin": origin})
            self.assertNotIn("Access-Control-Allow-Origin", response.headers)

    # Attacks

    def test_bodies_that_are_no_forms(self):
        urlencoded = "application/x-www-form-urlencoded"
        for status, data, content_type in (
            (401, b'{"email": "a@b.de"}', "application/json"),
            (415, b"<a/>", "text/xml"),
            (400, b"last_name=%FF", urlencoded),
            (400, b"last_name=%00", urlencoded),
            (400, b"last_name=a&last_name=b", urlencoded),
            (400, b"last_name[]=a", urlencoded),
            (400, b"--", "multipart/form-data; boundary=x"),
            (400, NAMELESS, "multipart/form-data; boundary=x"),
            (413, b"x=" + b"x" * capture_body.MAX_BODY, urlencoded),
            (413, b"x=1&" * 1000, urlencoded),
        ):
            with self.subTest(status=status, data=data[:30]):
                response = self._post(data, headers={"Content-Type": content_type})
                self.assertEqual(response.status_code, status)
                self.assertNotIn("Traceback", response.text)
        response = self._post(files={"last_name": ("a.txt", b"a")})
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self._get_all())

    def test_names_that_are_those_of_arguments(self):
        tricks = {"self": "1", "token": "nothing", "args": "1", "context": "{}"}
        self.assertEqual(self._post({**ANSWERS, **tricks}).status_code, 303)
        path = "?self=1&token=nothing&return_url=https://evil.example&lang=xx"
        other = {**ANSWERS, "last_name": "Other", "return_url": "https://evil.example"}
        response = self._post(other, path=path)
        self.assertEqual(response.headers["Location"], "https://www.example.com/thanks")
        self.assertEqual(len(self._get_all()), 2)

    def test_nobody_chooses_who_gets_the_lead(self):
        self._post(
            {
                **ANSWERS,
                "user_id": str(self.user_sales_salesman.id),
                "team_id": "1",
                "stage_id": "4",
                "status_id": "1",
                "company_id": "1",
                "state": "lead",
                "active": "",
                "id": "1",
            }
        )
        submission = self._get_all()
        self.assertEqual(submission.answers, ANSWERS)
        self._process()
        self.assertFalse(submission.lead_id.user_id)

    def test_a_session_is_neither_needed_nor_touched(self):
        self.authenticate("user_sales_salesman", "user_sales_salesman")
        self.assertEqual(self._post().status_code, 303)
        self._process()
        self.assertFalse(self._get_all().lead_id.user_id)
        self.assertNotEqual(
            self._get_all().lead_id.create_uid, self.user_sales_salesman
        )

    def test_headers_are_not_trusted(self):
        for headers in (
            {"Host": "evil.example"},
            {"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "1.2.3.4"},
            {"Referer": "https://evil.example/", "Origin": "https://evil.example"},
            {"Accept-Language": "xx-YY;q=abc, \xff"},
            {"Cookie": "session_id=../../x; frontend_lang=zz_ZZ"},
            {"Content-Length": "-5"},
        ):
            with self.subTest(headers=headers):
                self.form.return_url = "/thanks"
                response = self._post(headers=headers)
                self.assertIn(response.status_code, (303, 400))
                self.assertNotIn("evil", response.headers.get("Location", ""))
        hashes = set(self._get_all().mapped("address_hash"))
        self.assertEqual(len(hashes), 1)
