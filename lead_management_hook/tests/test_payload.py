import json

from odoo.tests import BaseCase, tagged

from odoo.addons.lead_management_capture.tools.capture_body import BodyError

from ..tools import payload

try:
    from hypothesis import given, settings
    from hypothesis import strategies as st
except ImportError:  # in an Odoo that wasn't set up by ./dev
    given = None


@tagged("post_install", "-at_install", "lead_hook")
class TestPayload(BaseCase):
    """How the values of what services send are named."""

    def _flatten(self, value):
        return payload.flatten(payload.read(json.dumps(value)))

    def test_objects_lists_and_plain_values(self):
        self.assertEqual(
            self._flatten(
                {
                    "contact": {"email": "a@b.example", "age": 30, "vip": True},
                    "tags": ["x", "y"],
                    "none": None,
                    "empty": [],
                    "blank": " ",
                    "a.b": "dotted",
                }
            ),
            {
                "contact.email": "a@b.example",
                "contact.age": "30",
                "contact.vip": "yes",
                "tags[0]": "x",
                "tags[1]": "y",
                '"a.b"': "dotted",
            },
        )

    def test_answers_are_named_whatever_their_place(self):
        answers = [{"name": "mail", "values": ["m"]}, {"name": "fax", "values": ["f"]}]
        expected = {
            "data[name=mail].values[0]": "m",
            "data[name=fax].values[0]": "f",
        }
        self.assertEqual(self._flatten({"data": answers}), expected)
        self.assertEqual(self._flatten({"data": answers[::-1]}), expected)
        twice = [{"name": "mail", "v": 1}, {"name": "mail", "v": 2}]
        self.assertIn("data[1].v", self._flatten({"data": twice}))

    def test_forms_are_read_too(self):
        read = payload.read("a=1&b=x+y&b=z", "application/x-www-form-urlencoded")
        self.assertEqual(payload.flatten(read), {"a": "1", "b[0]": "x y", "b[1]": "z"})

    def test_what_can_not_be_read_is_refused(self):
        for text in ("", "{", "null", "1", '"a"', '{"a": NaN}', '{"a": 1, "a": 2}'):
            with self.subTest(text=text), self.assertRaises(BodyError):
                payload.read(text)
        for data in (b"\xff", b"a\0", b"x" * (payload.MAX_BODY + 1)):
            with self.subTest(data=data[:3]), self.assertRaises(BodyError):
                payload.decode(data)
        deep = "[" * 30 + "1" + "]" * 30
        for text in (deep, json.dumps(list(range(payload.MAX_VALUES + 1)))):
            with self.subTest(text=text[:9]), self.assertRaises(BodyError):
                payload.flatten(payload.read(text))

    def test_what_is_just_not_too_much_is_read(self):
        self.assertEqual(payload.MAX_BODY, 2**18)
        whole = b"x" * payload.MAX_BODY
        self.assertEqual(payload.decode(whole), whole.decode())
        self.assertEqual(len(self._flatten([*range(500)])), 500)
        self.assertEqual(self._flatten({"a": "x" * 5001}), {"a": "x" * 5000})
        with self.assertRaises(BodyError):
            self._flatten([*range(501)])
        for value, path in (([1], "[0]"), ({"a": 1}, "a")):
            last, beyond = value, value
            for depth in range(20):
                beyond = {"a": beyond} if path == "a" else [beyond]
                last = beyond if depth == 18 else last
            self.assertEqual(len(self._flatten(last)), 1)
            with self.assertRaises(BodyError):
                self._flatten(beyond)
        nested = {"a": 1}
        for _depth in range(10):
            nested = {"a": [{"name": "x", "a": nested}]}
        with self.assertRaises(BodyError):
            self._flatten(nested)

    def test_forms_keep_what_is_empty_and_are_no_larger(self):
        form = "application/x-www-form-urlencoded"
        self.assertEqual(payload.read("a=&b=1", form), {"a": "", "b": "1"})
        self.assertEqual(payload.read("", form), {})
        fits = "&".join(f"a{number}=1" for number in range(500))
        self.assertEqual(len(payload.read(fits, form)), 500)
        with self.assertRaises(BodyError):
            payload.read(f"{fits}&b=1", form)

    def test_objects_that_say_nothing_but_their_name(self):
        found = self._flatten({"data": [{"id": "x"}, {"id": "y", "v": "1"}]})
        self.assertEqual(found, {"data[id=x].id": "x", "data[id=y].v": "1"})
        found = self._flatten({"data": [{"id": "x.y", "v": "é"}]})
        self.assertEqual(found, {'data[id="x.y"].v': "é"})
        found = self._flatten({"é.": "1", "": "2"})
        self.assertEqual(found, {'"é."': "1", '""': "2"})

    def test_each_value_has_a_path_or_names_one(self):
        if not given:
            self.skipTest("hypothesis is not installed")
        names = st.text("ab.[]=\"'", max_size=4) | st.sampled_from(payload.IDENTIFIERS)
        values = st.recursive(
            st.integers(0, 10**6).map("v{}".format),
            lambda more: (
                st.lists(more, min_size=1, max_size=3)
                | st.dictionaries(names, more, min_size=1, max_size=3)
            ),
            max_leaves=8,
        )

        def texts(value):
            if isinstance(value, str):
                return [value]
            inner = value.values() if isinstance(value, dict) else value
            return [text for part in inner for text in texts(part)]

        @settings(max_examples=300, deadline=None, database=None, derandomize=True)
        @given(values.filter(lambda value: not isinstance(value, str)))
        def check(value):
            found = self._flatten(value)
            names = " ".join(found)
            left = list(found.values())
            for text in texts(value):
                if text in left:
                    left.remove(text)
                else:
                    self.assertIn(f"={text}", names)
            self.assertFalse(left, "nothing is made up")

        check()
