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
or that differ by a typing mistake (one letter in words of four or more, two from eight
on). Each word weighs what it tells (`company_words`); a typing mistake takes away a
fifth of the weight.

    paired / (paired + MISSING_HERE·ours + MISSING_THERE·theirs + BOTH·min(ours, theirs))

where *ours* and *theirs* are the weights of the words without a pair. Words may be
missing in the account's name less than in the lead's, and people leave out the end of a
name, not its beginning: without a pair for the first word that tells something, the
score is cut. Names that share nothing but common words score 0.
"""

from collections import namedtuple
from functools import lru_cache

from .account_key import compact
from .company_words import weight

Likeness = namedtuple("Likeness", "score kind")

EQUAL, SPACES, ORDER, STRUCTURE, ALIKE = 0.96, 0.94, 0.92, 0.92, 0.90
MISSING_HERE = 0.75  # a word of the lead's name that the account's lacks
MISSING_THERE = 0.5  # the other way round
BOTH = 1.2  # words lacking on both sides: probably two companies
OTHER_START = 0.3  # off, when the first telling word has no pair, times its weight
TYPING_MISTAKE = 3.0  # share of the letters that a mistake spoils
TELLING = 0.75  # so much must be paired at least
COMMON_WORDS = 0.6  # or this, if the whole name of the lead is
INFINITE = 99.0
NOTHING = Likeness(0.0, "")

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
def compare(ours: str, theirs: str) -> Likeness:
    """Tell how likely two keys are of the same company.

    :param ours: the key of the lead's company
    :param theirs: the key of an account
    :return: `(score, kind)`, see the module; `(0, "")` when nothing speaks for it
    """
    if not ours or not theirs:
        return NOTHING
    if ours == theirs:
        return Likeness(EQUAL, "equal")
    if compact(ours) == compact(theirs):
        return Likeness(SPACES, "spaces")
    here, there = ours.split(), theirs.split()
    if sorted(here) == sorted(there):
        return Likeness(ORDER, "order")
    if _telling(here) and _telling(here) == _telling(there):
        return Likeness(STRUCTURE, "structure")
    return _alike(here, there)


def _telling(words):
    return [_canonical(word) for word in words if weight(word) > 0.1]


def _canonical(word):
    word = ABBREVIATIONS.get(word, word)
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def _alike(here, there) -> Likeness:
    pairs = pair_words(here, there)
    paired = sum(share for _i, _j, share in pairs)
    matched_here = {i for i, _j, _share in pairs}
    matched_there = {j for _i, j, _share in pairs}
    whole = len(matched_here) == len(here) and len(here) > 1
    if paired < (COMMON_WORDS if whole else TELLING):
        return NOTHING
    ours = sum(weight(w) for i, w in enumerate(here) if i not in matched_here)
    theirs = sum(weight(w) for j, w in enumerate(there) if j not in matched_there)
    score = paired / (
        paired + MISSING_HERE * ours + MISSING_THERE * theirs + BOTH * min(ours, theirs)
    )
    start_here, start_there = _first_telling(here), _first_telling(there)
    if start_there not in matched_there or (theirs and start_here not in matched_here):
        score *= 1 - OTHER_START * max(
            weight(here[start_here]) * (start_here not in matched_here),
            weight(there[start_there]) * (start_there not in matched_there),
        )
    return Likeness(round(ALIKE * score, 4), "alike")


def _first_telling(words):
    """Return where the first word is that tells something."""
    return next((i for i, word in enumerate(words) if weight(word) > 0.1), 0)


def pair_words(here, there):
    """Pair the words of two names.

    :return: a list of (index here, index there, weight that they share)
    """
    free = dict(enumerate(there))
    pairs, left = [], []
    for i, word in enumerate(here):
        j = next((j for j, other in free.items() if word == other), None)
        if j is None:
            left.append(i)
        else:
            del free[j]
            pairs.append((i, j, weight(word)))
    for similar in (_same_word, _mistyped):
        for i in list(left):
            for j, other in free.items():
                if share := similar(here[i], other):
                    pairs.append((i, j, share * min(weight(here[i]), weight(other))))
                    left.remove(i)
                    del free[j]
                    break
    for i, j, k in _written_apart(here, left, there, free):
        pairs += [(i, j, weight(here[i])), (i, k, 0.0)]
        left.remove(i)
        del free[j], free[k]
    for j, i, k in _written_apart(there, list(free), here, dict.fromkeys(left)):
        pairs += [(i, j, weight(there[j])), (k, j, 0.0)]
        left.remove(i)
        left.remove(k)
        del free[j]
    return pairs


def _same_word(one, other):
    one, other = _canonical(one), _canonical(other)
    if one == other:
        return 1.0
    if weight(one) < 1 and weight(other) < 1:
        short, long = sorted((one, other), key=len)
        return 1.0 if len(short) > 3 and long.startswith(short[:-1]) else 0.0
    return 0.0


def _mistyped(one, other):
    """Return the share of a word that a typing mistake leaves; 0 if it is none."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or one[0] != other[0] or one.isdigit() or other.isdigit():
        return 0.0
    mistakes = distance(one, other, 2 if len(short) > 7 else 1)
    return max(1 - TYPING_MISTAKE * mistakes / len(long), 0.0)


def _written_apart(words, left, others, free):
    """Yield (index, index, index) of a word and the two neighbours that make it up."""
    used = set()
    for i in list(left):
        for j in list(free):
            if (
                j + 1 in free
                and not {j, j + 1} & used
                and words[i] == others[j] + others[j + 1]
            ):
                used |= {j, j + 1}
                yield i, j, j + 1
                break


def distance(one: str, other: str, limit: int) -> float:
    """Return how many letters were typed wrongly if one word is meant to be the other.

    A letter too many, too few or wrong counts as one, and so do two swapped ones.

    :return: a number beyond the limit stands for all of them
    """
    if abs(len(one) - len(other)) > limit:
        return INFINITE
    before, row = [], list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return INFINITE
    return row[-1] if row[-1] <= limit else INFINITE
