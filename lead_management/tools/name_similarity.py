"""Compare two company names by their keys. Pure Python.

SPECIFICATION

`compare(ours, theirs)` answers how likely two keys (see `account_key`) are of the same
company, from 0 to 1, and in which way they differ. The first that holds counts:

| what holds | kind | score |
|---|---|---|
| the keys are equal | `equal` | 0.96 |
| they are without spaces | `spaces` | 0.94 |
| they sound alike in different scripts (`romanized.py`) | `script` | up to 0.84 |
| the same words in another order | `order` | 0.92 |
| the same, but common words only, or given names: "Air China" | `order` | 0.84 |
| they are with abbreviations written out | `structure` | 0.92 |
| equal without words such as Group, International | `structure` | 0.92 |
| both, of one word, other plurals, or from a registered name | `structure` | 0.84 |
| the same, within a name: "Arab Bank", "Arab International Bank" | `structure` | 0.84 |
| one of the two that make up "LVMH Moët Hennessy Louis Vuitton" | `structure` | 0.84 |
| the same, in another order: "University of Acme", "Acme University" | `order` | 0.84 |
| one word is the other name's two, the second cut short | `alike` | 0.80 |
| words that are alike outweigh the others | `alike` | up to 0.84 |

What scores more than 0.84 is one company's name; what is alike is, in most cases.

*Alike*: words are paired that are equal, that are one another's abbreviation or plural
("Tech", "Technologies") or translation ("Wien", "Vienna"), that are written together
in one name and apart in the other, that are the other's initials next to another pair
("BNY Mellon"), or that differ by typing mistakes (one letter in words of four or more,
two from eight on; never the first; any that is doubled or not; see
`word_likeness.py`). "EagleBank" is two words. Each word weighs what it tells
(`company_words`); a mistake leaves the more of the weight, the longer the word is: a
third of "Acne", seven tenths of a word of ten letters.

    paired / (paired + mistyped
              + MISSING_HERE·ours + MISSING_THERE·theirs + BOTH·min(ours, theirs))

Of what comes out, the part beyond 0.8 is pressed together, so that it ends at 0.84.

where *ours* and *theirs* are the weights of the words without a pair (for the minimum,
"Group" is none; "Johnson & Johnson" lacks half a word in "Johnson Ltd") and *mistyped*
what mistakes took away. Words may be missing in the lead's name rather than in the
account's, and people leave out the end of a name, not its beginning: without a pair for
the first word that tells something, the score is cut. Who writes the legal form leaves
out nothing: "Sharp Corporation" is not "Sharp Foods Inc." (MISSING_REGISTERED), and
whose name ends in "International" hardly anything (MISSING_WHOLE); "Group" is added as
one likes. A given name in front and the place of a branch count less: "John Deere",
"Provident Bank of New Jersey". Names that share nothing but common words score 0.
"""

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from .abbreviations import written_out
from .account_key import compact
from .company_words import PLACE_WEIGHT, weight
from .given_names import GIVEN_NAMES
from .romanized import ABJADS, is_spelled_otherwise, romanized, script
from .spelling import UNWRITTEN, WRITTEN
from .weighed_name import STRUCTURE_WEIGHT, WeighedName
from .word_likeness import mistyped, same_word, sounds_alike

# What share of a word's weight another one keeps, by one measure after the other
Similar = tuple[Callable[[str, str], float], ...]


class Likeness(NamedTuple):
    """How likely it is, and what makes it so; see the module."""

    score: float
    kind: str


class _Pair(NamedTuple):
    """A word here and one there that mean the same, and the weight that they share."""

    here: int
    there: int
    share: float


EQUAL, SPACES, ORDER, STRUCTURE = 0.96, 0.94, 0.92, 0.92
# At most, of names that may well be those of two companies. By the settings' default,
# nothing is linked by itself with that.
UNSURE = 0.84
ALIKE, PRESSED = 0.90, 0.80  # at most before the best are pressed together, and from
MISSING_HERE = 0.82  # a word of the lead's name that the account's lacks
MISSING_THERE = 0.5  # the other way round
MISSING_WHOLE = 0.75  # the same, where the lead's ends in "International" or the like
MISSING_REGISTERED = 2.4  # the same, where the lead's name is a registered one
TWICE = 0.5  # "Brown & Brown" is no other Brown
BOTH = 1.2  # words lacking on both sides: probably two companies
OTHER_START = 0.3  # off, when the first telling word has no pair, times its weight
TELLING = 0.5  # so much must be paired at least
CUT_SHORT = 0.8  # "Onsemi", for "On Semiconductor"
NOTHING = Likeness(0.0, "")


@lru_cache(maxsize=20_000)
def compare(
    ours: str,
    theirs: str,
    common: frozenset[str] = frozenset(),
    is_registered: bool = False,
    is_alike_enough: bool = True,
) -> Likeness:
    """Tell how likely two keys are of the same company.

    :param ours: the key of the lead's company
    :param theirs: the key of an account
    :param common: words that many accounts have, so that they tell little
    :param is_registered: the lead's name is written with its legal form
    :param is_alike_enough: names that are alike count; else, only one company's names
        do, and those in another script or that are alike score 0
    :return: `(score, kind)`, see the module; `(0, "")` when nothing speaks for it
    """
    if not ours or not theirs:
        return NOTHING
    if ours == theirs:
        return Likeness(EQUAL, "equal")
    if compact(ours) == compact(theirs):
        return Likeness(SPACES, "spaces")
    if is_spelled_otherwise(ours, theirs):
        return _compare_scripts(ours, theirs) if is_alike_enough else NOTHING
    here, there = WeighedName(ours, common), WeighedName(theirs, common)
    if sorted(here.words) == sorted(there.words):
        # "Martin Walter" is not "Walter Martin".
        is_sure = here.names and not GIVEN_NAMES.issuperset(here.words)
        return Likeness(ORDER if is_sure else UNSURE, "order")
    if written_out(ours) == written_out(theirs):
        # "MTN" is no mountain.
        shared = set(here.words).intersection(there.words)
        is_sure = any(weight(word) > STRUCTURE_WEIGHT for word in shared)
        return Likeness(STRUCTURE if is_sure else UNSURE, "structure")
    if here.telling and sorted(here.telling) == sorted(there.telling):
        return _compare_structure(here, there, is_registered)
    if ours in (there.get_initials_and_rest() or ()) or theirs in (
        here.get_initials_and_rest() or ()
    ):
        return Likeness(UNSURE, "structure")
    if not is_alike_enough:
        return NOTHING
    if _is_cut_short(here, there) or _is_cut_short(there, here):
        return Likeness(CUT_SHORT, "alike")
    here.compare_with(there)
    there.compare_with(here)
    score = _alike(here, there, is_registered)
    if score > PRESSED:
        score = PRESSED + (score - PRESSED) * (UNSURE - PRESSED) / (ALIKE - PRESSED)
    return Likeness(round(score, 4), "alike") if score else NOTHING


def _compare_structure(
    here: WeighedName, there: WeighedName, is_registered: bool
) -> Likeness:
    """Compare two names that tell the same words, in whichever order."""
    if len(here.telling) == 1 and max(map(weight, here.words)) < PLACE_WEIGHT:
        return NOTHING  # "World Bank", "Bank Group"
    if here.telling != there.telling:
        return Likeness(UNSURE, "order")
    is_whole = (
        len(here.telling) > 1
        # "Peter Smith" is not "Peters Smith".
        and here.names == there.names
        # "Arab International Bank" is not "Arab Bank".
        and here.get_inner_words() == there.get_inner_words()
    )
    return Likeness(
        STRUCTURE if is_whole and not is_registered else UNSURE, "structure"
    )


def _compare_scripts(ours: str, theirs: str) -> Likeness:
    """Compare two keys in different scripts, by how they are spelled in Latin ones."""
    spelled = romanized(ours), romanized(theirs)
    if not all(spelled):  # signs only
        return NOTHING
    here, there = map(WeighedName, spelled)
    is_abjad = not ABJADS.isdisjoint((script(ours), script(theirs)))
    alike = partial(sounds_alike, costs=UNWRITTEN if is_abjad else WRITTEN)
    similar = (same_word, alike)
    # Scripts part words otherwise, or not at all.
    apart = _alike(here, there, similar=similar)
    together = _alike(here.join(), there.join(), similar=similar)
    score = UNSURE / ALIKE * max(apart, together)
    return Likeness(round(score, 4), "script") if score else NOTHING


def _is_cut_short(one: WeighedName, other: WeighedName) -> bool:
    """Tell whether a word is two, the second cut short: "onsemi"."""
    if len(one.telling) != 1 or len(other.words) != 2:
        return False
    word, (first, second) = one.words[one.first], other.words
    rest = word.removeprefix(first)
    return (
        rest != word
        and len(rest) > 3
        and second.startswith(rest)
        and weight(second) < 0.5
    )


def _alike(
    here: WeighedName,
    there: WeighedName,
    is_registered: bool = False,
    similar: Similar = (same_word, mistyped),
) -> float:
    pairs = _pair_words(here, there, similar)
    paired = sum(pair.share for pair in pairs)
    matched_here = {pair.here for pair in pairs}
    matched_there = {pair.there for pair in pairs}
    if paired < TELLING:
        return 0.0
    ours = here.weigh_without(matched_here, again=TWICE)
    theirs = there.weigh_without(matched_there)
    missing_there = MISSING_THERE
    if is_registered:
        missing_there = MISSING_REGISTERED
    elif here.is_whole and len(here.words) - 1 not in matched_here:
        missing_there = MISSING_WHOLE
    # Of words that are one there, the first has all that they share.
    spoilt = sum(here.weights[pair.here] for pair in pairs if pair.share) - paired
    score = paired / (
        paired
        + max(spoilt, 0.0)
        + MISSING_HERE * ours
        + missing_there * theirs
        + BOTH * min(ours, theirs) * (min(ours, theirs) > STRUCTURE_WEIGHT)
    )
    # An account's whole name inside the lead's may stand anywhere: "John Deere".
    start = here.weigh_missing_start(matched_here) if theirs else 0.0
    start = max(start, there.weigh_missing_start(matched_there))
    return ALIKE * score * (1 - OTHER_START * start)


def _pair_words(here: WeighedName, there: WeighedName, similar: Similar) -> list[_Pair]:
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
    if not left or not free:
        return pairs
    for get_share in similar:
        for i, word in list(left.items()):
            for j, other in free.items():
                if share := get_share(word, other):
                    share *= min(here.weights[i], there.weights[j])
                    pairs.append(_Pair(i, j, share))
                    del left[i], free[j]
                    break
    for i, word in list(left.items()):
        told = sum(pair.share for pair in pairs)
        if told > STRUCTURE_WEIGHT and (run := _find_initials(word, there, free)):
            share = sum(there.weights[j] for j in run)
            pairs.append(_Pair(i, run[0], min(here.weights[i], share)))
            pairs += [_Pair(i, j, 0.0) for j in run[1:]]
            del left[i]
            for j in run:
                del free[j]
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


def _find_initials(word: str, other: WeighedName, free: Collection[int]) -> list[int]:
    """Return which neighbouring words of the other name a word is the initials of."""
    if not 2 <= len(word) <= 4 or not word.isalpha():
        return []
    places = [i for i, text in enumerate(other.words) if text not in ("of", "the")]
    for start in range(len(places) - len(word) + 1):
        run = places[start : start + len(word)]
        if all(i in free for i in run) and word == "".join(
            other.words[i][0] for i in run
        ):
            return run
    return []
