import datetime

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import column_dates, column_numbers, phone_text
from ..tools.column_numbers import COMMA, POINT, Separators
from .examples import SAME


def choose(*cells):
    return column_numbers.choose(column_numbers.count_evidence(cells))


@tagged("post_install", "-at_install", "lead_import")
class TestColumnNumbers(BaseCase):
    def test_one_clear_cell_decides_for_the_doubtful_ones(self):
        self.assertEqual(choose("1.234.567,50", "1.500", "2.750,00"), COMMA)
        self.assertEqual(choose("1,500", "$ 2,750.00"), POINT)
        self.assertEqual(choose("1.500", "12,5 Mio. €"), COMMA)
        self.assertEqual(choose("1,500", "0.125"), POINT)
        self.assertEqual(choose("12.345.678", "1.500"), COMMA)

    def test_nothing_is_known_of_doubtful_cells_alone(self):
        self.assertIsNone(choose("1.500", "12.500", "n/a", "", "85"))

    def test_cells_that_contradict_each_other_decide_nothing(self):
        self.assertEqual(choose("1.234,50", "1,234.50", "1.500"), Separators())

    def test_a_few_strangers_do_not_matter(self):
        self.assertEqual(choose(*["1.234,50"] * 9, "1,234.50"), COMMA)

    def test_people_come_in_whole_numbers(self):
        self.assertEqual(column_numbers.choose_for_counts(["1.200", "85"]), COMMA)
        self.assertEqual(column_numbers.choose_for_counts(["1,200", "85"]), POINT)
        self.assertIsNone(column_numbers.choose_for_counts(["1,200", "1.200"]))

    @SAME
    @given(st.lists(st.integers(0, 10**9), min_size=1), st.booleans())
    def test_amounts_with_cents_always_decide(self, amounts, is_comma):
        texts = [f"{amount:,}.00" for amount in amounts]
        if is_comma:
            swap = str.maketrans(",.", ".,")
            texts = [text.translate(swap) for text in texts]
        self.assertEqual(choose(*texts), COMMA if is_comma else POINT)


@tagged("post_install", "-at_install", "lead_import")
class TestColumnDates(BaseCase):
    def test_one_clear_cell_decides_for_the_doubtful_ones(self):
        self.assertEqual(column_dates.get_order(["11/2/2026", "11/30/2026"]), "month")
        self.assertEqual(column_dates.get_order(["11/2/2026", "30/11/2026"]), "day")
        self.assertEqual(column_dates.get_order(["1.2.2026"]), "day")
        self.assertIsNone(column_dates.get_order(["1/2/2026", "2026-01-31", ""]))

    def test_doubtful_date_of_a_mixed_column_is_refused(self):
        order = column_dates.get_order(["30/11/2026", "11/30/2026"])
        self.assertEqual(order, column_dates.DOUBTFUL)
        with self.assertRaises(column_dates.UnreadableDateError):
            column_dates.parse("1/2/2026", order)
        day = column_dates.parse("11/30/2026", order)
        self.assertEqual(day, datetime.datetime(2026, 11, 30))

    def test_ways_of_writing_a_day(self):
        day = datetime.datetime(2027, 1, 31)
        for text in (
            *("2027-01-31", "31.01.2027", "1/31/27", "31/1/2027", "20270131"),
            *("31 January 2027", "31. Jan. 2027", "Jan 31, 2027", "31 janvier 2027"),
            *("31 de enero de 2027", "31 gennaio 2027", "31 jan. 2027", "46418"),
            *("Sunday, January 31, 2027", "2027/01/31", "31-01-2027"),
        ):
            with self.subTest(text=text):
                self.assertEqual(column_dates.parse(text, "day"), day)

    def test_time_behind_the_day(self):
        for text in ("2027-01-31 15:05", "31.01.2027, 15:05:00", "1/31/2027 3:05 PM"):
            with self.subTest(text=text):
                moment = column_dates.parse(text, "month")
                self.assertEqual(moment, datetime.datetime(2027, 1, 31, 15, 5))
        moment = column_dates.parse("2027-01-31T15:05:00+02:00", "day")
        self.assertEqual(moment.utctimetuple().tm_hour, 13)

    def test_cells_that_say_which_comes_first(self):
        for cells, order in (
            (["12/5/2026", "5/12/2026", "13/13/2026"], None),
            ([3, "13/12/2026"], "day"),
            (["12/13/2026"], "month"),
        ):
            self.assertEqual(column_dates.get_order(cells), order)
        doubtful = column_dates.DOUBTFUL
        for text in ("12/1/2026", "1/12/2026"):
            with self.assertRaises(column_dates.UnreadableDateError):
                column_dates.parse(text, doubtful)
        for text, order, month, day in (
            ("12/12/2026", doubtful, 12, 12),
            ("13/1/2026", doubtful, 1, 13),
            ("1/13/2026", doubtful, 1, 13),
            ("12/1/2026", "month", 12, 1),
            ("12/1/2026", "day", 1, 12),
        ):
            found = column_dates.parse(text, order)
            self.assertEqual(found, datetime.datetime(2026, month, day), text)

    def test_years(self):
        for text, *day in (
            ("1/1/69", 2069, 1, 1),
            ("1/1/70", 1970, 1, 1),
            ("2027 January 31", 2027, 1, 31),
            ("January 31 27", 2027, 1, 31),
            ("20000", 1954, 10, 3),
            ("79999", 2119, 1, 10),
        ):
            found = column_dates.parse(text, "day")
            self.assertEqual(found, datetime.datetime(*day), text)

    def test_hours_and_zones(self):
        day = datetime.datetime(2027, 1, 31)
        for text, hours, offset in (
            ("1/31/2027 12:06 AM", 0.1, None),
            ("1/31/2027 12:06 PM", 12.1, None),
            ("1/31/2027 1:30 am", 1.5, None),
            ("2027-01-31 9h30", 9.5, None),
            ("46418.5", 12, None),
            ("2027-01-31T10:00+0530", 10, 5.5),
            ("2027-01-31T10:00-03:15", 10, -3.25),
            ("2027-01-31T10:00Z", 10, 0),
        ):
            found = column_dates.parse(text, "day")
            with self.subTest(text):
                self.assertEqual(
                    found.replace(tzinfo=None), day + datetime.timedelta(hours=hours)
                )
                zone = None if offset is None else datetime.timedelta(hours=offset)
                self.assertEqual(found.utcoffset(), zone)
        found = column_dates.parse("46418.123456", "day")
        self.assertEqual(found, datetime.datetime(2027, 1, 31, 2, 57, 46))

    def test_what_is_no_date(self):
        for text in (
            *("soon", "Q1 2027", "31.02.2027", "2027", "12", "next May", "5-10"),
            *("1 May 1", "1 January 203", "203 January 27", "19999", "80000"),
            *("1/31/2027 13:05 PM", "1/31/2027 0:30 am", "31.1.2027 25:00"),
            *("a b c d 31 January 2027", "31 January March 2027"),
        ):
            with (
                self.subTest(text=text),
                self.assertRaises(column_dates.UnreadableDateError),
            ):
                column_dates.parse(text, "day")

    @SAME
    @given(st.dates(datetime.date(1970, 1, 1), datetime.date(2069, 12, 31)))
    def test_a_day_is_read_as_it_was_written(self, day):
        for form, order in (
            *(("%Y-%m-%d", "day"), ("%d.%m.%Y", "day"), ("%d/%m/%y", "day")),
            *(("%m/%d/%Y", "month"), ("%B %d, %Y", "day"), ("%Y%m%d", "month")),
        ):
            self.assertEqual(column_dates.parse(day.strftime(form), order).date(), day)

    @SAME
    @given(st.text(max_size=30), st.sampled_from(["day", "month", "doubtful"]))
    def test_any_text_is_read_or_refused(self, text, order):
        try:
            self.assertIsInstance(column_dates.parse(text, order), datetime.datetime)
        except column_dates.UnreadableDateError as error:
            self.assertTrue(str(error) or not text.strip())


@tagged("post_install", "-at_install", "lead_import")
class TestPhoneText(BaseCase):
    def test_what_spreadsheets_do_to_numbers(self):
        for text, expected in {
            "3.8099E+11": ("380990000000", False),
            "3,80991234567E+11": ("380991234567", True),
            "'+380 99 123": ("+380 99 123", True),
            "p:+4930123456": ("+4930123456", True),
            "tel: +33 1 23": ("+33 1 23", True),
            "4930123456.0": ("4930123456", True),
            "030 / 123 45-67": ("030 / 123 45-67", True),
        }.items():
            with self.subTest(text=text):
                self.assertEqual(phone_text.clean(text), expected)

    def test_figures_that_a_spreadsheet_may_have_lost(self):
        for text, expected in {
            "3.8099123456E+11": ("380991234560", False),
            "3.80991234567e11": ("380991234567", True),
            "1.5E1": ("15", True),
            "12E+3": ("12E+3", True),
            "1234.0": ("1234.0", True),
            "12345.00": ("12345.00", True),
        }.items():
            with self.subTest(text=text):
                self.assertEqual(phone_text.clean(text), expected)

    def test_marks_in_front_of_postal_codes(self):
        for text, bare in {
            "z:01067": "01067",
            "'01067": "01067",
            " 01067 ": "01067",
            "z:": "z:",
            "abc: 12": "abc: 12",
            "": "",
        }.items():
            self.assertEqual(phone_text.strip_mark(text), bare, text)
