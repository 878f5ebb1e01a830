import os
from datetime import date, datetime, timedelta
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


@tagged("post_install", "-at_install", "lead_response")
class TestWorkingDays(BaseCase):
    """Days and minutes are counted to the moment."""

    def setUp(self):
        super().setUp()
        week = [Period(weekday, 9 * 60, 17 * 60) for weekday in range(5)]
        self.zone = ZoneInfo("Europe/Berlin")
        self.office = WorkingTime(self.zone, week)
        # A Thursday in winter, an hour behind the wall clock
        self.noon = datetime(2026, 1, 15, 11)

    def test_no_minutes_are_the_first_moment_of_work(self):
        self.assertEqual(self.office.add(self.noon, 0), self.noon)
        self.assertEqual(self.office.add(self.noon, -5), self.noon)
        night = datetime(2026, 1, 15, 3)
        self.assertEqual(self.office.add(night, 0), datetime(2026, 1, 15, 8))
        evening = datetime(2026, 1, 16, 16)  # when the week is over
        self.assertEqual(self.office.add(evening, 0), datetime(2026, 1, 19, 8))

    def test_time_ends_with_the_day_and_not_on_the_next_one(self):
        closing = datetime(2026, 1, 15, 16)
        self.assertEqual(self.office.add(self.noon, 5 * 60), closing)
        self.assertEqual(
            self.office.add(self.noon, 5 * 60 + 1), datetime(2026, 1, 16, 8, 1)
        )
        self.assertEqual(self.office.add(self.noon, 21 * 60), datetime(2026, 1, 19, 16))

    def test_minutes_between_moments(self):
        for end, minutes in (
            (self.noon, 0),
            (datetime(2026, 1, 15, 10), 0),
            (datetime(2026, 1, 15, 12), 60),
            (datetime(2026, 1, 15, 23), 300),
            (datetime(2026, 1, 16, 8), 300),
            (datetime(2026, 1, 16, 9), 360),
            (datetime(2026, 1, 19, 9), 840),
        ):
            self.assertEqual(self.office.between(self.noon, end), minutes, end)
        half = self.noon + timedelta(seconds=30)
        self.assertEqual(self.office.between(self.noon, half), 0.5)

    def test_days_are_those_on_which_there_is_work(self):
        self.assertEqual(self.office.add_days(self.noon, 0), self.noon)
        morning = datetime(2026, 1, 16, 8)
        self.assertEqual(self.office.add_days(self.noon, 1), morning)
        self.assertEqual(self.office.add_days(self.noon, 2), datetime(2026, 1, 19, 8))
        for end, days in (
            (datetime(2026, 1, 14, 12), 0),
            (self.noon, 0),
            (datetime(2026, 1, 15, 22), 0),
            (datetime(2026, 1, 15, 23, 30), 1),  # Friday in Berlin
            (datetime(2026, 1, 17, 12), 1),
            (datetime(2026, 1, 19, 12), 2),
        ):
            self.assertEqual(self.office.count_days(self.noon, end), days, end)

    def test_days_begin_where_the_work_is_done(self):
        late = datetime(2026, 1, 15, 23, 30)
        self.assertEqual(self.office.get_day(late), date(2026, 1, 16))
        self.assertEqual(
            self.office.get_midnight(date(2026, 1, 16)), datetime(2026, 1, 15, 23)
        )
        self.assertEqual(
            self.office.get_midnight(date(2026, 7, 1)), datetime(2026, 6, 30, 22)
        )

    def test_every_second_week(self):
        even = WorkingTime(self.zone, [Period(0, 540, 600, 0)])
        odd = WorkingTime(self.zone, [Period(0, 540, 600, 1)])
        days = [working.add(self.noon, 0).date() for working in (even, odd)]
        self.assertEqual({*days}, {date(2026, 1, 19), date(2026, 1, 26)})
        moment = datetime(2026, 1, 20)
        again = [working.add(moment, 0).date() for working in (even, odd)]
        self.assertEqual({*again}, {date(2026, 1, 26), date(2026, 2, 2)})
        week = date(2026, 1, 19).toordinal() // 7 % 2
        self.assertEqual(days[week], date(2026, 1, 19), "counted from the year 1")

    def test_who_is_away_for_long_comes_back(self):
        week = [Period(weekday, 540, 600) for weekday in range(7)]
        for days, is_back in ((700, True), (800, False)):
            away = [(self.noon, self.noon + timedelta(days))]
            moment = WorkingTime(self.zone, week, away).add(self.noon, 0)
            self.assertEqual(moment is not None, is_back)
            days = WorkingTime(self.zone, week, away).add_days(self.noon, 2)
            self.assertEqual(days is not None, is_back)
        self.assertIsNone(self.office.add(datetime(9999, 12, 31), 60))

    def test_intervals_that_touch_are_one(self):
        hours = [self.noon + timedelta(hours=number) for number in range(6)]
        self.assertEqual(
            merge([(hours[2], hours[3]), (hours[0], hours[2]), (hours[4], hours[4])]),
            [(hours[0], hours[3])],
        )
        self.assertEqual(
            merge([(hours[0], hours[4]), (hours[1], hours[2])]), [(hours[0], hours[4])]
        )
        self.assertEqual(
            subtract(
                [(hours[0], hours[5])], [(hours[1], hours[2]), (hours[3], hours[4])]
            ),
            [(hours[0], hours[1]), (hours[2], hours[3]), (hours[4], hours[5])],
        )
        for closed in ((0, 5), (0, 3), (1, 3)):
            taken = [(hours[closed[0]], hours[closed[1]])]
            self.assertEqual(subtract([(hours[1], hours[3])], taken), [])
        for closed in ((0, 1), (3, 5)):
            taken = [(hours[closed[0]], hours[closed[1]])]
            left = [(hours[1], hours[3])]
            self.assertEqual(subtract(left, taken), left)
