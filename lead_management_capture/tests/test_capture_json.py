import json

from odoo.tests import BaseCase, tagged

from ..tools import capture_body, capture_json

try:
    from hypothesis import given, settings
    from hypothesis import strategies as st
except ImportError:  # in an Odoo that wasn't set up by ./dev
    given = None

NAMES = {"email", "last_name", "budget", "consent_1"}


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureJson(BaseCase):
    """What JSON becomes, without a server."""

    def _read(self, value):
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        return capture_json.read(data, NAMES)

    def test_values_become_what_a_visitor_would_type(self):
        for value, text in [
            ("  Doe ", "  Doe "),
            ("a\r\nb\x07", "a\nb "),
            (25000, "25000"),
            (25.000, "25"),
            (1234.567, "1234.57"),
            (1e3, "1000"),
            (-0.5, "-0.50"),
            (True, "yes"),
            (["a", None, 2], "a\n2"),
        ]:
            with self.subTest(value=value):
                self.assertEqual(self._read({"budget": value})[0], {"budget": text})
        for value in (None, False, ""):
            with self.subTest(value=value):
                self.assertEqual(self._read({"budget": value}), ({}, []))

    def test_unknown_names_are_told(self):
        self.assertEqual(
            self._read({"telephone": "1", "email": "a@b.example", "Fax": "2"}),
            ({"email": "a@b.example"}, ["Fax", "telephone"]),
        )

    def test_what_is_no_submission_is_refused_as_a_whole(self):
        for data, reason in [
            (b"", capture_body.MALFORMED),
            (b"[]", capture_body.MALFORMED),
            (b'"text"', capture_body.MALFORMED),
            (b"[" * 30_000, capture_body.MALFORMED),
            (b'{"email": [["a@b.example"]]}', capture_body.MALFORMED),
            (b'{"email": {"a": 1}}', capture_body.MALFORMED),
            (b'{"budget": NaN}', capture_body.MALFORMED),
            (b'{"budget": 1e999999999}', capture_body.MALFORMED),
            (b'{"budget": ' + b"9" * 5000 + b"}", capture_body.MALFORMED),
            (b'{"email": "a", "email": "b"}', capture_body.NAMES),
            (b'{"' + b"x" * 101 + b'": 1}', capture_body.NAMES),
            (b'{"email": "\xff"}', capture_body.ENCODING),
            (b'{"email": "\\u0000"}', capture_body.ENCODING),
            (b'{"email": "\\ud800"}', capture_body.ENCODING),
            (b" " * (capture_body.MAX_BODY + 1), capture_body.TOO_LARGE),
            (json.dumps(dict.fromkeys(map(str, range(101)))).encode(), "too_large"),
        ]:
            with (
                self.subTest(data=data[:40]),
                self.assertRaises(capture_body.BodyError) as refusal,
            ):
                self._read(data)
            self.assertEqual(refusal.exception.reason, reason)

    def test_any_body_is_read_or_refused(self):
        if not given:
            self.skipTest("hypothesis is not installed")
        plain = st.none() | st.booleans() | st.text(max_size=20)
        numbers = st.integers() | st.floats()
        values = st.recursive(
            plain | numbers,
            lambda more: (
                st.lists(more, max_size=3)
                | st.dictionaries(st.sampled_from(sorted(NAMES)), more, max_size=3)
            ),
            max_leaves=6,
        )
        bodies = st.binary(max_size=60) | values.map(lambda v: json.dumps(v).encode())

        @settings(max_examples=300, deadline=None, database=None, derandomize=True)
        @given(bodies)
        def read(data):
            try:
                found, unknown = capture_json.read(data, NAMES)
            except capture_body.BodyError:
                return
            self.assertEqual(set(found) - NAMES, set())
            self.assertFalse(set(unknown) & NAMES)
            for text in found.values():
                text.encode()

        read()
