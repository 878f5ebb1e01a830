from odoo.tests import BaseCase, tagged

from ..tools import (
    company_words,
    currency_sign,
    lead_likeness,
    legal_forms,
    match_query,
    match_score,
    spelling,
    typing_mistake,
)
from ..tools.account_key import MAX_LENGTH, account_key, initials


@tagged("post_install", "-at_install")
class TestNameLimits(BaseCase):
    """Where one thing ends and the next one begins, to the letter."""

    def test_weight_of_a_word(self):
        for word, weight in {
            "x": 0.5,
            "xq": company_words.TELLING,
            "xqz": 1.0,
            "東": 1.0,
            "osaka": company_words.PLACE_WEIGHT,
            "brand": company_words.VAGUE_WEIGHT,
            "group": 0.1,
        }.items():
            self.assertEqual(company_words.weight(word), weight, word)

    def test_one_telling_word_is_enough(self):
        for words, is_generic in (
            (("group", "holding"), True),
            (("group", "acme"), False),
            (("group", "xq"), False),
            (("x",), True),
            ((), True),
        ):
            self.assertEqual(company_words.is_generic(words), is_generic, words)

    def test_compounds_have_three_letters_of_their_own(self):
        split = company_words.split_compounds
        self.assertEqual(split(["eaglebank"]), ["eagle", "bank"])
        self.assertEqual(split(["keybank", "x"]), ["key", "bank", "x"])
        self.assertEqual(split(["xqbank"]), ["xqbank"])
        self.assertEqual(split(["bank", "group"]), ["bank", "group"])
        self.assertEqual(split(["foobanking"]), ["foo", "banking"])
        self.assertEqual(split(["foobankshares"]), ["foobankshares"])
        self.assertEqual(split(["foofinancial"]), ["foofinancial"])
        self.assertEqual(split(["keycorp"]), ["key", "corp"])

    def test_keys_of_names(self):
        self.assertEqual(MAX_LENGTH, 255)
        self.assertEqual(len(account_key("a" * 300)), MAX_LENGTH)
        for key, letters in {"a b": "", "a b c": "abc", "a 1 c": ""}.items():
            self.assertEqual(initials(key), letters)

    def test_legal_forms_in_front_and_written_together(self):
        for name, key in {
            "AB Volvo AB": "volvo",
            "AB LM Ericsson": "lm ericsson",
            "AB LM": "ab lm",
            "AB Group": "ab group",
            "AB": "ab",
            "トヨタ 自動車株式会社": "トヨタ 自動車",
            "株式会社トヨタ 自動車": "トヨタ 自動車",
            "株式会社": "株式会社",
        }.items():
            self.assertEqual(account_key(name), key)

    def test_currencies(self):
        self.assertIsNone(currency_sign.choose(()))
        self.assertEqual(currency_sign.choose(("SEK",), "USD"), "SEK")
        self.assertEqual(currency_sign.choose(("CAD", "USD")), "USD")
        self.assertEqual(currency_sign.choose(("CAD", "USD"), "CAD"), "CAD")
        self.assertIsNone(currency_sign.choose(("CAD", "AUD")))
        self.assertEqual(currency_sign.choose(("CNY", "JPY")), "JPY")
        self.assertEqual(currency_sign.get_codes("XXQ"), frozenset())
        self.assertEqual(currency_sign.get_codes("SEK"), {"SEK"})

    def test_people(self):
        compare = lead_likeness.compare_people
        for one, other, expected in (
            ("Anna Berg", "Anna Bers", lead_likeness.PERHAPS),
            ("Ann Berg", "Ann Bers", lead_likeness.PERHAPS),
            ("Ann Ber", "Ann Bes", lead_likeness.OTHER),
            ("Anna Berger", "Anna Bessar", lead_likeness.OTHER),
            ("A Berg", "Anna Berg", lead_likeness.PERHAPS),
            ("A Berg", "Berta Berg", lead_likeness.OTHER),
            ("Berg", "Anna Berg", lead_likeness.PERHAPS),
            ("", "Anna Berg", lead_likeness.UNNAMED),
            ("Dr. Anna Berg", "anna berg", lead_likeness.SAME),
        ):
            with self.subTest(one=one, other=other):
                self.assertEqual(compare(one, other), expected)
                self.assertEqual(compare(other, one), expected)

    def test_customer_alone_is_a_person(self):
        traits = lead_likeness.Traits(customer=7)
        self.assertEqual(
            lead_likeness.compare(traits, traits), (1.0, ("customer",), True)
        )
        nobody = lead_likeness.Traits()
        self.assertEqual(lead_likeness.compare(nobody, nobody), (0, (), False))

    def test_legal_forms_of_countries(self):
        self.assertIn("America", legal_forms.countries("inc"))
        self.assertFalse(legal_forms.countries("xq"))
        self.assertTrue(legal_forms.are_of_other_countries("gmbh", "inc"))
        self.assertFalse(legal_forms.are_of_other_countries("gmbh", "gmbh"))
        self.assertFalse(legal_forms.are_of_other_countries("gmbh", "xq"))
        for form, is_word in {"Spa": True, "SPA": False, "Gmbh": False}.items():
            self.assertEqual(legal_forms.may_be_a_word(form), is_word)

    def test_evidence_that_many_share(self):
        for shared, rarity in {1: 1, 5: 1, 20: 0.45, 99: 0.45}.items():
            self.assertAlmostEqual(match_score.rarity(shared), rarity)
        self.assertAlmostEqual(match_score.rarity(8), 1 - 0.55 * 3 / 15)
        self.assertEqual(match_score.evidence("vat"), ("vat", 0.98, "", 1))
        weak = match_score.evidence("name", "x", 20, strength=0.5)
        self.assertEqual(weak[:1] + weak[2:], ("name", "x", 20))
        self.assertAlmostEqual(weak.strength, 0.225)
        self.assertEqual(match_score.evidence("name", strength=0.0).strength, 0)

    def test_score(self):
        def score(*kinds, **contradictions):
            pieces = [match_score.evidence(kind) for kind in kinds]
            return match_score.score(pieces, **contradictions)

        self.assertEqual(score(), 0)
        self.assertEqual(score("phone"), 0.8)
        self.assertEqual(score("phone", "email"), 0.98)
        self.assertEqual(score("email", "email_domain", "domain_name"), 0.9)
        self.assertEqual(score("phone", other_country=True), 0.776)
        self.assertEqual(score("phone", other_vat=True), 0.48)
        self.assertEqual(score("phone", other_website=True), 0.68)
        self.assertEqual(score("email", other_website=True), 0.9)
        self.assertEqual(score("email", other_name=True), 0.81)
        self.assertEqual(score("phone", other_name=True), 0.8)
        self.assertEqual(score("phone", "email", other_name=True), 0.98)
        for kind, expected in {"phone": 0.64, "email": 0.8, "website": 0.64}.items():
            pieces = [match_score.evidence(kind)]
            self.assertEqual(match_score.score_person(0.8, pieces), expected)

    def test_typing_mistakes(self):
        distance = typing_mistake.distance
        for one, other, limit, expected in (
            ("acme", "acme", 0, 0),
            ("acme", "acne", 1, 1),
            ("acme", "acmes", 1, 1),
            ("acme", "amce", 1, 1),
            ("acme", "came", 1, 1),
            ("acme", "acmeab", 1, typing_mistake.INFINITE),
            ("acme", "acmeab", 2, 2),
            ("acme", "xxxx", 2, typing_mistake.INFINITE),
            ("", "ab", 2, 2),
        ):
            self.assertEqual(distance(one, other, limit), expected, (one, other))
        for one, other, is_swap in (
            ("acme", "amce", True),
            ("acme", "acme", False),
            ("acme", "emca", False),
            ("acme", "axxe", False),
            ("acme", "amcx", False),
            ("acme", "acm", False),
            ("abcd", "abdc", True),
        ):
            self.assertEqual(typing_mistake.is_swap(one, other), is_swap, other)

    def test_misspellings(self):
        self.assertFalse(typing_mistake.misspellings("acme"))
        self.assertFalse(typing_mistake.misspellings("12345"))
        self.assertFalse(typing_mistake.misspellings("a" * 21))
        self.assertTrue(typing_mistake.misspellings("a" * 20))
        found = typing_mistake.misspellings("acmes")
        self.assertNotIn("acmes", found)
        self.assertLessEqual(
            {"ames", "acme", "aacmes", "acmesz", "axmes", "amces", "acmse"}, found
        )
        self.assertFalse({"cmes", "xcmes", "caems", "acme5"} & found)
        self.assertIn("acme15", typing_mistake.misspellings("acme1"))
        self.assertEqual(
            typing_mistake.misspellings("абвгд"),
            {"авгд", "абгд", "абвд", "абвг", "авбгд", "абгвд", "абвдг"},
        )

    def test_what_scripts_do_not_tell_apart(self):
        for word, expected in {
            "tchaikovsky": "saikovsky",
            "phil": "fil",
            "khan": "kan",
            "quick": "kuik",
            "xerox": "seroks",
            "cecil": "sesil",
            "bobby": "boby",
        }.items():
            self.assertEqual(spelling.simplified(word), expected)
        for one, other, expected in (
            ("tal", "tal", 1.0),
            ("", "tal", 0.0),
            ("tal", "", 0.0),
            ("tal", "til", 1 - 0.4 / 2.3),
            ("tal", "tl", 1 - 0.3 / 2.3),
            ("tal", "dal", 1 - 0.2 / 2.3),
            ("tul", "tol", 1 - 0.1 / 2.3),
            ("tul", "tl", 1 - 0.2 / 2.3),
            ("tahl", "tal", 1 - 0.2 / 3.3),
            ("tarl", "tal", 1 - 0.2 / 3.3),
            ("trl", "tl", 1 - 1 / 3),
            ("tal", "tag", 1 - 1 / 2.3),
            ("b", "s", 0.0),
            ("a", "e", max(1 - 0.4 / 0.3, 0)),
        ):
            with self.subTest(one=one, other=other):
                self.assertAlmostEqual(spelling.likeness(one, other), expected)
        self.assertAlmostEqual(
            spelling.likeness("tal", "til", spelling.UNWRITTEN), 1 - 0.15 / 2.3
        )

    def test_what_is_looked_up(self):
        def ask(name, **more):
            return match_query.MatchQuery(name=name, **more)

        for name, letters in {
            "IBM": "ibm",
            "I.B.M.": "ibm",
            "I B M": "ibm",
            "SSE plc": "",
            "ibm": "",
            "AB": "",
            "ABCDEF": "abcdef",
            "ABCDEFG": "",
            "A1B": "",
        }.items():
            self.assertEqual(ask(name).as_initials, letters, name)
        self.assertEqual(ask("Acme GmbH").form, "gmbh")
        self.assertTrue(ask("Acme GmbH").is_registered)
        self.assertFalse(ask("Acme").is_registered)
        self.assertEqual(ask("Acme Big Corner").own_initials, "abc")
        self.assertEqual(ask("").equal_keys, set())
        self.assertEqual(ask("").key_prefixes, [])
        self.assertEqual(ask("Acme").key_prefixes, [("acme ", "acme!")])
        self.assertEqual(len(ask("Zephyr").compact_prefixes), 1)
        self.assertEqual(ask("Zephy").compact_prefixes, [])
        self.assertEqual(ask("Acme Tools").word_pairs, [])
        self.assertEqual(
            ask("Acme Zephyr Quark").word_pairs, ["acme zephyr", "zephyr quark"]
        )
        self.assertEqual(ask("Acme Acme").telling_words, ["acme"])
        words = "acme zephyr quark lumex vortan"
        self.assertEqual(ask(words).telling_words, words.split()[:4])
        found = ask("Acme Zephyr Quark").equal_keys
        self.assertEqual(found, {"acme zephyr quark", "acme zephyr"})
        self.assertEqual(ask("x", website="https://ab.com").domain_names, set())
        self.assertEqual(ask("x", website="https://abc.com").domain_names, {"abc"})

    def test_tax_ids(self):
        for text, number in {
            "DE 123": "DE123",
            "de-123.456": "DE123456",
            "ABCDEFG": "",
            "12": "",
            "A1B2C3D4": "",
            "": "",
        }.items():
            self.assertEqual(match_query.normalize_vat(text), number, text)
        self.assertEqual(match_query.normalize_vat(None), "")
