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
without what stands in brackets, and without words that say only whose value it is
(`"Billing Zip"`, `"Person - Email - Work"`). What a title means that names
several fields, `column_choice` chooses.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from . import title_unit

NOTE = "note"
IGNORE = "ignore"
JOINED = "+"

_VOCABULARY = Path(__file__).with_name("column_titles.csv")
# Words that say whose value it is, or which one of several.
_QUALIFIERS = frozenset(
    "contact contacts person lead prospect primary main default work business office"
    " billing mailing shipping hq headquarters company organization organisation"
    " account address user value your current direct customer attendee registrant"
    " buyer invitee visitor recipient general"
    " kontakt ansprechpartner firma firmen unternehmen geschäftlich haupt dienstlich"
    " rechnung rechnungsanschrift anschrift adresse büro teilnehmer besucher"
    " professionnel principal société entreprise bureau pro contacto empresa trabajo"
    " contatto principale azienda ufficio lavoro sede zakelijk hoofd bedrijf werk adres"
    " facturation facturación dirección indirizzo contactpersoon"
    " the of du de la le del della di des der vom von van".split()
)
# What may be left of a title without such words. Names and titles may not: the name of
# the billing contact is not the lead's.
_QUALIFIED = frozenset(
    "email_from phone fax website street street2 zip city state_id country_id"
    " industry_id employee_count annual_revenue function contact_first_name"
    " contact_last_name social_url twitter tag_ids ignore".split()
)
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
# A part that says whose value it is: "Person - Email", "Lead - Contact person"
_OWNER = re.compile(r"\s*([^-–:.]+?)\s*(?:\s[-–]\s|:|\.(?=\w))\s*(\S.*)")
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
    bare = _BRACKETS.sub(" ", title)
    if meanings := vocabulary.get(fold(bare)):
        return _without_scaled(title, meanings)
    if meanings := vocabulary.get(fold(title_unit.split(title)[0])):
        return _without_scaled(title, meanings)
    if meanings := _get_meanings_of_halves(bare):
        return _without_scaled(title, meanings)
    if (match := _OWNER.fullmatch(bare)) and all(
        map(_is_qualifier, _split_words(match[1]))
    ):
        return get_meanings(match[2])
    for left in _strip(_split_words(bare)):
        meanings = tuple(
            meaning._replace(is_exact=False)
            for meaning in vocabulary.get(fold("".join(left)), ())
            if meaning.field in _QUALIFIED
        )
        if meanings:
            return _without_scaled(title, meanings)
    return ()


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


def _split_words(title: str) -> list[str]:
    """Return the words of a title, those of `"workEmail"` too, in small letters."""
    title = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", unicodedata.normalize("NFC", title))
    return re.findall(r"\d+|[^\W\d_]+", title.casefold())


def _is_qualifier(word: str) -> bool:
    return word in _QUALIFIERS or (word.isdigit() and len(word) == 1)


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
