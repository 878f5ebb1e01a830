"""Read phone numbers as people type them. Pure Python.

SPECIFICATION

The number is kept as it was grouped, in usual signs: `030–1234567` is `030-1234567`. A
label in front (`tel:`) goes, and an O in front of digits is a zero. What else is
written beside it (`(office)`, a second number) is left over: the first number counts.
What stands before a slash is only an area code when what follows it has none; the few
digits behind one are how another number ends. A number has 4 to 18 digits, 6 of them
where other text stands beside it, and may have an extension, in whichever language.
"""

import re

from .typing_manner import plain

MAX_DIGITS = 18  # 15 of a number, `00` in front of it, `(0)` within
_LABEL = re.compile(
    r"^(?:tel|telefon|telephone|phone|fon|ph|t|p|tél|téléphone|teléfono|telefono|電話)"
    r"(?:\s*(?:no|nr|n°|number|nummer))?\s*[.:]*\s*(?=[+(\d])",
    re.IGNORECASE,
)
_EXTENSION = (
    r"(?:[,;]?\s*(?:ext(?:ension)?|x|durchwahl|dw|poste|int|#)[.:=]*\s*\d{1,6}(?!\d))"
)
# Those that aren't known everywhere
_EXTENSION_WORD = re.compile(
    r"[,;]?\s*(?:durchwahl|dw|poste|int)[.:=]*\s*(?=\d)", re.IGNORECASE
)
_GROUP = r"\d(?:[\s./-]?\d){0,5}"  # in brackets
_CORE = (
    rf"\+?(?:\(\+?{_GROUP}\)[\s./-]*)?\d"
    rf"(?:[\s./*·_-]|\({_GROUP}\)|\d)*\d"
)
_NUMBER = re.compile(rf"{_CORE}{_EXTENSION}?", re.IGNORECASE)
# Between two numbers
_SEPARATOR = re.compile(
    r"[,;|\n]+|\s+/\s+|/(?=\+)|\s(?=\+)|\s(?:or|oder|ou|o|und|and|et|y|e|en|of)\s",
    re.IGNORECASE,
)
# Country and area code in front of a slash, and a number that has neither
_AREA_CODE = re.compile(
    r"((?:(?:\+|00)[\s(]*\d{1,3}\)?[\s./-]*)?[(\s0)-]*[1-9]\d{0,4}\)?)\s+/\s+(?=[1-9])"
)
# Behind a whole number: how another one ends
_OTHER_END = re.compile(r"((?:[^\d/]*\d){9,}\D*?)\s+/\s+\d{1,4}")
_BRACKETED = re.compile(r"\([^()\d]*\)|\[[^\[\]\d]*\]")


def read(text: str) -> tuple[str | None, str]:
    """Return the number that a text names, None when it names none, and what is left
    over of the text."""
    text = _LABEL.sub("", _mend(plain(text)))
    if _is_number(text, 4) and len(_split(text)) == 1:
        return _tidy(text), ""
    rest = _BRACKETED.sub(" ", text)
    for part in _split(rest):
        for found in _NUMBER.finditer(part):
            number = _trim(found[0])
            if _is_number(number, 6):
                return _tidy(number), text.replace(number, "", 1).strip(" ,;/|-")
    return None, text


def _mend(text: str) -> str:
    """Return a text with a zero for an O in front of digits, without apostrophes
    between them, and with the plus at the number."""
    text = re.sub(r"\+\s+(?=[\d(])", "+", text)
    text = re.sub(r"(?<![^\W_])[oO](?=\d{2})", "0", text)
    return re.sub(r"(?<=\d)['`´](?=\d)", " ", text)


def _trim(text: str) -> str:
    """Return a number without signs that have lost their other half."""
    while text.count("(") != text.count(")") and text[0] == "(":
        text = text[1:]
    return text


def _is_number(text: str, least: int) -> bool:
    digits = sum(char.isdigit() for char in text)
    most = 20 if re.search(f"{_EXTENSION}$", text, re.IGNORECASE) else MAX_DIGITS
    return least <= digits <= most and bool(_NUMBER.fullmatch(text))


def _split(text: str) -> list[str]:
    """Return the parts of a text that may be numbers by themselves; one where a part is
    too short for that."""
    if found := _OTHER_END.fullmatch(text):
        return [found[1], text[found.end(1) :].strip(" /")]
    if found := _AREA_CODE.match(text):
        text = f"{found[1]}/{text[found.end() :]}"
    parts = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    long = [sum(char.isdigit() for char in part) >= 6 for part in parts]
    return parts if sum(long) > 1 else [text]


def _tidy(text: str) -> str:
    text = re.sub(r"\s*-\s*", "-", text.strip())
    text = _EXTENSION_WORD.sub(" ext. ", text)
    return " ".join(text.split())
