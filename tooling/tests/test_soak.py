"""What the soak of a year is judged by."""

import unittest
from unittest import mock

from lab.soak_year import judge, logs, memory, troubles, visitors
from lab.soak_year.bloat import LEAST, Measure
from lab.soak_year.visitors import CALM, Weather


class TestPlan(unittest.TestCase):
    """When what happens."""

    def test_each_kind_is_spread_over_all_posts(self):
        events = troubles.plan(1_000, kill=3, restart=1, full=0)
        self.assertEqual(
            events,
            [(250, "kill"), (500, "kill"), (500, "restart"), (750, "kill")],
        )

    def test_days_go_by_and_come_back(self):
        for jumps, days in ((0, 1), (1, 2), (3, 3), (4, 2), (12, 4)):
            self.assertEqual(troubles.count_days(jumps), days)


class TestWeather(unittest.TestCase):
    """Whose fault something is."""

    def test_a_trouble_is_felt_for_a_while(self):
        weather = Weather()
        with mock.patch.object(visitors.time, "monotonic") as now:
            now.return_value = 100
            self.assertEqual(weather.now(), CALM)
            with weather.trouble("the disk was full"):
                now.return_value = 500
                self.assertEqual(weather.now(), "the disk was full")
            now.return_value += visitors.AFTERMATH - 1
            self.assertEqual(weather.now(), "the disk was full")
            now.return_value += 2
            self.assertEqual(weather.now(), CALM)

    def test_a_trouble_in_another_one(self):
        weather = Weather()
        with weather.trouble("outer"):
            with weather.trouble("inner"):
                self.assertEqual(weather.now(), "inner")
            with mock.patch.object(visitors.time, "monotonic", return_value=1e12):
                self.assertEqual(weather.now(), "outer")
        with mock.patch.object(visitors.time, "monotonic", return_value=1e12):
            self.assertEqual(weather.now(), CALM)


class TestJudgement(unittest.TestCase):
    """When a check fails."""

    def test_numbers_of_a_door(self):
        # 0, 3, 6 …; 0 and 60; 20 and 80
        self.assertEqual(judge.count_posts(100, door=0), 34)
        self.assertEqual(judge.count_posts(100, door=0, every=20), 2)
        self.assertEqual(judge.count_posts(100, door=2, every=20), 2)

    def test_memory_grows_or_not(self):
        flat = memory.Life("worker", sizes=[100, 101, 99] * 10)
        leak = memory.Life("worker", sizes=[100 + number for number in range(60)])
        short = memory.Life("worker", sizes=[100])
        self.assertEqual(flat.growth(), 1)
        self.assertGreater(leak.growth(), memory.GROWTH)
        self.assertIsNone(short.growth())

    def test_bloat_counts_where_it_is_large(self):
        self.assertTrue(Measure("lead", "rows", LEAST * 2, LEAST).is_bloated)
        self.assertFalse(Measure("cron", "rows", 80_000, 8_000).is_bloated)
        self.assertFalse(Measure("lead", "rows", LEAST * 12, LEAST * 10).is_bloated)

    def test_what_a_trouble_explains(self):
        for text, is_explained in (
            ("psycopg2.errors.DiskFull: could not extend file", True),
            ("psycopg2.InterfaceError: cursor already closed", True),
            ("KeyError: 'lead'", False),
        ):
            self.assertEqual(bool(logs.SIGNS.search(text)), is_explained)
