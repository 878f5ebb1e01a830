"""Read numbers as people write them in lists of companies. Pure Python.

`"4200 (end 2023)"`, `"c. 70,000"`, `"€1.7 billion (2021)"` and `"US$ 225M"` are clear
to a reader. `"6,000 - 8,000"`, `"0 700"` or `"500 kr"` are not: they are refused with
the reason, never guessed. The rules, in the order in which they apply:

Nothing said
    `n/a`, `none`, `unknown`, `undisclosed`, `tbd`, `?` and a lone dash are no number,
    and no mistake either.

Remarks
    What stands in parentheses or square brackets is a remark and is not read:
    `"¥20.43 trillion (US$186.18 billion)"` is an amount in yen. A parenthesis left open
    ends with the text. So are a closing period (`— FY 2019`, `as of March 2020`,
    `in 2022`) and footnote marks. Two remarks count all the same: one that is just a
    currency (`"500 (EUR)"`), and one that scales the number (`"4,200 (thousands)"`),
    which is refused.

Several numbers
    One number is expected. Several are read only when each is followed by a remark with
    a year of its own: the latest year counts. Everything else is refused, a range too.

Separators
    The file says which sign separates thousands and which one decimals. A sign that
    can't be what the file says, because of where it stands, is taken for the only thing
    it can be: `"1.234,50"`, `"12.345.678"` and `"4200.0"` have one reading each. A
    single sign before exactly three digits that the file gave no meaning, or two, is
    refused. Spaces and apostrophes separate thousands. Groups have three digits, or
    two before the last three as in India, and don't start with a zero.

Scales
    `k`, `thousand`, `lakh`, `m`, `mm`, `mn`, `mln`, `mio`, `million`, `crore`, `b`,
    `bn`, `bln`, `mrd`, `milliard`, `billion`, `tn`, `trn`, `trillion` right after the
    number, in their English meaning.

Currencies
    An ISO code, a sign or a name, before or after the number, as `currency_sign` reads
    them; two of them must agree (`"$2.4 billion USD"`). A sign that several currencies
    share and that isn't clear is refused.

Estimates
    `c.`, `approx.`, `about`, `>`, `more than`, `~`, `+` and the like are dropped: an
    estimate or a bound counts as the number it names.

Anything else in the text is refused: a text that is only half understood is not read.
"""

import re
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from . import currency_sign, number_words
from . import number_error as why
from .number_error import MessyNumberError, shorten
from .number_piece import (
    Currency,
    Piece,
    normalize,
    read_piece,
    read_remark,
    split_remarks,
)

MAX_COUNT = 2**31 - 1
MAX_AMOUNT = 10**18
MAX_LENGTH = 1000

_PLAIN_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?[eE][+-]?\d{1,3}", re.ASCII)
_ACCOUNTING_NEGATIVE = re.compile(r"\(\W*\d[^()]*\)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class _Amount(NamedTuple):
    number: Decimal
    currencies: list[Currency]


def parse_amount(
    text: str,
    thousands: str = ",",
    decimal: str = ".",
    home_currency: str | None = None,
) -> tuple[Decimal | None, str | None]:
    """Read an amount of money.

    :param text: what was written
    :param thousands: the file's thousands separator, perhaps empty
    :param decimal: the file's decimal separator
    :param home_currency: ISO code of the currency that a shared sign means here
    :return: `(number, currency)`: None when the text says that nothing is known, and
        the ISO code of the currency, or None when none is named
    :raise MessyNumberError: the text can't be read as one amount
    """
    amount = _parse(text, thousands, decimal, number_words.AMOUNT_WORDS)
    if amount is None:
        return None, None
    if amount.number > MAX_AMOUNT:
        raise MessyNumberError(why.TOO_LARGE, format(MAX_AMOUNT, ","))
    return amount.number, _get_currency(amount.currencies, home_currency)


def parse_count(text: str, thousands: str = ",", decimal: str = ".") -> int | None:
    """Read a number of people or things.

    :param text: what was written
    :param thousands: the file's thousands separator, perhaps empty
    :param decimal: the file's decimal separator
    :return: None when the text says that nothing is known
    :raise MessyNumberError: the text can't be read as one whole number
    """
    amount = _parse(text, thousands, decimal, number_words.COUNT_WORDS)
    if amount is None:
        return None
    if amount.currencies:
        raise MessyNumberError(why.MONEY)
    number = amount.number
    if number != number.to_integral_value():
        raise MessyNumberError(why.NOT_WHOLE, format(number.normalize(), "f"))
    if number > MAX_COUNT:
        raise MessyNumberError(why.TOO_LARGE, format(MAX_COUNT, ","))
    return int(number)


def _parse(
    text: str, thousands: str, decimal: str, nouns: Collection[str]
) -> _Amount | None:
    """Return the one amount of a text, None when it says that nothing is known."""
    if len(text) > MAX_LENGTH:
        raise MessyNumberError(why.UNKNOWN_TEXT, shorten(text))
    text = normalize(text)
    if not text or text.lower() in number_words.NOTHING_SAID:
        return None
    if _PLAIN_SCIENTIFIC.fullmatch(text):
        return _Amount(Decimal(text), [])
    if _ACCOUNTING_NEGATIVE.fullmatch(text):
        raise MessyNumberError(why.NEGATIVE)
    amounts: list[Piece] = []
    for piece, remark in split_remarks(text):
        found = read_piece(piece, nouns)
        if found.number:
            amounts.append(found)
        elif found.currencies and not amounts:
            raise MessyNumberError(why.NO_NUMBER)
        elif amounts:
            amounts[-1].currencies += found.currencies
        if amounts and remark:
            amounts[-1].currencies += read_remark(remark)
            years = [int(year) for year in _YEAR.findall(remark)]
            amounts[-1].year = max([amounts[-1].year, *years])
    if not amounts:
        raise MessyNumberError(why.NO_NUMBER)
    amount = _choose_latest(amounts)
    number = _read_digits(amount.number, thousands, decimal).scaleb(amount.scale)
    return _Amount(number, amount.currencies)


def _choose_latest(amounts: list[Piece]) -> Piece:
    """Return the only amount, or the one of the latest year."""
    if len(amounts) == 1:
        return amounts[0]
    years = [amount.year for amount in amounts]
    if not all(years) or years.count(max(years)) > 1:
        raise MessyNumberError(
            why.SEVERAL, "; ".join(amount.text for amount in amounts)
        )
    return max(amounts, key=lambda amount: amount.year)


def _read_digits(text: str, thousands: str, decimal: str) -> Decimal:
    """Return the number that digits and separators stand for."""
    signs = [char for char in text if not char.isdigit()]
    kinds = list(dict.fromkeys(signs))
    if not kinds:
        return Decimal(text)
    whole, fraction = text, ""
    last = kinds[-1]
    if len(kinds) == 2:
        # Both kinds are there: the last one separates the decimals.
        if last in " '" or signs.index(last) < len(signs) - 1:
            raise MessyNumberError(why.GROUPING, text)
        whole, fraction = text.split(last)
    elif len(kinds) > 2:
        raise MessyNumberError(why.GROUPING, text)
    elif last in ".," and len(signs) == 1:
        if not _is_grouped(text, last):
            whole, fraction = text.split(last)
        elif (last == thousands) == (last == decimal):
            digits = text.replace(last, "")
            raise MessyNumberError(
                why.AMBIGUOUS, f"{digits}; {text.replace(last, '.')}"
            )
        elif last == decimal:
            whole, fraction = text.split(last)
    if not whole.isdigit() and whole:
        if not _is_grouped(whole, kinds[0]):
            raise MessyNumberError(why.GROUPING, text)
        whole = whole.replace(kinds[0], "")
    return Decimal(f"{whole or 0}.{fraction}")


def _is_grouped(text: str, separator: str) -> bool:
    """Tell whether the digits stand in groups of thousands."""
    sign = re.escape(separator)
    groups = (
        rf"[1-9]\d{{0,2}}(?:{sign}\d{{3}})+|[1-9]\d?(?:{sign}\d{{2}})+{sign}\d{{3}}"
    )
    return bool(re.fullmatch(groups, text, re.ASCII))


def _get_currency(currencies: list[Currency], home_currency: str | None) -> str | None:
    """Return the one ISO code that all signs and names agree on, None if there are
    none."""
    if not currencies:
        return None
    codes = frozenset.intersection(*(currency.codes for currency in currencies))
    if not codes:
        texts = dict.fromkeys(currency.text for currency in currencies)
        raise MessyNumberError(why.CURRENCIES, ", ".join(texts))
    code = currency_sign.choose(codes, home_currency)
    if not code:
        raise MessyNumberError(why.SHARED_SIGN, ", ".join(sorted(codes)))
    return code
