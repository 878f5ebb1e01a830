"""Read what visitors type into the inputs of a web form. Pure Python.

SPECIFICATION

`read` checks one value by the kind of its field (`capture_fields`) and returns it as it
is kept: text, tidied but not rewritten, so that a person can see what was typed.
`convert` makes of the kept text what a field of the lead takes. What needs records of
the database (countries, states, options) is only checked for its form here.

* Space around a value is dropped, and on single lines made one space. What shows
  nothing, such as a zero-width space, is empty (`tools/readable.py`).
* An e-mail address is exactly one address, of a host with a dot.
* A phone number has 4 to 20 digits and only signs that people write between them.
* A web site is `http`, `https`, or a bare host; never another scheme.
* Numbers are read with `messy_number`: `"1,200"` and `"1.2 million"` will do, a range
  or a negative number won't. An amount names no currency other than the company's.
* A Twitter/X profile is a handle or the address of a profile.
* A date is a day of the calendar as browsers send it: `2030-12-31`.
* An option is the number of a record.
"""

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Literal, TypeVar

from odoo.addons.lead_management.tools import messy_number, readable, social_handle

from .capture_fields import SafeField

# Why a value is refused. Sites that show errors themselves get these codes, so they
# stay as they are.
REQUIRED = "required"
TOO_LONG = "too_long"
INVALID = "invalid"
EMPTY = "empty"  # the form as a whole

MAX_AMOUNT = 10**15
MIN_YEAR, MAX_YEAR = 1900, 2200
_HOST = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}"
# Odoo's own patterns of addresses know no letters beyond ASCII (`jörg@müller.de`), and
# `email_normalize` takes an address out of whatever is around it.
_EMAIL = re.compile(rf"[^\s@<>()\[\],;:\\\"]{{1,64}}@{_HOST}")
# `phone_validation` reads numbers of a country, and visitors name none.
_PHONE = re.compile(r"\+?[\d\s().,/#*xXetn:+-]+")
_URL = re.compile(
    rf"(?:https?://)?{_HOST}(?::\d{{1,5}})?(?:[/?#][^\s<>\"\\]*)?", re.IGNORECASE
)
_PLAIN_NUMBER = re.compile(r"\d{1,18}(?:\.\d{1,6})?")


# What fields of a lead take
Value = str | int | float | datetime.date | Literal[False]
Parsed = TypeVar("Parsed")


class ValueRefusedError(ValueError):
    """A value that is refused; `reason` is one of the above."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def read(field: SafeField, text: str, currency: str | None = None) -> str:
    """Return a value as it is kept, empty when nothing was typed.

    :param currency: ISO code of the company's currency
    :raise ValueRefusedError: it isn't what the field asks for
    """
    text = tidy(field, text)
    if not text:
        return ""
    if len(text) > field.max_length:
        raise ValueRefusedError(TOO_LONG)
    is_one = _CHECKS.get(field.kind)
    if is_one and not is_one(text):
        raise ValueRefusedError(INVALID)
    convert(field, text, currency)
    return text


def tidy(field: SafeField, text: str) -> str:
    """Return a text without the space that nobody meant."""
    if field.kind == "multiline":
        return readable.strip("\n".join(line.rstrip() for line in text.split("\n")))
    return readable.strip(" ".join(text.split()))


def convert(field: SafeField, text: str, currency: str | None = None) -> Value:
    """Return what a field of the lead takes for a kept value.

    :raise ValueRefusedError: it was kept by other rules than those of today
    """
    if field.kind == "integer":
        return _number(text, messy_number.parse_count)
    if field.kind == "amount":
        return float(_amount(text, currency))
    if field.kind == "date":
        return _date(text)
    if field.kind == "twitter":
        return _handle(text)
    return text


def _handle(text: str) -> str | Literal[False]:
    try:
        return social_handle.normalize(text)
    except ValueError as error:
        raise ValueRefusedError(INVALID) from error


def _number(text: str, parse: Callable[[str], Parsed | None]) -> Parsed:
    try:
        number = parse(text)
    except messy_number.MessyNumberError as error:
        raise ValueRefusedError(INVALID) from error
    if number is None:
        raise ValueRefusedError(INVALID)
    return number


def _amount(text: str, currency: str | None) -> float | Decimal:
    number: float | Decimal | None
    code: str | None = None
    if _PLAIN_NUMBER.fullmatch(text):
        number = float(text)
    else:
        number, code = _number(
            text, lambda text: messy_number.parse_amount(text, home_currency=currency)
        )
    if number is None or number > MAX_AMOUNT or (code and code != currency):
        raise ValueRefusedError(INVALID)
    return number


def _date(text: str) -> datetime.date:
    try:
        date = datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ValueRefusedError(INVALID) from error
    if len(text) != 10 or not MIN_YEAR <= date.year <= MAX_YEAR:
        raise ValueRefusedError(INVALID)
    return date


def _is_phone(text: str) -> bool:
    digits = sum(character.isdecimal() for character in text)
    return 4 <= digits <= 20 and bool(_PHONE.fullmatch(text))


# The other kinds are checked by what they are converted to, or in the database.
_CHECKS: dict[str, Callable[[str], object]] = {
    "email": _EMAIL.fullmatch,
    "phone": _is_phone,
    "url": _URL.fullmatch,
    "option": lambda text: text.isascii() and text.isdecimal(),
}
