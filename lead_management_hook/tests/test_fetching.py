from unittest.mock import patch

import requests

from odoo.tests import BaseCase, tagged

from ..tools import fetching


def _answer(status=200, content=b""):
    answer = requests.Response()
    answer.status_code, answer._content = status, content
    return answer


@tagged("post_install", "-at_install", "lead_hook")
class TestFetching(BaseCase):
    """What a platform answers, and what is made of it."""

    def test_a_server_that_can_answer(self):
        for status in (200, 302, 400, 403, 404, 428, 430, 499):
            with patch.object(requests, "get", return_value=_answer(status)) as get:
                answer = fetching.get("https://a.example", {"A": "b"}, {"c": "d"})
            self.assertEqual(answer.status_code, status)
            get.assert_called_once_with(
                "https://a.example",
                params={"c": "d"},
                headers={"A": "b"},
                timeout=10,
                allow_redirects=False,
            )

    def test_a_server_that_cannot(self):
        for status in (429, 500, 503):
            with (
                patch.object(requests, "get", return_value=_answer(status)),
                self.assertRaises(requests.HTTPError),
            ):
                fetching.get("https://a.example", {})

    def test_answers_that_are_kept(self):
        most = fetching.payload.MAX_BODY
        for status, size, is_good in (
            (200, 0, True),
            (200, most, True),
            (200, most + 1, False),
            (201, 1, False),
            (199, 1, False),
            (404, 1, False),
        ):
            answer = _answer(status, b"x" * size)
            self.assertIs(fetching.is_good(answer), is_good, (status, size))

    def test_why_it_was_refused(self):
        for content, message in (
            (b'{"error": {"message": "No."}}', "No."),
            (b'{"error": {"message": 5}}', "5"),
            (b'{"error": {}}', ""),
            (b'{"error": "x"}', ""),
            (b"[]", ""),
            (b"<html>", ""),
            (b'{"error": {"message": "%s"}}' % (b"x" * 501), "x" * 500),
        ):
            answer = _answer(400, content)
            found = fetching.read_message(answer, "error", "message")
            self.assertEqual(found, message, content[:40])
