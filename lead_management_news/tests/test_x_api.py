import json
import unittest
from datetime import datetime

from odoo.tests import BaseCase, tagged

from ..tools import feed_reader, x_api
from ..tools.public_fetch import Answer, FetchError

POST = {"id": "12", "text": "We &amp; you", "created_at": "2026-11-01T10:00:00.000Z"}


@unittest.skipUnless(feed_reader.is_available(), "feedparser is not installed")
@tagged("post_install", "-at_install")
class TestXApi(BaseCase):
    """Posts as X gives them out, and what else it may say."""

    def _read(self, *answers, user_ref=None):
        """Read posts, which X answers so: bodies, or errors by their number."""
        self.asked = []
        left = list(answers)

        def fetch(url, *, headers):
            self.asked.append((url.removeprefix(x_api.BASE), headers))
            answer = left.pop(0)
            if isinstance(answer, Exception):
                raise answer
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            return Answer(url, 200, {}, body)

        return x_api.read_posts(fetch, "secret", "a/b", user_ref)

    def _refused(self, *answers, user_ref=None):
        with self.assertRaises(x_api.XError) as caught:
            self._read(*answers, user_ref=user_ref)
        return caught.exception.reason

    def test_user_is_looked_up_once(self):
        user_ref, [post] = self._read({"data": {"id": "7"}}, {"data": [POST, "x"]})
        self.assertEqual(user_ref, "7")
        self.assertEqual(self.asked[0][0], "/users/by/username/a%2Fb")
        self.assertEqual(self.asked[0][1], {"Authorization": "Bearer secret"})
        self.assertIn("/users/7/tweets?max_results=10&", self.asked[1][0])
        self.assertEqual((post.guid, post.title), ("12", "We & you"))
        self.assertEqual(post.url, "https://x.com/a%2Fb/status/12")
        self.assertEqual(post.published, datetime(2026, 11, 1, 10))
        self.assertEqual(self._read({}, user_ref="7"), ("7", []))
        self.assertEqual(len(self.asked), 1)

    def test_posts_without_a_day(self):
        for moment in ("soon", 5, None):
            _ref, [post] = self._read(
                {"data": [{"id": 1, "created_at": moment}]}, user_ref="7"
            )
            self.assertIsNone(post.published)

    def test_answers_that_are_none(self):
        for answer in (
            b"<html>",
            [],
            {"data": {}},
            {"data": [1]},
            {"data": {"id": "x"}},
        ):
            self.assertEqual(self._refused(answer), "answer", answer)

    def test_profiles_that_cannot_be_read(self):
        for title, reason in (
            ("Not Found Error", "profile"),
            ("Authorization Error", "protected"),
        ):
            self.assertEqual(self._refused({"errors": [{"title": title}]}), reason)
        # Some of the posts are there.
        errors = {"errors": [{"title": "Authorization Error"}], "data": [POST]}
        _ref, posts = self._read(errors, user_ref="7")
        self.assertEqual(len(posts), 1)

    def _fail(self, status, **headers):
        return FetchError("status", Answer("", status, headers))

    def test_errors_by_their_number(self):
        for status, reason in (
            *((401, "token"), (403, "token"), (400, "profile"), (404, "profile")),
            (429, "wait"),
        ):
            self.assertEqual(self._refused(self._fail(status)), reason, status)
        for error in (self._fail(500), self._fail(402), FetchError("slow")):
            with self.assertRaises(FetchError) as caught:
                self._read(error)
            self.assertIs(caught.exception, error)

    def test_until_when_x_wants_to_be_left_alone(self):
        for reset, until in (
            ("1793527200", datetime(2026, 11, 1, 10)),
            ("soon", None),
            ("1" * 12, None),
        ):
            with self.assertRaises(x_api.XError) as caught:
                self._read(self._fail(429, **{"x-rate-limit-reset": reset}))
            self.assertEqual(caught.exception.until, until)
