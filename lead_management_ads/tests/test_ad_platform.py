import json
from datetime import datetime
from unittest.mock import patch

import requests

from odoo.tests import BaseCase, tagged

from ..tools import ad_platform
from .test_ad_file import make_row


@tagged("post_install", "-at_install", "lead_ads")
class TestAdPlatform(BaseCase):
    """What platforms are sent, and what of their answers is told."""

    def _send(self, platform, *rows, status=200, body="{}", **options):
        """Return what `send` returned, and the only request it made."""
        answer = requests.Response()
        answer.status_code, answer._content = status, body.encode()
        with patch.object(requests, "post", return_value=answer) as post:
            said = ad_platform.send(platform, "77", "secret", rows, **options)
        [call] = post.call_args_list
        return said, call

    def test_meta(self):
        rows = [make_row("fbclid"), make_row("fbclid", value=0)]
        said, call = self._send("meta", *rows)
        self.assertEqual(said, "")
        self.assertEqual(call.args, ("https://graph.facebook.com/v23.0/77/events",))
        self.assertEqual(call.kwargs["headers"]["Authorization"], "Bearer secret")
        # The token goes nowhere but to the platform itself.
        self.assertFalse(call.kwargs["allow_redirects"])
        first, second = call.kwargs["json"]["data"]
        self.assertEqual(first["event_time"], 1772357400)
        self.assertEqual(first["user_data"]["fbc"], "fb.1.1769904000000.Ab-1_x")
        self.assertEqual(first["custom_data"], {"value": "12.50", "currency": "EUR"})
        self.assertEqual(second["custom_data"], {})

    def test_linkedin(self):
        rows = [make_row("li_fat_id"), make_row("li_fat_id", value=0)]
        said, call = self._send("linkedin", *rows)
        self.assertEqual(said, "")
        first, second = call.kwargs["json"]["elements"]
        self.assertEqual(first["conversionHappenedAt"], 1772357400000)
        self.assertEqual(
            first["conversionValue"], {"amount": "12.50", "currencyCode": "EUR"}
        )
        self.assertNotIn("conversionValue", second)
        known = ad_platform.LINKEDIN_VERSION
        self.assertEqual(call.kwargs["headers"]["LinkedIn-Version"], known)
        _said, call = self._send("linkedin", *rows, version="202611")
        self.assertEqual(call.kwargs["headers"]["LinkedIn-Version"], "202611")

    def test_refusals_are_told(self):
        for status, body, told in (
            (299, "{}", ""),
            (300, "{}", "300"),
            (302, "{}", "302"),
            (400, json.dumps({"error": {"message": "No pixel"}}), "400 No pixel"),
            (403, json.dumps({"message": "Not allowed"}), "403 Not allowed"),
            (401, json.dumps({"error": "invalid", "message": "Old"}), "401 Old"),
            (400, "<html>", "400"),
            (400, "[]", "400"),
            (404, json.dumps({"message": "x" * 600}), "404 " + "x" * 496),
        ):
            with self.subTest(status=status, body=body):
                self.assertEqual(self._send("meta", status=status, body=body)[0], told)

    def test_what_may_succeed_later_is_an_error(self):
        for status in (429, 500, 503):
            with self.subTest(status=status), self.assertRaises(requests.HTTPError):
                self._send("meta", status=status)

    def test_a_lead_without_touches_has_no_click(self):
        for touches in (None, {}, {"last_gclid": ""}):
            with self.assertRaises(KeyError):
                ad_platform.find_click("google", touches)

    def test_dates_are_in_utc(self):
        late = make_row("fbclid", date=datetime(1970, 1, 1, 0, 0, 1))
        _said, call = self._send("meta", late)
        self.assertEqual(call.kwargs["json"]["data"][0]["event_time"], 1)
