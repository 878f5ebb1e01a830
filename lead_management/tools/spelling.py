"""How alike two words are that are spelled from different scripts. Pure Python.

A weighted distance: what scripts do not tell apart costs little, such as b and v.
Vowels cost little where one of the two scripts hardly writes them, as Arabic and Hebrew
do.
"""

import re
from functools import lru_cache

VOWELS = frozenset("aeiouyw")
# A vowel more or less, another one, and one that is spoken alike
Costs = tuple[float, float, float]
WRITTEN: Costs = (0.3, 0.4, 0.1)
UNWRITTEN: Costs = (0.1, 0.15, 0.05)
SILENT = 0.2  # an h, an r behind a vowel, a u or o between consonants
NEAR = 0.2  # a consonant that some script writes with the same letter
_NEAR_VOWELS = ("ouwv", "iey")
_NEAR = ("bpv", "fpvw", "kgcqx", "td", "lr", "szjxcç", "nm", "gj")
_DIGRAPHS = [
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"tch|ch|sh|zh|sch|ts|tz|dg(?=e)|dz", "s"),
        (r"ph", "f"),
        (r"([bdgktl])h", r"\1"),
        (r"ck|q|c(?![eiy])", "k"),
        (r"^x", "s"),
        (r"x", "ks"),
        (r"c", "s"),
        (r"(.)\1+", r"\1"),
    )
]


@lru_cache(maxsize=20_000)
def simplified(word: str) -> str:
    """Return a word in Latin letters with one letter for a consonant."""
    for pattern, letters in _DIGRAPHS:
        word = pattern.sub(letters, word)
    return word


def likeness(one: str, other: str, costs: Costs = WRITTEN) -> float:
    """Return how alike two words in Latin letters are as they are spoken, from 0 to 1.

    :param costs: what vowels cost, of which there are few in some scripts
    """
    one, other = simplified(one), simplified(other)
    if not one or not other:
        return 0.0
    row = [0.0]
    for j in range(len(other)):
        row.append(row[-1] + _cost_of_missing(other, j, costs))
    for i in range(len(one)):
        before, row = row, [row[0] + _cost_of_missing(one, i, costs)]
        for j in range(len(other)):
            row.append(
                min(
                    before[j] + _cost(one[i], other[j], costs),
                    before[j + 1] + _cost_of_missing(one, i, costs),
                    row[j] + _cost_of_missing(other, j, costs),
                )
            )
    size = max(map(_size, (one, other)))
    return max(1 - row[-1] / size, 0.0)


def _size(word: str) -> float:
    return sum(0.3 if letter in VOWELS else 1.0 for letter in word) or 0.3


def _cost(one: str, other: str, costs: Costs) -> float:
    """Return what it costs to take one letter for another."""
    if one == other:
        return 0.0
    if any(one in near and other in near for near in _NEAR_VOWELS):
        return costs[2]
    if one in VOWELS and other in VOWELS:
        return costs[1]
    if any(one in near and other in near for near in _NEAR):
        return NEAR
    return 1.0


def _cost_of_missing(word: str, at: int, costs: Costs) -> float:
    """Return what it costs that the other word lacks a letter."""
    letter = word[at]
    if letter in "uo" and at > 0 and word[at - 1] not in VOWELS:
        return min(SILENT, costs[0])
    if letter in VOWELS:
        return costs[0]
    if letter == "h" or (letter == "r" and at and word[at - 1] in VOWELS):
        return SILENT
    return 1.0
