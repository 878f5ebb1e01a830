"""What else a name may stand for: initials, another name, another spelling."""

from odoo.tests import BaseCase, tagged

from ..tools import name_initials
from ..tools.match_query import MatchQuery
from ..tools.other_names import other_keys
from ..tools.typing_mistake import doublings
from ..tools.word_likeness import without_umlauts
from .test_account_match import TestAccountMatchCommon


@tagged("lead_account_key")
class TestOtherNames(BaseCase):
    def test_name_may_stand_for_others(self):
        for name, others in [
            ("Zenobia", ()),
            ("Zenobia Ltd", ()),
            ("Kwyjibo (Zenobia Lighting)", ("kwyjibo", "zenobia lighting")),
            ("Kwyjibo (Lighting)", ("kwyjibo",)),
            ("Kwyjibo (lighting)", ()),
            ("Kwyjibo, formerly Zenobia Inc", ("kwyjibo", "zenobia")),
            ("Kwyjibo d/b/a Zenobia", ("kwyjibo", "zenobia")),
            ("Kwyjibo – a division of Zenobia Corp", ("kwyjibo", "zenobia")),
            ("www.zenobia-tools.com", ("zenobia tools",)),
            ("ZenobiaCloud", ("zenobia cloud",)),
            ("ZENObank", ("zeno bank",)),
            ("DexCom", ()),
            ("Zenobia McKwyjibo", ()),
            ("Kärcher", ("kaercher",)),
            ("Kaercher", ("karcher",)),
            ("AB Zenobia", ("ab zenobia",)),
            ("N/A", ()),
            ("", ()),
        ]:
            with self.subTest(name=name):
                self.assertEqual(other_keys(name)[: len(others) or None], others)

    def test_umlauts_are_not_words_with_these_letters(self):
        for word, plain in [
            ("weidmueller", "weidmuller"),
            ("aerospace", "aerospace"),
            ("bouygues", "bouygues"),
            ("moet", "moet"),
        ]:
            self.assertEqual(without_umlauts(word), plain)

    def test_letters_may_be_doubled(self):
        self.assertIn("zenobimetall", doublings("zenobimmetal"))
        self.assertFalse(doublings("zenobia"))

    def test_initials(self):
        for name, letters in [
            ("KfW", "kfw"),
            ("IBM", "ibm"),
            ("Kfw", ""),
            ("IBM plc", ""),
        ]:
            self.assertEqual(MatchQuery(name=name).as_initials, letters, name)
        self.assertEqual(MatchQuery(name="ZenoKwyjiboYork").own_initials, "zky")
        for name, letters in [
            ("BCBS Florida", "bcbsf"),
            ("PKO BP", "pkobp"),
            ("Zenobia Bank", ""),
            ("IBM", ""),
        ]:
            self.assertEqual(MatchQuery(name=name).initials_and_rest, letters, name)

    def test_initials_pass_over_small_words(self):
        for letters, key, they_do in [
            ("mit", "massachusetts institute of technology", True),
            ("femsa", "fomento economico mexicano", True),
            ("mit", "massachusetts old institute technology", False),
        ]:
            self.assertEqual(name_initials.stands_for(letters, key), they_do, key)

    def test_two_initials_need_an_and(self):
        for name, found in [
            ("Z&K", "zk"),
            ("Z and K", "zk"),
            ("ZK", None),
            ("Z&K Ltd", None),
            ("SES", None),
        ]:
            joined = name_initials.joined(name)
            self.assertEqual(joined[0] if joined else None, found, name)

    def test_translations_are_looked_up_of_common_words_only(self):
        keys = MatchQuery(name="Munich Re").equal_keys
        self.assertIn("munchener ruckversicherungs", keys)
        self.assertFalse(
            [key for key in MatchQuery(name="Zenobia Re").equal_keys if "ruck" in key]
        )


@tagged("post_install", "-at_install", "lead_account_match")
class TestOtherNamesFound(TestAccountMatchCommon):
    def test_the_only_account_with_the_word(self):
        expected = self._create_account("A.P. Kwyjibo - Zenobia A/S")
        account, score, reasons = self._find_best(name="Zenobia")
        self.assertEqual(account, expected)
        self.assertEqual(score, 0.55)
        self.assertEqual(reasons, ["its name contains “Zenobia”"])
        self._create_account("Mariposa Lambrinos Zenobia Inc")
        self.assertFalse(self._find(name="Zenobia")["matches"])

    def test_a_given_name_is_no_name_of_a_company(self):
        self._create_account("Kwyjibo Hermann Zenobia Lambrinos")
        self.assertFalse(self._find(name="Hermann")["matches"])

    def test_who_a_trust_is_for_is_another(self):
        self._create_account("Strats Trust for Zenobia Securities")
        self.assertFalse(self._find(name="Zenobia")["matches"])

    def test_initials_that_leave_something_out(self):
        self._create_account("Zenobia Quixwood Ltd")
        for asked, account_name in [
            ("Z&Q", "Zenobia and Quixwood Group plc"),
            ("ZQIW", "Zenobia Quixwood Institute of Wyverns"),
            ("ZQWSA", "Zenobia Quixwood Wyverns S.A."),
            ("ZQWX Florida", "Zenobia Quixwood Wyvern Xylo Florida Inc"),
        ]:
            with self.subTest(asked=asked):
                expected = self._create_account(account_name)
                account, score, _reasons = self._find_best(name=asked)
                self.assertEqual(account, expected)
                self.assertLess(score, 0.85)
                expected.unlink()

    def test_umlauts_and_doubled_letters_are_looked_up(self):
        for asked, account_name in [
            ("Zueroelmueller", "Züröl Müller GmbH"),
            ("Weydmueller Quix", "Weydmüller Quix Interface GmbH"),
            ("Rheynmettal", "Rheynmetall AG"),
            ("Munich Re", "Münchener Rückversicherungs-Gesellschaft AG"),
        ]:
            with self.subTest(asked=asked):
                expected = self._create_account(account_name)
                found = self._find_best(name=asked)
                self.assertEqual(found and found[0], expected)
                expected.unlink()
