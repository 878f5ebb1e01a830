"""Find the name that a text is short for, or a misspelling of. Pure Python."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from odoo.addons.lead_management.tools import typing_mistake

Found = TypeVar("Found", bound=Hashable)

MIN_ABBREVIATION = 3  # letters of what is short for a name
MIN_LENGTH = 6  # letters of a name that may be misspelled


def find(typed: str, folded: str, names: Mapping[str, Found]) -> Found | None:
    """Return what the only name stands for that a text may mean, None without one.

    A word with a period is the beginning of one (`Czech Rep.`); else one letter is too
    many, missing, wrong, or swapped with the next, and the first one is right.

    :param folded: the same, as names are compared
    :param names: what may be meant, by folded names
    """
    if "." in typed:
        return _only(names[name] for name in names if _is_short(folded, name))
    if len(folded) < MIN_LENGTH:
        return None
    return _only(
        names[name]
        for name in names
        if name[:1] == folded[:1] and typing_mistake.distance(folded, name, 1) <= 1
    )


def _only(found: Iterable[Found]) -> Found | None:
    several = set(found)
    return several.pop() if len(several) == 1 else None


def _is_short(folded: str, name: str) -> bool:
    parts, words = folded.split(), name.split()
    return (
        len(folded) >= MIN_ABBREVIATION
        and len(parts) == len(words)
        and all(word.startswith(part) for part, word in zip(parts, words, strict=True))
    )
