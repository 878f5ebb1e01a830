"""How the one who types writes numbers and dates, and what all that is typed has in
common. Pure Python."""

import re
import unicodedata
from typing import NamedTuple

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'"))


class Manner(NamedTuple):
    """How people of a language write.

    * `lang`: code of the language, as in `de_AT`;
    * `decimal`: sign before decimals;
    * `date_order`: the order of day, month and year: `dmy`, `mdy` or `ymd`;
    * `currency`: ISO code of the currency that is meant where none is named.
    """

    lang: str = "en_US"
    decimal: str = "."
    date_order: str = "mdy"
    currency: str | None = None

    @property
    def thousands(self) -> str:
        """Return the sign that groups digits, besides space and apostrophe."""
        return "," if self.decimal == "." else "."


def get_date_order(date_format: str) -> str:
    """Return the order of day, month and year of a format such as `%d.%m.%Y`."""
    order = "".join(
        part[0]
        for part in re.findall(r"%-?([djmbByY])", date_format)
        for part in [part.lower().replace("b", "m").replace("j", "d")]
    )
    return order if sorted(order) == ["d", "m", "y"] else "dmy"


def plain(text: str) -> str:
    """Return a text in usual signs: of full width, of other scripts' digits, of dashes
    of any length and of quotes there is one each; space is single, and marks that
    can't be seen, as address books put around numbers, are gone."""
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).translate(_QUOTES)
    text = "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in text
        if unicodedata.category(char) != "Cf"
    )
    return " ".join(text.split())
