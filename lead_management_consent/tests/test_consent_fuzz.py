import os
import unittest
from urllib.parse import quote

from odoo.tests import HttpCase, tagged
from odoo.tools.misc import hash_sign

from ..models.crm_lead_consent_state import links
from .common import ConsentCase

try:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st
except ImportError:  # in an Odoo that wasn't set up by ./dev
    st = None

EXAMPLES = int(os.environ.get("CONSENT_FUZZ") or 60)


@unittest.skipUnless(st, "hypothesis is not installed")
@tagged("post_install", "-at_install", "lead_consent", "lead_long")
class TestConsentFuzz(ConsentCase, HttpCase):
    """Whatever stands in the address: no error, and nothing changes."""

    def test_any_token(self):
        state = self._agree()
        state.sudo().write({"state": "asked", "asked_key": "right key"})
        scopes = (links.CONFIRM_SCOPE, links.WITHDRAW_SCOPE)
        values = st.recursive(
            st.none() | st.integers() | st.text(max_size=5) | st.booleans(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.text(max_size=3), inner, max_size=3)
            ),
        )
        tokens = (
            st.text(min_size=1, max_size=80)
            | st.binary(min_size=1, max_size=80)
            | st.tuples(st.sampled_from(scopes), values)
        )
        self.env.flush_all()

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        )
        @given(
            st.sampled_from((links.CONFIRM_PATH, links.WITHDRAW_PATH)),
            st.sampled_from(("GET", "POST")),
            tokens,
        )
        def run(path, method, token):
            if isinstance(token, tuple):
                scope, signed = token
                if isinstance(signed, list) and state.id in signed:
                    return
                token = hash_sign(self.env, scope, signed if signed is not None else 0)
            url = self.base_url() + path + quote(token, safe="")
            response = self.opener.request(
                method, url, allow_redirects=False, timeout=30
            )
            # Odoo sends away from addresses it writes otherwise.
            self.assertIn(response.status_code, (301, 308, 400, 404, 405))

        run()
        self.env.invalidate_all()
        self.assertEqual((state.state, state.asked_key), ("asked", "right key"))
