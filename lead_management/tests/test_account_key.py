import string
import unittest

from odoo.tests import BaseCase, tagged

from ..tools import match_score, name_similarity, typing_mistake, web_domain
from ..tools.account_key import (
    MAX_LENGTH,
    account_key,
    compact,
    core,
    fold,
    initials,
    legal_form,
)
from ..tools.legal_forms import BEHIND, CAUTIOUS_FRONT, FRONT
from ..tools.match_query import MatchQuery, normalize_vat

try:
    from hypothesis import given, settings
    from hypothesis import strategies as st
except ImportError:  # in an Odoo that wasn't set up by ./dev
    st = None

SAME = [
    # legal forms behind, of many countries and in chains
    *[
        ("Acme", f"Acme {form}")
        for form in ("Inc.", "LLC", "L.L.C.", "Corp", "Co., Ltd.")
    ],
    *[("Müller", f"Müller {form}") for form in ("GmbH", "GmbH & Co. KG", "AG", "e.K.")],
    ("Müller", "MÜLLER GmbH & Co. KGaA"),
    *[("Dupont", f"Dupont {form}") for form in ("S.A.", "SARL", "S.A.S.U.", "et Cie")],
    *[
        ("Ferrari", f"Ferrari {form}")
        for form in ("S.p.A.", "SpA", "s.r.l.", "S.p.A. ")
    ],
    *[("Lego", f"LEGO {form}") for form in ("A/S", "ApS", "AS", "a/s")],
    *[("Nokia", f"Nokia {form}") for form in ("Oyj", "Oy Ab", "OYJ")],
    ("Volvo", "Volvo AB (publ)"),
    *[("Iberdrola", f"Iberdrola, {form}") for form in ("S.A.", "S.L.U.", "S.A.U.")],
    *[("Bimbo", f"Bimbo, {form}") for form in ("S.A.B. de C.V.", "SA de CV")],
    ("Natura", "Natura Ltda."),
    ("Philips", "KONINKLIJKE PHILIPS NV"),
    *[
        ("Tata Steel", f"Tata Steel {form}")
        for form in ("Pvt. Ltd.", "(P) Ltd", "Limited")
    ],
    ("Tata Steel", "Tata Steel Private Limited"),
    ("Koç Holding", "KOÇ HOLDİNG A.Ş."),
    ("Yıldız", "YILDIZ SAN. VE TİC. LTD. ŞTİ."),
    ("Orlen", "Orlen Sp. z o.o."),
    ("Orlen", "ORLEN SPÓŁKA AKCYJNA"),
    ("Škoda", "SKODA a.s."),
    ("Mol", "MOL Nyrt."),
    ("Krka", "Krka d.d."),
    *[("Grab", f"Grab {form}") for form in ("Pte. Ltd.", "Sdn. Bhd.", "Pte")],
    *[
        ("Bluescope", f"BlueScope {form}")
        for form in ("Pty Ltd", "(Pty) Ltd", "Pty. Limited")
    ],
    ("Sasol", "Sasol (RF) (Pty) Ltd"),
    ("Emaar", "Emaar PJSC"),
    ("Bombardier", "Bombardier ltée"),
    ("Ahold", "Ahold N.V."),
    # in front
    ("Bukit Asam", "PT Bukit Asam Tbk"),
    ("Volvo", "AB Volvo"),
    ("Ромашка", "ООО «Ромашка»"),
    ("Газпром", "ПАО Газпром"),
    ("Akropolis", "UAB „Akropolis“"),
    ("Vinamilk", "Công ty Cổ phần Vinamilk"),
    # scripts without spaces
    ("トヨタ自動車", "トヨタ自動車株式会社"),
    ("日立製作所", "株式会社日立製作所"),
    ("日立製作所", "㈱日立製作所"),
    ("삼성전자", "삼성전자(주)"),
    ("삼성전자", "삼성전자 주식회사"),
    ("華為技術", "華為技術有限公司"),
    ("ปตท", "บริษัท ปตท. จำกัด (มหาชน)"),
    ("בנק לאומי", 'בנק לאומי בע"מ'),
    # registration tails and remarks
    ("Clorox", "CLOROX CO /DE/"),
    ("Lennar", "LENNAR CORP /NEW/"),
    ("Rush Enterprises", "RUSH ENTERPRISES INC \\TX\\"),
    ("Ipsos", "IPSOS/ADR"),
    ("Fatpipe", "Fatpipe Inc/UT"),
    ("Deutsche Lufthansa", "DEUTSCHE LUFTHANSA A G /FI"),
    ("Orion", "Orion Corporation (pharmaceutical company)"),
    ("Fox", "Fox Corporation (Class B)"),
    ("Central Garden & Pet", "Central Garden & Pet Company (class A)"),
    # joining words, articles, initials, signs
    ("Marks & Spencer", "Marks and Spencer plc"),
    ("Villeroy & Boch", "Villeroy und Boch AG"),
    ("Moët & Chandon", "MOET ET CHANDON"),
    ("Walt Disney", "The Walt Disney Company"),
    ("Coca-Cola", "Coca Cola Company (The)"),
    ("J.M. Smucker", "J M SMUCKER Co"),
    ("A. O. Smith", "SMITH A O CORP"),
    ("H.B. Fuller Company", "FULLER H B CO"),
    ("D. R. Horton", "HORTON D R INC /DE/"),
    ("PG&E", "PG&E Corp"),
    ("Packaging Corporation of America", "PACKAGING CORP OF AMERICA"),
    ("S&P Global", "S & P GLOBAL INC."),
    ("M/I Homes", "M I HOMES INC"),
    ("McDonald's", "MCDONALDS CORP"),
    ("McDonald’s", "McDonald's"),
    ("Ørsted", "Orsted A/S"),
    ("Straße", "STRASSE"),
    ("Acme™", "Acme®"),
    ("ＡＣＭＥ", "Acme"),
]
DIFFERENT = [
    ("Acadia Healthcare", "Acadia Pharmaceuticals"),
    ("TBWA/CHIAT/DAY", "TBWA"),
    ("AB Foods", "Foods"),
    ("Koninklijke Bank", "Bank"),
    ("SA Power Networks", "Power Networks"),
    ("8x8", "88"),
    ("A. O. Smith", "Smith Corp"),
    ("Deutsche Lufthansa A G", "A G Lufthansa Deutsche"),
    ("Gores Holdings IX", "Gores Holdings X"),
    ("Газпром", "Gazprom"),
]
LETTERS = "abcdeéøßłñışاбвж株式会社주あ中גกำ& .,-/()'’\"+0189 \t\u200b™ⅣΑς\U0001f600"


@tagged("lead_account_key")
class TestAccountKey(BaseCase):
    def test_spellings_of_one_name_have_one_key(self):
        for one, other in SAME:
            with self.subTest(one=one, other=other):
                self.assertEqual(account_key(one), account_key(other))

    def test_other_names_have_other_keys(self):
        for one, other in DIFFERENT:
            with self.subTest(one=one, other=other):
                self.assertNotEqual(account_key(one), account_key(other))

    def test_a_name_of_legal_forms_only_keeps_its_letters(self):
        self.assertEqual(account_key("GmbH & Co. KG"), "gmbh co kg")
        self.assertEqual(account_key("The Limited"), "limited")
        self.assertEqual(account_key("株式会社"), "株式会社")
        self.assertEqual(account_key("!!!"), "!!!")
        self.assertEqual(account_key(" \t "), "")
        self.assertEqual(account_key(None), "")
        self.assertEqual(account_key(False), "")

    def test_key_of_a_legal_form_is_not_empty(self):
        for form in BEHIND | {*FRONT, *CAUTIOUS_FRONT}:
            self.assertTrue(account_key(form), form)

    def test_legal_forms_are_written_as_names_are_folded(self):
        for form in BEHIND | {*FRONT, *CAUTIOUS_FRONT}:
            self.assertIn(fold(f"Kwyjibo {form}x"), f"kwyjibo {form}x", form)

    def test_long_and_strange_names_are_quick_and_safe(self):
        for name in ("a" * 100_000, "A." * 50_000, "/" * 100_000, "( " * 50_000):
            self.assertLessEqual(len(account_key(name)), MAX_LENGTH)
        self.assertTrue(account_key("\ud800\0Acme"))

    def test_initials_core_and_compact(self):
        self.assertEqual(
            initials(account_key("International Business Machines")), "ibm"
        )
        self.assertEqual(initials("acme rockets"), "")
        self.assertEqual(core("lufthansa group"), "lufthansa")
        self.assertEqual(core("holding group"), "holding group")
        self.assertEqual(compact("auto trader"), "autotrader")

    def test_legal_form_is_told_as_it_is_written(self):
        self.assertEqual(legal_form("Müller GmbH & Co. KG"), "GmbH & Co. KG")
        self.assertEqual(legal_form("AB Volvo"), "AB")
        self.assertEqual(legal_form("トヨタ自動車株式会社"), "株式会社")
        self.assertEqual(legal_form("Acme"), "")


def _repeatedly(**strategies):
    """Try a test with many examples, always the same ones."""

    def decorate(test):
        tried = settings(
            max_examples=500, deadline=None, database=None, derandomize=True
        )
        return tried(given(**strategies)(test))

    return decorate


def _names():
    """Return a strategy for names: words of any script among legal forms and signs."""
    forms = sorted(BEHIND | {*FRONT, *CAUTIOUS_FRONT})
    tails = ["/DE/", "\\TX\\", "(The)", ", The", "(Class A)", "& Co. KG", "™", "/ADR"]
    return st.lists(
        st.one_of(
            st.text(max_size=12),
            st.text(LETTERS, max_size=12),
            st.sampled_from(forms),
            st.sampled_from(forms).map(str.upper),
            st.sampled_from(tails),
        ),
        max_size=7,
    ).map(" ".join)


@unittest.skipUnless(st, "hypothesis is not installed")
@tagged("lead_account_key")
class TestAccountKeyProperties(BaseCase):
    """What holds for every name that there may be."""

    def test_key_of_a_key_is_that_key(self):
        @_repeatedly(name=_names())
        def check(name):
            key = account_key(name)
            self.assertEqual(account_key(key), key)

        check()

    def test_key_is_empty_only_if_the_name_is(self):
        @_repeatedly(name=_names())
        def check(name):
            self.assertEqual(bool(account_key(name)), bool(name.strip()))

        check()

    def test_key_is_words_parted_by_single_spaces(self):
        @_repeatedly(name=_names())
        def check(name):
            key = account_key(name)
            self.assertEqual(" ".join(key.split()), key)

        check()

    def test_order_and_number_of_legal_forms_do_not_matter(self):
        forms = sorted(form for form in BEHIND if " " not in form)

        @_repeatedly(
            word=st.text("bcdfghjklmnpqrtvwxz", min_size=4, max_size=12),
            some=st.lists(st.sampled_from(forms), min_size=1, max_size=4),
            data=st.data(),
        )
        def check(word, some, data):
            if word in BEHIND or word in FRONT:
                return
            other = data.draw(st.permutations(some))
            names = [f"{word} {' '.join(some)}", f"{word} {' '.join(other)}", word]
            keys = {account_key(name) for name in names}
            self.assertEqual(len(keys), 1, keys)

        check()

    def test_letter_case_and_outer_spaces_do_not_matter(self):
        @_repeatedly(name=st.text(string.ascii_letters + " &.,-", min_size=1))
        def check(name):
            self.assertEqual(account_key(f"  {name.upper()} "), account_key(name))

        check()


@tagged("lead_account_key")
class TestNameSimilarity(BaseCase):
    def _score(self, one, other):
        return name_similarity.compare(account_key(one), account_key(other)).score

    def test_better_likeness_has_the_higher_score(self):
        ranked = [
            ("Acme Rockets", "Acme Rockets Inc"),
            ("Acme Rockets", "AcmeRockets"),
            ("Acme Rockets", "Acme Rockets Group"),
            ("Acme Rockets", "Acme Rockets Systems"),
            ("Acme Rockets", "Acme Rokets"),
            ("Acme Rockets", "Zenith Rockets"),
        ]
        scores = [self._score(*names) for names in ranked]
        self.assertEqual(scores, sorted(scores, reverse=True))
        self.assertLess(scores[-1], 0.5)

    def test_who_writes_the_legal_form_leaves_out_nothing(self):
        short = name_similarity.compare("sharp", "sharp systems")
        registered = name_similarity.compare(
            "sharp", "sharp systems", is_registered=True
        )
        self.assertGreater(short.score, registered.score)

    def test_a_bank_and_its_holding_are_alike(self):
        for one, other in [
            ("Zenobia Bank", "Zenobia Financial Corp"),
            ("Zenobia Bank", "Zenobia Bancshares, Inc."),
            ("Atlantic Union Bank", "Atlantic Union Bankshares Corp"),
        ]:
            self.assertGreater(self._score(one, other), 0.5, (one, other))
            self.assertLess(self._score(one, other), 0.85, "may be another one")

    def test_common_words_alone_are_no_likeness(self):
        for one, other in [
            ("Global Technologies Holdings", "Zenith Technologies Group"),
            ("First National Bank", "Peoples Bank"),
            ("Acadia Healthcare", "Zenith Healthcare"),
            ("Toto", "Toro"),
        ]:
            self.assertLess(self._score(one, other), 0.5, (one, other))

    def test_abbreviations_and_plurals_are_the_same_word(self):
        self.assertGreater(self._score("Acme Tech", "Acme Technologies"), 0.85)
        self.assertGreater(self._score("Acme Intl", "Acme International"), 0.85)
        self.assertGreater(self._score("Acme System", "Acme Systems"), 0.85)

    def test_a_word_that_many_accounts_have_tells_little(self):
        alone = name_similarity.compare("blackrock", "blackrock income trust")
        common = name_similarity.compare(
            "blackrock", "blackrock income trust", frozenset({"blackrock"})
        )
        self.assertGreater(alone.score, 0.5)
        self.assertLess(common.score, 0.5)

    def test_distance_counts_typing_mistakes(self):
        for one, other, count in [
            ("acme", "acme", 0),
            ("acme", "acne", 1),
            ("acme", "amce", 1),
            ("acme", "acmee", 1),
            ("acme", "cme", 1),
        ]:
            self.assertEqual(typing_mistake.distance(one, other, 2), count)
        self.assertGreater(typing_mistake.distance("acme", "zzzz", 2), 2)

    def test_misspellings_are_one_mistake_away(self):
        words = typing_mistake.misspellings("rocket")
        self.assertTrue({"roket", "rockett", "rcoket", "racket"} <= words)
        for word in words:
            self.assertLessEqual(typing_mistake.distance("rocket", word, 2), 1, word)
        self.assertFalse(typing_mistake.misspellings("ibm"))
        self.assertFalse(typing_mistake.misspellings("a" * 500))


@tagged("lead_account_key")
class TestWebDomain(BaseCase):
    def test_domain_is_what_was_registered(self):
        for text, expected in [
            ("https://shop.acme.co.uk/en?x=a.b", ["acme.co.uk"]),
            ("mcdonalds.com corporate.mcdonalds.com", ["mcdonalds.com"]),
            ("orange.com (group) orange.fr", ["orange.com", "orange.fr"]),
            ("engie.com /en", ["engie.com"]),
            ("Jane Doe <jane.doe@mail.acme.de>", ["acme.de"]),
            ("www.hd.eneos.co.jp:8069", ["eneos.co.jp"]),
            ("http://müller.de", ["xn--mller-kva.de"]),
            ("acme.myshopify.com", ["acme.myshopify.com"]),
            ("jane@acme.example.com", ["acme.example.com"]),
            ("Official website", []),
            ("192.168.1.1", []),
            ("http://localhost:8069", []),
            ("", []),
            (None, []),
            ("." * 10_000, []),
            ("a." * 10_000, []),
        ]:
            self.assertEqual(web_domain.domains(text), expected, text)

    def test_free_mail_and_social_networks_are_no_company_s(self):
        for text in (
            *("jane@gmail.com", "jane.doe@yahoo.co.jp", "jane@hotmail.fr", "x@qq.com"),
            *("facebook.com/acme", "https://www.linkedin.com/company/acme"),
            *("jane@example.com", "jane@t-online.de"),
        ):
            self.assertEqual(web_domain.domains(text), [], text)

    def test_site_of_a_marketplace_itself_is_a_company_s(self):
        self.assertEqual(web_domain.domain("www.amazon.com"), "amazon.com")

    def test_domains_are_shown_in_letters(self):
        self.assertEqual(web_domain.readable("xn--mller-kva.de"), "müller.de")


@tagged("lead_account_key")
class TestMatchScore(BaseCase):
    def test_evidence_adds_up_by_family(self):
        website = match_score.evidence("website")
        email = match_score.evidence("email_domain")
        phone = match_score.evidence("phone")
        self.assertEqual(match_score.score([website, email]), 0.93)
        self.assertEqual(match_score.score([website, phone]), 0.986)

    def test_shared_evidence_is_weaker(self):
        strengths = [
            match_score.evidence("phone", "", n).strength for n in (1, 5, 9, 50)
        ]
        self.assertEqual(strengths[0], strengths[1])
        self.assertEqual(strengths, sorted(strengths, reverse=True))
        self.assertLess(strengths[-1], 0.5)

    def test_contradictions_and_countries(self):
        name = [match_score.evidence("name", "equal", strength=0.96)]
        plain = match_score.score(name)
        self.assertLess(match_score.score(name, other_vat=True), plain)
        self.assertLess(match_score.score(name, other_website=True), plain)
        self.assertLess(match_score.score(name, other_name=True), 1)
        self.assertEqual(match_score.score(name, other_name=True), plain)
        self.assertLess(match_score.score(name, other_country=True), plain)

    def test_weak_evidence_is_never_sure(self):
        """No single kind of evidence but a strong one reaches the default of 0.85."""
        for kind in ("phone", "email_domain", "domain_name", "initials"):
            self.assertLess(match_score.score([match_score.evidence(kind)]), 0.85, kind)
        website = [match_score.evidence("website")]
        self.assertGreater(match_score.score(website), 0.85)
        self.assertLess(match_score.score(website, other_name=True), 0.85)
        name = [match_score.evidence("name", "equal", strength=0.96)]
        self.assertLess(match_score.score(name, other_website=True), 0.85)
        both = [match_score.evidence("phone"), match_score.evidence("email_domain")]
        self.assertGreater(match_score.score(both), 0.85, "two that don't depend")

    def test_tax_ids_without_signs(self):
        self.assertEqual(normalize_vat("BE 0477.472.701"), "BE0477472701")
        for none in ("/", "NA", "n/a", "", None, "none at all"):
            self.assertEqual(normalize_vat(none), "", none)
        query = MatchQuery(vat="0477.472.701", country_code="BE")
        self.assertEqual(query.vats, {"0477472701", "BE0477472701"})
