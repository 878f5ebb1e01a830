import itertools

from odoo.tests import BaseCase, tagged

from ..tools import name_similarity
from ..tools.account_key import account_key
from ..tools.name_similarity import CUT_SHORT, EQUAL, ORDER, SPACES, STRUCTURE, UNSURE


@tagged("post_install", "-at_install", "lead_account_key")
class TestNameLikeness(BaseCase):
    """In which way names differ, and what that is worth."""

    def _compare(self, one, other, **options):
        return tuple(
            name_similarity.compare(account_key(one), account_key(other), **options)
        )

    def test_one_company_s_names_score_more_than_two_s(self):
        self.assertEqual(
            (EQUAL, SPACES, ORDER, STRUCTURE, UNSURE, CUT_SHORT),
            (0.96, 0.94, 0.92, 0.92, 0.84, 0.80),
        )

    def test_each_way_in_which_names_differ(self):
        for one, other, score, kind in (
            ("Acme", "Acme Inc", EQUAL, "equal"),
            ("Auto Trader", "AutoTrader", SPACES, "spaces"),
            ("Ford Motor", "Motor Ford", ORDER, "order"),
            ("Air China", "China Air", UNSURE, "order"),
            ("NW Zenobia", "Northwest Zenobia", STRUCTURE, "structure"),
            ("Siemens Energy Group", "Siemens Energy", STRUCTURE, "structure"),
            ("Sharp Group", "Sharp", UNSURE, "structure"),
            ("Peter Smith", "Peters Smith", UNSURE, "structure"),
            ("LVMH", "LVMH Moët Hennessy Louis Vuitton", UNSURE, "structure"),
            (
                *("LVMH Moët Hennessy Louis Vuitton", "Moët Hennessy Louis Vuitton"),
                *(UNSURE, "structure"),
            ),
            ("University of Acme", "Acme University", UNSURE, "order"),
            ("onsemi", "On Semiconductor Corp", CUT_SHORT, "alike"),
            ("onsemi group", "On Semiconductor", CUT_SHORT, "alike"),
            ("Microntech", "Micron Technology", CUT_SHORT, "alike"),
            ("Газпром", "Gazprom", UNSURE, "script"),
            ("☎", "Acme", 0, ""),
            ("Acme", "", 0, ""),
        ):
            for pair in ((one, other), (other, one)):
                with self.subTest(pair=pair):
                    self.assertEqual(self._compare(*pair), (score, kind))

    def test_a_word_cut_short_is_longer_than_an_ending(self):
        for one, other in (
            ("Onsem", "On Semiconductor"),
            ("Semicond", "On Semiconductor"),
            ("Onlyons", "On Lyonsgate"),  # a name, not a common word
            ("Onsemi", "On Semiconductor Components"),
        ):
            self.assertEqual(self._compare(one, other), (0, ""), one)

    def test_registered_names_are_of_one_company_if_words_are_the_same(self):
        for one, other, score in (
            ("Siemens Energy Group", "Siemens Energy", UNSURE),
            ("Sharp Group", "Sharp", UNSURE),
            ("NW Zenobia", "Northwest Zenobia", STRUCTURE),
            ("Ford Motor", "Motor Ford", ORDER),
            ("Sharp", "Sharp Foods", 0.4891),
            ("Sharp International", "Sharp Foods", 0.4683),
        ):
            with self.subTest(one=one, other=other):
                found = self._compare(one, other, is_registered=True)
                self.assertEqual(found[0], score)

    def test_what_is_only_alike_may_not_count(self):
        for one, other, score in (
            ("Ford Motor", "Motor Ford", ORDER),
            ("LVMH", "LVMH Moët Hennessy Louis Vuitton", UNSURE),
            ("onsemi", "On Semiconductor", 0),
            ("Acme Rockets", "Acme Rokets", 0),
            ("Газпром", "Gazprom", 0),
        ):
            with self.subTest(one=one, other=other):
                found = self._compare(one, other, is_alike_enough=False)
                self.assertEqual(found[0], score)

    def test_score_of_names_that_are_alike(self):
        for one, other, score in (
            # a word that only one has: here, there, behind "International", on both
            ("Sharp", "Sharp Foods", 0.766),
            ("Sharp Foods", "Sharp", 0.6993),
            ("Sharp Group", "Sharp Foods", 0.716),
            ("Sharp International", "Sharp Foods", 0.6694),
            ("Sharp International", "Sharp International Foods", 0.7765),
            ("Sharp Audio", "Sharp Foods", 0.4782),
            ("Sharp Group", "Sharp Holding Foods", 0.6886),
            # the same word twice
            ("Johnson", "Johnson & Johnson", 0.84),
            ("Johnson & Johnson", "Johnson", 0.6383),
            # no pair for the first word, unless that is a given name
            ("Acme Foods", "Zenobia Acme Foods", 0.4597),
            ("Zenobia Acme Foods", "Acme Foods", 0.5599),
            ("John Deere", "Deere", 0.7223),
            ("Deere", "John Deere", 0.7122),
            ("Allianz Global Investors", "Global Investors", 0),
            # where a branch is
            ("Provident Bank", "Provident Bank of New Jersey", 0.7594),
            # typing mistakes, translations
            ("Acme Rockets", "Acme Rokets", 0.7071),
            ("Microsoft", "Mircosoft", 0.7),
            ("Acme", "Acne", 0),
            ("Wien Energie", "Vienna Energy", 0.804),
        ):
            with self.subTest(one=one, other=other):
                self.assertEqual(self._compare(one, other)[0], score)

    def test_initials_are_of_neighbouring_words(self):
        for one, other, score in (
            ("BNY Mellon", "Bank of New York Mellon", 0.8312),
            ("GE Vernova", "General Electric Vernova", 0.84),
            ("GEV Holding Zenobia", "General Electric Vernova Zenobia", 0.8258),
            ("GE Zenobia", "General Zenobia Electric", 0.2504),
            ("G1 Zenobia", "General 1 Zenobia", 0.244),
            # each word of the account is one's only
            ("GE GE Zenobia", "General Electric Zenobia", 0.77),
        ):
            with self.subTest(one=one, other=other):
                self.assertEqual(self._compare(one, other)[0], score)

    def test_words_are_written_apart_in_either_name(self):
        for one, other, score in (
            ("BlueSky Solar Germany", "Blue Sky Solar", 0.6903),
            ("Blue Sky Solar", "BlueSky Solar Germany", 0.7594),
            ("Foxconn Technology", "Fox Conn Technology Group", 0.8256),
            ("Fox Conn Technology", "Foxconn Technology Group", 0.8256),
            ("Ryan Air", "Ryanair Holdings plc", 0.8229),
            ("Ryanair", "Ryan Air Holdings plc", 0.8229),
            ("Fox Technology Conn", "Foxconn Technology Group", 0),
        ):
            with self.subTest(one=one, other=other):
                self.assertEqual(self._compare(one, other)[0], score)

    def test_a_word_that_many_accounts_have_tells_little(self):
        self.assertGreater(self._compare("Sharp", "Sharp Foods")[0], 0.5)
        found = self._compare("Sharp", "Sharp Foods", common=frozenset({"sharp"}))
        self.assertEqual(found, (0, ""))

    def test_no_score_is_beyond_what_its_kind_may_have(self):
        names = "Acme", "Acme Foods", "Acme Food", "ACME Foods Group", "Acne Foods"
        most = {"equal": EQUAL, "spaces": SPACES, "order": ORDER}
        most |= {"structure": STRUCTURE, "alike": UNSURE, "": 0}
        for one, other in itertools.product(names, names):
            score, kind = self._compare(one, other)
            self.assertLessEqual(score, most[kind], (one, other))
