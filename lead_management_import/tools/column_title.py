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
* without what asks for it, by its half, or by the end of a compound: see `title_parts`;
* without what stands in brackets, and with `or` as a slash: `"Estado o provincia"`;
* without words that say only whose value it is: `"Billing Zip"`, `"Person - Email -
  Work"`; a bare name or title is that of whom such a word names: `"Company - Name"`;
* without those that say that there is a better one: `"Tertiary Email"`;
* without the word for a number, where it is one anyway: `"Handy-Nr."`;
* without what says that it is the lead's, or a guess: `"Est. deal value"`;
* by the rules of `title_rules`.

What a title means that names several fields, `column_choice` chooses.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from . import title_parts, title_rules, title_unit
from .title_meaning import (
    get_in_another_order,
    get_of_compound,
    get_of_part,
    get_pair,
    get_part_of_name,
    get_qualified,
    get_same,
)
from .title_rules import IGNORE, NOTE, split_words
from .title_vocabulary import (
    BETWEEN,
    JOINED,
    Meaning,
    fold,
    get_vocabulary,
)
from .title_words import (
    COUNTED,
    COUNTS,
    DEALS,
    LEADS,
    NAMED,
    NAMED_BEHIND,
    NAMES,
    NUMBERED,
    NUMBERS,
    OF_LEAD,
    OF_LEADS,
    OTHERS,
    OTHERS_OF,
    QUALIFIERS,
    SAME,
    STREETS,
    TITLES,
)

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


@cache
def get_meanings(title: str) -> tuple[Meaning, ...]:
    """Return what a title may stand for, nothing if it isn't known.

    What stays out (`IGNORE`) is among it.
    """
    vocabulary = get_vocabulary()
    if meanings := get_part_of_name(title) or vocabulary.get(fold(title)):
        return _without_scaled(title, meanings)
    if title_rules.must_not_change(title):
        return (Meaning(IGNORE, "1"),)
    if title_rules.is_of_another(title):
        return (Meaning(NOTE, "1"),)
    if (asked := title_parts.strip_asking(title)) != title:
        return get_meanings(asked)
    if meanings := get_of_part(title):
        return meanings
    bare = _BRACKETS.sub(" ", title)
    if meanings := vocabulary.get(fold(bare)):
        return _without_scaled(title, meanings)
    if meanings := vocabulary.get(fold(title_unit.split(title)[0])):
        return _without_scaled(title, meanings)
    words = split_words(bare)
    if meanings := _get_numbered(words) or _get_name(words):
        return meanings
    owner = split_words(match[1]) if (match := _OWNER.fullmatch(bare)) else []
    if match and all(_is_qualifier(word) or word in DEALS for word in owner):
        return _get_named(owner, match[2]) or get_meanings(match[2])
    halves = _OR.sub("/", bare)
    if meanings := vocabulary.get(fold(halves)):
        return _without_scaled(title, meanings)
    if meanings := _get_meanings_of_halves(halves):
        return _without_scaled(title, meanings)
    for left in _strip(words):
        if meanings := get_qualified(left):
            return _without_scaled(title, meanings)
    if meanings := _get_company(words):
        return meanings
    left = [word for word in words if word not in OTHERS and not _is_qualifier(word)]
    if len(left) < len(words) and (meanings := get_qualified(left, OTHERS_OF, "2")):
        return meanings
    is_count = COUNTS.intersection(words) or "number of" in " ".join(words)
    left = [word.removesuffix("nr") for word in left if word not in NUMBERS]
    if meanings := get_qualified(left, COUNTED - SAME if is_count else COUNTED):
        return meanings
    if meanings := get_same(left) or get_pair(words):
        return meanings
    left = [word for word in words if word not in OF_LEADS]
    for part in (left, [word for word in left if not _is_qualifier(word)]):
        if len(part) < len(words) and (meanings := get_qualified(part, OF_LEAD)):
            return _without_scaled(title, meanings)
    for meanings in (get_of_compound(words), get_in_another_order(words)):
        if meanings:
            return _without_scaled(title, meanings)
    field = title_rules.get_field(title)
    return (Meaning(field, "1"),) if field else ()


def _get_numbered(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what `"SIC Code 2"` means: what it does without its number. The second
    line of a street has a field of its own, and the third none."""
    left = [word for word in words if not (word.isdigit() and len(word) == 1)]
    if len(left) == len(words):
        return ()
    if words[-1] in ("2", "3", "4") and _get_street(left):
        return (Meaning("street2" if words[-1] == "2" else NOTE, "1"),)
    if meanings := get_qualified(left, NAMED_BEHIND):  # lines of a company's name
        return (meanings[0]._replace(choice="1" if "1" in words else JOINED),)
    return get_qualified(left, NUMBERED, "" if "1" in words else "2")


def _get_company(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what `"Default Address Company"` and `"Société du participant"` mean:
    whose company it is that is meant."""
    if len(words) < 2 or not all(map(_is_qualifier, words)):
        return ()
    last = get_qualified(words[-1:], NAMED_BEHIND)
    is_of = not BETWEEN.isdisjoint(words[1:-1])
    return last or (get_qualified(words[:1], NAMED_BEHIND) if is_of else ())


def _get_street(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what words mean that stand for a street, with what says whose it is."""
    for left in (list(words), *_strip(list(words))):
        if meanings := get_qualified(left, STREETS):
            return meanings
    return ()


def _get_named(owner: Sequence[str], rest: str) -> tuple[Meaning, ...]:
    """Return what a bare name or title of something means: `"Company - Name"`."""
    word = rest.strip().casefold()
    if word in TITLES and (LEADS | DEALS).intersection(owner):
        return (Meaning("name", "1"),)
    if word in NAMES:
        return _get_name([word, *owner])
    return ()


def _get_name(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what `"Naam bedrijf"` means: a word for a name and for whose it is."""
    left = [word for word in words if not _is_qualifier(word)]
    if DEALS.intersection(left) and set(left) <= DEALS | NAMES | TITLES and left[1:]:
        return (Meaning("name", "1"),)
    if len(left) != 1 or left[0] not in NAMES:
        return ()
    place = words.index(left[0])
    distances = [  # the nearest word: "Person Company Name" is a company's
        (abs(place - position), field)
        for field, owners in NAMED.items()
        for position, word in enumerate(words)
        if word in owners
    ]
    return (Meaning(min(distances)[1], "1"),) if distances else ()


def get_word_of_person(title: str) -> str:
    """Return the word for a name in a title that names a person's: `"nom"` of `"Nom du
    contact"`; empty if there is none."""
    words = split_words(title)
    left = [word for word in words if not _is_qualifier(word)]
    is_person = NAMED["contact_name"].intersection(words)
    return left[0] if len(left) == 1 and left[0] in NAMES and is_person else ""


def _get_meanings_of_halves(title: str) -> tuple[Meaning, ...]:
    """Return what `"Company/Account"` means: what all of its known parts do."""
    parts = [get_vocabulary().get(fold(part), ()) for part in title.split("/")]
    known = [part for part in parts if part]
    if len(parts) < 2 or not known:
        return ()
    fields = set.intersection(*({meaning.field for meaning in part} for part in known))
    meanings = tuple(meaning for meaning in known[0] if meaning.field in fields)
    if len(known) < len(parts):  # "Company or individual" may say which of both
        return tuple(it._replace(choice="2", is_exact=False) for it in meanings)
    return meanings


def _strip(words: list[str]) -> Iterator[list[str]]:
    """Yield what is left of a title without the words that only say whose value it
    is: all of them, then only those behind, then only those in front."""
    left = [word for word in words if not _is_qualifier(word)]
    if left and len(left) < len(words):
        yield left
    for position in range(len(words) - 1, 0, -1):
        if not _is_qualifier(words[position]):
            break
        yield words[:position]
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


def get_owner(title: str) -> frozenset[str]:
    """Return the words that say whose value a title is: `{"company", "hq"}`."""
    return frozenset(word for word in split_words(title) if word in QUALIFIERS) - {
        "address"
    }


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
