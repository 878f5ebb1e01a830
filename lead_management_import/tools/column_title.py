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
* with its words in full where they are cut short, or without a mistake: see
  `title_short` and `title_typo`;
* by the rules of `title_rules`;
* as it may be written otherwise: see `title_forms`.

What a title means that names several fields, `column_choice` chooses.
"""

import re
from collections.abc import Sequence
from functools import cache

from . import (
    title_forms,
    title_happenings,
    title_parts,
    title_rules,
    title_short,
    title_typo,
    title_unit,
)
from .title_meaning import (
    get_in_another_order,
    get_of_compound,
    get_of_part,
    get_pair,
    get_part_of_name,
    get_qualified,
    get_same,
)
from .title_owner import (
    get_company,
    get_name,
    get_named,
    get_numbered,
    is_qualifier,
    strip_qualifiers,
)
from .title_rules import split_words
from .title_vocabulary import (
    JOINED,
    Meaning,
    fold,
    get_vocabulary,
)
from .title_words import (
    ADDRESSES,
    CHECKED,
    COUNTED,
    COUNTS,
    DEALS,
    FORMS,
    IGNORE,
    KEPT,
    NAMES,
    NOTE,
    NUMBERS,
    OF_LEAD,
    OF_LEADS,
    OF_OWNERS,
    OTHERS,
    OTHERS_OF,
    PAPERS,
    QUALIFIERS,
    SAME,
)

_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
# "Telefon 1 - Wert", and what somebody calls it: "Telefon 1 - Label"
_VALUE = re.compile(
    r"(.*\b\d)\s+-\s+(?:(value|wert|valeur|valor|valore|waarde)|label|libellé|etikett"
    r"|etiqueta|etichetta)",
    re.IGNORECASE,
)
# A part that says whose value it is: "Person - Email", "Lead - Contact person"
_OWNER = re.compile(r"\s*([^-–:.]+?)\s*(?:\s[-–]\s|:|\.(?=\w))\s*(\S.*)")
_OR = re.compile(r"\s+(?:or|oder|ou|o)\s+", re.IGNORECASE)
_CURRENCY = re.compile(r"currency|währung|devise|moneda|divisa|valuta", re.IGNORECASE)
# A unit scales the numbers below: what `title_unit` can't read isn't ours to guess.
_SCALED = re.compile(
    r"\b(?:mio|mln|mrd|tsd|teur|k€|t€|mill?i?on\w*|mil(?:io|ió|l)\w*|thousands?"
    r"|tausend|mi?lliers?|miles|migliaia|duizend\w*|billions?|m€|m\$|k\$|000s?)\b",
    re.IGNORECASE,
)
# "Kans %": what isn't told in percent is the chance that it has
NOT_IN_PERCENT = {"name", "date_deadline", "rating_id"}
AMOUNTS = {"annual_revenue", "expected_revenue", "bant_budget_amount"}


@cache
def get_meanings(title: str) -> tuple[Meaning, ...]:
    """Return what a title may stand for, nothing if it isn't known.

    What stays out (`IGNORE`) is among it.
    """
    if title_forms.is_path(title):  # which the import knows by itself
        return ()
    bare = title_forms.strip_system(title)
    if bare != title and not get_vocabulary().get(fold(title)):
        return get_meanings(bare) or (Meaning(NOTE, "1"),)
    if meanings := _get_meanings_as_written(title):
        return meanings
    for other in title_forms.get_others(title):
        if meanings := get_meanings(other):
            return tuple(meaning._replace(is_exact=False) for meaning in meanings)
    return ()


def _get_meanings_as_written(title: str) -> tuple[Meaning, ...]:
    vocabulary = get_vocabulary()
    title = title_forms.spell(title)
    if meanings := get_part_of_name(title) or vocabulary.get(fold(title)):
        if "%" in title and meanings[0].field in NOT_IN_PERCENT:
            return (Meaning("probability", "1"),)
        return _without_scaled(title, meanings)
    if match := _VALUE.fullmatch(title):
        return get_meanings(match[1]) if match[2] else (Meaning(IGNORE, "1"),)
    if title_rules.must_not_change(title):
        return (Meaning(IGNORE, "1"),)
    if title_rules.is_of_another(title):
        return (Meaning(NOTE, "1"),)
    if (asked := title_parts.strip_asking(title)) != title:
        return get_meanings(asked)
    if title_happenings.is_yes_or_no(title):
        return (Meaning(NOTE, "1"),)
    if meanings := get_of_part(title) or _get_of_owner(title):
        return meanings
    bare = _BRACKETS.sub(" ", title)
    if meanings := vocabulary.get(fold(bare)):
        return _without_scaled(title, meanings)
    if meanings := vocabulary.get(fold(title_unit.split(title)[0])):
        return _without_scaled(title, meanings)
    words = split_words(bare)
    if meanings := get_numbered(words) or get_name(words):
        return meanings
    if meanings := title_short.get_of_short(title_unit.split(bare)[0]):
        return _without_scaled(title, meanings)
    if len(words) > 1 and words[0] in CHECKED:
        checked = get_meanings(" ".join(words[1:]))
        if meanings := tuple(it for it in checked if it.field in SAME):
            return meanings
    owner = split_words(match[1]) if (match := _OWNER.fullmatch(bare)) else []
    if match and all(is_qualifier(word) or word in DEALS | FORMS for word in owner):
        return get_named(owner, match[2]) or get_meanings(match[2])
    halves = _OR.sub("/", bare)
    if meanings := vocabulary.get(fold(halves)):
        return _without_scaled(title, meanings)
    if meanings := _get_meanings_of_halves(halves):
        return _without_scaled(title, meanings)
    for left in strip_qualifiers(words):
        if meanings := get_qualified(left):
            return _without_scaled(title, meanings)
    if meanings := get_company(words):
        return meanings
    left = [word for word in words if word not in OTHERS and not is_qualifier(word)]
    if len(left) < len(words) and (meanings := get_qualified(left, OTHERS_OF, "2")):
        return meanings
    is_count = COUNTS.intersection(words) or "number of" in " ".join(words)
    left = [word.removesuffix("nr") for word in left if word not in NUMBERS]
    if meanings := get_qualified(left, COUNTED - SAME if is_count else COUNTED):
        return meanings
    if meanings := get_same(left) or get_pair(words):
        return meanings
    left = [word for word in words if word not in OF_LEADS]
    for part in (left, [word for word in left if not is_qualifier(word)]):
        fields = OF_LEAD if ADDRESSES.isdisjoint(words) else OF_LEAD - {"user_id"}
        if (
            PAPERS.isdisjoint(words)
            and len(part) < len(words)
            and (meanings := get_qualified(part, fields))
        ):
            return _without_scaled(title, meanings)
    for meanings in (get_of_compound(words), get_in_another_order(words)):
        if meanings:
            return _without_scaled(title, meanings)
    for left in strip_qualifiers(words):
        if meanings := get_qualified(left, KEPT):
            return meanings
    if (
        len(words) == 1
        and not title_rules.is_known(words[0])
        and (meanings := title_typo.get_of_typo(words[0]))
    ):
        return meanings
    field = title_rules.get_field(title)
    return (Meaning(field, "1"),) if field else ()


def _get_of_owner(title: str) -> tuple[Meaning, ...]:
    """Return what `"Rechnungsanschrift (Ort)"` means, where it stands behind whose it
    is, and `"Erstellt von: Vollständiger Name"`, whose name is no more than it."""
    halves = title_parts.split_part(title)
    if not halves:
        return ()
    part = split_words(halves.part)
    if halves.whole.casefold() in NAMES and (
        meanings := get_name([halves.whole.casefold(), *part])
    ):
        return meanings
    if all(map(is_qualifier, split_words(halves.whole))) and not all(
        map(is_qualifier, part)
    ):
        return get_qualified(part, OF_OWNERS)
    fields = {meaning.field for meaning in get_vocabulary().get(fold(halves.part), ())}
    if "contact_name" in fields or halves.part.casefold() in NAMES:
        whole = get_meanings(halves.whole)
        if whole and whole[0].field in (IGNORE, "user_id"):
            return whole
    return ()


def _get_meanings_of_halves(title: str) -> tuple[Meaning, ...]:
    """Return what `"Company/Account"` means: what all of its known parts do. Beside a
    note it's the first, as in `"Anrede / Titre"` and `"Quelle/Messe"`."""
    parts = [get_vocabulary().get(fold(part), ()) for part in title.split("/")]
    known = [part for part in parts if part]
    if len(parts) < 2 or not known:
        return ()
    notes = [part for part in known if part[0].field == NOTE]
    if len(known) == len(parts) and notes and len(notes) < len(known):
        return tuple(meaning._replace(is_exact=False) for meaning in known[0])
    fields = set.intersection(*({meaning.field for meaning in part} for part in known))
    meanings = tuple(meaning for meaning in known[0] if meaning.field in fields)
    if len(known) < len(parts):  # "Company or individual" may say which of both
        return tuple(
            meaning._replace(choice="2", is_exact=False)
            for meaning in meanings
            if meaning.field != IGNORE or min(map(len, title.split("/"))) > 2
        )
    return meanings


def _without_scaled(title: str, meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    if {meaning.field for meaning in meanings} == {"name"} and (
        title_unit.split(title)[1].currency
    ):  # "Deal ($)"
        return (Meaning("expected_revenue", "1", is_exact=False),)
    if _SCALED.search(title) and not any(title_unit.split(title)[1]):
        return tuple(meaning for meaning in meanings if meaning.field not in AMOUNTS)
    return meanings


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
