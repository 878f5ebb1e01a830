import datetime
import json

from odoo.tests import BaseCase, tagged

from ..tools import capture_fields, capture_json, capture_values, safe_url
from ..tools.capture_body import BodyError
from ..tools.capture_fields import FIELDS, Condition, SafeField
from ..tools.typing_manner import Manner, get_date_order, plain

# What browsers are told of each question: the input, the keyboard, how many characters
ASKED = {
    "salutation": ("text", None, 40),
    "first_name": ("text", None, 100),
    "last_name": ("text", None, 100),
    "email": ("email", None, 254),
    "phone": ("tel", None, 40),
    "mobile": ("tel", None, 40),
    "job_title": ("text", None, 100),
    "skype": ("text", None, 100),
    "best_call_time": ("text", None, 100),
    "company": ("text", None, 200),
    "website": ("text", "url", 300),
    "company_phone": ("tel", None, 40),
    "fax": ("tel", None, 40),
    "twitter": ("text", None, 100),
    "industry": ("select", None, 100),
    "employees": ("text", "numeric", 60),
    "annual_revenue": ("text", "decimal", 60),
    "street": ("text", None, 200),
    "street2": ("text", None, 200),
    "zip": ("text", None, 24),
    "city": ("text", None, 100),
    "state": ("text", None, 100),
    "country": ("select", None, 100),
    "subject": ("text", None, 200),
    "message": ("textarea", None, 5000),
    "budget": ("text", "decimal", 60),
    "quote_deadline": ("date", None, 60),
    "source": ("select", None, 100),
}
# The same of the kinds that questions of one's own may have
KINDS = {
    "number": ("text", "decimal", 60),
    "options": ("checkboxes", None, 5000),
    "choice": ("select", None, 200),
    "choices": ("checkboxes", None, 5000),
    "checkbox": ("checkbox", None, 20),
    "files": ("file", None, 5000),
}


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureTools(BaseCase):
    """What questions are like, and how answers are taken, without a form."""

    def test_what_browsers_are_told(self):
        asked = {
            key: (field.input_type, field.inputmode, field.max_length)
            for key, field in FIELDS.items()
        }
        self.assertEqual(asked, ASKED)
        for kind, expected in KINDS.items():
            field = SafeField("x", "", "X", kind)
            told = (field.input_type, field.inputmode, field.max_length)
            self.assertEqual(told, expected, kind)
        wide = {key for key, field in FIELDS.items() if field.is_wide}
        self.assertEqual(wide, {"street", "street2", "subject", "message"})
        spare = {key for key, field in FIELDS.items() if field.is_spare}
        self.assertEqual(spare, {"mobile"})
        self.assertEqual(capture_fields.TOUCH_MAX_LENGTH, 500)

    def test_question_that_depends_on_another(self):
        one, any_answer = Condition("x", ("yes", "maybe")), Condition("x", ())
        for answer, meets, answers in (
            ("Yes", True, True),
            (" yes ", True, True),
            ("no\nmaybe", True, True),
            ("no", False, True),
            ("", False, False),
            (" \n ", False, False),
        ):
            self.assertEqual(one.is_met(answer), meets, answer)
            self.assertEqual(any_answer.is_met(answer), answers, answer)

    def test_inputs_of_consents(self):
        self.assertEqual(capture_fields.consent_name(7), "consent_7")
        for name, number in {
            "consent_7": 7,
            "consent_12345678901": 12345678901,
            "consent_123456789012": 0,
            "consent_": 0,
            "consent_x": 0,
            "consent_-1": 0,
            "consent_٣": 0,
            "7": 0,
        }.items():
            self.assertEqual(capture_fields.consent_id(name), number, name)

    def test_boxes(self):
        for text, is_checked in {
            "Yes": True,
            "sí": True,
            "1": True,
            "NO": False,
            "0": False,
            "nein": False,
            "perhaps": None,
            "": None,
        }.items():
            self.assertIs(capture_values.read_checkbox(text), is_checked, text)

    def test_texts_of_the_last_length_are_taken(self):
        manner = Manner()
        for length, value in {24: "1" * 24, 25: None}.items():
            reading = capture_values.read(FIELDS["zip"], "1" * length, manner)
            self.assertEqual(reading.value, value)
            self.assertEqual(bool(reading.rest), value is None)
        reading = capture_values.read(FIELDS["message"], "1" * 6000, manner)
        self.assertEqual(len(reading.value), 6000, "what is too long is told elsewhere")
        reading = capture_values.read(FIELDS["quote_deadline"], "2027-01-31", manner)
        self.assertEqual(reading.value, datetime.date(2027, 1, 31))

    def test_order_of_dates(self):
        for date_format, order in {
            "%d.%m.%Y": "dmy",
            "%m/%d/%y": "mdy",
            "%Y-%m-%d": "ymd",
            "%-d %b %Y": "dmy",
            "%B %-d, %Y": "mdy",
            "%Y %j": "dmy",
            "%d.%m.": "dmy",
            "%m/%Y": "dmy",
            "%H:%M": "dmy",
            "": "dmy",
        }.items():
            self.assertEqual(get_date_order(date_format), order, date_format)

    def test_usual_signs(self):
        for decimal, thousands in {".": ",", ",": ".", "٫": "."}.items():
            self.assertEqual(Manner(decimal=decimal).thousands, thousands)
        for text, usual in {
            "３ – “x”\u200b  y": '3 - "x" y',
            "O’Neill": "O'Neill",
            "«Ja»": '"Ja"',
            "١٢": "12",
            "\u202a+49 89 1\u202c": "+49 89 1",
            "a\tb\nc": "a b c",
            "": "",
        }.items():
            self.assertEqual(plain(text), usual)

    def test_numbers_of_programs(self):
        for given, text in {
            "1": "1",
            "1.0": "1",
            "1e3": "1000",
            "1.5": "1.50",
            "-2.255": "-2.26",
            "9" * 30: "9" * 30,
            f"{'9' * 28}.5": f"{'9' * 28}.50",
            "true": "yes",
            "false": "",
            "null": "",
            '"x"': "x",
        }.items():
            self.assertEqual(capture_json.text(capture_json.parse(given)), text)
        for given in ("9" * 31, "1e31", "1" + "0" * 31):
            with self.assertRaises(BodyError):
                capture_json.parse(given)

    def test_names_of_programs(self):
        longest = "x" * capture_json.MAX_NAME
        values, unknown = capture_json.read(
            json.dumps({longest: "a", "y": ["b", None, "c"], "z": ""}).encode(),
            {longest, "y", "z"},
        )
        self.assertEqual(values, {longest: "a", "y": "b\nc"})
        self.assertEqual(unknown, [])
        for body in (
            {f"{longest}x": "a"},
            {"x": "a\0"},
            {"x\0": "a"},
            {str(number): "a" for number in range(capture_json.MAX_FIELDS + 1)},
        ):
            with self.assertRaises(BodyError):
                capture_json.read(json.dumps(body).encode(), {"x"})

    def test_sites(self):
        for text, origin in {
            "example.com": "https://example.com",
            "https://example.com:443/": "https://example.com",
            "https://example.com:444": "https://example.com:444",
            "http://localhost": "http://localhost",
            "http://localhost:80": "http://localhost",
        }.items():
            self.assertEqual(safe_url.origin(text), origin)
        self.assertEqual(
            safe_url.origins("a.com, b.com\na.com"), ["https://a.com", "https://b.com"]
        )
        self.assertEqual(safe_url.origins(None), [])
        self.assertEqual(
            safe_url.origins("*.a.com", wildcard=True), ["https://*.a.com"]
        )
        for text in ("*.a.com", "https://*.*.a.com", "https://*.com", "a.com/x"):
            with self.assertRaises(safe_url.UnsafeUrlError):
                safe_url.origins(text)
        for text in ("https://*.*.a.com", "https://a.*.com", "*.com"):
            with self.assertRaises(safe_url.UnsafeUrlError):
                safe_url.origin(text, wildcard=True)
