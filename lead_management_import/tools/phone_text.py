"""Bring phone numbers and postal codes of files back to what they were. Pure Python."""

import re
from decimal import Decimal

_SCIENTIFIC = re.compile(r"(\d(?:[.,]\d+)?)[eE]\+?(\d{1,2})")

# Lead ads mark what a spreadsheet would take for a number.
_MARK = re.compile(r"^[a-z]{1,2}:\s*(?=\w)")


def strip_mark(text: str) -> str:
    """Return a postal code without what keeps a spreadsheet from counting: `z:01067`,
    `'01067`."""
    return _MARK.sub("", text.strip().lstrip("'")) if text else text


def clean(text: str) -> tuple[str, bool]:
    """Return a phone number without what spreadsheets and exports do to it.

    * `3.80991234567E+11` is the number it stands for; `4930123456.0` has no decimals;
    * an apostrophe in front, which keeps a spreadsheet from counting, goes;
    * `p:+49…` (lead ads) and `tel:+49…` say what it is: that goes too.

    :return: `(number, is_whole)`: whether all of its figures are there, which a
        spreadsheet's short form may have lost
    """
    text = text.strip().lstrip("'’`\u200b\ufeff").strip()
    text = re.sub(r"^(?:p:|tel\s*[.:])\s*", "", text, flags=re.IGNORECASE)
    if match := _SCIENTIFIC.fullmatch(text.replace(" ", "")):
        figures = match[1].replace(",", ".")
        number = Decimal(f"{figures}E{match[2]}")
        return f"{number:f}".split(".")[0], len(figures) - 2 >= int(match[2])
    return re.sub(r"(?<=\d{5})\.0$", "", text), True
