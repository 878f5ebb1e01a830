"""Working time counted minute by minute, by looking at the clock on the wall."""

import random
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from ..tools.working_time import Period

# Half hours, changes at midnight, of half an hour, before and behind UTC, none at all
ZONES = (
    *("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"),
    *("America/Havana", "Africa/Cairo", "Asia/Kathmandu", "Pacific/Auckland", "UTC"),
    *("America/St_Johns", "Africa/Casablanca", "Pacific/Apia", "Asia/Beirut"),
)
MINUTE = timedelta(minutes=1)


class Example:
    """A random calendar with holidays, and a question about it."""

    def __init__(self, seed):
        chance = random.Random(seed)
        self.zone = ZoneInfo(chance.choice(ZONES))
        weeks = chance.choice(((None,), (0, 1)))
        self.periods = [
            Period(weekday, *self._make_period(chance), week)
            for weekday in chance.sample(range(7), chance.randint(1, 7))
            for week in weeks
            for _number in range(chance.randint(0, 3))
        ]
        # Their minutes, as the clock on the wall shows them
        self.worked = {
            (week, period.weekday, minute)
            for period in self.periods
            for week in ((0, 1) if period.week is None else (period.week,))
            for minute in range(period.start, period.end)
        }
        self.start = self._make_start(chance)
        self.closed = [
            (begin, begin + timedelta(minutes=chance.choice((1, 90, 1440, 4000))))
            for _number in range(chance.randint(0, 5))
            for begin in [self.start + chance.randint(-3000, 20000) * MINUTE]
        ]
        self.minutes = chance.choice((0, 1, 5, 60, 240, chance.randint(1, 3000)))
        self.end = self.start + chance.randint(0, 20000) * MINUTE

    def _make_period(self, chance):
        # Often about the hours in which clocks are changed
        start = chance.choice((0, 90, 120, 150, 480, 540, chance.randint(0, 1438)))
        return start, min(start + chance.choice((1, 30, 60, 240, 480, 1440)), 1440)

    def _make_start(self, chance):
        """Return a start that is near a change of the clock more often than not."""
        start = datetime(2010, 1, 1) + chance.randint(0, 30 * 365 * 1440) * MINUTE
        if chance.random() < 0.7:
            for day in range(200):
                moment = start + timedelta(days=day)
                later = moment + timedelta(days=1)
                if self._get_offset(moment) != self._get_offset(later):
                    return moment - chance.randint(0, 2880) * MINUTE
        return start

    def _get_offset(self, moment):
        return moment.replace(tzinfo=timezone.utc).astimezone(self.zone).utcoffset()

    def is_working(self, moment):
        """Look at the wall clock at the start of a minute."""
        local = moment.replace(tzinfo=timezone.utc).astimezone(self.zone)
        week, weekday = divmod(local.toordinal() - 1, 7)
        minute = local.hour * 60 + local.minute
        return (week % 2, weekday, minute) in self.worked and not any(
            start <= moment < end for start, end in self.closed
        )

    def count_between(self):
        moment, count = self.start, 0
        while moment < self.end:
            count += self.is_working(moment)
            moment += MINUTE
        return count

    def find_end(self, until):
        """Return when the minutes are over, going on until a moment at most."""
        moment, left = self.start, self.minutes
        while moment < until:
            if self.is_working(moment):
                if not left:
                    return moment
                left -= 1
                if not left:
                    return moment + MINUTE
            moment += MINUTE
        return None
