from odoo.tests import BaseCase, tagged

from ..tools import capture_body, capture_values
from ..tools.capture_fields import FIELDS

URLENCODED = "application/x-www-form-urlencoded"
ASKED = {"email", "message"}


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureBody(BaseCase):
    """Bodies of posts, as browsers and others send them."""

    def _read(self, data, content_type=URLENCODED):
        return capture_body.read(content_type, data, ASKED)

    def _refused(self, data, content_type=URLENCODED):
        with self.assertRaises(capture_body.BodyError) as caught:
            self._read(data, content_type)
        self.assertTrue(400 <= caught.exception.status < 500)
        return caught.exception.reason

    def _multipart(self, *parts):
        lines = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts)
        return lines + b"--cut--\r\n", "multipart/form-data; boundary=cut"

    def test_both_ways_of_sending_a_form(self):
        expected = {"email": "a@b.de", "message": "Grüße & mehr"}
        self.assertEqual(
            self._read(b"email=a%40b.de&message=Gr%C3%BC%C3%9Fe+%26+mehr"), expected
        )
        self.assertEqual(
            self._read(
                *self._multipart(
                    b'Content-Disposition: form-data; name="email"\r\n\r\na@b.de',
                    b'Content-Disposition: form-data; name="message"\r\n\r\n'
                    + "Grüße & mehr".encode(),
                )
            ),
            expected,
        )

    def test_what_was_not_asked_for_is_left_out(self):
        self.assertEqual(self._read(b"user_id=1&x=1&x=2&email=a"), {"email": "a"})
        self.assertEqual(self._read(b""), {})
        self.assertEqual(self._read(b"&&=&email"), {"email": ""})

    def test_control_characters_become_spaces(self):
        self.assertEqual(
            self._read(b"message=a%0Bb%0D%0Ac%0Dd%09e"), {"message": "a b\nc\nd\te"}
        )

    def test_bodies_that_are_refused(self):
        for reason, data, *content_type in (
            (capture_body.ENCODING, b"email=%FF%FE"),
            (capture_body.ENCODING, b"email=\xc3"),
            (capture_body.ENCODING, b"email=a%00b"),
            (capture_body.ENCODING, b"a%00=b"),
            (capture_body.ENCODING, b"email=a", URLENCODED + "; charset=latin-1"),
            (capture_body.NAMES, b"email=a&email=b"),
            (capture_body.NAMES, b"email[]=a"),
            (capture_body.NAMES, b"email%5Bx%5D=a"),
            (capture_body.NAMES, b"x" * 101 + b"=1"),
            (capture_body.TOO_LARGE, b"x=1&" * 101),
            (capture_body.TOO_LARGE, b"x" * (capture_body.MAX_BODY + 1)),
            (capture_body.CONTENT_TYPE, b"{}", "application/json"),
            (capture_body.CONTENT_TYPE, b"email=a", "text/plain"),
            (capture_body.CONTENT_TYPE, b"email=a", None),
            (capture_body.CONTENT_TYPE, b"email=a", "\x00;=;"),
            (capture_body.MALFORMED, b"--cut", "multipart/form-data"),
            (capture_body.MALFORMED, b"nothing", "multipart/form-data; boundary=cut"),
            (capture_body.MALFORMED, b"--cut", "multipart/form-data; boundary=ü"),
        ):
            with self.subTest(data=data[:40], content_type=content_type):
                self.assertEqual(self._refused(data, *content_type), reason)

    def test_files_are_refused(self):
        data, content_type = self._multipart(
            b'Content-Disposition: form-data; name="email"; filename="a.txt"\r\n'
            b"Content-Type: text/plain\r\n\r\na"
        )
        self.assertEqual(self._refused(data, content_type), capture_body.FILES)

    def test_multipart_in_another_encoding_is_refused(self):
        data, content_type = self._multipart(
            b'Content-Disposition: form-data; name="email"\r\n\r\n\xff\xfe'
        )
        self.assertEqual(self._refused(data, content_type), capture_body.ENCODING)


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureValues(BaseCase):
    """What visitors type."""

    def test_what_is_accepted(self):
        for key, text, kept in (
            ("first_name", "  Ana\tMaria ", "Ana Maria"),
            ("message", " one \n\n two ", "one\n\n two"),
            ("email", "jane.doe+crm@mail.example.co.uk", None),
            ("email", "jörg@müller.de", None),
            ("phone", "+49 (0)30 / 123-45 ext. 6", None),
            ("website", "www.example.com/a?b=c", None),
            ("website", "https://müller.example:8069/x", None),
            ("employees", "1,200", None),
            ("annual_revenue", "1.2 million", None),
            ("annual_revenue", "€ 5,000", None),
            ("budget", "1234.56", None),
            ("twitter", "https://x.com/acme", None),
            ("quote_deadline", "2030-12-31", None),
            ("industry", "7", None),
            ("company", "", None),
            ("company", "   ", ""),
        ):
            with self.subTest(key=key, text=text):
                read = capture_values.read(FIELDS[key], text, "EUR")
                self.assertEqual(read, text if kept is None else kept)

    def test_what_is_refused(self):
        for key, text in (
            ("email", "jane"),
            ("email", "jane@localhost"),
            ("email", "a@b.de, c@d.de"),
            ("email", "Jane <jane@example.com>"),
            ("email", "jane@example.com\nBcc: x@example.com"),
            ("phone", "call me"),
            ("phone", "12"),
            ("phone", "1" * 30),
            ("website", "javascript:alert(1)"),
            ("website", "data:text/html,x"),
            ("website", "https://example.com/<script>"),
            ("website", "//example.com"),
            ("employees", "10 - 20"),
            ("employees", "-5"),
            ("employees", "many"),
            ("annual_revenue", "1000 USD"),
            ("annual_revenue", "9" * 18),
            ("budget", "NaN"),
            ("twitter", "Acme Inc."),
            ("twitter", "https://www.example.com/acme"),
            ("quote_deadline", "31.12.2030"),
            ("quote_deadline", "2030-02-30"),
            ("quote_deadline", "20301231"),
            ("industry", "1; DROP TABLE"),
            ("industry", "-1"),
            ("industry", "٣"),
        ):
            with self.subTest(key=key, text=text):
                with self.assertRaises(capture_values.ValueRefusedError) as caught:
                    capture_values.read(FIELDS[key], text, "EUR")
                self.assertEqual(caught.exception.reason, capture_values.INVALID)

    def test_too_much_text(self):
        with self.assertRaises(capture_values.ValueRefusedError) as caught:
            capture_values.read(FIELDS["message"], "x" * 5001)
        self.assertEqual(caught.exception.reason, capture_values.TOO_LONG)

    def test_what_is_converted(self):
        for key, text, value in (
            ("employees", "1,200", 1200),
            ("annual_revenue", "1.2 million", 1_200_000),
            ("budget", "1234.56", 1234.56),
            ("twitter", "https://x.com/acme", "acme"),
        ):
            self.assertEqual(capture_values.convert(FIELDS[key], text, "EUR"), value)
