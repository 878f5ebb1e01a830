"""The vocabulary of titles, `column_titles.csv`: see `column_title`. Pure Python."""

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .title_rules import split_words
from .title_words import IGNORE, NOTE

JOINED = "+"

# What stands between the words of a title, and says nothing
BETWEEN = frozenset(
    "of the for in at der die das des dem den von vom für im in de la le les l d du des"
    " en à el los del di il lo dei della dell per van het een".split()
)

_VOCABULARY = Path(__file__).with_name("column_titles.csv")


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
def get_titles() -> tuple[tuple[str, Meaning], ...]:
    """Return the titles of the vocabulary as they are written, and what each means."""
    with _VOCABULARY.open(encoding="utf-8", newline="") as file:
        return tuple(
            (title, Meaning(row["field"], row["choice"], row["language"]))
            for row in csv.DictReader(file)
            for title in row["titles"].split(";")
        )


@cache
def get_vocabulary() -> Mapping[str, tuple[Meaning, ...]]:
    """Return what each folded title of the vocabulary means."""
    vocabulary: dict[str, dict[Meaning, None]] = {}
    for title, meaning in get_titles():
        if key := fold(title):
            vocabulary.setdefault(key, {})[meaning] = None
    return {key: tuple(meanings) for key, meanings in vocabulary.items()}


@cache
def get_fields() -> frozenset[str]:
    """Return the fields that the vocabulary has titles of."""
    fields = {
        meaning.field for meanings in get_vocabulary().values() for meaning in meanings
    }
    return frozenset(fields - {NOTE, IGNORE})


@cache
def get_words(language: str) -> frozenset[str]:
    """Return the words that the titles of a language are made of."""
    return frozenset(
        word
        for title, meaning in get_titles()
        if meaning.language == language
        for word in split_words(title)
    )


@cache
def get_orders() -> Mapping[frozenset[str], tuple[Meaning, ...]]:
    """Return what the titles of several words mean, by their words in any order; none
    that mean several fields, and none in English, where the order says something:
    `"Verified email"` and `"Email verified"`."""
    orders: dict[frozenset[str], dict[Meaning, None]] = {}
    for title, meaning in get_titles():
        bag = get_bag(split_words(title))
        if len(bag) > 1 and meaning.language != "en" and meaning.choice != JOINED:
            orders.setdefault(bag, {})[meaning._replace(is_exact=False)] = None
    return {
        bag: tuple(meanings)
        for bag, meanings in orders.items()
        if len({meaning.field for meaning in meanings}) == 1
    }


def get_bag(words: Iterable[str]) -> frozenset[str]:
    """Return the words that count, in no order."""
    return frozenset(words) - BETWEEN
