import datetime

from odoo.tests import BaseCase, tagged

from ..tools import column_kind


@tagged("post_install", "-at_install", "lead_import")
class TestColumnKind(BaseCase):
    def test_kinds(self):
        for kind, cells in {
            "email": ["a@b.example", "Ann <ann@b.example>", "", "mailto:x@y.example"],
            "phone": [
                "+49 30 1234567",
                "(850) 644-4200",
                "030 / 123 45-67",
                "p:+4930123",
            ],
            "url": ["https://x.example/a", "www.acme.example", "acme.example"],
            "date": ["31.01.2027", "2027-01-31 10:15", "1/2/27"],
            "amount": ["$900,750,000.00", "€ 5", "1.234,50", "12,5"],
            "number": ["1.200", "85", "0000937966"],
            "salutation": ["Herr", "Frau", "Herr Dr."],
            "country": ["Germany", "France"],
            "text": ["Miller", "O'Neill"],
            "mixed": ["Main Street 5", "Ring 1"],
            "empty": ["", "  ", None],
        }.items():
            with self.subTest(kind=kind):
                found = column_kind.get_kind(cells, {"Germany", "France"}.__contains__)
                self.assertEqual(found, kind)

    def test_four_of_five_decide(self):
        for kind, cells in (
            ("email", ["a@b.example"] * 4 + ["x"]),
            ("mixed", ["a@b.example"] * 3 + ["x", "y"]),
            # A column of money has numbers too.
            ("amount", ["$1", "$2", "3", "4", "x"]),
            ("mixed", ["$1", "3", "4", "x", "y"]),
            ("number", [5, 7]),
            ("date", [datetime.date(2027, 1, 31), datetime.datetime(2027, 1, 31)]),
            ("empty", [0, None, "", "  "]),
            ("text", ["Mr Miller", "Herr Schmidt"]),
            ("mixed", ["?!"]),
        ):
            with self.subTest(cells=cells):
                self.assertEqual(column_kind.get_kind(cells), kind)

    def test_phones_have_seven_to_fifteen_digits(self):
        for text, kind in (
            ("+49 301 2", "mixed"),
            ("+49 3012 3", "phone"),
            ("+49 30 12345678901", "phone"),
            ("+49 30 123456789012", "mixed"),
        ):
            self.assertEqual(column_kind.get_kind([text]), kind, text)

    def test_the_first_two_thousand_cells_are_looked_at(self):
        emails, words = ["a@b.example"], ["x"]
        for kind, cells in (
            ("email", [*emails * 1599, *words * 400, *emails, *words * 100]),
            ("mixed", [*emails * 1599, *words * 401, *emails * 900]),
        ):
            self.assertEqual(column_kind.get_kind([*[""] * 99, *cells]), kind)

    def test_what_says_nothing(self):
        for is_said, cells in (
            (True, ["", "Pumps"]),
            (True, ["0", "7"]),
            (False, ["0", "false", "No", None, ""]),
            (False, ["00Q5e00000AbcDe", "00Q5e00000AbcDf"]),
            (False, ["4f9c2a0e-1b7d-4c1e-9f3a-0a1b2c3d4e5f"]),
        ):
            with self.subTest(cells=cells):
                self.assertEqual(column_kind.is_said(cells), is_said)
