import json
import unittest

from odoo.tests import tagged

from .test_lead_hook import HookCase

try:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st
except ImportError:  # in an Odoo that wasn't set up by ./dev
    st = None

TYPES = (
    *("application/json", "application/json; charset=utf-16", "text/plain", ""),
    *("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "\xff"),
)


def _bodies():
    paths = st.sampled_from(("who", "mail", "phones", "wish", "entry", "x.y", ""))
    plain = (
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
    )
    values = st.recursive(
        plain
        | st.text(max_size=9)
        | st.sampled_from(("a@b.example", "<zq onload=x>", "\ud800", "\0")),
        lambda more: (
            st.lists(more, max_size=3)
            | st.dictionaries(paths | st.text(max_size=5), more, max_size=4)
        ),
        max_leaves=8,
    )
    objects = st.dictionaries(paths, values, max_size=5)
    return st.one_of(
        objects.map(lambda value: json.dumps(value).encode()),
        values.map(lambda value: json.dumps(value).encode()),
        st.binary(max_size=80),
    )


@unittest.skipUnless(st, "hypothesis is not installed")
@tagged("post_install", "-at_install", "lead_hook", "lead_long")
class TestHookFuzz(HookCase):
    """Whatever is sent, it is stored or refused; what is taken is in the form."""

    def test_nothing_breaks_and_nothing_is_lost(self):
        stored = set()

        @settings(
            max_examples=100,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(_bodies(), st.sampled_from(TYPES))
        def attack(body, content_type):
            response = self._call(body, **{"Content-Type": content_type})
            self.assertIn(response.status_code, (200, 400, 413))
            if response.status_code == 200:
                stored.add(body)
            self.assertNotIn("<zq", response.text)

        attack()
        self.assertGreater(len(stored), 10)
        calls = self.hook.call_ids
        self.assertEqual(len(calls), len(stored))
        taken = calls.filtered(lambda call: call.state == "taken")
        waiting = calls.filtered(lambda call: call.state == "waiting")
        self.assertEqual(calls, taken | waiting)
        self.assertTrue(all(waiting.mapped("reason")))
        self.assertEqual(len(self._get_all()), len(taken))
