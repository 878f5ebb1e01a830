import http.client
import json
import os
import unittest
from urllib.parse import quote, quote_plus, urlsplit

from odoo.tests import tagged

from ..tools import capture_body, capture_fields, capture_files
from .test_capture_files import HTML, PDF, PNG, SVG, WORD
from .test_capture_post import TestCapturePostCommon

try:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st
except ImportError:  # in an Odoo that wasn't set up by ./dev
    st = None

# So many bodies are sent; CAPTURE_FUZZ=2000 ./dev test test_capture_fuzz sends more.
EXAMPLES = int(os.environ.get("CAPTURE_FUZZ") or 100)
# What must never come back as markup
MARK = "<zq"
EVIL = "evil.example"
RETURN_URL = "https://www.example.com/thanks"
ERROR_URL = "https://www.example.com/form"
ANSWERED = {200, 303, 400, 404, 405, 410, 413, 415, 422, 429}
TEXTS = (
    f"{MARK} onload=alert(1)>",
    f"\"'>{MARK}>",
    f"&lt;{MARK}",
    f"--><!--{MARK}>",
    "javascript:alert(1)",
    f"https://{EVIL}/",
    f"//{EVIL}",
    f"\\\\{EVIL}",
    "a\r\nSet-Cookie: zq=1",
    "a\r\nLocation: https://evil.example",
    "jane@example.com\nBcc: x@evil.example",
    "{{7*7}} ${7*7} <t t-out='1'/> %(x)s %s {0}",
    "' OR 1=1; DROP TABLE crm_lead; --",
    "\0",
    "\x1b[31m\x0b\x0c\x7f\x85\u2028\ufeff\ufffe",
    "\u202egnp.exe",
    "💥" * 50,
    "9" * 400,
    "-0",
    "NaN",
    "1e999",
    "0x10",
    "2030-02-30",
    "../../etc/passwd",
    "x" * 6000,
)
NAMES = (
    *capture_fields.FIELDS,
    *capture_fields.TECHNICAL_NAMES,
    "consent_1",
    "consent_99999999999999999999",
    *("self", "token", "context", "csrf_token", "db", "lang", "user_id", "id"),
    *("return_url", "error_url", "redirect", "email[]", "email[0][x]", "e.mail", ""),
)
# Stands in a body for the name of the input for files
FILE_INPUT = b"FILE_INPUT"
FILE_NAMES = (
    *(b"a.pdf", b"", b"../../a.pdf", b"a.html", b"\xff.pdf", b"%00.pdf", b"a;b=c.txt"),
    *(f"{MARK}>.png".encode(), b"x" * 500, "\u202efdp.exe".encode(), b"\\", b"."),
)
FILES = (
    *(PDF, PNG, HTML, SVG, WORD, b"", b"text", b"PK\x03\x04", b"MZ\x90\x00", b"\x00"),
    *(PDF + b"x" * 70_000, f"%PDF {MARK}>".encode(), b"--cut--", b"RIFF\xff\xffWEBP"),
)
# What stands in the place of a token
PATHS = (
    *("%00", "a%00b", "%ff", "%c3%28", "%ed%a0%80", "%F0%9F%92%A5", "%E2%80%8B"),
    *("..%2f..%2fetc", "%2e%2e/", "%5c", "%0d%0aSet-Cookie:zq=1", "%25%30%30", ";"),
    *("-1", "99999999999999999999", "1e9", "0x10", "%3Czq%3E", "'", "%22", "{{7*7}}"),
    *("a" * 101, "a" * 4000, "/", "//evil.example", "self", "*", "%20"),
)
QUERIES = (
    *("", "lang=xx_XX", "lang=%00", "lang=%ff&lang=de", "debug=assets", "=&&=="),
    *("lang=" + "x" * 3000, "utm_source=%00&utm_source=b", "%00=%00", "token=a&self=b"),
    *("lang[]=a", "lang=-", "lang=_", "lang=__", "utm_source=%ed%a0%80"),
)
COOKIES = (
    {"Cookie": "session_id=../../etc/passwd; frontend_lang=%00"},
    {"Cookie": "frontend_lang=xx_XX; tz=Nowhere/Zq; cids=a-b-99999999999999999999"},
    {"Cookie": "=;;; \xff=\xff; session_id="},
    {"Accept-Language": "-,_;q=x, *;q=0, de-;q=1"},
    {"Accept-Language": "x" * 3000},
    {"Referer": "http://[::1/\xff"},
    {"Content-Length": "zq"},
    {"Content-Type": "multipart/form-data; boundary=\xff"},
)
TYPES = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-8",
    "application/x-www-form-urlencoded; charset=utf-7",
    'application/x-www-form-urlencoded; charset="',
    "multipart/form-data; boundary=cut",
    "multipart/form-data",
    'multipart/form-data; boundary=""',
    "application/json",
    "text/plain",
    "",
)
HEADERS = (
    {},
    {"Origin": f"https://{EVIL}"},
    {"Origin": "null"},
    {"Referer": f"https://{EVIL}/?{MARK}"},
    {"X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "javascript"},
    {"X-Forwarded-For": "' OR 1=1"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Accept": "application/json"},
    {"Accept": "application/json;q=x, */*;;"},
    {"Accept-Language": f"{MARK}, de;q=9, xx"},
    {"Cookie": f"session_id={'a' * 84}; frontend_lang={MARK}"},
    {"User-Agent": MARK},
    {"Content-Encoding": "gzip"},
    {"Expect": "200-ok"},
)


def _bodies(own_names=()):
    """Return a strategy of pairs: a body, and the type that it is said to have."""
    names = (*NAMES, *own_names)
    free = st.sampled_from(
        ("last_name", "company", "city", "message", "subject", *own_names)
    )
    taken = [text for text in TEXTS[:-1] if "\0" not in text]
    short = st.one_of(st.sampled_from(taken), st.text(max_size=60))
    files = st.lists(
        st.tuples(st.sampled_from(FILE_NAMES), st.sampled_from(FILES)), max_size=3
    )
    accepted = st.tuples(st.dictionaries(free, short, max_size=5), st.uuids()).map(
        lambda drawn: [*drawn[0].items(), ("first_name", str(drawn[1]))]
    )
    text = st.one_of(st.sampled_from(TEXTS), st.text(max_size=60))
    name = st.one_of(st.sampled_from(names), st.text(max_size=20))
    pairs = st.lists(st.tuples(name, text), max_size=12)
    anything = st.one_of(
        pairs.map(_urlencode),
        pairs.map(_multipart),
        st.binary(max_size=300),
        st.binary(max_size=60).map(
            lambda data: b"last_name=" + data + b"&email=a@b.de"
        ),
        st.integers(0, 3).map(lambda size: b"message=" + b"x" * (size * 40_000)),
        st.integers(0, 300).map(lambda count: b"a=b&" * count),
    )
    types = st.sampled_from(TYPES)
    return st.one_of(
        *(st.tuples(accepted.map(_urlencode), st.just(kind)) for kind in TYPES[:2]),
        *(st.tuples(accepted.map(_multipart), st.just(TYPES[4])) for _time in "123"),
        *(
            st.tuples(st.builds(_multipart, accepted, files), st.just(TYPES[4]))
            for _time in "12"
        ),
        st.tuples(pairs.map(_urlencode), st.just(TYPES[0])),
        st.tuples(pairs.map(_multipart), st.just(TYPES[4])),
        st.tuples(anything, types),
        st.tuples(pairs.map(dict).map(_to_json), st.just("application/json")),
    )


def _to_json(values):
    return json.dumps(values).encode()


def _urlencode(pairs):
    return "&".join(f"{_quote(name)}={_quote(value)}" for name, value in pairs).encode()


def _quote(text):
    return quote_plus(text.encode("utf-8", "surrogatepass"))


def _multipart(pairs, files=()):
    body = b""
    for name, content in files:
        body += b'--cut\r\nContent-Disposition: form-data; name="' + FILE_INPUT
        body += b'"; filename="' + name + b'"\r\n\r\n' + content + b"\r\n"
    for name, value in pairs:
        name, value = (part.encode("utf-8", "surrogatepass") for part in (name, value))
        body += b'--cut\r\nContent-Disposition: form-data; name="' + name
        body += b'"\r\n\r\n' + value + b"\r\n"
    return body + b"--cut--\r\n"


@unittest.skipUnless(st, "hypothesis is not installed")
@tagged("post_install", "-at_install", "lead_capture", "lead_long")
class TestCaptureFuzz(TestCapturePostCommon):
    """Thousands of things that no visitor would send."""

    def setUp(self):
        super().setUp()
        self.form.write(
            {
                "rate_limit": 0,
                "return_url": RETURN_URL,
                "error_url": ERROR_URL,
                "name": "A form",
                "cors_origins": "https://www.example.com",
            }
        )
        self.form.field_ids.required = False
        missing = set(capture_fields.FIELDS) - set(self.form.field_ids.mapped("key"))
        self.env["crm.lead.capture.field"].create(
            [{"form_id": self.form.id, "key": key} for key in missing]
            + [
                {
                    "form_id": self.form.id,
                    "key": "lead_field",
                    "lead_field": name,
                }
                for name in ("tag_ids", "referred", "priority", "date_deadline")
            ]
            + [
                {
                    "form_id": self.form.id,
                    "key": key,
                    "label": f"{MARK}>",
                    "choices": f"{MARK}>\nTwo",
                }
                for key in (
                    *("own_text", "own_multiline", "own_choices", "own_checkbox"),
                    "own_files",
                )
            ]
        )
        lines = self.form.field_ids.filtered("is_own")
        self.file_names = lines.filtered(lambda line: line.key == "own_files").mapped(
            "name"
        )
        self.own_names = [
            *("lead_tag_ids", "lead_referred", "lead_priority", "lead_date_deadline"),
            *(name for name in lines.mapped("name") if name not in self.file_names),
        ]
        self.env.flush_all()
        self.address = urlsplit(self.base_url())

    def _repeat(self, attack, examples, **strategies):
        settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )(given(**strategies)(attack))()

    def test_nothing_breaks_and_nothing_comes_back_as_markup(self):
        _record, key = self.env["crm.lead.capture.key"]._new_key(self.form, "Shop")
        files = self.form.field_ids.filtered(lambda line: line.key == "own_files")
        self.env.flush_all()

        def attack(body, headers, query, method):
            data, content_type = body
            data = data.replace(FILE_INPUT, files.name.encode())
            headers = {**headers, "Content-Type": content_type}
            if content_type == "application/json":
                headers["Authorization"] = f"Bearer {key}"
            path = f"/lead/capture/{self.form.token}{query}"
            self._attack(method, path, data, headers)

        self._repeat(
            attack,
            EXAMPLES,
            body=_bodies(self.own_names),
            headers=st.sampled_from(HEADERS),
            query=st.sampled_from(("", "?self=1", f"?return_url=https://{EVIL}")),
            method=st.sampled_from(("POST",) * 9 + ("OPTIONS", "GET")),
        )
        self.env.invalidate_all()
        self.assertGreater(len(self._get_all()), EXAMPLES / 5)
        self._check_leads()

    def test_a_closed_form_gives_back_no_markup(self):
        self.form.active = False
        self.env.flush_all()

        def attack(body, headers):
            data, content_type = body
            headers = {**headers, "Content-Type": content_type}
            self._attack("POST", f"/lead/capture/{self.form.token}", data, headers)

        self._repeat(
            attack,
            EXAMPLES // 2,
            body=_bodies(self.own_names),
            headers=st.sampled_from(HEADERS),
        )
        self.assertFalse(self._get_all())

    def test_the_page_takes_nothing_from_its_address_as_markup(self):
        def attack(pairs, headers, method):
            query = _urlencode(pairs).decode()
            path = f"/lead/form/{self.form.token}?{query}"
            self._attack(method, path, b"", headers)

        name = st.sampled_from(
            (*NAMES, "utm_source", "utm_medium", "utm_campaign", "debug", "lang")
        )
        text = st.one_of(st.sampled_from(TEXTS[:-1]), st.text(max_size=40))
        self._repeat(
            attack,
            EXAMPLES // 4,
            pairs=st.lists(st.tuples(name, text), max_size=8),
            headers=st.sampled_from(HEADERS),
            method=st.sampled_from(("GET",) * 9 + ("HEAD", "POST", "OPTIONS")),
        )

    def test_no_address_of_ours_breaks(self):
        """Whatever stands in the path, the query, headers and cookies."""
        token = self.form.token
        part = st.one_of(
            st.sampled_from(PATHS),
            st.text(max_size=20).map(_quote),
            st.binary(max_size=12).map(quote),
        )
        roots = ("/lead/capture/", "/lead/form/", "/lead/form/download/")

        def attack(root, part, whole, query, headers, method):
            path = f"{root}{token if whole else ''}{part}?{query}"
            self._attack(method, path, b"last_name=x", headers)

        self._repeat(
            attack,
            EXAMPLES,
            root=st.sampled_from(roots),
            part=part,
            whole=st.booleans(),
            query=st.sampled_from(QUERIES),
            headers=st.sampled_from((*HEADERS, *COOKIES)),
            method=st.sampled_from(("GET", "POST", "HEAD", "OPTIONS", "PUT", "ZQ")),
        )
        for root in roots:
            for part in PATHS:
                for method in ("GET", "POST"):
                    self._attack(method, f"{root}{part}", b"", {})

    def test_no_address_of_ours_breaks_for_who_is_logged_in(self):
        self.authenticate("user_sales_manager", "user_sales_manager")
        cookie = {"Cookie": f"session_id={self.session.sid}"}
        for part in (*PATHS, str(self.form.id), "0", "2147483647", "9" * 30):
            for query in QUERIES:
                path = f"/lead/form/download/{part}?{query}"
                self._attack("GET", path, b"", cookie)

    def _attack(self, method, path, body, headers):
        connection = http.client.HTTPConnection(
            self.address.hostname, self.address.port, timeout=30
        )
        try:
            with self.allow_requests(all_requests=True):
                connection.request(method, path, body, headers)
                response = connection.getresponse()
                page = response.read().decode()
        except (BrokenPipeError, ConnectionResetError):
            # Refused before all of it was read
            self.assertGreater(len(body), capture_body.MAX_BODY)
            return
        finally:
            connection.close()
        self.assertIn(response.status, ANSWERED | {204, 301})
        self.assertNotIn("Traceback", page)
        if "json" not in (response.getheader("Content-Type") or ""):
            self.assertNotIn(MARK, page)
        self.assertNotIn("zq=", response.getheader("Set-Cookie") or "")
        location = response.getheader("Location")
        if response.status == 303:
            is_known = location == RETURN_URL or location.startswith(
                f"{ERROR_URL}?lead_errors="
            )
            if path.startswith("/lead/form/download/"):
                # Who isn't logged in
                is_known = urlsplit(location).path == "/web/login"
            self.assertTrue(is_known, location)
        elif response.status == 301:  # an address with a slash too many
            target = urlsplit(location)
            self.assertIn(target.netloc, ("", self.address.netloc))
            self.assertTrue(target.path.startswith("/lead/"), location)
        else:
            self.assertIsNone(location)
        self.assertNotEqual(
            response.getheader("Access-Control-Allow-Origin"), f"https://{EVIL}"
        )

    def _check_leads(self):
        if suspicious := self._get_all().filtered(lambda s: s.state == "quarantine"):
            suspicious.action_release()
        self._process()
        submissions = self._get_all()
        refused = submissions.filtered(lambda submission: submission.state != "lead")
        self.assertFalse(
            refused.mapped(lambda one: (one.state, one.error, one.answers))
        )
        self.assertFalse(submissions.attachment_ids)
        sent = sum(
            len(text.split("\n"))
            for submission in submissions
            for name, text in submission.answers.items()
            if name in self.file_names
        )
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "crm.lead"), ("res_id", "in", submissions.lead_id.ids)]
        )
        self.assertTrue(sent)
        self.assertEqual(len(files), sent)
        for file in files:
            self.assertNotIn(MARK, file.name)
            self.assertIn(file.mimetype, capture_files.KINDS["all"])
        for submission in submissions:
            self.assertNotIn(MARK, submission.answers_html)
            self.assertNotIn(MARK, submission.lead_id.description or "")
            self.assertFalse(submission.lead_id.user_id)
            self.assertNotIn("javascript:", submission.lead_id.website or "")
        for message in submissions.lead_id.message_ids:
            self.assertNotIn(MARK, message.body or "")
