from odoo.tests import BaseCase, tagged

from ..tools import web_domain


@tagged("post_install", "-at_install", "lead_account_key")
class TestWebDomainParts(BaseCase):
    """Which part of a host's name somebody has registered."""

    def test_what_is_registered(self):
        for host, domain in {
            "acme.com": "acme.com",
            "shop.eu.acme.com": "acme.com",
            "shop.acme.co.uk": "acme.co.uk",
            "acme.co.uk": "acme.co.uk",
            "co.uk": "co.uk",
            "www.acme.uk": "acme.uk",
            "co.acme.uk": "acme.uk",
            "shop.co.com": "co.com",
            ".acme.com.": "acme.com",
            "müller.de": "xn--mller-kva.de",
            "acme.xn--p1ai": "acme.xn--p1ai",
            # below a host
            "acme.myshopify.com": "acme.myshopify.com",
            "shop.acme.myshopify.com": "acme.myshopify.com",
            "www.myshopify.com": "myshopify.com",
            "myshopify.com": "myshopify.com",
            # none
            "localhost": "",
            "printer.local": "",
            "prices.pdf": "",
            "10.0.0.1": "",
            "acme..com": "",
            "": "",
            f"{'a' * 64}.com": "",
            f"{'acme.' * 50}com": "acme.com",  # 253 letters
            f"{'acme.' * 50}shop": "",
        }.items():
            self.assertEqual(web_domain.registered(host), domain, host)

    def test_no_more_than_so_many_are_named(self):
        text = "acme.com zenobia.de acme.com kwyjibo.fr lambrinos.gr"
        names = ["acme.com", "zenobia.de", "kwyjibo.fr", "lambrinos.gr"]
        self.assertEqual(web_domain.domains(text), names[:3])
        self.assertEqual(web_domain.domains(text, 1), names[:1])
        self.assertEqual(web_domain.domains(text, 9), names)
        self.assertEqual(web_domain.domain(text), names[0])
        self.assertEqual(web_domain.domain(""), "")
        self.assertEqual(web_domain.domains(f"{'x ' * 246}acme.com"), ["acme.com"])
        self.assertEqual(web_domain.domains(f"{'x ' * 246} acme.com"), ["acme.co"])

    def test_pages_at_what_many_share_are_no_company_s(self):
        for text, domain in {
            "amazon.com": "amazon.com",
            "https://www.amazon.com/": "amazon.com",
            "amazon.com/acme": "",
            "amazon.com?acme": "",
            "seller.amazon.com": "",
            "jane@amazon.com": "",
            "acme.com/about": "acme.com",
            "jane@yahoo.fr": "",
            "jane@acme.com": "acme.com",
            "jane.doe@gmail.com, acme.com": "acme.com",
        }.items():
            self.assertEqual(web_domain.domain(text), domain, text)
        for domain, is_shared in {
            "gmail.com": True,
            "yahoo.co.jp": True,
            "facebook.com": True,
            "myshopify.com": True,
            "acme.com": False,
            "acme.yahoo": False,
        }.items():
            self.assertEqual(web_domain.is_shared(domain), is_shared, domain)

    def test_what_a_domain_spells(self):
        self.assertEqual(web_domain.spelled("acme-united.co.uk"), "acmeunited")
        self.assertEqual(web_domain.readable("xn--mller-kva.de"), "müller.de")
        self.assertEqual(web_domain.readable("xn--a.de"), "xn--a.de")
