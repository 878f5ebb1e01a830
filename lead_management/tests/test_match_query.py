import unittest

from odoo.tests import BaseCase, tagged

from ..tools import match_query, name_similarity, romanized
from ..tools.match_query import MatchQuery


@tagged("post_install", "-at_install", "lead_account_match")
class TestMatchQuery(BaseCase):
    """What is looked up of what is known of a lead's company."""

    def test_what_is_asked_alike_is_asked_once(self):
        asked = {"name": "Acme", "website": "acme.com", "email": "jane@acme.de"}
        self.assertEqual(len({MatchQuery(**asked), MatchQuery(**asked)}), 1)
        self.assertEqual(len({MatchQuery(**asked), MatchQuery(name="Acme")}), 2)

    def test_the_better_reading_of_a_name_counts(self):
        query = MatchQuery(name="Kwyjibo (Zenobia Lighting)")
        for key, score, kind in (
            ("kwyjibo zenobia lighting", name_similarity.EQUAL, "equal"),
            ("zenobia lighting", name_similarity.UNSURE, "alike"),
            ("kwyjibo", name_similarity.UNSURE, "alike"),
            ("acme", 0, ""),
        ):
            with self.subTest(key=key):
                self.assertEqual(tuple(query.compare(key)), (score, kind))
        found = query.compare("zenobia lighting", is_alike_enough=False)
        self.assertEqual(tuple(found), (0, ""))

    def test_names_that_an_account_may_have_as_they_are(self):
        banks = "banc bancorp bancorporation bancshares bank banking bankshares"
        holders = {f"zenobia {bank}" for bank in f"{banks} financial".split()}
        for name, keys in (
            ("Zenobia Kwyjibo", {"zenobia kwyjibo"}),
            ("Zenobia Kwyjibo Group", {"zenobia kwyjibo group", "zenobia kwyjibo"}),
            ("John Deere", {"john deere", "deere"}),
            ("Acme Tech", {"acme tech", "acme technologies"}),
            ("Kärcher", {"karcher", "kaercher"}),
            ("Zenobia Bank", holders),
            ("ZENOBIABANK", holders | {"zenobiabank"}),
            ("Bank of Zenobia", {"bank of zenobia", "bank zenobia", "bank of"}),
            ("N/A", set()),
        ):
            with self.subTest(name=name):
                self.assertEqual(MatchQuery(name=name).equal_keys, keys)

    def test_only_common_words_are_translated(self):
        for name, translated, is_looked_up in (
            ("Munich Re", "munchener ruckversicherungs", True),
            ("Zenobia Re", "zenobia ruckversicherungs", False),
        ):
            query = MatchQuery(name=name)
            prefix = (f"{translated} ", f"{translated}!")
            self.assertEqual(translated in query.equal_keys, is_looked_up, name)
            self.assertEqual(prefix in query.key_prefixes, is_looked_up, name)
        query = MatchQuery(name="German National Bank Insurance")
        count = len(query.key_prefixes)
        self.assertEqual(count, match_query.MAX_TRANSLATED)

    def test_names_without_spaces(self):
        ends = "banc bancorp bancorporation bancshares bank banking corp group"
        for name, texts in (
            ("Auto Trader", {"autotrader"}),
            ("Auto Trader Group", {"autotradergroup", "autotrader"}),
            ("Kärcher", {"karcher", "kaercher"}),
            ("Eaglebank", {"eagle", *(f"eagle{end}" for end in ends.split())}),
            ("Eaglebank Kwyjibo", {"eaglebankkwyjibo"}),
            ("Bank", {"bank"}),
            ("", set()),
        ):
            with self.subTest(name=name):
                self.assertEqual(MatchQuery(name=name).equal_compacts, texts)

    def test_short_names_are_the_beginning_of_too_many(self):
        for name, prefixes in (
            ("Acme Co Zenobia", [("acmecozenobia", "acmecozenobia\U0010ffff")]),
            ("Zephyr", [("zephyr", "zephyr\U0010ffff")]),
            ("Acmes", []),
            ("", []),
        ):
            self.assertEqual(MatchQuery(name=name).compact_prefixes, prefixes)

    @unittest.skipUnless(romanized.is_available(), "anyascii is not installed")
    def test_sounds_are_those_of_other_scripts(self):
        for name, sounds, prefix in (
            ("Bosch", "~AS ~BLS ~BS ~BSL", None),
            ("Kia Motors", "~K ~KL", None),
            ("Яндекс", None, "ANTKS"),
            ("Yandex", None, "~ANTKS"),
            ("Zenobia", "~SLNB ~SNB ~SNBL ~SNLB", "~SNB"),
            ("", "", None),
        ):
            with self.subTest(name=name):
                query = MatchQuery(name=name)
                if sounds is not None:
                    self.assertEqual(query.sounds, sounds)
                expected = [(prefix, f"{prefix}\U0010ffff")] if prefix else []
                self.assertEqual(query.sound_prefixes[:1], expected)
        texts = MatchQuery(name="Яндекс").sounds.split()
        self.assertLessEqual({"ANTKS", "~ANTKS"}, set(texts))

    def test_words_that_tell_what_company_is_meant(self):
        for name, words, are_enough in (
            ("Zenobia Kwyjibo", "zenobia kwyjibo", True),
            ("Zenobia Zenobia Bank", "zenobia", True),
            ("GE Vernova", "ge vernova", True),
            ("Zenobiabank", "zenobiabank", False),
            ("Saint Gobain", "saint gobain", False),  # or "St Gobain"
            ("Deutsche Bank", "", False),
            ("", "", False),
        ):
            with self.subTest(name=name):
                query = MatchQuery(name=name)
                self.assertEqual(query.all_telling_words, words)
                self.assertEqual(query.is_told_by_words, are_enough)

    def test_the_only_word_has_four_letters_and_no_legal_form(self):
        for name, word in (
            ("Maersk", "maersk"),
            ("Acme", "acme"),
            ("IBM", ""),
            ("Acme Ltd", ""),
            ("Acme Zenobia", ""),
            ("Bank", ""),
        ):
            self.assertEqual(MatchQuery(name=name).only_word, word, name)

    def test_spellings_of_two_words_are_looked_up(self):
        query = MatchQuery(name="Zenobia Rheynmetall Kwyjibo")
        first, second = map(str.split, query.misspelt_words)
        self.assertIn("zenobai", first)
        self.assertIn("rheynmetal", second)
        [words] = MatchQuery(name="Zenobimmetal").misspelt_words
        self.assertIn("zenobimetall", words.split(), "doubled elsewhere")
        self.assertEqual(MatchQuery(name="Acme").misspelt_words, [])

    def test_domains_spell_names(self):
        for website, email, names in (
            ("acme.com", "jane@zenobia.de", {"acme", "zenobia"}),
            ("acme.com", "jane@gmail.com", {"acme"}),
            ("", "jane@hp.com", set()),
            ("", "jane@ibm.com", {"ibm"}),
            ("", "", set()),
        ):
            query = MatchQuery(website=website, email=email)
            self.assertEqual(query.domain_names, names)

    def test_tax_ids_are_stored_with_a_country_or_without(self):
        for vat, country, numbers in (
            ("DE 123456789", "", {"DE123456789", "123456789"}),
            ("123 456 789", "DE", {"DE123456789", "123456789"}),
            ("B12345674", "ES", {"B12345674", "ESB12345674"}),
            ("12345", "", {"12345"}),
            ("1234", "", set()),
            ("none", "DE", set()),
        ):
            query = MatchQuery(vat=vat, country_code=country)
            self.assertEqual(query.vats, numbers, vat)
