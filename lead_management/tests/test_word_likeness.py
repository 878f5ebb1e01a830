from odoo.tests import BaseCase, tagged

from ..tools import spelling, word_likeness
from ..tools.weighed_name import WeighedName


@tagged("post_install", "-at_install", "lead_account_key")
class TestWordLikeness(BaseCase):
    """What a word of a name keeps of its weight beside another one."""

    def _check(self, compare, table):
        for one, other, share in table:
            for pair in ((one, other), (other, one)):
                with self.subTest(pair=pair):
                    self.assertAlmostEqual(compare(*pair), share)

    def test_words_that_mean_the_same(self):
        self._check(
            word_likeness.same_word,
            (
                # abbreviations, plurals, umlauts
                ("tech", "technologies", 1),
                ("intl", "international", 1),
                ("food", "foods", 1),
                ("acme", "acmes", 1),
                ("mueller", "muller", 1),
                # French articles, in front of common words
                ("lair", "air", 1),
                ("dair", "air", 1),
                ("leon", "eon", 0),
                # translations, and the trade of a bank
                ("wien", "vienna", 0.9),
                ("bank", "bancorp", 0.6),
                ("bank", "financial", 0.6),
                # the beginning or end of a common word
                ("air", "airlines", 1),
                ("energy", "energies", 1),
                ("communications", "telecommunications", 1),
                ("national", "international", 0),
                ("bank", "bankers", 0),
                ("lab", "lac", 0),
                ("a", "air", 0),
                ("zenobia", "kwyjibo", 0),
            ),
        )

    def test_typing_mistakes_spoil_short_words(self):
        self._check(
            word_likeness.mistyped,
            (
                ("acm", "acn", 0),
                ("acme", "acne", 0.25),
                ("acme", "bcme", 0),
                ("rockets", "rokets", 4 / 7),
                ("lambrinos", "lambrions", 7 / 9),
                # two from eight letters on
                ("zenobia", "zanobio", 0),
                ("zenobias", "zanobios", 0.25),
                # letters swapped, from six on
                ("rocke", "rcoke", 0.4),
                ("rocket", "rcoket", 2 / 3),
                # letters doubled or not, from five on
                ("rexe", "rexxe", 0.4),
                ("rexel", "rexell", 0.8),
                ("rexes", "rexxes", 0.8),
                # numbers are others
                ("2024", "2025", 0),
            ),
        )

    def test_words_of_two_scripts_sound_alike(self):
        self._check(
            word_likeness.sounds_alike,
            (
                ("tal", "tal", 1),
                ("tal", "tol", 1 - 2 * 0.4 / 2.3),
                ("talin", "tolin", 1 - 2 * 0.4 / 3.6),
                ("talino", "tolino", 1 - 1.5 * 0.4 / 3.9),
                ("talin", "tolino", 1 - 2 * 0.6 / 3.9),
                ("b", "s", 0),
            ),
        )
        found = word_likeness.sounds_alike("tal", "tol", spelling.UNWRITTEN)
        self.assertAlmostEqual(found, 1 - 2 * 0.15 / 2.3)

    def test_umlauts_stand_between_consonants(self):
        for word, plain in {
            "weidmueller": "weidmuller",
            "koeln": "koln",
            "duerr": "durr",
            "goethe": "goethe",
            "uebel": "uebel",
            "muel": "muel",
            "moët": "moët",
            "bouygues": "bouygues",
        }.items():
            self.assertEqual(word_likeness.without_umlauts(word), plain)
        for word, single in {"bobby": "boby", "rheinmettall": "rheinmetal"}.items():
            self.assertEqual(word_likeness.without_doubles(word), single)


@tagged("post_install", "-at_install", "lead_account_key")
class TestWeighedName(BaseCase):
    """The words of a name, and what they weigh."""

    def test_words_weigh_what_they_tell(self):
        name = WeighedName("al rajhi bank", frozenset({"rajhi", "bank"}))
        self.assertEqual(name.words, ["al", "rajhi", "bank"])
        self.assertEqual(name.weights, [0.1, 0.35, 0.35])
        self.assertEqual(name.first, 1)
        self.assertEqual(name.telling, ["rajhi", "bank"])
        self.assertEqual(name.names, ["rajhi"])
        name = WeighedName("group")
        self.assertEqual((name.first, name.telling, name.names), (0, [], []))

    def test_international_ends_a_whole_name_and_group_does_not(self):
        for key, is_whole in {
            "acme international": True,
            "acme group": False,
            "acme holding": False,
            "acme": False,
        }.items():
            self.assertEqual(WeighedName(key).is_whole, is_whole, key)

    def test_words_written_together_but_common_ones(self):
        for key, words in {
            "al rajhi bank": "alrajhi bank",
            "provident bank of new jersey": "providentnewjersey bank of",
        }.items():
            self.assertEqual(WeighedName(key).join().words, words.split())

    def test_founders_and_places_of_branches_weigh_less(self):
        for key, other, weights in (
            ("john deere", "deere", [0.3, 1]),
            ("john deere", "kwyjibo", [1, 1]),
            ("acme of ohio", "acme", [1, 0.1, 0.2]),
            ("acme of kwyjibo", "acme", [1, 0.1, 1]),
            ("group of ohio", "acme", [0.1, 0.1, 0.5]),
        ):
            with self.subTest(key=key):
                name = WeighedName(key)
                name.compare_with(WeighedName(other))
                self.assertEqual(name.weights, weights)

    def test_what_words_without_a_pair_weigh(self):
        name = WeighedName("brown brown group")
        self.assertAlmostEqual(name.weigh_without(()), 2.1)
        self.assertAlmostEqual(name.weigh_without({0}), 0.1)
        self.assertAlmostEqual(name.weigh_without({0}, again=0.5), 0.6)
        self.assertEqual(name.weigh_missing_start({0}), 0)
        self.assertEqual(name.weigh_missing_start({1}), 1)

    def test_initials_beside_what_they_stand_for(self):
        for key, both in {
            "lvmh moet hennessy louis vuitton": "moet hennessy louis vuitton",
            "moet hennessy louis vuitton lvmh": "moet hennessy louis vuitton",
            "zk zenobia kwyjibo": "zenobia kwyjibo",
        }.items():
            short = next(word for word in key.split() if word in ("lvmh", "zk"))
            found = WeighedName(key).get_initials_and_rest()
            self.assertEqual(found, (short, both))
        for key in ("z zenobia", "zx zenobia kwyjibo", "acme"):
            self.assertIsNone(WeighedName(key).get_initials_and_rest(), key)
