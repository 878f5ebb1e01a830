"""Count working time: pure Python, so that it is tested without a database.

Work is done in weekly periods of a time zone's wall clock, outside of what is closed.
All points in time are naive and UTC, as the ORM has them.

* A moment is working time when the wall clock shows one of the periods. So an hour that
  the clock skips in spring is no work, and one that it shows twice in autumn is worked
  twice, if a period holds it.
* A period is of each week, or of every second one, counted as `resource.calendar` does.
* What is closed is closed from its start up to its end.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

Interval = tuple[datetime, datetime]

DAY = timedelta(days=1)
# Who works on none of so many days in a row doesn't work at all.
HORIZON = 750
LAST_DAY = date.max - 2 * DAY


class Period(NamedTuple):
    """A stretch of a weekday, in minutes of the wall clock from midnight."""

    weekday: int  # 0 is Monday
    start: int
    end: int
    week: int | None = None  # 0 or 1 of every second week; None of each


ALWAYS = tuple(Period(weekday, 0, 24 * 60) for weekday in range(7))


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Return intervals in their order, such that none overlaps or touches another."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def subtract(intervals: Iterable[Interval], closed: list[Interval]) -> list[Interval]:
    """Return what is left of intervals.

    :param closed: what is taken off, as `merge` returns it
    """
    left: list[Interval] = []
    for start, end in intervals:
        for closed_start, closed_end in _get_overlapping(closed, start, end):
            if start < closed_start:
                left.append((start, closed_start))
            start = max(start, closed_end)
        if start < end:
            left.append((start, end))
    return left


def _get_overlapping(
    merged: list[Interval], start: datetime, end: datetime
) -> Iterator[Interval]:
    index = max(bisect_right(merged, start, key=lambda one: one[0]) - 1, 0)
    for one in merged[index:]:
        if one[0] >= end:
            return
        if one[1] > start:
            yield one


class WorkingTime:
    """When somebody works.

    :param zone: the time zone of the periods
    :param periods: the weekly periods; they may overlap
    :param closed: holidays and absences, in any order; they may overlap
    """

    def __init__(
        self,
        zone: ZoneInfo,
        periods: Iterable[Period] = ALWAYS,
        closed: Iterable[Interval] = (),
    ) -> None:
        self.zone = zone
        self.closed = merge(closed)
        self._periods: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for period in periods:
            for week in (0, 1) if period.week is None else (period.week,):
                key = week, period.weekday
                self._periods.setdefault(key, []).append((period.start, period.end))
        self._days: dict[date, list[Interval]] = {}

    def add(self, start: datetime, minutes: float) -> datetime | None:
        """Return when so many minutes of working time are over.

        Of no minutes that is the first moment of work. It is the end of an interval,
        not the start of the next one, when the time is over there.

        :return: None when there is no such moment within the `HORIZON`
        """
        left = timedelta(minutes=max(minutes, 0))
        idle = 0
        day = start.date()
        while idle < HORIZON and day < LAST_DAY:
            intervals = self._get_intervals(day)
            idle = 0 if intervals else idle + 1
            for begin, end in intervals:
                begin = max(begin, start)
                if begin >= end:
                    continue
                if left <= end - begin:
                    return begin + left
                left -= end - begin
            day += DAY
        return None

    def add_days(self, start: datetime, days: int) -> datetime | None:
        """Return the first moment of work of the day that is so many working days
        after the one of a moment.

        Of no days that is the moment itself, or the first one of work after it.

        :return: None when there is no such moment within the `HORIZON`
        """
        moment: datetime | None = start
        for _number in range(days):
            if moment is None:
                return None
            moment = self.add(self.get_midnight(self.get_day(moment) + DAY), 0)
        return moment if days else self.add(start, 0)

    def count_days(self, start: datetime, end: datetime) -> int:
        """Return how many working days after the day of a moment that of another is."""
        last, count = self.get_day(end), 0
        moment = self.add_days(start, 1)
        while moment and self.get_day(moment) <= last:
            count += 1
            moment = self.add_days(moment, 1)
        return count

    def get_day(self, moment: datetime) -> date:
        """Return the day that a moment is on, where the work is done."""
        return (moment + self._get_offset(moment)).date()

    def get_midnight(self, day: date) -> datetime:
        """Return when a day begins where the work is done."""
        local = datetime.combine(day, datetime.min.time(), self.zone)
        return local.astimezone(timezone.utc).replace(tzinfo=None)

    def between(self, start: datetime, end: datetime) -> float:
        """Return how many minutes of working time lie between two moments."""
        total = timedelta()
        day = start.date()
        while day <= end.date():
            for begin, until in self._get_intervals(day):
                overlap = min(until, end) - max(begin, start)
                total += max(overlap, timedelta())
            day += DAY
        return total / timedelta(minutes=1)

    def _get_intervals(self, day: date) -> list[Interval]:
        """Return the intervals of work of a day in UTC."""
        if day not in self._days:
            worked = merge(self._get_periods(day))
            self._days[day] = subtract(worked, self.closed)
        return self._days[day]

    def _get_periods(self, day: date) -> Iterator[Interval]:
        """Return the periods of a day in UTC, before holidays."""
        for start, end in self._split_by_offset(day):
            offset = self._get_offset(start)
            # The wall clock runs evenly in there.
            local = (start + offset).date()
            while local <= (end + offset - timedelta.resolution).date():
                midnight = datetime.combine(local, datetime.min.time()) - offset
                week = (local.toordinal() - 1) // 7 % 2
                for first, last in self._periods.get((week, local.weekday()), ()):
                    begin = max(start, midnight + timedelta(minutes=first))
                    until = min(end, midnight + timedelta(minutes=last))
                    if begin < until:
                        yield begin, until
                local += DAY

    def _split_by_offset(self, day: date) -> Iterator[Interval]:
        """Return the parts of a day in UTC in which the clock is not put back or
        forward: mostly one."""
        start = datetime.combine(day, datetime.min.time())
        end = start + DAY
        if self._get_offset(start) == self._get_offset(end):
            yield start, end
            return
        before, after = start, end
        while after - before > timedelta(seconds=1):
            middle = before + (after - before) // 2
            if self._get_offset(middle) == self._get_offset(start):
                before = middle
            else:
                after = middle
        # Clocks are changed at whole seconds.
        change = after.replace(microsecond=0)
        yield start, change
        yield change, end

    def _get_offset(self, moment: datetime) -> timedelta:
        local = moment.replace(tzinfo=timezone.utc).astimezone(self.zone)
        return local.utcoffset() or timedelta()
