import unittest
from datetime import datetime

from odoo.tests import BaseCase, tagged

from ..tools import feed_reader, social_profile

RSS = b"""<?xml version="1.0" encoding="iso-8859-1"?>
<rss version="2.0"><channel><title>Paper &amp; Ink</title>
<item><title>M\xfcller &lt;b&gt;buys&lt;/b&gt; &lt;script&gt;x()&lt;/script&gt;</title>
<link>https://paper.example/1</link><guid>one</guid>
<description>&lt;p onclick="x()"&gt;A &lt;i&gt;story&lt;/i&gt;&lt;/p&gt;</description>
<pubDate>Mon, 02 Nov 2026 10:00:00 +0200</pubDate></item>
<item><title>Odd</title><link>javascript:alert(1)</link><guid>two</guid>
<pubDate>sometime</pubDate></item>
<item><title>Again</title><guid>one</guid></item>
<item><link>https://paper.example/untitled</link></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title>
<entry><id>tag:1</id><title type="html">A &amp;amp; B</title>
<link href="https://blog.example/1"/><updated>2026-11-01T00:00:00Z</updated></entry>
</feed>"""


@unittest.skipUnless(feed_reader.is_available(), "feedparser is not installed")
@tagged("post_install", "-at_install")
class TestFeedReader(BaseCase):
    def test_rss_is_read_as_plain_text(self):
        title, entries = feed_reader.read(RSS)
        self.assertEqual(title, "Paper & Ink")
        self.assertEqual([entry.guid for entry in entries], ["one", "two"])
        first, second = entries
        self.assertTrue(first.title.startswith("Müller buys"))
        self.assertNotIn("<", first.title + first.summary)
        self.assertEqual(first.summary, "A story")
        self.assertEqual(first.published, datetime(2026, 11, 2, 8, 0))
        self.assertEqual(second.url, "", "no address of the web")
        self.assertIsNone(second.published)

    def test_atom_is_read(self):
        _title, (entry,) = feed_reader.read(ATOM, "application/atom+xml")
        self.assertEqual((entry.guid, entry.title), ("tag:1", "A & B"))

    def test_what_is_no_feed_is_told(self):
        for body in (b"", b"<html><body>Hello</body></html>", b"\xff\x00\xfe", b"{}"):
            with self.assertRaises(ValueError, msg=body):
                feed_reader.read(body)

    def test_entities_are_not_blown_up(self):
        levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
        bomb = (
            f'<!DOCTYPE rss [<!ENTITY e0 "lol">{levels}]>'
            "<rss><channel><item><title>&e8;</title></item></channel></rss>"
        )
        try:
            _title, entries = feed_reader.read(bomb.encode())
        except ValueError:
            return
        self.assertLess(sum(len(entry.title) for entry in entries), 10_000)

    def test_feed_that_its_reader_chokes_on_is_no_feed(self):
        poison = b"<rss version='2.0'><channel><title>&#99999999999;</title></channel>"
        with self.assertRaisesRegex(ValueError, "no feed"):
            feed_reader.read(poison + b"</rss>")

    def test_page_names_its_feed(self):
        page = b"""<html><head><link rel="stylesheet" href="x.css">
            <link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>"""
        self.assertEqual(
            feed_reader.find_feed(page, "https://blog.example/about"),
            "https://blog.example/feed.xml",
        )
        page = page.replace(b"/feed.xml", b"javascript:x")
        self.assertIsNone(feed_reader.find_feed(page, "https://blog.example/"))
        self.assertIsNone(feed_reader.find_feed(b"", "https://blog.example/"))

    def test_other_links_of_a_page_are_no_feed(self):
        for link in (
            b'<link rel="alternate" type="text/html" href="/de">',
            b'<link rel="stylesheet" type="application/rss+xml" href="/x">',
        ):
            page = b"<html><head>" + link + b"</head></html>"
            self.assertIsNone(feed_reader.find_feed(page, "https://blog.example/"))

    def test_server_names_the_encoding(self):
        body = "<rss version='2.0'><channel><title>Müller</title></channel></rss>"
        for encoding in ("iso-8859-1", "utf-16-le"):
            title, _entries = feed_reader.read(
                body.encode(encoding), f"application/rss+xml; charset={encoding}"
            )
            self.assertEqual(title, "Müller", encoding)

    def test_long_feeds_and_texts_are_cut(self):
        item = (
            "<item><guid>{0}</guid><title>{0} {1}</title><description>{2}</description>"
        )
        items = [f"{item.format(n, 't' * 400, 's' * 600)}</item>" for n in range(120)]
        body = f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>"
        _title, entries = feed_reader.read(body.encode())
        self.assertEqual([entry.guid for entry in entries], [*map(str, range(100))])
        self.assertEqual({len(entry.title) for entry in entries}, {300})
        self.assertEqual({len(entry.summary) for entry in entries}, {500})

    def test_plain_text(self):
        for text, length, result in (
            (None, 9, ""),
            ("nine sign", 9, "nine sign"),
            ("ten signs!", 9, "ten sign…"),
            ("nine sig ns", 10, "nine sig…"),
            ("a\x00b\n c", 9, "ab c"),
            ("a <b>bold</b> &amp; c", 20, "a bold & c"),
            ("a < b", 9, "a < b"),
            ("\x01 <b>text</b>", 20, "text"),
        ):
            self.assertEqual(feed_reader.plain_text(text, length), result, text)

    def test_only_addresses_of_the_web(self):
        for url in ("https://blog.example/1", "http://blog.example"):
            self.assertEqual(feed_reader.web_address(f" {url} "), url)
        for url in (None, "", "/1", "https:///1", "ftp://blog.example", "http://[1"):
            self.assertIsNone(feed_reader.web_address(url), url)

    def test_feeds_of_profiles_are_known(self):
        channel = "UC" + "a" * 22
        for profile, feed in (
            ("https://mastodon.example/@acme", "https://mastodon.example/@acme.rss"),
            (
                "https://bsky.app/profile/acme.example/",
                "https://bsky.app/profile/acme.example/rss",
            ),
            (
                f"https://www.youtube.com/channel/{channel}/videos",
                f"https://www.youtube.com/feeds/videos.xml?channel_id={channel}",
            ),
            ("https://www.youtube.com/@acme", None),
            ("https://medium.com/@acme", "https://medium.com/feed/@acme"),
            ("https://reddit.com/r/acme/new", "https://www.reddit.com/r/acme/.rss"),
            ("https://github.com/acme", "https://github.com/acme.atom"),
            ("https://acme.example/blog", None),
        ):
            self.assertEqual(social_profile.feed_address(profile), feed, profile)
