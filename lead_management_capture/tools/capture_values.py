"""Read what visitors type into the inputs of a web form. Pure Python.

SPECIFICATION

What is kept of an answer is what was typed, without the space that nobody meant (on
single lines, also what can't be seen). `read` makes of it what a field of the lead
takes, by the kind of its field (`capture_fields`) and in the language of the form
(`Manner`); and tells whether nothing that was typed is missing in that. What is no such
value, or more than it, goes to the lead's notes as it was typed: nothing is lost, and
nothing is guessed.

* Single lines are read in usual signs: full width and other scripts' digits are what
  they stand for. Texts that are too long for their field are no value.
* How phone numbers, addresses, numbers and dates are read: `typed_phone`,
  `typed_address`, `typed_number`, `typed_date`.
* A Twitter/X profile is a handle or the address of a profile.
* Countries, states and options are looked for in the database, choices among those of
  the form. Answers to questions of the form's own are text.
"""

import datetime
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.lead_management.tools import readable, social_handle

from . import typed_address, typed_date, typed_number, typed_phone
from .capture_fields import OF_LINES, SafeField
from .typing_manner import Manner

# Why a form is sent back. Sites that show errors themselves get these codes, so they
# stay as they are.
REQUIRED = "required"
TOO_LONG = "too_long"
INVALID = "invalid"
EMPTY = "empty"  # the form as a whole

# What fields of a lead take
Value = str | int | float | datetime.date


class Reading(NamedTuple):
    """What an answer means.

    * `value`: what the field of the lead takes, None when the answer is no such value;
    * `rest`: what of the answer isn't in it, empty when all of it is.
    """

    value: Value | None
    rest: str = ""


def tidy(field: SafeField, text: str) -> str:
    """Return a text without the space that nobody meant."""
    if field.kind in OF_LINES:
        return readable.strip("\n".join(line.rstrip() for line in text.split("\n")))
    return readable.strip(" ".join(text.split()))


def read(field: SafeField, text: str, manner: Manner) -> Reading:
    """Return what a tidy text means as the answer to a field.

    Countries, states, options and choices are texts here.
    """
    if field.kind == "multiline" or not field.lead_field:
        return Reading(text)
    if len(text) > field.max_length and field.kind not in ("phone", "url", "email"):
        return Reading(None, text)
    value, rest = _READERS.get(field.kind, _read_text)(text, manner)
    if isinstance(value, str) and len(value) > field.max_length:
        return Reading(None, text)
    if value is None:
        return Reading(None, text)
    return Reading(value, rest if any(map(str.isalnum, rest)) else "")


def check(field: SafeField, text: str, manner: Manner) -> str | None:
    """Return why a form is sent back for an answer that it must have, None when the
    answer will do."""
    if read(field, text, manner).value is not None:
        return None
    return TOO_LONG if len(text) > field.max_length else INVALID


def _read_text(text: str, manner: Manner) -> tuple[str | None, str]:
    return unicodedata.normalize("NFKC", text), ""


def _read_handle(text: str, manner: Manner) -> tuple[str | None, str]:
    try:
        return social_handle.normalize(text) or None, ""
    except ValueError:
        return None, text


def _read_count(text: str, manner: Manner) -> tuple[int | None, str]:
    number = typed_number.read_count(text, manner)
    return number, "" if typed_number.is_bare(text) else text


def _read_amount(text: str, manner: Manner) -> tuple[float | None, str]:
    number: Decimal | None = typed_number.read_amount(text, manner)
    rest = "" if typed_number.is_bare(text) else text
    return (None if number is None else float(number)), rest


_READERS: dict[str, Callable[[str, Manner], tuple[Value | None, str]]] = {
    "email": lambda text, _manner: typed_address.read_email(text),
    "phone": lambda text, _manner: typed_phone.read(text),
    "url": lambda text, _manner: typed_address.read_website(text),
    "twitter": _read_handle,
    "integer": _read_count,
    "amount": _read_amount,
    "number": lambda text, manner: _read_amount(text, manner._replace(currency=None)),
    "date": typed_date.read,
}


def read_checkbox(text: str) -> bool | None:
    """Return whether a box is checked, None when the text doesn't tell."""
    if text.casefold() in ("yes", "on", "true", "1", "x", "ja", "oui", "sí", "si"):
        return True
    return False if text.casefold() in ("no", "off", "false", "0", "nein") else None
