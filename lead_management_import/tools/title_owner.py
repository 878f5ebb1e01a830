"""Tell whose value a column's title names, and what it means by that: `"Naam bedrijf"`,
`"Company - Name"`, `"Email du participant"`. Pure Python."""

from collections.abc import Iterator, Sequence

from .title_meaning import get_qualified
from .title_rules import split_words
from .title_vocabulary import BETWEEN, JOINED, Meaning
from .title_words import (
    ADDRESSES,
    DEALS,
    LEADS,
    NAMED,
    NAMED_BEHIND,
    NAMES,
    NOTE,
    NUMBERED,
    NUMBERS,
    PARTICIPANTS,
    PROSPECTS,
    QUALIFIERS,
    STREETS,
    TITLES,
    USERS,
)


def get_numbered(words: Sequence[str]) -> tuple[Meaning, ...]:
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


def get_company(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what `"Default Address Company"` and `"Société du participant"` mean:
    whose company it is that is meant."""
    if len(words) < 2 or not all(map(is_qualifier, words)):
        return ()
    last = get_qualified(words[-1:], NAMED_BEHIND)
    is_of = not BETWEEN.isdisjoint(words[1:-1]) or words[-1] in PARTICIPANTS
    return last or (get_qualified(words[:1], NAMED_BEHIND) if is_of else ())


def _get_street(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what words mean that stand for a street, with what says whose it is."""
    for left in (list(words), *strip_qualifiers(list(words))):
        if meanings := get_qualified(left, STREETS):
            return meanings
    return ()


def get_named(owner: Sequence[str], rest: str) -> tuple[Meaning, ...]:
    """Return what a bare name or title of something means: `"Company - Name"`."""
    word = rest.strip().casefold()
    if word in TITLES and (LEADS | DEALS).intersection(owner):
        return (Meaning("name", "1"),)
    if word in NUMBERS and ADDRESSES.intersection(owner):
        return (Meaning("street", JOINED),)
    if word in NAMES:
        return get_name([word, *owner])
    return ()


def get_name(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what `"Naam bedrijf"` means: a word for a name and for whose it is."""
    left = [word for word in words if not is_qualifier(word)]
    if (DEALS | LEADS).intersection(words) and USERS.intersection(words):
        return (Meaning("user_id", "1"),) if NAMES.intersection(words) else ()
    if DEALS.intersection(left) and set(left) <= DEALS | NAMES | TITLES and left[1:]:
        return (Meaning("name", "1"),)
    if len(left) == 1 and left[0] in TITLES and LEADS.intersection(words) - PROSPECTS:
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
    left = [word for word in words if not is_qualifier(word)]
    is_person = NAMED["contact_name"].intersection(words)
    return left[0] if len(left) == 1 and left[0] in NAMES and is_person else ""


def strip_qualifiers(words: list[str]) -> Iterator[list[str]]:
    """Yield what is left of a title without the words that only say whose value it
    is: all of them, then only those behind, then only those in front."""
    left = [word for word in words if not is_qualifier(word)]
    if left and len(left) < len(words):
        yield left
    for position in range(len(words) - 1, 0, -1):
        if not is_qualifier(words[position]):
            break
        yield words[:position]
    for position in range(1, len(words)):
        if not is_qualifier(words[position - 1]):
            break
        yield words[position:]


def is_qualifier(word: str) -> bool:
    return word in QUALIFIERS or (word.isdigit() and len(word) == 1)
