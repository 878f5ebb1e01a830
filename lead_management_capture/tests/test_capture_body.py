from odoo.tests import BaseCase, tagged

from ..tools import capture_body

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
        status = {capture_body.CONTENT_TYPE: 415, capture_body.TOO_LARGE: 413}
        self.assertEqual(
            caught.exception.status, status.get(caught.exception.reason, 400)
        )
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

    def test_a_name_of_several_values_may_come_more_than_once(self):
        data = b"message=a&message=b%0Ac&email=d"
        self.assertEqual(
            capture_body.read(URLENCODED, data, ASKED, {"message"}),
            {"message": "a\nb\nc", "email": "d"},
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

    def test_limits(self):
        """What is just allowed is read, and one more is not."""
        most = 64 * 1024
        text = "x" * (most - len("message="))
        self.assertEqual(self._read(f"message={text}".encode())["message"], text)
        self.assertEqual(
            self._refused(f"message={text}x".encode()), capture_body.TOO_LARGE
        )
        self.assertEqual(self._read(b"&".join([b"x=1"] * 100)), {})
        self.assertEqual(self._read(b"x" * 100 + b"=1"), {})
        for name in ("a[", "a]"):
            self.assertEqual(self._refused(f"{name}=1".encode()), capture_body.NAMES)
        # All values of a multipart body together
        half = b"x" * (most // 2)
        name = b'Content-Disposition: form-data; name="x"\r\n\r\n'
        data, content_type = self._multipart(name + half, name + half)
        self.assertEqual(self._refused(data, content_type), capture_body.TOO_LARGE)

    def test_names_that_were_left_out_are_told(self):
        left_out = set()
        values = capture_body.read(
            URLENCODED, b"email=a&x=1&y=&z=+", ASKED, left_out=left_out
        )
        self.assertEqual((values, left_out), ({"email": "a"}, {"x"}))

    def _upload(self, *parts, uploads):
        data, content_type = self._multipart(*parts)
        return capture_body.read(content_type, data, ASKED, uploads=uploads)

    def test_files_go_to_the_inputs_that_are_there(self):
        head = b'Content-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n%s'
        uploads = {"cv": []}
        values = self._upload(
            head % (b"cv", b"a.txt", b"one"),
            head % (b"cv", b"empty.txt", b""),
            head % (b"cv", b"", b"nameless"),
            head % (b"cv", b"", b""),
            head % (b"other", b"", b""),
            b'Content-Disposition: form-data; name="email"\r\n\r\na@b.de',
            uploads=uploads,
        )
        self.assertEqual(values, {"email": "a@b.de"})
        self.assertEqual(
            [(upload.name, upload.data) for upload in uploads["cv"]],
            [("a.txt", b"one"), ("empty.txt", b""), ("", b"nameless")],
        )
        with self.assertRaises(capture_body.BodyError) as caught:
            self._upload(head % (b"other", b"a.txt", b""), uploads={"cv": []})
        self.assertEqual(caught.exception.reason, capture_body.FILES)

    def test_only_forms_with_files_may_be_large(self):
        head = b'Content-Disposition: form-data; name="cv"; filename="a"\r\n\r\n'
        large = b"x" * (200 * 1024)
        uploads = {"cv": []}
        self._upload(head + large, uploads=uploads)
        [upload] = uploads["cv"]
        self.assertEqual((upload.name, len(upload.data)), ("a", len(large)))
        most = 40 * 1024 * 1024 + 64 * 1024
        for size, reason in (
            (most, capture_body.MALFORMED),
            (most + 1, capture_body.TOO_LARGE),
        ):
            with self.assertRaises(capture_body.BodyError) as caught:
                capture_body.read(
                    "multipart/form-data", b"x" * size, ASKED, uploads={"cv": []}
                )
            self.assertEqual(caught.exception.reason, reason)
        # Another way of sending doesn't become large by it.
        with self.assertRaises(capture_body.BodyError) as caught:
            capture_body.read(URLENCODED, large, ASKED, uploads={"cv": []})
        self.assertEqual(caught.exception.reason, capture_body.TOO_LARGE)
