"""Read numbers and money as visitors type them, in the language of the form. Pure
Python.

SPECIFICATION

`messy_number` reads them, with the signs of the language. What may be wrong by a factor
of a thousand isn't read at all: three digits behind the language's decimal sign
(`25.000` in English, `2,500` in German), digits in groups before a scale (`1.500 Mio`),
and `billion`, which most languages have for a thousand times what English means.
"""

import re
from decimal import Decimal

from odoo.addons.lead_management.tools import messy_number, number_error, number_words

from .typing_manner import Manner, plain

MAX_AMOUNT = 10**15
_LONG_SCALE = re.compile(r"\b[bt]r?illi", re.IGNORECASE)
# A thousand in some languages, and in English short for a million
_THOUSANDS = dict.fromkeys(("es", "pt", "ca", "gl", "fr", "it"), r"\bmil(?:le)?\b\.?")
_GROUPED_SCALE = re.compile(r"\d[.,]\d{3}\s*[^\W\d_]+")


def read_amount(text: str, manner: Manner) -> Decimal | None:
    """Return the amount in the currency of the manner, None when the text names none
    for sure."""
    text = _prepare(text, manner)
    try:
        number, code = messy_number.parse_amount(
            text,
            thousands=manner.thousands,
            decimal=manner.decimal,
            home_currency=manner.currency,
        )
    except number_error.MessyNumberError:
        return None
    if number is None or number > MAX_AMOUNT or (code and code != manner.currency):
        return None
    return number


def read_count(text: str, manner: Manner) -> int | None:
    """Return the whole number, None when the text names none for sure."""
    text = _prepare(text, manner)
    try:
        return messy_number.parse_count(
            text, thousands=manner.thousands, decimal=manner.decimal
        )
    except number_error.MessyNumberError:
        return None


def is_bare(text: str) -> bool:
    """Tell whether a text has no word or sign beside its number, scale and currency
    that a number couldn't hold: `about 500` and `500 (2023)` have."""
    if re.search(r"[()\[\]<>~≈≤≥±+?]", text):
        return False
    words = re.findall(r"[^\W\d_]+", text)
    return all(number_words.is_unit(word) for word in words)


def _prepare(text: str, manner: Manner) -> str:
    """Return the text to read; empty when it may mean two numbers."""
    text = plain(text)
    language = manner.lang.partition("_")[0]
    text = re.sub(r"\bd'(?=euros?\b)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\d)\s*T(?=€|EUR\b)", "k ", text)  # T€, of Germans
    if pattern := _THOUSANDS.get(language):
        text = re.sub(pattern, "thousand", text, flags=re.IGNORECASE)
    point = re.escape(manner.decimal)
    if re.search(rf"(?<![\d.,])[1-9]\d{{0,2}}{point}\d{{3}}(?![\d.,])", text):
        return ""
    if language != "en" and _LONG_SCALE.search(text):
        return ""
    for found in _GROUPED_SCALE.finditer(text):
        word = re.search(r"[^\W\d_]+$", found[0])
        if word and number_words.is_scale(word[0]):
            return ""
    return text
