from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ..tools import currency_sign, number_error
from ..tools.messy_number import MessyNumberError, parse_amount, parse_count


@tagged("-at_install", "post_install", "lead_import")
class TestMessyNumber(BaseCase):
    def assertCount(self, text, expected, **separators):
        with self.subTest(text=text, **separators):
            self.assertEqual(parse_count(text, **separators), expected)

    def assertAmount(self, text, number, currency, **options):
        with self.subTest(text=text, **options):
            self.assertEqual(parse_amount(text, **options), (Decimal(number), currency))

    def assertRefused(self, parse, text, reason, detail=None, **options):
        with self.subTest(text=text, **options):
            with self.assertRaises(MessyNumberError) as refused:
                parse(text, **options)
            self.assertEqual(refused.exception.reason, reason)
            if detail is not None:
                self.assertEqual(refused.exception.detail, detail)

    # Employees

    def test_remarks_are_not_read(self):
        for text, expected in (
            ("4200 (end 2023)", 4200),
            ("21,308 (as of March 31, 2017)", 21308),
            ("42,000 (FY26)", 42000),
            ("7,554 (consolidated, as of March 31, 2017)", 7554),
            ("73 (Investor AB only, 2021)", 73),
            ("11,135 ( FTE , end 2020)", 11135),
            ("53,717 (consolidated) (as of 2021)", 53717),
            ("3,748 (June 30, 2023)[", 3748),
            ("4,200[1]", 4200),
            ("4,200² ", 4200),
            ("4,200 (end 2023", 4200),
            ("4,200 (nested (remark), 2023)", 4200),
            ("4200 as of March 2020", 4200),
            ("4,200 in 2023", 4200),
            ("4,200 — FY 2019", 4200),
            ("500 FY26", 500),
        ):
            self.assertCount(text, expected)

    def test_estimates_and_bounds_count_as_their_number(self):
        for text, expected in (
            ("c. 70,000 (2024)", 70000),
            (">4,100 (2023)", 4100),
            ("≈ 23,000 (December 2025)", 23000),
            ("~18,600 (As of December 31, 2022)", 18600),
            ("2,000+ (2019)", 2000),
            ("approx. 6,850 (December 2024)", 6850),
            ("approximately 10,000 worldwide", 10000),
            ("more than 6,500 (2022)", 6500),
            ("up to 500", 500),
        ):
            self.assertCount(text, expected)

    def test_words_for_people_and_scales(self):
        for text, expected in (
            ("6,000 employees", 6000),
            ("about 12k", 12000),
            ("1.5 million people", 1500000),
            ("500 FTE", 500),
            ("Consolidated : 6,082", 6082),
            ("4200.0", 4200),
            ("1.5e3", 1500),
            ("９,０００", 9000),
            ("0", 0),
        ):
            self.assertCount(text, expected)

    def test_latest_year_counts_when_every_number_has_one(self):
        self.assertCount("649 (2023) 733 (2022)", 649)
        self.assertCount("733 (2022) 649 (2023)", 649)
        self.assertAmount("€4.169 billion (2023) €4.479 billion (2022)", 4169e6, "EUR")
        self.assertAmount("$592 million USD (2020) $5 USD (2019)", 592e6, "USD")
        for text in (
            "7,737 (non-consolidated) 15,468 (consolidated) (as of March 31, 2013)",
            "5 (2020) 6 (2020)",
            "5, 6 (2020)",
        ):
            self.assertRefused(parse_count, text, number_error.SEVERAL)

    def test_nothing_said_is_no_number_and_no_mistake(self):
        for text in ("", "  ", "n/a", "N/A", "–", "unknown", "?", "Undisclosed"):
            with self.subTest(text=text):
                self.assertIsNone(parse_count(text))
                self.assertEqual(parse_amount(text), (None, None))

    def test_what_is_not_one_number_is_refused(self):
        for text, reason, detail in (
            ("6,000 - 8,000 (2022)", number_error.RANGE, "6,000 – 8,000"),
            ("500–1000", number_error.RANGE, "500 – 1000"),
            ("500 to 1000", number_error.RANGE, "500 – 1000"),
            ("between 5 and 10", number_error.RANGE, "5 – 10"),
            ("2023-12-31", number_error.SEVERAL, "2023; 12; 31"),
            ("c. 16,000 : 2 (2025)", number_error.UNKNOWN_TEXT, ": 2"),
            ("31/12/2023", number_error.UNKNOWN_TEXT, "/12/2023"),
            ("Non-consolidated : 8,034", number_error.UNKNOWN_TEXT, None),
            ("five hundred", number_error.UNKNOWN_TEXT, "five hundred"),
            ("5%", number_error.UNKNOWN_TEXT, "%"),
            ("4,200 (thousands)", number_error.UNKNOWN_TEXT, "thousands"),
            ("2 thousand million", number_error.UNKNOWN_TEXT, "million"),
            ("500 )", number_error.UNKNOWN_TEXT, ")"),
            ("x" * 3000, number_error.UNKNOWN_TEXT, None),
            ("about", number_error.NO_NUMBER, None),
            ("(2023)", number_error.NEGATIVE, None),
            ("-500", number_error.NEGATIVE, None),
            ("4.2", number_error.NOT_WHOLE, "4.2"),
            ("US$ 500", number_error.MONEY, None),
            ("500 (EUR)", number_error.MONEY, None),
            ("3 billion", number_error.TOO_LARGE, None),
        ):
            self.assertRefused(parse_count, text, reason, detail)

    # Separators

    def test_separators_mean_what_the_file_says(self):
        self.assertCount("6,500", 6500)
        self.assertCount("6.500", 6500, thousands=".", decimal=",")
        self.assertAmount("1.700", "1.7", None)
        self.assertAmount("1.700", "1700", None, thousands=".", decimal=",")
        self.assertAmount("1,700", "1.7", None, thousands=".", decimal=",")
        self.assertRefused(parse_count, "6.500", number_error.NOT_WHOLE, "6.5")

    def test_separators_with_one_reading_need_no_choice(self):
        german = {"thousands": ".", "decimal": ","}
        for options in ({}, german):
            self.assertAmount("1.234,50", "1234.5", None, **options)
            self.assertAmount("1,234.50", "1234.5", None, **options)
            self.assertAmount("1 234,50", "1234.5", None, **options)
            self.assertAmount("1’234’567.5", "1234567.5", None, **options)
            self.assertAmount("4200.0", "4200", None, **options)
            self.assertAmount("1,5", "1.5", None, **options)
            self.assertCount("12.345.678", 12345678, **options)
            self.assertCount("12,34,567", 1234567, **options)
            self.assertCount("1 234 567", 1234567, **options)
            self.assertAmount("500,-", "500", None, **options)

    def test_separators_with_two_readings_are_refused(self):
        self.assertRefused(
            parse_count, "6,500", number_error.AMBIGUOUS, "6500; 6.500", thousands=""
        )
        self.assertRefused(
            parse_count, "6,500", number_error.AMBIGUOUS, thousands=",", decimal=","
        )
        refused = ("0 700", "1,234,56", "1.2.3", "5.5.2024", "1,2 3.4")
        for text in (*refused, "1.234,501.234"):
            self.assertRefused(parse_count, text, number_error.GROUPING)

    # Revenues

    def test_amounts_in_lists_of_companies(self):
        for text, number, currency in (
            ("€1.7 billion (2021)", 17e8, "EUR"),
            ("$.5 million", "500000", "USD"),
            ("US$ 822.81 million (2020)", "822810000", "USD"),
            ("US $ 1.57 billion (2024)", 157e7, "USD"),
            ("US$ $1.59 billion (2024)", 159e7, "USD"),
            ("US$$2.342 billion (2024)", 2342e6, "USD"),
            ("US$27,250,000,000 (2024)", 2725e7, "USD"),
            ("$2.4 billion USD", 24e8, "USD"),
            ("$571M (cite FY22 annual report: Tool Corp. (EPAC))", 571e6, "USD"),
            ("US$ 225M ( Q2 2016 )", 225e6, "USD"),
            ("€ 35.44B (2023)", 3544e7, "EUR"),
            ("5.2 bn EUR (2022)", 52e8, "EUR"),
            ("5bn€", 5e9, "EUR"),
            ("1,5 Mio. €", 15e5, "EUR"),
            ("6,020 million euros (2021)", 602e7, "EUR"),
            ("846,431,000 United States dollar (2022)", 846431000, "USD"),
            ("CHF 3,627 million (2024)", 3627e6, "CHF"),
            ("SEK 172.846 billion (2019)", 172846e6, "SEK"),
            ("£4,831.3 million (2025)", 48313e5, "GBP"),
            ("JPY ¥253.78 billion ( US$ 2.21 billion) ( FY 2021)", 25378e7, "JPY"),
            ("JP¥ 1,829 billion ( US$ 16.5 billion) — FY 2019", 1829e9, "JPY"),
            ("¥ 5.78 trillion (2022)", 578e10, "JPY"),
            ("US$ 1.94 billion (JUN 30 2022)", 194e7, "USD"),
            ("> US$ 513.2 million (January 1, 2025 - December 31, 2025", 5132e5, "USD"),
            ("500 (EUR)", 500, "EUR"),
            ("1700000000", 17e8, None),
            ("annual revenue 5 m", 5e6, None),
        ):
            self.assertAmount(text, number, currency)

    def test_amounts_that_are_not_clear_are_refused(self):
        for text, reason, detail in (
            ("JPY 0 11 trillion (2013)", number_error.GROUPING, "0 11"),
            ("US$ 0 700 Mln (2018)", number_error.GROUPING, "0 700"),
            ("US$45.2 billion : 20 (2025)", number_error.UNKNOWN_TEXT, ": 20"),
            (
                "SEK 88.561 billion € 7.712 billion (2023)",
                number_error.SEVERAL,
                "88.561; 7.712",
            ),
            ("$5-10 million", number_error.RANGE, "5 – 10"),
            ("78.554 billion kr", number_error.SHARED_SIGN, "DKK, ISK, NOK, SEK"),
            ("€ 5 USD", number_error.CURRENCIES, "€, USD"),
            ("€m 500", number_error.UNKNOWN_TEXT, "m 500"),
            ("500 employees", number_error.UNKNOWN_TEXT, "employees"),
            ("500 XYZ", number_error.UNKNOWN_TEXT, "XYZ"),
            ("EUR", number_error.NO_NUMBER, None),
            ("9e30", number_error.TOO_LARGE, None),
        ):
            self.assertRefused(parse_amount, text, reason, detail)

    def test_shared_signs_mean_the_home_currency_first(self):
        self.assertAmount("$ 5", 5, "AUD", home_currency="AUD")
        self.assertAmount("$ 5", 5, "USD", home_currency="EUR")
        self.assertAmount("US$ 5", 5, "USD", home_currency="AUD")
        self.assertAmount("¥ 5", 5, "CNY", home_currency="CNY")
        self.assertAmount("5 kr", 5, "SEK", home_currency="SEK")
        self.assertAmount("5 kr SEK", 5, "SEK")

    def test_words_that_look_like_codes_are_no_currencies(self):
        for text in ("TTM", "FTE", "USA", "kroner of course", ""):
            with self.subTest(text=text):
                self.assertFalse(currency_sign.get_codes(text))
        self.assertCount("500 (USA)", 500)
        self.assertAmount("500 (TTM)", 500, None)

    def test_long_texts_take_no_time(self):
        for text in (" ," * 499, "(" * 999, "1," * 499, "as of " * 160, "5 kr" * 240):
            with self.subTest(text=text[:10]), self.assertRaises(MessyNumberError):
                parse_amount(text)

    def test_a_text_to_blame_is_told_in_forty_letters(self):
        for text, told in {
            " five hundred ": "five hundred",
            "x" * 40: "x" * 40,
            "x" * 41: "x" * 39 + "…",
        }.items():
            self.assertEqual(number_error.shorten(text), told)
