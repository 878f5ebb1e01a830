"""Tell which field of a lead a column of a file goes to, by the columns' titles.

`column_titles.csv` is the vocabulary: titles that other systems and people give the
columns of a list of leads, in six languages. Each row of it names

* a **field** of the lead, or `note` for what no field holds and the notes keep with its
  title, or `ignore` for what says something of the other system only;
* a **choice**: `1` for what the field is meant for, `2` for what fills it where there
  is nothing better (a mobile number, the company's town), `+` for what is written
  behind or before it (a house number);
* a **language**, and the **titles**, separated by semicolons.

Titles are compared by their letters and digits alone: `"E-mail Address"`,
`"email_address"` and `"EmailAddress"` are one. A title that isn't known is tried

* as that of somebody else, which the notes keep: `"Contact 2 Email"`;
* without what stands in brackets, and with `or` as a slash: `"Estado o provincia"`;
* without words that say only whose value it is: `"Billing Zip"`, `"Person - Email -
  Work"`; a bare name or title is that of whom such a word names: `"Company - Name"`;
* without those that say that there is a better one: `"Tertiary Email"`;
* without the word for a number, where it is one anyway: `"Handy-Nr."`;
* without what says that it is the lead's, or a guess: `"Est. deal value"`;
* by the rules of `title_rules`.

What a title means that names several fields, `column_choice` chooses.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from . import title_rules, title_unit
from .title_rules import IGNORE, NOTE, split_words
from .title_words import (
    ALONE,
    COUNTED,
    COUNTS,
    LEADS,
    NAMED,
    NAMES,
    NUMBERED,
    NUMBERS,
    OF_LEAD,
    OF_LEADS,
    OTHERS,
    OTHERS_OF,
    QUALIFIED,
    QUALIFIERS,
    SAME,
    TITLES,
)

JOINED = "+"

_VOCABULARY = Path(__file__).with_name("column_titles.csv")
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
# A part that says whose value it is: "Person - Email", "Lead - Contact person"
_OWNER = re.compile(r"\s*([^-–:.]+?)\s*(?:\s[-–]\s|:|\.(?=\w))\s*(\S.*)")
_OR = re.compile(r"\s+(?:or|oder|ou|o)\s+", re.IGNORECASE)
_CURRENCY = re.compile(r"currency|währung|devise|moneda|divisa|valuta", re.IGNORECASE)
# A unit in the title changes what the numbers below mean: where `title_unit` can't read
# it, it's not ours to guess.
_SCALED = re.compile(
    r"\b(?:mio|mln|mrd|tsd|teur|k€|t€|mill?i?on\w*|mil(?:io|ió|l)\w*|thousands?"
    r"|tausend|mi?lliers?|miles|migliaia|duizend\w*|billions?|m€|m\$|k\$|000s?)\b",
    re.IGNORECASE,
)
AMOUNTS = {"annual_revenue", "expected_revenue", "bant_budget_amount"}


class Meaning(NamedTuple):
    """What a title stands for."""

    field: str
    choice: str
    language: str = ""
    is_exact: bool = True

    @property
    def rank(self) -> int:
        """How good a source for the field the column is, the best one first."""
        return 2 * (self.choice == "2") + (not self.is_exact)


def fold(title: str) -> str:
    """Return a title in the form in which titles are compared."""
    title = unicodedata.normalize("NFKD", title.casefold().replace("ß", "ss"))
    return "".join(char for char in title if char.isalnum())


@cache
def _get_vocabulary() -> Mapping[str, tuple[Meaning, ...]]:
    """Return what each folded title of the vocabulary means."""
    vocabulary: dict[str, dict[Meaning, None]] = {}
    with _VOCABULARY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            meaning = Meaning(row["field"], row["choice"], row["language"])
            for title in row["titles"].split(";"):
                if key := fold(title):
                    vocabulary.setdefault(key, {})[meaning] = None
    return {key: tuple(meanings) for key, meanings in vocabulary.items()}


@cache
def get_fields() -> frozenset[str]:
    """Return the fields that the vocabulary has titles of."""
    fields = {
        meaning.field for meanings in _get_vocabulary().values() for meaning in meanings
    }
    return frozenset(fields - {NOTE, IGNORE})


@cache
def get_meanings(title: str) -> tuple[Meaning, ...]:
    """Return what a title may stand for, nothing if it isn't known.

    What stays out (`IGNORE`) is among it.
    """
    vocabulary = _get_vocabulary()
    if meanings := vocabulary.get(fold(title)):
        return _without_scaled(title, meanings)
    if title_rules.must_not_change(title):
        return (Meaning(IGNORE, "1"),)
    if title_rules.is_of_another(title):
        return (Meaning(NOTE, "1"),)
    bare = _BRACKETS.sub(" ", title)
    if meanings := vocabulary.get(fold(bare)):
        return _without_scaled(title, meanings)
    if meanings := vocabulary.get(fold(title_unit.split(title)[0])):
        return _without_scaled(title, meanings)
    words = split_words(bare)
    if meanings := _get_numbered(words) or _get_name(words):
        return meanings
    if (match := _OWNER.fullmatch(bare)) and all(
        map(_is_qualifier, owner := split_words(match[1]))
    ):
        return _get_named(owner, match[2]) or get_meanings(match[2])
    halves = _OR.sub("/", bare)
    if meanings := vocabulary.get(fold(halves)):
        return _without_scaled(title, meanings)
    if meanings := _get_meanings_of_halves(halves):
        return _without_scaled(title, meanings)
    for left in _strip(words):
        if meanings := _get_qualified(left):
            return _without_scaled(title, meanings)
    left = [word for word in words if word not in OTHERS and not _is_qualifier(word)]
    if len(left) < len(words) and (meanings := _get_qualified(left, OTHERS_OF, "2")):
        return meanings
    is_count = COUNTS.intersection(words) or "number of" in " ".join(words)
    left = [word.removesuffix("nr") for word in left if word not in NUMBERS]
    if meanings := _get_qualified(left, COUNTED - SAME if is_count else COUNTED):
        return meanings
    if meanings := _get_same(left):
        return meanings
    left = [word for word in words if word not in OF_LEADS]
    for part in (left, [word for word in left if not _is_qualifier(word)]):
        if len(part) < len(words) and (meanings := _get_qualified(part, OF_LEAD)):
            return _without_scaled(title, meanings)
    field = title_rules.get_field(title)
    return (Meaning(field, "1"),) if field else ()


def _get_qualified(
    words: Sequence[str], fields: frozenset[str] = QUALIFIED, choice: str = ""
) -> tuple[Meaning, ...]:
    """Return what the words that are left of a title mean, of some fields only."""
    if len(words) == 1 and words[0] in ALONE:
        return ()
    return tuple(
        meaning._replace(is_exact=False, choice=choice or meaning.choice)
        for meaning in _get_vocabulary().get(fold("".join(words)), ())
        if meaning.field in fields
    )


def _get_same(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what `"Tel. móvil"` means: what each of its words does, the weakest."""
    found = [_get_qualified([word], SAME) for word in words]
    if len(found) < 2 or not all(found):
        return ()
    if len({meaning.field for one in found for meaning in one}) > 1:
        return ()
    return (max((one[0] for one in found), key=lambda meaning: meaning.rank),)


def _get_numbered(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what `"SIC Code 2"` means: what it does without its number."""
    left = [word for word in words if not (word.isdigit() and len(word) == 1)]
    if len(left) == len(words):
        return ()
    return _get_qualified(left, NUMBERED, "" if "1" in words else "2")


def _get_named(owner: Sequence[str], rest: str) -> tuple[Meaning, ...]:
    """Return what a bare name or title of something means: `"Company - Name"`."""
    word = rest.strip().casefold()
    if word in TITLES and LEADS.intersection(owner):
        return (Meaning("name", "1"),)
    if word in NAMES:
        return _get_name([word, *owner])
    return ()


def _get_name(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what `"Naam bedrijf"` means: a word for a name and for whose it is."""
    left = [word for word in words if not _is_qualifier(word)]
    if len(left) == 1 and left[0] in NAMES:
        for field, owners in NAMED.items():
            if owners.intersection(words):
                return (Meaning(field, "1"),)
    return ()


def get_word_of_person(title: str) -> str:
    """Return the word for a name in a title that names a person's: `"nom"` of `"Nom du
    contact"`; empty if there is none."""
    words = split_words(title)
    left = [word for word in words if not _is_qualifier(word)]
    is_person = NAMED["contact_name"].intersection(words)
    return left[0] if len(left) == 1 and left[0] in NAMES and is_person else ""


def _get_meanings_of_halves(title: str) -> tuple[Meaning, ...]:
    """Return what `"Company/Account"` means: what all of its known parts do."""
    parts = [_get_vocabulary().get(fold(part), ()) for part in title.split("/")]
    known = [part for part in parts if part]
    if len(parts) < 2 or not known:
        return ()
    fields = set.intersection(*({meaning.field for meaning in part} for part in known))
    return tuple(meaning for meaning in known[0] if meaning.field in fields)


def _strip(words: list[str]) -> Iterator[list[str]]:
    """Yield what is left of a title without the words that only say whose value it
    is: all of them, then only those in front."""
    left = [word for word in words if not _is_qualifier(word)]
    if left and len(left) < len(words):
        yield left
    for position in range(1, len(words)):
        if not _is_qualifier(words[position - 1]):
            break
        yield words[position:]


def _without_scaled(title: str, meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    if _SCALED.search(title) and not any(title_unit.split(title)[1]):
        return tuple(meaning for meaning in meanings if meaning.field not in AMOUNTS)
    return meanings


def _is_qualifier(word: str) -> bool:
    return word in QUALIFIERS or (word.isdigit() and len(word) == 1)


def get_rank(title: str, field: str) -> int | None:
    """Return how good a source of a field a column is, by its title.

    :return: 0 for the best; None if the column is to be joined to the others, because
        it is a part of what the field holds, or because nothing is known of the title
    """
    ranks = [
        meaning.rank
        for meaning in get_meanings(title)
        if meaning.field == field and meaning.choice != JOINED
    ]
    return min(ranks, default=None)


def is_note(title: str) -> bool:
    """Tell whether a title says no more than that the column holds notes."""
    return any(meaning.field == "description" for meaning in get_meanings(title))


def find_currency(title: str, titles: Sequence[str]) -> int | None:
    """Return which column has the currencies of an amount, None if there is none."""
    amount = fold(title)
    columns = [index for index, name in enumerate(titles) if _CURRENCY.search(name)]
    for index in columns:
        left = fold(_CURRENCY.sub("", titles[index]))
        if left and (left in amount or amount in fold(titles[index])):
            return index
    return columns[0] if len(columns) == 1 else None
