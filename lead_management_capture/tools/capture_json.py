"""Read the JSON that a program posts instead of a form. Pure Python.

SPECIFICATION

The body is one object in UTF-8. Its names are those of the form's inputs, its values
what a visitor would have typed: texts, numbers, `true` and `false`, or `null` for what
is not known. It becomes the texts a form would have sent:

* a whole number is its digits; another one has exactly two decimals and a point, which
  no language reads as a thousands separator;
* `true` is a checked box, `false` and `null` are as if the name weren't there;
* a list of such values is one on each line, as a choice of several is.

What a body can't be is refused as a whole, as `capture_body` does: a body too large,
too many names, names too long, null bytes, names given twice, objects in it.
"""

import json
from collections.abc import Container
from decimal import Decimal, InvalidOperation

from .capture_body import (
    ENCODING,
    MALFORMED,
    MAX_BODY,
    MAX_FIELDS,
    MAX_NAME,
    NAMES,
    TOO_LARGE,
    BodyError,
    clean,
)
from .capture_fields import CONSENT_VALUE

MAX_DIGITS = 30


def read(data: bytes, asked: Container[str]) -> tuple[dict[str, str], list[str]]:
    """Return the values by the names of the inputs, and the names that the form has no
    input for.

    :param asked: names that are read
    :raise BodyError: the body can't be that of the form
    """
    if len(data) > MAX_BODY:
        raise BodyError(TOO_LARGE)
    try:
        given = parse(data.decode())
    except UnicodeDecodeError as error:
        raise BodyError(ENCODING) from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise BodyError(MALFORMED) from error
    if not isinstance(given, dict):
        raise BodyError(MALFORMED)
    if len(given) > MAX_FIELDS:
        raise BodyError(TOO_LARGE)
    values, unknown = {}, []
    for name, value in given.items():
        if len(name) > MAX_NAME:
            raise BodyError(NAMES)
        several = value if isinstance(value, list) else [value]
        typed = "\n".join(filter(None, map(text, several)))
        if "\0" in typed or "\0" in name:
            raise BodyError(ENCODING)
        if name not in asked:
            unknown.append(name)
        elif typed:
            values[name] = clean(typed)
    return values, sorted(unknown)


def parse(given: str) -> object:
    """Return what JSON says, its numbers as `Decimal`.

    :raise ValueError: it is none, gives a name twice, or has numbers without end
    :raise RecursionError: it is nested too deeply
    """
    return json.loads(
        given,
        object_pairs_hook=_once,
        parse_float=_decimal,
        parse_int=_decimal,
        parse_constant=_refuse,
    )


def text(value: object) -> str:
    """Return the text that a value stands for.

    :raise BodyError: it is no plain value, or holds half of a character
    """
    if value is None or value is False:
        return ""
    if value is True:
        return CONSENT_VALUE
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return str(int(value))
        return f"{value:.2f}"
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:  # half of a character
            raise BodyError(ENCODING) from error
        return value
    raise BodyError(MALFORMED)


def _decimal(digits: str) -> Decimal:
    try:
        number = Decimal(digits)
    except InvalidOperation as error:
        raise BodyError(MALFORMED) from error
    if number.adjusted() > MAX_DIGITS or len(digits) > MAX_DIGITS:
        raise BodyError(MALFORMED)
    return number


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    given = dict(pairs)
    if len(given) != len(pairs):
        raise BodyError(NAMES)
    return given


def _refuse(_constant: str) -> object:
    raise BodyError(MALFORMED)
