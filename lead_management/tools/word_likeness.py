"""Compare single words of company names. Pure Python."""

import re
from functools import lru_cache

from .abbreviations import canonical
from .company_words import BANK_WORDS, TELLING, weight
from .european_words import mean_the_same
from .spelling import WRITTEN, Costs, likeness
from .typing_mistake import distance, is_swap

TRANSLATED = 0.9
SAME_TRADE = 0.6  # of a word for a bank, another one keeps so much
TYPING_MISTAKE = 3.0  # share of the letters that a mistake spoils
SWAP = 2.0  # the same, of two letters swapped: nobody calls two companies so
# How much more it counts what words in two scripts do not share; of long words less
UNLIKE, UNLIKE_LONG, LONG = 2.0, 1.5, 5
VOWELS = frozenset("aeiouyh")
DOUBLED = 0.8  # of a word, one keeps so much that has letters doubled or not: "Rexell"
_UMLAUT = re.compile(r"(?<=[bcdfhjklmnprstvwz])(?:ae|oe|ue)(?=[bcdfghjklmnprstvz])")
_DOUBLE = re.compile(r"(.)\1")


def same_word(one: str, other: str) -> float:
    """Return the share of a word's weight that an equivalent of it keeps."""
    ours, theirs = canonical(one), canonical(other)
    if ours == theirs or _is_elided(ours, theirs) or _is_elided(theirs, ours):
        return 1.0
    if without_umlauts(ours) == without_umlauts(theirs):
        return 1.0
    if mean_the_same(one, other):
        return TRANSLATED
    here, there = weight(one), weight(other)
    if here >= TELLING or there >= TELLING:
        return 0.0
    if one in BANK_WORDS and other in BANK_WORDS:
        return SAME_TRADE
    short, long = sorted((ours, theirs), key=len)
    if len(short) > 5 and long.endswith(short):
        # "Telecommunications"; not "International", which is no "National"
        return float(here == there)
    start = short[:-1] if len(short) > 4 else short
    return float(len(start) > 1 and long.startswith(start))


@lru_cache(maxsize=20_000)
def without_umlauts(word: str) -> str:
    """Return a word as keys have it whose umlauts are written with an e: "Mueller"."""
    if len(word) < 5 or not word.isascii() or "e" not in word:
        return word
    return _UMLAUT.sub(lambda match: match[0][0], word)


def without_doubles(word: str) -> str:
    """Return a word with no letter twice in a row."""
    return _DOUBLE.sub(r"\1", word)


def mistyped(one: str, other: str) -> float:
    """Return the share of a word that a typing mistake leaves; 0 if it is none."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or one[0] != other[0] or one.isdigit() or other.isdigit():
        return 0.0
    if len(short) > 4 and without_doubles(one) == without_doubles(other):
        return DOUBLED
    mistakes = distance(one, other, 2 if len(short) > 7 else 1)
    is_slip = len(one) > 5 and is_swap(one, other)
    spoilt = SWAP if is_slip else TYPING_MISTAKE
    return max(1 - spoilt * mistakes / len(long), 0.0)


def sounds_alike(one: str, other: str, costs: Costs = WRITTEN) -> float:
    """Return the share of a word that sounds like another one, spelled in another
    script; 0 if it doesn't.

    :param costs: what vowels cost, see `spelling.py`
    """
    unlike = UNLIKE_LONG if min(len(one), len(other)) > LONG else UNLIKE
    return max(1 - unlike * (1 - likeness(one, other, costs)), 0.0)


def _is_elided(one: str, other: str) -> bool:
    """Tell whether one word is a common one with a French article: "lair", "air".
    Of names, nobody knows: "Leon", "Eon"."""
    return (
        one[0] in "dl"
        and one[1:] == other
        and other[0] in VOWELS
        and weight(other) < TELLING
    )
