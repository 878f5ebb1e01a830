from odoo.tests import BaseCase, tagged

from ..tools import name_initials
from ..tools.account_key import account_key


@tagged("post_install", "-at_install", "lead_account_key")
class TestNameInitials(BaseCase):
    """Which letters are short for which names."""

    def test_whole_names_of_initials_begin_and_end_in_capitals(self):
        for name, letters in (
            ("ABB", "abb"),
            ("BASF", "basf"),
            ("I.B.M.", "ibm"),
            ("K_F_W", "kfw"),
            ("KfW", "kfw"),
            ("KPNQWE", "kpnqwe"),
            ("KPNQWES", ""),
            ("VW", ""),
            ("Kfw", ""),
            ("kfW", ""),
            ("BMW AG", ""),
            ("3M", ""),
            ("B2B", ""),
            ("", ""),
        ):
            with self.subTest(name=name):
                found = name_initials.whole(name, account_key(name))
                self.assertEqual(found, letters)

    def test_small_words_stand_between_initials(self):
        self.assertEqual(
            set(name_initials.longer("mit")),
            {"moit", "mdit", "mfit", "mtit", "mlit", "mvit", "mzit"}
            | {"miot", "midt", "mift", "mitt", "milt", "mivt", "mizt"},
        )
        self.assertEqual(name_initials.longer(""), [])

    def test_legal_form_behind_initials_of_three_or_more(self):
        for letters, shorter in (
            ("femsa", "fem"),
            ("enbwag", "enbw"),
            ("desa", None),
            ("femco", None),
        ):
            with self.subTest(letters=letters):
                found = [x for x in name_initials.longer(letters) if x in letters]
                self.assertEqual(found, [shorter] if shorter else [])

    def test_initials_stand_for_words_but_small_ones(self):
        for letters, name, they_do in (
            ("mit", "Massachusetts Institute of Technology", True),
            ("miot", "Massachusetts Institute of Technology", False),
            ("fem", "Fomento Económico Mexicano", True),
            ("femsa", "Fomento Económico Mexicano", True),
            ("femag", "Fomento Económico Mexicano", True),
            ("femco", "Fomento Económico Mexicano", False),
            ("fe", "Fomento Económico Mexicano", False),
        ):
            with self.subTest(letters=letters):
                found = name_initials.stands_for(letters, account_key(name))
                self.assertEqual(found, they_do)

    def test_own_initials_are_of_words_or_of_what_is_written_together(self):
        for name, letters in (
            ("International Business Machines", "ibm"),
            ("GlaxoSmithKline", "gsk"),
            ("DaimlerChrysler", ""),
            ("SmithKline Beecham Corp", ""),
            ("Andersen", ""),
            ("3M Deutschland Holding", ""),
        ):
            with self.subTest(name=name):
                found = name_initials.of_words(name, account_key(name))
                self.assertEqual(found, letters)

    def test_initials_go_on_with_those_of_the_rest(self):
        for name, letters in (
            ("BCBS Florida", "bcbsf"),
            ("BCBS of New Jersey", "bcbsonj"),
            ("HP Enterprise", "hpe"),
            ("PKO BP", "pkobp"),
            ("T Mobile US", ""),
            ("Hp Enterprise", ""),
            ("IBM", ""),
            ("ABN AMRO Bank", ""),  # eight letters
            ("KBC B2B", ""),
            ("ÖBB Infrastruktur", ""),
            ("東芝 Energy", ""),
            ("", ""),
        ):
            with self.subTest(name=name):
                found = name_initials.with_rest(name, account_key(name))
                self.assertEqual(found, letters)

    def test_two_letters_with_an_and_between(self):
        for name in ("M&S", "m + s", " M & S ", "M und S", "M Y S"):
            with self.subTest(name=name):
                found = name_initials.joined(name)
                self.assertEqual(found, ("ms", "msg", "msh", "msi", "msc"))
        for name in ("MS", "M S", "M&S Food", "Marks & Spencer", ""):
            self.assertEqual(name_initials.joined(name), (), name)

    def test_names_of_two_words_with_an_and_between(self):
        for name, are_joined in (
            ("Marks & Spencer Group plc", True),
            ("Crate and Barrel", True),
            ("Procter Gamble", False),
            ("Marks, Spencer & Gimbel", False),
            ("Andersen & Co", False),
            ("Anderson Bandung", False),
        ):
            with self.subTest(name=name):
                found = name_initials.are_joined(name, account_key(name))
                self.assertEqual(found, are_joined)
