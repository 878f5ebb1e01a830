from odoo.tests import BaseCase, tagged

from ..tools import safe_url
from ..tools.safe_url import UnsafeUrlError

OWN = "http://localhost:8069"


@tagged("-at_install", "post_install", "lead_capture")
class TestSafeUrl(BaseCase):
    """Addresses that browsers are sent to."""

    def assertRefused(self, read, address, *args):
        with self.subTest(address=address), self.assertRaises(UnsafeUrlError):
            self.fail(f"{address!r} was read as {read(address, *args)!r}")

    def test_pages_visitors_may_be_sent_to(self):
        for address, expected in (
            ("https://www.example.com/thanks", "https://www.example.com/thanks"),
            (" https://Example.COM:443/ ", "https://example.com/"),
            ("https://example.com:8443/a?b=c&d=%20#e",) * 2,
            (
                "https://bücher.example/dänke",
                "https://xn--bcher-kva.example/d%C3%A4nke",
            ),
            ("/thanks", "/thanks"),
            ("/", "/"),
            ("/a?next=//evil.example", "/a?next=//evil.example"),
            ("http://localhost:8069/thanks", "http://localhost:8069/thanks"),
            ("http://localhost:3000/thanks", "http://localhost:3000/thanks"),
            ("http://127.0.0.1/thanks", "http://127.0.0.1/thanks"),
            ("http://www.shop.test/a?b", "http://www.shop.test/a?b"),
            ("http://Shop.LOCALHOST:8080/", "http://shop.localhost:8080/"),
            ("http://nas.local/", "http://nas.local/"),
        ):
            with self.subTest(address=address):
                self.assertEqual(safe_url.return_url(address, OWN), expected)

    def test_tricks_are_refused(self):
        for address in (
            "",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "\x01javascript:alert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https:\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "https://a.example\r\nSet-Cookie: x=1",
            "/thanks\r\nLocation: https://evil.example",
            "https://www.example.com@evil.example",
            "https://user:secret@example.com/",
            "https:evil.example",
            "https:/evil.example",
            "https:///evil.example",
            "https://",
            "https://?x",
            "https://a b.example",
            "https://a.example:99999",
            "https://a.example:x",
            "https://%65vil.example",
            "https://[::1]/",
            "https://a..example",
            "https://-\u200bevil.example",
            "https://evil.example／.good.example",
            "http://example.com",
            "http://localhost:8069.evil.example/",
            "http://localhost.evil.example/",
            "http://127.0.0.1.evil.example/",
            "http://127.0.0.2/",
            "http://shop.test.example/",
            "http://evil.example#.test",
            "http://evil.example?.local/",
            "http://evil.example/.localhost",
            "http://test/",
            "http://.test/",
            "http://evil.example\\.test/",
            "http://evil.example@shop.test/",
            "ftp://localhost/",
            "thanks",
            "?x",
            "#x",
            "www.example.com",
            "https://a.example/" + "x" * 2000,
        ):
            self.assertRefused(safe_url.return_url, address, OWN)

    def test_links_go_to_the_web(self):
        self.assertEqual(
            safe_url.page_url("https://a.example/p"), "https://a.example/p"
        )
        for address in ("/p", "http://a.example", "javascript:1", OWN):
            self.assertRefused(safe_url.page_url, address)

    def test_sites(self):
        for address, expected in (
            ("www.example.com", "https://www.example.com"),
            ("https://www.example.com/", "https://www.example.com"),
            ("https://a.example:8443", "https://a.example:8443"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://shop.test", "http://shop.test"),
        ):
            with self.subTest(address=address):
                self.assertEqual(safe_url.origin(address), expected)
        self.assertEqual(safe_url.origin("*.a.example", True), "https://*.a.example")

    def test_what_is_no_site(self):
        for address in (
            "*",
            "*.com",
            "https://*",
            "a.*.example",
            "*.*.example",
            "http://example.com",
            "https://a.example/page",
            "https://a.example?x",
            "'self'",
            "a.example;script-src",
            "https://a.example\r\nX: y",
            "ftp://a.example",
        ):
            self.assertRefused(safe_url.origin, address, True)
        self.assertRefused(safe_url.origin, "*.a.example")

    def test_a_list_of_sites(self):
        self.assertEqual(
            safe_url.origins("a.example\n https://b.example, a.example\n\n"),
            ["https://a.example", "https://b.example"],
        )
        self.assertEqual(safe_url.origins(None), [])
