import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, tagged

from ..tools.working_time import ALWAYS, Period, WorkingTime, merge, subtract
from .working_time_oracle import Example

EXAMPLES = int(os.environ.get("WORKING_TIME_EXAMPLES", "300"))
BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = [
    Period(weekday, start, end)
    for weekday in range(5)
    for start, end in ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
]


def at(text):
    return datetime.fromisoformat(text)


@tagged("lead_response", "lead_long")
class TestWorkingTime(BaseCase):
    """Working time is right to the minute, whatever clocks and calendars do."""

    def test_random_calendars_as_the_clock_on_the_wall_shows_them(self):
        for seed in range(EXAMPLES):
            example = Example(seed)
            time = WorkingTime(example.zone, example.periods, example.closed)
            with self.subTest(seed=seed):
                self.assertEqual(
                    time.between(example.start, example.end), example.count_between()
                )
                until = example.start + timedelta(days=30)
                end = time.add(example.start, example.minutes)
                self.assertEqual(
                    end if end and end <= until else None, example.find_end(until)
                )

    def test_office_hours(self):
        office = WorkingTime(BERLIN, OFFICE)
        friday = at("2026-07-03 14:30")  # 16:30 in Berlin
        self.assertEqual(office.add(friday, 30), at("2026-07-03 15:00"))
        self.assertEqual(office.add(friday, 31), at("2026-07-06 06:01"))
        self.assertEqual(office.add(at("2026-07-04 10:00"), 0), at("2026-07-06 06:00"))
        self.assertEqual(office.between(friday, at("2026-07-06 07:00")), 90)
        self.assertEqual(office.between(at("2026-07-06 07:00"), friday), 0)

    def test_hour_that_the_clock_skips_is_no_work(self):
        night = WorkingTime(BERLIN, [Period(6, 60, 240)])
        sunday = at("2026-03-29 00:00"), at("2026-03-30 00:00")
        self.assertEqual(night.between(*sunday), 120)

    def test_hour_that_the_clock_shows_twice_is_worked_twice(self):
        night = WorkingTime(BERLIN, [Period(6, 60, 240)])
        sunday = at("2026-10-25 00:00"), at("2026-10-26 00:00")
        self.assertEqual(night.between(at("2026-10-24 20:00"), sunday[1]), 240)

    def test_holidays_and_absences_are_no_work(self):
        closed = [
            (at("2026-12-24 23:00"), at("2026-12-26 23:00")),
            (at("2026-12-25 10:00"), at("2026-12-28 10:00")),
        ]
        office = WorkingTime(BERLIN, OFFICE, closed)
        self.assertEqual(office.add(at("2026-12-24 15:30"), 60), at("2026-12-28 10:30"))

    def test_seconds_are_kept(self):
        always = WorkingTime(BERLIN)
        start = at("2026-05-05 10:00:42")
        self.assertEqual(always.add(start, 5), at("2026-05-05 10:05:42"))
        self.assertEqual(always.between(start, at("2026-05-05 10:01:12")), 0.5)

    def test_who_never_works_is_never_done(self):
        self.assertIsNone(WorkingTime(BERLIN, []).add(at("2026-05-05 10:00"), 5))
        closed = [(at("2026-01-01 00:00"), at("2036-01-01 00:00"))]
        never = WorkingTime(BERLIN, ALWAYS, closed)
        self.assertIsNone(never.add(at("2026-05-05 10:00"), 5))
        self.assertIsNone(WorkingTime(BERLIN, []).add(at("9999-12-30 10:00"), 5))

    def test_intervals(self):
        one, two, three = (at(f"2026-05-05 1{hour}:00") for hour in range(3))
        self.assertEqual(
            merge([(two, three), (one, two), (three, one)]), [(one, three)]
        )
        self.assertEqual(subtract([(one, three)], [(one, two)]), [(two, three)])
        self.assertEqual(subtract([(one, three)], [(one, three)]), [])
