"""Tell how the numbers of a column are written, by all of its cells. Pure Python.

A cell is evidence where its separators can mean one thing only:

* with both signs, the last one separates decimals: `"1.234,50"`;
* a sign that comes twice separates thousands: `"12.345.678"`;
* a sign that is not before exactly three digits separates decimals: `"12,5"`, and so
  does one behind a zero: `"0.125"`.

What most of the evidence says holds for the column; where less than four of five agree,
each cell speaks for itself, and one that can be read in two ways is refused.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

SHARE = 0.8

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})+")


class Separators(NamedTuple):
    """Which signs separate thousands and decimals; empty where nothing is known."""

    thousands: str = ""
    decimal: str = ""


POINT = Separators(",", ".")
COMMA = Separators(".", ",")


def count_evidence(cells: Iterable[object]) -> Counter[Separators]:
    """Count for each way of writing numbers the cells that must be written so."""
    return Counter(
        separators for cell in cells if (separators := get_evidence(str(cell or "")))
    )


def get_evidence(text: str) -> Separators | None:
    """Return how the first number of a text must be written, None if it may be either
    way."""
    match = _NUMBER.search(text)
    if not match:
        return None
    number = match[0]
    signs = [char for char in number if char in ".,"]
    kinds = set(signs)
    if not kinds:
        return None
    last = signs[-1]
    if len(kinds) == 2:
        return _with_decimal(last) if signs.count(last) == 1 else None
    if len(signs) > 1:
        if not _GROUPED.fullmatch(number):
            return None
        return _with_decimal("," if last == "." else ".")
    whole, __, fraction = number.partition(last)
    if len(fraction) == 3 and len(whole) <= 3 and not whole.startswith("0"):
        return None
    return _with_decimal(last)


def _with_decimal(sign: str) -> Separators:
    return POINT if sign == "." else COMMA


def choose(evidence: Counter[Separators]) -> Separators | None:
    """Return how a column is written: `Separators()` where its cells contradict each
    other, None where they say nothing."""
    if not evidence:
        return None
    separators, count = evidence.most_common(1)[0]
    return separators if count >= SHARE * evidence.total() else Separators()


def choose_for_counts(cells: Iterable[object]) -> Separators | None:
    """Return how numbers of whole things are written that give no evidence: with three
    digits behind it, their sign separates thousands. None where there are two signs, or
    none."""
    signs = {
        char
        for cell in cells
        if (match := _NUMBER.search(str(cell or "")))
        for char in match[0]
        if char in ".,"
    }
    if len(signs) != 1:
        return None
    return COMMA if signs == {"."} else POINT
