"""What the soak of a year is judged by."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

from lab.soak_year import judge, logs, memory, pause, run, troubles, visitors
from lab.soak_year.bloat import LEAST, Measure
from lab.soak_year.visitors import CALM, Weather
from tooling.errors import Problem


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


class TestPause(unittest.TestCase):
    """A year goes on where it was."""

    def setUp(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(
            mock.patch.object(pause, "_file", return_value=folder / "paused")
        )

    def _make_things(self):
        weather = Weather()
        seen = [
            visitors.Visitors([], 5, weather),
            memory.MemoryWatch([]),
            logs.LogWatch([], weather),
        ]
        machine = mock.Mock()
        return [*seen, troubles.Troubles([], machine, seen[0])]

    def test_what_was_kept_is_given_back(self):
        visits, sizes, log, trouble = things = self._make_things()
        visits.taken, visits.again = 3, 2
        visits.answers[500, "the disk was full"] = 2
        sizes.lives[1, "2"] = memory.Life("worker", sizes=[100])
        log.explained, log.kinds["calm: N"] = 7, 1
        trouble.done["jump"], trouble.refused_when_full = 5, [2]
        pause.keep(things, posts=5)
        self.assertTrue(pause.is_there())

        others = self._make_things()
        kept, told = pause.read()
        pause.give_back(others, kept)
        self.assertEqual(told, {"posts": 5})
        for thing, other in zip(things, others, strict=True):
            for name in thing.KEPT:
                with self.subTest(thing=type(thing).__name__, name=name):
                    self.assertEqual(getattr(other, name), getattr(thing, name))
        pause.forget()
        self.assertFalse(pause.is_there())
        with self.assertRaisesRegex(Problem, "No year is paused"):
            pause.read()

    def test_visitors_go_on_with_the_next_number(self):
        sent = []
        visits = self._make_things()[0]
        visits.taken = 3

        def send(number):
            sent.append(number)
            visits.taken += 1

        with mock.patch.object(visits, "_send", send):
            visits.start()
            for thread in visits._threads:
                thread.join()
        self.assertEqual(sorted(sent), [3, 4])
        self.assertTrue(visits.are_done())

    def test_a_year_that_is_paused_is_not_lost(self):
        pause.keep([], posts=5)
        with self.assertRaisesRegex(Problem, "would be lost"):
            run.run(10, 0, 0, 0, 0)
