"""Read dates as people type them, in the language of who types. Pure Python.

SPECIFICATION

* Day, month and year in figures, between dots, slashes, dashes or spaces. A year of
  four figures in front makes it year, month, day; between dots the day comes first;
  else the order is the language's, unless only the other one makes a date.
* A month may be a word of the language, of English or of another big language where
  it means one month everywhere, in full or short. Ordinal signs, names of weekdays and
  `of`, `de`, `den` and the like mean nothing.
* A year of two figures is of this century until twenty years from now.
* What stands before a date (`by`, `bis`) and a time of day are left over.
* Anything else (`tomorrow`, `31.01.`, two dates) is no date here.
"""

import datetime
import re
import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from .typing_manner import Manner, plain

MIN_YEAR, MAX_YEAR = 1900, 2200
BIG_LANGUAGES = (
    *("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs"),
    *("sk", "hu", "ro", "hr", "sl", "bg", "el", "uk", "ru", "tr", "ar", "he", "fa"),
    *("hi", "zh", "ja", "ko", "th", "vi", "id", "ca"),
)

_FILLERS = frozenset(
    "of the de del den der le la il el di du d am on a op r dnia г".split()
)
# What stands before a date, and isn't in it
_PREPOSITIONS = frozenset(
    "by until till before latest bis vor spatestens zum avant jusqu au antes hasta"
    " entro prima entro voor uiterlijk tot fur per do".split()
)
# Short for months in ways that the lists of languages don't have
_SHORT_MONTHS = {"mrz": 3, "maerz": 3, "sept": 9, "jaenner": 1, "janner": 1}
_ORDINAL = re.compile(r"(?<=\d)(?:(?:st|nd|rd|th|er|re|e|o|a|ste|de)\b|[ºª°])\.?")
_CJK = re.compile(r"(\d+)\s*年\s*(\d+)\s*月\s*(\d+)\s*日?")
_HOUR = r"(?:[ap]\.?m\.?|uhr|h)"
_CLOCK = re.compile(
    r"(?<=\d)(?:t|,?\s+(?:(?:um|at|a|a las)\s+)?)"
    rf"(?:\d{{1,2}}:\d{{2}}\S*(?:\s*{_HOUR})?|\d{{1,2}}\s*{_HOUR})$"
)


def read(
    text: str, manner: Manner, today: datetime.date | None = None
) -> tuple[datetime.date | None, str]:
    """Return the date that a text names, None when it names none for sure, and what is
    left over: a text that names a bound or a time of day is so as a whole."""
    typed = text
    text = _fold(_CJK.sub(r"\1-\2-\3", plain(text)))
    text = _ORDINAL.sub("", text)
    bare = _CLOCK.sub("", text)
    rest, text = "" if bare == text else typed, bare
    names = _get_months(manner.lang)
    days = _get_days()
    figures, months = [], []
    for token in re.findall(r"[^\W\d_]+|\d+", text):
        if token.isdigit():
            figures.append(token)
        elif token in names:
            months.append(names[token])
        elif token in _PREPOSITIONS:
            rest = typed
        elif token not in _FILLERS and token not in days:
            return None, typed
    if re.search(r"[^\w\s./,'()-]", text) or len(months) > 1:
        return None, typed
    if len(figures) == 1 and not months and re.fullmatch(r"(?:19|20)\d{6}", figures[0]):
        figures = [figures[0][:4], figures[0][4:6], figures[0][6:]]
    if len(figures) + len(months) != 3:
        return None, typed
    orders = _get_orders(text, figures, bool(months), manner)
    dates = [
        _make(dict(zip(order, figures, strict=True)), months, today) for order in orders
    ]
    return next(filter(None, dates), None), rest


def _get_orders(
    text: str, figures: list[str], has_month: bool, manner: Manner
) -> list[str]:
    """Return what the figures may be, the likeliest first."""
    if has_month:
        return ["yd"] if len(figures[0]) == 4 else ["dy"]
    if len(figures[0]) == 4:
        return ["ymd"]
    if len(figures[2]) != 4 and "-" in text and int(figures[0]) > 12:
        # 27-01-31 is a day of 2027 to some and of 2031 to others.
        return ["ymd"] if manner.date_order == "ymd" else []
    if "." in text:
        return ["dmy", "mdy"]
    own = manner.date_order
    if own == "ymd":
        own = "ymd" if len(figures[2]) != 4 else "dmy"
    return [own, "mdy" if own == "dmy" else "dmy"]


def _make(
    parts: dict[str, str], months: list[int], today: datetime.date | None
) -> datetime.date | None:
    year, day = int(parts["y"]), int(parts["d"])
    if len(parts["d"]) > 2 or len(parts["y"]) not in (2, 4):
        return None
    if len(parts["y"]) == 2:
        current = (today or datetime.date.today()).year
        year += current // 100 * 100
        if year > current + 20:
            year -= 100
    try:
        date = datetime.date(year, months[0] if months else int(parts["m"]), day)
    except ValueError:
        return None
    return date if MIN_YEAR <= date.year <= MAX_YEAR else None


def _fold(text: str) -> str:
    """Return a text in small letters without accents."""
    text = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in text if unicodedata.category(char) != "Mn")


def get_locale(lang: str) -> Locale | None:
    """Return what `babel` knows of a language, or of the one it is a kind of."""
    for code in (lang.partition("@")[0], lang.partition("_")[0]):
        try:
            return Locale.parse(code)
        except (UnknownLocaleError, ValueError):
            continue
    return None


@lru_cache(maxsize=64)
def _get_months(lang: str) -> dict[str, int]:
    """Return the months by their folded names."""
    months: dict[str, set[int]] = {}
    for code in BIG_LANGUAGES:
        for name, month in _get_names(code, "months"):
            months.setdefault(name, set()).add(month)
    known = dict(_SHORT_MONTHS)
    known |= {name: min(found) for name, found in months.items() if len(found) == 1}
    for code in ("en", lang):
        known |= dict(_get_names(code, "months"))
    return known


@lru_cache(maxsize=1)
def _get_days() -> frozenset[str]:
    """Return the folded names of weekdays in the big languages."""
    return frozenset(
        name for code in BIG_LANGUAGES for name, _day in _get_names(code, "days")
    )


def _get_names(lang: str, kind: str) -> list[tuple[str, int]]:
    if not (locale := get_locale(lang)):
        return []
    names = []
    for width in ("wide", "abbreviated"):
        for form in ("format", "stand-alone"):
            for number, name in getattr(locale, kind)[form][width].items():
                folded = _fold(plain(name)).rstrip(".")
                if re.fullmatch(r"[^\W\d_]+", folded):
                    names.append((folded, number))
    return names
