"""Names of companies in other scripts: how they are spelled, and found."""

import unittest
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..tools import name_similarity, romanized, spelling
from ..tools.account_key import account_key
from ..tools.match_query import MatchQuery
from .test_account_match import TestAccountMatchCommon

# In each script: a name, and its words in Latin letters. The companies are invented.
SPELLED = [
    ("ООО «Звёздный Металл»", "zvezdny metal"),
    ("Τράπεζα Ζηνοβίας Α.Ε.", "bank zinovias"),
    ("مجموعة زنوبيا", "group znwby"),
    ("בנק זנוביה", "bank znovyh"),
    ("ज़ेनोबिया मोटर्स", "jenobiya motor"),
    ("泽诺技术有限公司", "zenuo technologies"),
    ("ゼノビア自動車株式会社", "zenobia motor"),
    ("제노비아전자 주식회사", "jenobia electronics"),
    ("ธนาคารเซโนเบีย", "bank senobeiy"),
    # Letters as they are called, and syllables that only look so
    ("엔씨제노", "ncjeno"),
    ("디지제노", "dijijeno"),
    ("ज़ेनोटीएम", "jenotm"),
    ("เอฟวี เซโน", "fv seno"),
    # What a script writes otherwise than letter by letter
    ("Московский банк", "moskovsky bank"),
    ("Северная железная дорога", "severny railways"),
    ("Τράπεζα Πειραιώς", "bank peiraios"),
    ("Μπάρμπα Γκολφ Νέο", "barmba golf neo"),
    ("الراجحي", "al rjhy"),
    ("וויקס", "vyks"),
    ("西安", "shian"),
    ("奇瑞", "chirui"),
    ("シャープ", "shapu"),
    ("キャノン", "kyanon"),
    ("エー", "ei"),
    ("곳간", "godgan"),
    ("있다", "issda"),
    ("เซ็นทรัล", "central"),
    ("एचडीएफसी", "hdfc"),
]
PAIRS = [
    ("Звенигород Металл", "Zvenigorod Metal"),
    ("Λαμπρινός", "Lambrinos"),
    ("شركة الزنوبية", "Al Zanubia"),
    ("זנובקום", "Zenobcom"),
    ("ज़ेनोबिया मोटर्स", "Zenobia Motors"),
    ("曼尼诺技术有限公司", "Mannino Technologies"),
    ("ゼノビア自動車", "Zenobia Motor Corporation"),
    ("제노비아전자", "Zenobia Electronics"),
    ("เซโนเบีย", "Zenobia"),
]
OTHERS = [
    ("ゼノビア自動車", "Kwyjibo Motor Corporation"),
    ("중국은행", "China Zenobia Insurance"),
    ("Звенигород", "Zenit"),
]
# How names sound, whatever script they are in
SOUNDS = [
    ("Bosch Rexroth", ["BS", "LKSLT"]),
    ("Xerox", ["SLKS"]),
    ("Maxim", ["MKSM"]),
    ("Philips", ["BLBS"]),
    ("Thyssen", ["TSN"]),
    ("Quick Jack", ["KK", "SK"]),
    ("Cecil George", ["SSL", "KLK"]),
    ("Canberra Banbury", ["KMBL", "BMBL"]),
    ("Wien", ["BN"]),
    ("Hitachi Yandex", ["HTS", "ANTKS"]),
    ("GE Vernova", ["K", "BLNB"]),
    # names of common words: sorted, short, and places behind
    ("Air China", ["AL", "SN"]),
    ("China Airlines Group", ["AL", "SN"]),
    ("Group", []),
    ("Яндекс", ["ANTKS"]),
    ("엘지", ["LK"]),
]
# What an account may sound like in another script
MAY_SOUND = [
    ("Bosch", "BS AS BSL BLS"),
    ("Zenobia", "SLNB SNB SNBL SNLB"),
    ("Yandex", "ANTKS NTKS BNTKS ANTK ANT ALNTKS ANLTKS ANTLKS ANTKLS ANTKSL"),
    ("Al Rajhi", "LS LLS LSL S"),
    ("المراعي", "ML M MLL ALML ALM ALMLL"),
    ("LG", "LK K LKL LLK"),
    ("Air", "AL A L ALL BL"),
]
SURE = 0.85


@unittest.skipUnless(romanized.is_available(), "anyascii is not installed")
@tagged("lead_account_key")
class TestOtherScripts(BaseCase):
    def _compare(self, one, other):
        return name_similarity.compare(account_key(one), account_key(other)).score

    def test_names_are_spelled_and_words_of_business_translated(self):
        for name, spelled in SPELLED:
            with self.subTest(name=name):
                self.assertEqual(romanized.romanized(account_key(name)), spelled)

    def test_spellings_are_alike_and_never_sure(self):
        for name, latin in PAIRS:
            for pair in ((name, latin), (latin, name)):
                with self.subTest(pair=pair):
                    score = self._compare(*pair)
                    self.assertGreaterEqual(score, 0.5)
                    self.assertLess(score, SURE)

    def test_other_names_are_not(self):
        for name, latin in OTHERS:
            with self.subTest(name=name):
                self.assertLess(self._compare(name, latin), 0.5)

    def test_score_of_the_same_name(self):
        for name, latin, score in (
            ("Яндекс", "Yandex", 0.84),
            ("Лукойл", "Lukoil", 0.8077),
            ("Газпром", "Gazprum", 0.8175),
            ("Газпром", "Gzprm", 0.69),
            # Arabic hardly writes vowels.
            ("أرامكو", "Aramco", 0.7754),
            # Scripts part words otherwise.
            ("トヨタ自動車", "Toyota Motor", 0.84),
        ):
            with self.subTest(name=name):
                self.assertEqual(self._compare(name, latin), score)

    def test_script_is_that_of_the_first_letter_of_its_own(self):
        for text, name in (
            ("zenobia", ""),
            ("zenobia метал", "cyrillic"),
            ("Ωμέγα", "greek"),
            ("בנק", "hebrew"),
            ("بنك", "arabic"),
            ("बैंक", "devanagari"),
            ("ธนาคาร", "thai"),
            ("은행", "hangul"),
            ("銀行", "han"),
            ("☎", "other"),
        ):
            self.assertEqual(romanized.script(text), name, text)

    def test_names_of_one_script_are_not_spelled_otherwise(self):
        for one, other, are_otherwise in (
            ("газпром", "gazprom", True),
            ("газпром", "γκαζπρομ", True),
            ("газпром", "лукойл", False),
            ("gazprom", "lukoil", False),
        ):
            found = romanized.is_spelled_otherwise(one, other)
            self.assertEqual(found, are_otherwise, (one, other))

    def test_sound_is_of_consonants(self):
        for name, words in SOUNDS:
            with self.subTest(name=name):
                key = account_key(name)
                self.assertEqual(romanized.sounds(key), words)
                script = "" if key.isascii() else romanized.OTHER_SCRIPT
                self.assertEqual(romanized.sound(key), script + "".join(words))

    def test_the_beginning_of_a_name_may_be_all_of_it(self):
        found = romanized.similar_sounds(account_key("Bosch Rexroth"))
        self.assertLessEqual({"BS", "BSLKSLT", "BSLKSL", "BSLKS", "ASLKSLT"}, found)
        self.assertNotIn("LKSLT", found)

    def test_how_a_name_may_sound_in_another_script(self):
        for name, texts in MAY_SOUND:
            with self.subTest(name=name):
                found = romanized.similar_sounds(account_key(name))
                self.assertEqual(found, set(texts.split()))

    def test_signs_are_like_nothing(self):
        for name in ("\u0301", "»", "☎"):
            self.assertEqual(self._compare(name, "Zenobia"), 0, name)
            self.assertEqual(self._compare("ゼノビア", name), 0, name)

    def test_what_sounds_alike_is_looked_up(self):
        for name, latin in PAIRS:
            for asked, account in ((name, latin), (latin, name)):
                with self.subTest(asked=asked):
                    query = MatchQuery(name=asked)
                    sound = romanized.sound(account_key(account))
                    begins = any(a <= sound < b for a, b in query.sound_prefixes)
                    self.assertTrue(sound in query.sounds.split() or begins)

    def test_names_in_latin_letters_look_for_other_scripts_only(self):
        texts = MatchQuery(name="Zenobia").sounds.split()
        self.assertTrue(all(map(romanized.OTHER_SCRIPT.__eq__, (t[0] for t in texts))))

    def test_likeness_is_the_same_both_ways(self):
        for one, other in [("zenobia", "jenobia"), ("znwbya", "zanubia"), ("a", "b")]:
            self.assertEqual(
                spelling.likeness(one, other), spelling.likeness(other, one)
            )
        self.assertEqual(spelling.likeness("zenobia", "zenobia"), 1.0)

    def test_without_the_package_scripts_are_compared_among_themselves(self):
        romanized.romanized.cache_clear()
        name_similarity.compare.cache_clear()
        with patch.object(romanized, "anyascii", None):
            self.assertEqual(romanized.sound("газпром"), "")
            self.assertEqual(MatchQuery(name="Газпром").sounds, "")
            self.assertFalse(self._compare("Газпром", "Gazprom"))
            self.assertEqual(self._compare("Газпром", "ПАО Газпром"), 0.96)
        romanized.romanized.cache_clear()
        name_similarity.compare.cache_clear()


@unittest.skipUnless(romanized.is_available(), "anyascii is not installed")
@tagged("post_install", "-at_install", "lead_account_match")
class TestOtherScriptsFound(TestAccountMatchCommon):
    def test_account_is_found_by_its_name_in_another_script(self):
        latin, cyrillic = self.env["res.partner"].create(
            [
                {"name": "Zenobia Motor Corporation", "is_company": True},
                {"name": "ПАО «Тильзитпром»", "is_company": True},
            ]
        )
        for name, account in [
            ("ゼノビア自動車株式会社", latin),
            ("제노비아자동차", latin),
            ("Tilsitprom", cyrillic),
            ("Tilzitprom PJSC", cyrillic),
        ]:
            with self.subTest(name=name):
                [match] = self._find(name=name)["matches"]
                self.assertEqual(match["id"], account.id)
                self.assertEqual(match["reasons"], ["sounds alike in another script"])
