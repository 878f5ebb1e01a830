"""Read the unit that a column's title says its numbers are in. Pure Python.

`"Turnover (£m)"`, `"Umsatz in T€"`, `"Omzet (x 1.000)"`, `"CA (en milliers d'euros)"`
and `"Annual Revenue USD"` tell the scale and the currency of what stands below as bare
numbers. A unit with a word that isn't known is none.
"""

import re
from typing import NamedTuple

from odoo.addons.lead_management.tools import currency_sign, number_words

_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_TOKEN = re.compile(r"'?000s?|[^\W\d_]+\.?|[^\w\s]")
# A thousand, where a currency is written at once behind it: "TEUR", "T€", "k$"
_THOUSANDS = re.compile(r"[tk](?=[€$£¥]|(?:eur|usd|gbp|chf)\b)", re.IGNORECASE)
_MILLIONS = re.compile(r"m(?=[€$£¥]|(?:eur|usd|gbp|chf)\b)", re.IGNORECASE)
# "x 1.000", "1 000 000 €"
_TIMES = re.compile(r"(?:[x×*]\s*)?\b1([.,' ]?)000(\1000)?\b", re.IGNORECASE)
# Names of scales that are only written in titles, by how the cells write them
_SCALES = {
    **dict.fromkeys(("000", "'000", "000s", "'000s", "thsd", "miles", "mille"), "k"),
    **dict.fromkeys(("milliers", "migliaia", "duizenden", "tausende"), "k"),
    **dict.fromkeys(("mill", "millón", "mios"), "m"),
}
_CURRENCIES = {
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **dict.fromkeys(("dollar", "dollars"), "USD"),
    **dict.fromkeys(("franken", "francs"), "CHF"),
}
_BETWEEN = frozenset("in en of de d di van per . , ' - / :".split())
_BARE = re.compile(r"\s*\d[\d.,'’\s]*(?:[-–—]+)?\s*")


class Unit(NamedTuple):
    """How many of what a number means: a word that multiplies it, and a currency."""

    scale: str = ""
    currency: str = ""


def split(title: str) -> tuple[str, Unit]:
    """Return a title without its unit, and the unit, which may be empty."""
    for match in _BRACKETS.finditer(title):
        if any(unit := _read(match[1])):
            return title[: match.start()] + title[match.end() :], unit
    words = title.split()
    # The longest end of the title that is nothing but a unit
    for position in range(1, len(words)):
        end = " ".join(words[position:])
        unit = _read(end)
        if unit.currency or len(unit.scale) > 1:
            return " ".join(words[:position]), unit
    return title, Unit()


def _read(text: str) -> Unit:
    text = _TIMES.sub(lambda match: "m " if match[2] else "k ", text)
    text = _MILLIONS.sub("m ", _THOUSANDS.sub("k ", text))
    scale = currency = ""
    for token in _TOKEN.findall(text):
        word = token.lower().rstrip(".")
        if word in _SCALES or word in number_words.SCALES:
            if scale:
                return Unit()
            scale = _SCALES.get(word, word)
        elif word in _CURRENCIES or currency_sign.get_codes(token):
            if currency:
                return Unit()
            currency = _CURRENCIES.get(word, token)
        elif word and word not in _BETWEEN:
            return Unit()
    return Unit(scale, currency)


def add(text: str, unit: Unit) -> str:
    """Return what a cell says with the unit, if it is nothing but a number."""
    if not any(unit) or not _BARE.fullmatch(text):
        return text
    return " ".join(filter(None, (text.strip(), *unit)))
