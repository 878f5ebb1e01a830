"""Tell what the cells of a column are, whatever its title. Pure Python.

A column is of a kind when at least four of five of its cells are, empty ones aside:

* `email`, `url`: as they are written everywhere; a bare domain is a `url`
* `date`: a day in figures, with or without a time, or a spreadsheet's own
* `phone`: seven to fifteen digits as people group them, with a `+`, a bracket, a
  separator: not what may be a number
* `amount`: a number with a currency or decimals; `number`: any other number
* `salutation`: Mr, Frau, Mme, Dr. …; not what may be a name
* `country`: a name of a country, as the caller knows them

A column without cells is `empty`; `is_said` tells whether others say anything.
Everything else is `text` when it is nothing but words, and `mixed` when it has digits
or signs too.
"""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable

SHARE = 0.8
LOOKED_AT = 2000

_EMAIL = re.compile(
    r"(?:mailto:)?[^\s@<>]+@[^\s@<>]+\.[^\W\d_]{2,}|[^<>@]*<[^\s@<>]+@[^\s@<>]+>"
)
_URL = re.compile(
    r"(?:https?://|www\.)\S+|(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE
)
_DATE = re.compile(
    r"(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\s?\d{1,2}\2\s?(?:\d{4}|\d\d))"
    r"(?:[T ,]+\d{1,2}[:.h]\d\d.*)?"
)
_PHONE = re.compile(
    r"(?=.*[\s()/.+–-])'?(?:p:|tel:?)?\s*(?:\+|00|\(|0)[\d\s()/.\-–+]{6,}(?:(?:x|ext\.?)\s*\d+)?"
    r"|\d{3}[-.\s]\d{3}[-.\s]\d{4}",
    re.IGNORECASE,
)
_CURRENCY = r"(?:[$€£¥]|[A-Z]{3}|kr)"
_AMOUNT = re.compile(
    rf"{_CURRENCY}\s*-?\d[\d.,' ’]*\S*|-?\d[\d.,' ’]*\s?{_CURRENCY}"
    r"|-?\d[\d,.' ’]*[.,]\d{1,2}"
)
_NUMBER = re.compile(r"-?\d[\d.,' ’]*")
_SALUTATIONS = frozenset(
    "mr mrs ms miss mx dr prof sir madam herr frau hr fr m mme mlle madame monsieur"
    " sr sra srta d dña don doña sig sigra sigr signor signora dott dottssa ing dhr"
    " mevr mw heer mevrouw de".split()
)


def get_kind(
    cells: Iterable[object], is_country: Callable[[str], bool] | None = None
) -> str:
    """Return what the cells of a column are.

    :param cells: as read from the file: texts, or dates of a spreadsheet
    :param is_country: tells whether a text is the name of a country
    """
    kinds: Counter[str] = Counter()
    for cell in cells:
        if cell and (kind := _get_kind_of_cell(cell, is_country)):
            kinds[kind] += 1
            if kinds.total() >= LOOKED_AT:
                break
    if not kinds:
        return "empty"
    kind, count = kinds.most_common(1)[0]
    if count >= SHARE * kinds.total():
        return kind
    if kinds["amount"] + kinds["number"] >= SHARE * kinds.total():
        return "amount"
    return "mixed"


def _get_kind_of_cell(cell: object, is_country: Callable[[str], bool] | None) -> str:
    if isinstance(cell, datetime.date):
        return "date"
    text = str(cell).strip()
    if not text:
        return ""
    if _EMAIL.fullmatch(text):
        return "email"
    if _DATE.fullmatch(text):
        return "date"
    if _URL.fullmatch(text):
        return "url"
    if _PHONE.fullmatch(text) and 7 <= sum(char.isdigit() for char in text) <= 15:
        return "phone"
    if _AMOUNT.fullmatch(text):
        return "amount"
    if _NUMBER.fullmatch(text):
        return "number"
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if words and all(word in _SALUTATIONS for word in words):
        return "salutation"
    if is_country and is_country(text):
        return "country"
    return "mixed" if re.search(r"\d", text) or not words else "text"


# What a system calls its records: numbers in hexadecimal figures, 15 or 18 characters …
_MADE = re.compile(
    r"\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?|(?=.*\d)[0-9a-f]{16,}"
    r"|(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[0-9A-Za-z]{15,}",
)
_NOTHING = frozenset(
    "0 0.0 0.00 0,00 false no nein non falsch faux falso nee n never null none nil nan"
    " undefined unknown unbekannt - -- – n/a na".split()
)


def is_said(cells: Iterable[object]) -> bool:
    """Tell whether a column holds something that a person may want to read: not only
    zeros and noes, nor what a system calls its records."""
    texts = (str(cell).strip() for cell in cells if cell is not None)
    return any(
        text and text.casefold() not in _NOTHING and not _MADE.fullmatch(text)
        for text in texts
    )
