"""The pieces of a text that `messy_number` reads as a number: digits, scale, currencies
and remarks. Pure Python."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from . import currency_sign, number_words
from . import number_error as why
from .number_error import MessyNumberError, shorten

_NUMBER = r"\d+(?:[.,' ]\d+)*|[.,]\d+"
_LETTER = r"[^\W\d_]"
# Letters of a currency don't touch other letters; its signs may (`"5bn€"`).
_CURRENCY_START = rf"(?:(?<!{_LETTER})|(?!{_LETTER}))"
_CURRENCY_END = rf"(?:(?!{_LETTER})|(?<!{_LETTER}))"
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER})"
    rf"|{_CURRENCY_START}(?P<currency>{currency_sign.PATTERN}){_CURRENCY_END}"
    rf"|(?P<word>{_LETTER}+(?:[.'/-]{_LETTER}+)*\.?)"
    r"|(?P<sign>\S)"
)
_WHOLE_AMOUNT_DASH = re.compile(r"(?<=\d)[.,][-–—]+(?!\d)")
_SUPERSCRIPTS = re.compile(r"[\u00b2\u00b3\u00b9\u2070-\u207f*†‡]")
_MONTH = r"[A-Za-z]{3,9}\.?,?"
_CLOSING_PERIOD = re.compile(
    r"[\s,;–—-]*(?<!\w)"
    r"(?:(?:fy|fye|fiscal year|financial year|year)\s*(?:ended|ending|end)?"
    r"|as (?:of|at)|in|at|end(?: of)?|y/e)\W*"
    rf"(?:{_MONTH}\s*)?(?:\d{{1,2}},?\s*)?(?:{_MONTH}\s*)?"
    r"(?:(?:19|20)\d\d(?:/\d{2,4})?|(?<=fy)\d\d|(?<=fy )\d\d)\s*$",
    re.IGNORECASE,
)


class Currency(NamedTuple):
    """A sign or a name as it is written, and the ISO codes it may stand for."""

    text: str
    codes: frozenset[str]


@dataclass
class Piece:
    """What is written outside brackets, and what the remark behind it adds to it."""

    text: str
    number: str = ""
    scale: int = 0
    currencies: list[Currency] = field(default_factory=list)
    year: int = 0


def normalize(text: str) -> str:
    """Return a text without what is only another way of writing it."""
    text = unicodedata.normalize("NFKC", _SUPERSCRIPTS.sub("", text))
    text = text.replace("’", "'").replace("−", "-").replace("\u200b", "")
    return " ".join(text.split())


def split_remarks(text: str) -> Iterator[tuple[str, str]]:
    """Yield `(piece, remark)` pairs: text outside brackets, and what stands in the
    brackets right after it."""
    depth, piece, remark = 0, "", ""
    for char in text:
        if char in "([":
            depth += 1
            if depth == 1:
                continue
        elif char in ")]":
            depth -= 1
            if depth < 0:
                raise MessyNumberError(why.UNKNOWN_TEXT, char)
            if depth == 0:
                yield piece, remark
                piece = remark = ""
                continue
        if depth:
            remark += char
        else:
            piece += char
    yield piece, remark


def read_piece(piece: str, nouns: Collection[str]) -> Piece:
    """Read what is written outside brackets: one number at most, its scale and its
    currencies, and nothing that is not understood."""
    piece = _WHOLE_AMOUNT_DASH.sub("", _CLOSING_PERIOD.sub("", piece))
    found = Piece(piece.strip())
    numbers: list[str] = []
    between: list[int] = []
    label = scalable = False
    for token in _TOKEN.finditer(piece):
        text = token[0]
        word = text.lower().rstrip(".")
        if token["number"]:
            numbers.append(text)
            scalable = True
            continue
        if scalable and word in number_words.SCALES:
            # A second number is refused below, so that the last scale is the only one.
            found.scale = number_words.SCALES[word]
        elif word in nouns or word in number_words.WHOLE_GROUP:
            label = True
        elif codes := currency_sign.get_codes(text):
            found.currencies.append(Currency(text, codes))
            continue
        elif text in "-–" and not numbers:
            raise MessyNumberError(why.NEGATIVE)
        elif numbers and (text in "-–—~" or word in ("to", "and")):
            between.append(len(numbers))
        elif not (
            (token["word"] and word in number_words.ESTIMATES)
            or text in "~≈<>≤≥±+"
            or (text in ".,;" and numbers)
            or (text == ":" and label)
        ):
            raise MessyNumberError(why.UNKNOWN_TEXT, shorten(piece[token.start() :]))
        scalable = False
    if len(numbers) > 1:
        is_range = len(numbers) == 2 and between == [1]
        raise MessyNumberError(
            why.RANGE if is_range else why.SEVERAL,
            (" – " if is_range else "; ").join(numbers),
        )
    if between:
        raise MessyNumberError(why.UNKNOWN_TEXT, shorten(piece))
    found.number = numbers[0] if numbers else ""
    return found


def read_remark(remark: str) -> list[Currency]:
    """Return the currencies of a remark that is nothing but a currency, and refuse one
    that scales the number."""
    if re.search(r"\d", remark):
        return []
    tokens = list(_TOKEN.finditer(remark))
    if any(token[0].lower().rstrip(".") in number_words.SCALES for token in tokens):
        raise MessyNumberError(why.UNKNOWN_TEXT, shorten(remark))
    texts = [token[0] for token in tokens]
    currencies = [Currency(text, currency_sign.get_codes(text)) for text in texts]
    return currencies if all(currency.codes for currency in currencies) else []
