"""Compare two company names by their keys. Pure Python.

SPECIFICATION

`compare(ours, theirs)` answers how likely two keys (see `account_key`) are of the same
company, from 0 to 1, and in which way they differ. The first that holds counts:

| what holds | kind | score |
|---|---|---|
| the keys are equal | `equal` | 0.96 |
| they are without spaces | `spaces` | 0.94 |
| the same words in another order | `order` | 0.92 |
| equal without words such as Group, International | `structure` | 0.92 |
| words that are alike outweigh the others | `alike` | up to 0.90 |

*Alike*: words are paired that are equal, that are one another's abbreviation or plural
("Tech", "Technologies"), that are written together in one name and apart in the other,
or that differ by typing mistakes (one letter in words of four or more, two from eight
on; never the first). Each word weighs what it tells (`company_words`); a mistake leaves
the more of the weight, the longer the word is: a third of "Acne", seven tenths of a
word of ten letters.

    paired / (paired + mistyped
              + MISSING_HERE·ours + MISSING_THERE·theirs + BOTH·min(ours, theirs))

where *ours* and *theirs* are the weights of the words without a pair (for the minimum,
a lead's "Group" is none) and *mistyped* what mistakes took away. Words may be
missing in the lead's name rather than in the account's, and people leave out the end of
a name, not its beginning: without a pair for the first word that tells something, the
score is cut. Who writes the legal form leaves out nothing: "Sharp Corporation" is not
"Sharp Foods Inc." (MISSING_REGISTERED). Names that share nothing but common words score
0.
"""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from .account_key import compact
from .company_words import BANK_WORDS, weight
from .typing_mistake import distance


class Likeness(NamedTuple):
    """How likely it is, and what makes it so; see the module."""

    score: float
    kind: str


class _Pair(NamedTuple):
    """A word here and one there that mean the same, and the weight that they share."""

    here: int
    there: int
    share: float


EQUAL, SPACES, ORDER, STRUCTURE, ALIKE = 0.96, 0.94, 0.92, 0.92, 0.90
MISSING_HERE = 0.82  # a word of the lead's name that the account's lacks
MISSING_THERE = 0.5  # the other way round
MISSING_REGISTERED = 1.5  # the same, where the lead's name is a registered one
BOTH = 1.2  # words lacking on both sides: probably two companies
OTHER_START = 0.3  # off, when the first telling word has no pair, times its weight
TYPING_MISTAKE = 3.0  # share of the letters that a mistake spoils
TELLING = 0.55  # so much must be paired at least
# No name that only a typing mistake tells from another scores more.
MISSPELT = 0.80
COMMON_WEIGHT = 0.35  # at most, of a word that many accounts have
STRUCTURE_WEIGHT = 0.1  # or less: the word tells nothing
NOTHING = Likeness(0.0, "")

SAME_TRADE = 0.6  # of a word for a bank, another one keeps so much

ABBREVIATIONS = {
    "assoc": "associates",
    "bldg": "building",
    "bros": "brothers",
    "chem": "chemical",
    "comm": "communications",
    "eng": "engineering",
    "engrg": "engineering",
    "ent": "entertainment",
    "fin": "financial",
    "finl": "financial",
    "gen": "general",
    "grp": "group",
    "hldg": "holding",
    "hldgs": "holdings",
    "hosp": "hospital",
    "ind": "industries",
    "inds": "industries",
    "ins": "insurance",
    "instr": "instruments",
    "intl": "international",
    "inv": "investment",
    "invt": "investment",
    "labs": "laboratories",
    "mach": "machinery",
    "mfg": "manufacturing",
    "mgmt": "management",
    "mgt": "management",
    "mkt": "market",
    "mtr": "motor",
    "natl": "national",
    "pharm": "pharmaceuticals",
    "pharma": "pharmaceuticals",
    "ppty": "property",
    "prod": "products",
    "prods": "products",
    "pptys": "properties",
    "res": "resources",
    "svc": "service",
    "svcs": "services",
    "sys": "systems",
    "tech": "technologies",
    "techs": "technologies",
    "tel": "telephone",
    "telecom": "telecommunications",
    "transn": "transportation",
    "univ": "university",
    "utd": "united",
    "wtr": "water",
}


@lru_cache(maxsize=20_000)
def compare(
    ours: str,
    theirs: str,
    common: frozenset[str] = frozenset(),
    is_registered: bool = False,
) -> Likeness:
    """Tell how likely two keys are of the same company.

    :param ours: the key of the lead's company
    :param theirs: the key of an account
    :param common: words that many accounts have, so that they tell little
    :param is_registered: the lead's name is written with its legal form
    :return: `(score, kind)`, see the module; `(0, "")` when nothing speaks for it
    """
    if not ours or not theirs:
        return NOTHING
    if ours == theirs:
        return Likeness(EQUAL, "equal")
    if compact(ours) == compact(theirs):
        return Likeness(SPACES, "spaces")
    here, there = _Name(ours, common), _Name(theirs, common)
    if sorted(here.words) == sorted(there.words):
        return Likeness(ORDER, "order")
    if here.telling and here.telling == there.telling:
        return Likeness(STRUCTURE, "structure")
    return _alike(here, there, MISSING_REGISTERED if is_registered else MISSING_THERE)


class _Name:
    """The words of a name and what each of them weighs."""

    def __init__(self, key: str, common: frozenset[str]) -> None:
        self.words = key.split()
        self.weights = [
            min(weight(word), COMMON_WEIGHT) if word in common else weight(word)
            for word in self.words
        ]
        telling = [i for i, w in enumerate(self.weights) if w > STRUCTURE_WEIGHT]
        self.first = telling[0] if telling else 0
        self.telling = [canonical(self.words[i]) for i in telling]

    def weigh_without(self, matched: Collection[int]) -> float:
        """Return the weight of the words that are not among the matched ones."""
        return sum(w for i, w in enumerate(self.weights) if i not in matched)

    def weigh_missing_start(self, matched: Collection[int]) -> float:
        return 0.0 if self.first in matched else self.weights[self.first]


def canonical(word: str) -> str:
    """Return what a word has in common with its plural and its abbreviation."""
    word = ABBREVIATIONS.get(word, word)
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def _alike(here: _Name, there: _Name, missing_there: float) -> Likeness:
    pairs = _pair_words(here, there)
    paired = sum(pair.share for pair in pairs)
    matched_here = {pair.here for pair in pairs}
    matched_there = {pair.there for pair in pairs}
    if paired < TELLING:
        return NOTHING
    ours = here.weigh_without(matched_here)
    theirs = there.weigh_without(matched_there)
    mistyped = sum(here.weights[i] for i in matched_here) - paired
    score = paired / (
        paired
        + max(mistyped, 0.0)
        + MISSING_HERE * ours
        + missing_there * theirs
        + BOTH * min(ours if ours > STRUCTURE_WEIGHT else 0, theirs)
    )
    # An account's whole name inside the lead's may stand anywhere: "John Deere".
    start = here.weigh_missing_start(matched_here) if theirs else 0.0
    start = max(start, there.weigh_missing_start(matched_there))
    return Likeness(round(ALIKE * score * (1 - OTHER_START * start), 4), "alike")


def _pair_words(here: _Name, there: _Name) -> list[_Pair]:
    """Pair the words of two names, each once."""
    free = dict(enumerate(there.words))
    pairs: list[_Pair] = []
    left: dict[int, str] = {}
    for i, word in enumerate(here.words):
        j = next((j for j, other in free.items() if word == other), None)
        if j is None:
            left[i] = word
        else:
            del free[j]
            pairs.append(_Pair(i, j, here.weights[i]))
    for similar in (_same_word, _mistyped):
        for i, word in list(left.items()):
            for j, other in free.items():
                if share := similar(word, other):
                    share *= min(here.weights[i], there.weights[j])
                    pairs.append(_Pair(i, j, share))
                    del left[i], free[j]
                    break
    for i, j in _written_apart(left, free):
        pairs += [_Pair(i, j, here.weights[i]), _Pair(i, j + 1, 0.0)]
        del left[i], free[j], free[j + 1]
    for j, i in _written_apart(free, left):
        pairs += [_Pair(i, j, there.weights[j]), _Pair(i + 1, j, 0.0)]
        del free[j], left[i], left[i + 1]
    return pairs


def _written_apart(
    words: dict[int, str], others: dict[int, str]
) -> Iterator[tuple[int, int]]:
    """Yield where a word is, and where the first of the two that make it up is.

    :param words: by their place in one name; `others`, in the other
    """
    for i, word in list(words.items()):
        for j, other in list(others.items()):
            if j in others and other + others.get(j + 1, " ") == word:
                yield i, j
                break


def _same_word(one: str, other: str) -> float:
    """Return the share of a word's weight that an equivalent of it keeps."""
    are_banks = one in BANK_WORDS and other in BANK_WORDS
    are_common = weight(one) < 1 and weight(other) < 1
    one, other = canonical(one), canonical(other)
    if one == other:
        return 1.0
    if are_banks:
        return SAME_TRADE
    if are_common:
        short, long = sorted((one, other), key=len)
        return 1.0 if len(short) > 3 and long.startswith(short[:-1]) else 0.0
    return 0.0


def _mistyped(one: str, other: str) -> float:
    """Return the share of a word that a typing mistake leaves; 0 if it is none."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or one[0] != other[0] or one.isdigit() or other.isdigit():
        return 0.0
    mistakes = distance(one, other, 2 if len(short) > 7 else 1)
    return max(1 - TYPING_MISTAKE * mistakes / len(long), 0.0)
