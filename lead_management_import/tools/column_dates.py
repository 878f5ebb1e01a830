"""Read the dates of a column, whose order is decided by all of its cells. Pure Python.

Days are read as `2027-01-31`, `31.01.2027`, `1/31/27`, `20270131`, `31 January 2027`,
`31. Jan. 2027`, `Jan 31, 2027` with the months of six languages, or as a spreadsheet's
number of days (`46418`), each perhaps with a time behind it.

Whether the day or the month comes first is what the cells say in which one of both is
above 12. Where none is, days are first in dates with points; else it is as the caller
says. Where cells contradict each other, a date that may be two is refused.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from functools import cache

import babel

from .country_names import LANGUAGES

DAY, MONTH, DOUBTFUL = "day", "month", "doubtful"

_SPREADSHEET_DAYS = range(20_000, 80_000)  # 1954 to 2119
_FIRST_DAY = datetime.datetime(1899, 12, 30)
_TIME = re.compile(
    r"[T ,]+(\d{1,2})[:h.](\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*([ap])?\.?m?\.?"
    r"\s*(Z|UTC|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})|(\d{4})(\d\d)(\d\d)")
_FIGURES = re.compile(r"(\d{1,2})([-/. ])\s?(\d{1,2})\2\s?(\d{4}|\d\d)")
_WORDS = re.compile(r"[^\W\d_]+|\d+")


class UnreadableDateError(ValueError):
    """A text that is no date, or that may be two."""


@cache
def _get_months() -> Mapping[str, int]:
    """Return the numbers of months by name, in small letters and without points."""
    months: dict[str, int] = {}
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names = babel.Locale(language).months[context][width]
                for number, name in names.items():
                    months[name.casefold().rstrip(".")] = number
    return {**months, "sept": 9, "mrz": 3}


def get_order(cells: Iterable[object]) -> str | None:
    """Return what comes first in the dates of a column: `DAY`, `MONTH`, or `DOUBTFUL`
    where they contradict each other; None where they don't say."""
    found = set()
    has_points = False
    for cell in cells:
        if isinstance(cell, str) and (match := _FIGURES.match(cell.strip())):
            first, second = int(match[1]), int(match[3])
            has_points = has_points or match[2] == "."
            if first > 12 >= second:
                found.add(DAY)
            elif second > 12 >= first:
                found.add(MONTH)
    if len(found) > 1:
        return DOUBTFUL
    return next(iter(found), DAY if has_points else None)


def parse(text: str, order: str) -> datetime.datetime:
    """Read a day, and the time behind it if there is one.

    A time with an offset knows it, others know of no time zone.

    :param order: `DAY`, `MONTH` or `DOUBTFUL`
    :raise UnreadableDateError: it is no date, or may be two
    """
    text = " ".join(text.split())
    time = _TIME.search(text)
    day = text[: time.start()] if time else text
    try:
        moment = _parse_day(day.strip(" ,"), order)
        if time:
            moment = _add_time(moment, time)
        elif day.replace(".", "", 1).isdigit() and "." in day:
            moment = moment.replace(microsecond=0)
    except (ValueError, OverflowError):
        raise UnreadableDateError(text) from None
    return moment


def _parse_day(text: str, order: str) -> datetime.datetime:
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups() if part)
        return datetime.datetime(year, month, day)
    if match := _FIGURES.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        if order == DOUBTFUL and first <= 12 and second <= 12 and first != second:
            raise UnreadableDateError(text)
        is_month_first = second > 12 or (order == MONTH and first <= 12)
        day, month = (second, first) if is_month_first else (first, second)
        return datetime.datetime(_get_year(match[4]), month, day)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and int(text[:5]) in _SPREADSHEET_DAYS:
        return _FIRST_DAY + datetime.timedelta(days=float(text))
    return _parse_words(text)


def _parse_words(text: str) -> datetime.datetime:
    """Read a date whose month is a word: the other words may only be day names and the
    like, which say nothing more."""
    months = _get_months()
    words = _WORDS.findall(text.casefold())
    named = [months[word] for word in words if word in months]
    figures = [word for word in words if word.isdigit()]
    if len(named) != 1 or len(figures) != 2 or len(words) > 6:
        raise UnreadableDateError(text)
    day, year = figures
    if len(day) == 4:
        day, year = year, day
    if len(year) not in (2, 4):
        raise UnreadableDateError(text)
    return datetime.datetime(_get_year(year), named[0], int(day))


def _get_year(figures: str) -> int:
    year = int(figures)
    if len(figures) == 2:
        return 2000 + year if year < 70 else 1900 + year
    return year


def _add_time(moment: datetime.datetime, time: re.Match[str]) -> datetime.datetime:
    hour, minute, second = int(time[1]), int(time[2]), int(time[3] or 0)
    if time[4]:
        if not 1 <= hour <= 12:
            raise UnreadableDateError(time[0])
        hour = hour % 12 + 12 * (time[4].lower() == "p")
    moment = moment.replace(hour=hour, minute=minute, second=second)
    if offset := time[5]:
        sign = -1 if offset[0] == "-" else 1
        hours, minutes = (
            (int(offset[1:3]), int(offset[-2:])) if offset[0] in "+-" else (0, 0)
        )
        zone = datetime.timedelta(hours=sign * hours, minutes=sign * minutes)
        moment = moment.replace(tzinfo=datetime.timezone(zone))
    return moment
