import json
import unittest
from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged, users

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon

from ..tools import feed_reader
from .test_public_fetch import StandIn

HOURS = timedelta(hours=1)


def rss(*titles, moment=None):
    moment = moment or fields.Datetime.now()
    items = "".join(
        f"<item><title>{title}</title><guid>{title}</guid>"
        f"<link>https://paper.example/{number}</link><pubDate>"
        f"{moment - number * HOURS:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for number, title in enumerate(titles)
    )
    feed = f'<rss version="2.0"><channel><title>P</title>{items}</channel></rss>'
    return feed.encode()


@unittest.skipUnless(feed_reader.is_available(), "feedparser is not installed")
class TestNewsCommon(TestLeadManagementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = StandIn()
        cls.addClassCleanup(cls.server.stop)
        cls.parameters = cls.env["ir.config_parameter"]
        cls.parameters.set_param("lead_management.feed_private_hosts", "127.0.0.1")
        cls.parameters.set_param("lead_management.x_api_url", f"{cls.server.url}/2")
        cls.industry = cls.env["res.partner.industry"].create({"name": "Rockets"})
        cls.other_industry = cls.industry.create({"name": "Boats"})
        cls.feed = cls._create_feed("/rockets", cls.industry)

    @classmethod
    def _create_feed(cls, path, industries, **values):
        return cls.env["crm.lead.feed"].create(
            {
                "name": path,
                "url": cls.server.url + path,
                "industry_ids": [Command.set(industries.ids)],
                **values,
            }
        )

    def _answer(self, path, body, status=200, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.server.answers[path] = (status, headers, body)

    def _titles(self, lead):
        answer = lead.with_user(self.user_sales_salesman).get_news()
        return [item["title"] for item in answer["items"]]


@tagged("post_install", "-at_install", "lead_news")
class TestLeadFeed(TestNewsCommon):
    def test_headlines_are_kept_once(self):
        self._answer("/rockets", rss("One", "Two"))
        self.feed._fetch()
        self._answer("/rockets", rss("Three", "One", "Two"))
        self.feed._fetch()
        self.assertEqual(
            sorted(self.feed.item_ids.mapped("name")), ["One", "Three", "Two"]
        )
        self.assertFalse(self.feed.error)

    def test_unchanged_feed_is_asked_for_changes_only(self):
        self._answer("/rockets", rss("One"), ETag='"a"', Last_Modified="yesterday")
        self.feed._fetch()
        self._answer("/rockets", b"", status=304)
        self.feed._fetch()
        _path, headers = self.server.requests[-1]
        self.assertEqual(headers["If-None-Match"], '"a"')
        self.assertEqual(headers["If-Modified-Since"], "yesterday")
        self.assertEqual(len(self.feed.item_ids), 1)
        self.assertFalse(self.feed.error)

    def test_old_headlines_are_neither_taken_nor_kept(self):
        month = timedelta(days=30)
        self._answer("/rockets", rss("Old", moment=fields.Datetime.now() - 3 * month))
        self.feed._fetch()
        self.assertFalse(self.feed.item_ids)
        item = self.feed.item_ids.create(
            {
                "feed_id": self.feed.id,
                "guid": "old",
                "name": "Old",
                "published": fields.Datetime.now() - 3 * month,
            }
        )
        item._gc_items()
        self.assertFalse(item.exists())

    def test_failures_are_told_and_waited_out(self):
        self._answer("/rockets", b"", status=500)
        self.feed._fetch()
        self.assertIn("500", self.feed.error)
        first = self.feed.next_fetch
        self.feed._fetch()
        self.assertGreater(self.feed.next_fetch, first + HOURS)
        self._answer("/rockets", b"<html>Hello</html>")
        self.feed._fetch()
        self.assertIn("no feed", self.feed.error)
        self._answer("/rockets", rss("One"))
        self.feed._fetch()
        self.assertFalse(self.feed.error)
        self.assertEqual(self.feed.failure_count, 0)

    def test_private_network_is_refused_unless_allowed(self):
        self._answer("/rockets", rss("One"))
        self.parameters.set_param("lead_management.feed_private_hosts", "")
        with self.assertRaisesRegex(UserError, "private network"):
            self.feed.action_fetch()
        self.assertFalse(self.feed.item_ids)

    def test_feed_of_a_page_is_found(self):
        feed = self._create_feed("/page", self.industry)
        self._answer(
            "/page",
            b'<link rel="alternate" type="application/rss+xml" href="/its-feed">',
        )
        self._answer("/its-feed", rss("Found"))
        feed._fetch()
        self.assertEqual(feed.item_ids.name, "Found")
        self.assertEqual(feed.feed_url, f"{self.server.url}/its-feed")

    def test_cron_fetches_what_is_due(self):
        self.env["crm.lead.feed"].search([]).next_fetch = fields.Datetime.now() + HOURS
        self.feed.next_fetch = fields.Datetime.now() - HOURS
        resting = self._create_feed("/resting", self.industry)
        resting.next_fetch = fields.Datetime.now() + HOURS
        self._answer("/rockets", rss("One"))
        self._answer("/resting", rss("Two"))
        with self.enter_registry_test_mode():
            self.env.ref(
                "lead_management_news.ir_cron_fetch_feeds"
            ).method_direct_trigger()
        self.assertEqual(self.feed.item_ids.name, "One")
        self.assertFalse(resting.item_ids)

    def test_address_is_checked(self):
        for url in ("javascript:alert(1)", "file:///etc/passwd", "no address"):
            with self.assertRaises(ValidationError, msg=url):
                self.env["crm.lead.feed"].create({"name": "Bad", "url": url})

    @users("user_sales_salesman")
    def test_salesman_changes_no_feeds(self):
        feed = self.feed.with_user(self.env.user)
        self.assertTrue(feed.name)
        with self.assertRaises(AccessError):
            feed.name = "Mine"
        with self.assertRaises(AccessError):
            feed.create({"name": "Mine", "url": "https://example.com"})
        with self.assertRaises(AccessError):
            feed.action_fetch()


@tagged("post_install", "-at_install", "lead_news")
class TestLeadNews(TestNewsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead_own.industry_id = cls.industry
        cls.lead_own.partner_name = "Acme Rockets GmbH"

    def test_those_that_name_the_company_come_first(self):
        boats = self._create_feed("/boats", self.other_industry)
        self._answer("/rockets", rss("Rockets fly", "Acme falls", "Fuel is cheap"))
        self._answer("/boats", rss("Boats swim", "Why ACME ROCKETS builds boats"))
        (self.feed + boats)._fetch()
        self.assertEqual(
            self._titles(self.lead_own),
            [
                "Why ACME ROCKETS builds boats",
                "Rockets fly",
                "Acme falls",
                "Fuel is cheap",
            ],
        )

    def test_names_are_whole_words(self):
        self._answer("/rockets", rss("Acme rocketship", "At acme rockets, inc."))
        self.feed._fetch()
        answer = self.lead_own.get_news()
        self.assertEqual(
            {item["title"]: item["names_company"] for item in answer["items"]},
            {"Acme rocketship": False, "At acme rockets, inc.": True},
        )

    def test_reading_is_everyone_s_own(self):
        self._answer("/rockets", rss("One"))
        self.feed._fetch()
        item = self.feed.item_ids
        item.with_user(self.user_sales_salesman).mark_as_read()
        self.assertTrue(item.with_user(self.user_sales_salesman).is_read)
        self.assertFalse(item.with_user(self.user_sales_manager).is_read)
        unread = item.with_user(self.user_sales_manager).search(
            [("is_read", "=", False)]
        )
        self.assertIn(item, unread)
        unread = item.with_user(self.user_sales_salesman).search(
            [("is_read", "=", False)]
        )
        self.assertNotIn(item, unread)

    def test_why_there_is_none(self):
        self.env["crm.lead.feed"].search([]).unlink()
        self.assertEqual(self.lead_own.get_news()["state"], "feeds")
        self._create_feed("/empty", self.industry)
        self.assertEqual(self.lead_own.get_news()["state"], "nothing")
        self.lead_own.industry_id = False
        self.assertEqual(self.lead_own.get_news()["state"], "industry")

    def test_news_of_another_s_lead_are_refused(self):
        lead = self._create_lead(self.user_sales_manager)
        for method in ("get_news", "get_posts", "fetch_posts"):
            with self.assertRaises(AccessError, msg=method):
                getattr(lead.with_user(self.user_sales_salesman), method)()

    @users("user_sales_salesman")
    def test_news_and_posts_are_read_from_a_replica(self):
        lead = self.lead_own.with_env(self.env)
        with self.read_only():
            for method in ("get_news", "get_posts"):
                self.assertTrue(getattr(type(lead), method)._readonly)
                self.assertTrue(getattr(lead, method)())

    def test_button_counts_what_it_opens(self):
        self._answer("/rockets", rss("One", "Two"))
        self.feed._fetch()
        feed = self.feed.with_user(self.user_sales_salesman)
        action = feed.action_view_items()
        opened = feed.env[action["res_model"]].search_count(action["domain"])
        self.assertEqual((feed.item_count, opened), (2, 2))

    def test_query_count(self):
        self._answer("/rockets", rss(*(f"Acme rockets {n}" for n in range(15))))
        self.feed._fetch()
        lead = self.lead_own.with_user(self.user_sales_salesman)
        lead.get_news()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            lead.get_news()


@tagged("post_install", "-at_install", "lead_news")
class TestLeadPosts(TestNewsCommon):
    def _post(self, lead=None):
        lead = (lead or self.lead_own).with_user(self.user_sales_salesman)
        (profile,) = lead.fetch_posts()["profiles"]
        return profile

    def _answer_x(self, user=True, **tweets):
        self._answer(
            "/2/users/by/username/acme",
            json.dumps({"data": {"id": "42"}} if user else user).encode(),
        )
        posts = [
            {"id": str(n), "text": text, "created_at": "2026-11-20T10:00:00.000Z"}
            for n, text in enumerate(tweets.get("texts", ()))
        ]
        self._answer("/2/users/42/tweets", json.dumps({"data": posts}).encode())

    def test_posts_of_x(self):
        self.parameters.set_param("lead_management.x_bearer_token", "secret")
        self.lead_own.twitter = "acme"
        self._answer_x(texts=["Hello &amp; <b>welcome</b>"])
        profile = self._post()
        self.assertEqual(profile["name"], "@acme")
        self.assertEqual(profile["error"], "")
        (post,) = profile["posts"]
        self.assertEqual(post["title"], "Hello & welcome")
        self.assertEqual(post["url"], "https://x.com/acme/status/0")
        self.assertEqual(self.server.requests[-1][1]["Authorization"], "Bearer secret")

    def test_profile_is_not_asked_again_within_the_hour(self):
        self.parameters.set_param("lead_management.x_bearer_token", "secret")
        self.lead_own.twitter = "acme"
        self._answer_x(texts=["One"])
        self._post()
        asked = len(self.server.requests)
        other = self._create_lead(self.user_sales_salesman, twitter="acme")
        self.assertEqual(self._post(other)["posts"][0]["title"], "One")
        self.assertFalse(other.get_posts()["is_due"])
        self.assertEqual(len(self.server.requests), asked, "two leads share a profile")

    def test_what_x_refuses_is_told_in_words(self):
        self.lead_own.twitter = "acme"
        self.assertIn("Settings", self._post()["error"])
        self.parameters.set_param("lead_management.x_bearer_token", "secret")
        profiles = self.env["crm.lead.feed"].search([("handle", "=", "acme")])
        for status, headers, words in (
            (401, {}, "does not accept"),
            (404, {}, "no profile"),
            (429, {"x-rate-limit-reset": "4102444800"}, "no more requests until"),
            (429, {}, "no more requests now"),
            (503, {}, "503"),
        ):
            self.server.answers["/2/users/by/username/acme"] = (status, headers, b"")
            profiles.next_fetch = False
            self.assertIn(words, self._post()["error"])
            self.assertGreater(profiles.next_fetch, fields.Datetime.now() + HOURS / 2)
        for body in (b"nonsense", b"[]", b'{"data": {"id": "../me"}}'):
            self._answer("/2/users/by/username/acme", body)
            profiles.next_fetch = False
            self.assertIn("not answer with a list", self._post()["error"])

    def test_posts_of_a_public_profile(self):
        self.lead_own.social_url = f"{self.server.url}/@acme"
        self._answer("/@acme.rss", rss("Toot"))
        self.assertEqual(self._post()["posts"][0]["title"], "Toot")

    def test_private_address_of_a_lead_is_refused(self):
        """Anybody may write a lead's profile: the server doesn't go anywhere for it."""
        self.parameters.set_param("lead_management.feed_private_hosts", "")
        self.lead_own.social_url = f"{self.server.url}/secret"
        asked = len(self.server.requests)
        self.assertIn("private network", self._post()["error"])
        self.assertEqual(len(self.server.requests), asked)

    def test_looking_asks_nobody(self):
        self.lead_own.social_url = f"{self.server.url}/@acme"
        asked = len(self.server.requests)
        answer = self.lead_own.with_user(self.user_sales_salesman).get_posts()
        self.assertEqual(answer, {"is_due": True, "profiles": []})
        self.assertEqual(len(self.server.requests), asked)

    def test_profiles_are_seen_by_way_of_the_lead_only(self):
        self.lead_own.social_url = f"{self.server.url}/@acme"
        self._answer("/@acme.rss", rss("Toot"))
        self._post()
        for model in ("crm.lead.feed", "crm.lead.feed.item"):
            records = self.env[model].with_user(self.user_sales_manager).search([])
            self.assertEqual(set(records.mapped("kind")) - {"news"}, set())

    def test_address_that_is_none_is_left_alone(self):
        self.lead_own.social_url = "call me"
        answer = self.lead_own.with_user(self.user_sales_salesman).fetch_posts()
        self.assertEqual(answer["profiles"], [])


@tagged("post_install", "-at_install", "lead_news")
class TestNewsOff(TestLeadManagementCommon):
    """Without the package that reads feeds."""

    def _without_feedparser(self):
        return patch.object(feed_reader, "feedparser", None)

    @users("user_sales_manager")
    def test_without_feedparser_news_are_off_and_say_so(self):
        feed = self.env["crm.lead.feed"].create(
            {"name": "Paper", "url": "https://paper.example/rss"}
        )
        lead = self.lead_own.with_env(self.env)
        lead.write({"social_url": "https://blog.example/jane"})
        with self._without_feedparser():
            self.assertIn("feedparser", lead.get_news()["off"])
            posts = lead.fetch_posts()
            self.assertIn("feedparser", posts["profiles"][0]["error"])
            self.assertFalse(lead.get_posts()["is_due"])
            with self.assertRaisesRegex(UserError, "feedparser"):
                feed.action_fetch()
            feed.sudo()._cron_fetch()
            self.assertFalse(feed.failure_count)
            settings = self.env["res.config.settings"].sudo().create({})
            self.assertIn("feedparser", settings.lead_news_off)
        self.assertFalse(settings.create({}).sudo().lead_news_off)
        self.assertFalse(lead.get_news()["off"])

    def test_nothing_has_to_be_installed_for_news(self):
        module = self.env.ref("base.module_lead_management_news")
        needed = module.get_module_info(module.name).get("external_dependencies", {})
        self.assertNotIn("feedparser", needed.get("python", ()))


@tagged("post_install", "-at_install", "lead_news", "lead_settings")
class TestNewsSettings(TestLeadManagementCommon):
    def test_any_text_gives_the_default(self):
        set_param = self.env["ir.config_parameter"].set_param
        feeds, items = self.env["crm.lead.feed"], self.env["crm.lead.feed.item"]
        pause, age = feeds._get_pause(), fields.Datetime.now() - items._get_oldest()
        settings = self.env["res.config.settings"].get_values()
        for text in ("many", "20,5", "-3", "9" * 30):
            with self.subTest(text=text), self.assertLogs("odoo.addons", "WARNING"):
                for name in ("feed_minutes", "feed_days"):
                    set_param(f"lead_management.{name}", text)
                self.assertEqual(feeds._get_pause(), pause)
                now = fields.Datetime.now()
                self.assertAlmostEqual(now - items._get_oldest(), age, delta=HOURS)
                values = self.env["res.config.settings"].get_values()
                for name in ("lead_feed_minutes", "lead_feed_days"):
                    self.assertEqual(values[name], settings[name])

    def test_settings_are_kept(self):
        settings = self.env["res.config.settings"].create({"lead_feed_days": 7})
        settings.set_values()
        get_param = self.env["ir.config_parameter"].get_param
        self.assertEqual(get_param("lead_management.feed_days"), "7")
        with self.assertRaises(ValidationError):
            settings.lead_feed_days = 0


@tagged("post_install", "-at_install", "lead_tours")
class TestTourNews(TestNewsCommon, HttpCase):
    def test_salesman_reads_news_and_posts(self):
        self.user_sales_salesman.password = "user_sales_salesman"
        self.lead_own.write(
            {
                "industry_id": self.industry.id,
                "social_url": f"{self.server.url}/@acme",
                "street": "Rocket Road 1",
                "city": "Toulouse",
            }
        )
        self._answer("/rockets", rss("Why Acme flies"))
        self._answer("/@acme.rss", rss("We fly again"))
        self.feed._fetch()
        self.start_tour(
            f"/odoo/action-crm.crm_lead_all_leads/{self.lead_own.id}",
            "lead_news",
            login="user_sales_salesman",
        )
        self.assertTrue(self.feed.item_ids.with_user(self.user_sales_salesman).is_read)
