"""Take titles apart that say the same as shorter ones, in six languages. Pure Python.

* Questions and forms of address: `"What is your company name?"`, `"Votre société"`;
* a part behind what it is a part of: `"Name (First)"`, `"Address - City"`;
* compounds: `"Bürotelefon"`, `"Kontaktadresse"`.
"""

import re
import unicodedata
from typing import NamedTuple

_ASKED = re.compile(
    r"\W*(?:(?:please|bitte|merci de|por favor|per favore|gelieve)\s+)?"
    r"(?:(?:(?:enter|provide|state|tell us|add|geben sie|nennen sie|indiquez|indique"
    r"|inserisci|indica|vul)|what(?:\s+is|.s)|which is|wie\s+(?:ist|lautet)"
    r"|(?:was|welches?|welche)\s+ist|quel(?:le)?s?\s+(?:est|sont)|wie\s+(?:hoch|groß)\s+ist|how\s+(?:large|big)\s+is|cu[aá]l\s+es"
    r"|qual(?:\s+[eè]|.[eè])|wat\s+(?:is|zijn))\s+)?"
    r"(?:your|ihre?[nmrs]?|deine?[nmrs]?|votre|vos|ton|tu|tus|su|sus"
    r"|(?:il|la|i|le)\s+(?:tuo|tua|tuoi|tue|suo|sua)|tuo|tua|uw|jouw|je)[\s_-]+(?=\w)",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"\W*(?:how many|wie viele|combien d(?:e\s|.)|cu[aá]nt[oa]s|quant[ie]|hoeveel)\s*"
    r"(\w+)\b.*",
    re.IGNORECASE | re.DOTALL,
)
# "In which city are you based?", "Dans quelle ville êtes-vous situé ?"
_WHICH = re.compile(
    r"\W*(?:(?:in|dans|en|from|a|aus|for|at|für|bei|pour|para|per|voor|bij)\s+)?"
    r"(?:which|what|quel(?:le)?|qu[eé]|welche[rmns]?|quale|che|welke?)\s+(\w+)\b.*"
    r"(?:\b(?:you\s+(?:live|work|based|located)|you\s+in|êtes|trouvez|travaillez|exercez"
    r"|encuentra\w*|está\w*|vives?|trabajas?|sind|arbeiten|leben|wohnen|tätig|trov[ai]"
    r"|lavor[ai]|oper[ai]|bent|woont|gevestigd|werkt|werkzaam)\b|\bbased\b|\blocated\b)",
    re.IGNORECASE | re.DOTALL,
)
_PART = re.compile(
    r"\s*(?P<whole>[^()\[\]]*?\w)\s*(?:[(\[]\s*(?P<aside>[^()\[\]]*\w[^()\[\]]*)[)\]]"
    r"|\s[-–—|>]\s(?P<behind>[^()\[\]]*\w)|\s?:\s*(?P<after>[^()\[\]]*\w)"
    r"|,\s(?P<among>[^()\[\],]*\w))\W*"
)


class Part(NamedTuple):
    """A title of two halves."""

    whole: str
    part: str
    is_enumerated: bool = False  # "Werkadres, plaats", which "Name, Vorname" is not


# Which fields are a part of what another one holds as a whole, or a kind of it
PARTS: dict[str, frozenset[str]] = {
    "contact_name": frozenset(("contact_first_name", "contact_last_name")),
    "street": frozenset(("street", "street2", "zip", "city", "state_id", "country_id")),
    "phone": frozenset(("fax", "company_phone")),
    "website": frozenset(("social_url", "twitter")),
    "social_url": frozenset(("twitter",)),
}

# What a compound starts with that says only whose value it is …
_OWN = (
    "büro dienst geschäfts firmen direkt haupt kontakt unternehmens kunden arbeits"
    " post besucher ansprechpartner betriebs organisations teilnehmer rechnungs"
    " standard primär bedrijfs kantoor werk hoofd contact organisatie zaken post"
    " bezoek factuur"
).split()
# … or that there is a better one
_OTHER = "privat auto mobil zweit neben liefer ersatz zusatz privé thuis ander".split()
_COMPOUND = re.compile(rf"({'|'.join((*_OWN, *_OTHER))})-?(\w{{3,}})")


def strip_asking(title: str) -> str:
    """Return what a title asks for, the title itself if it doesn't ask."""
    if title.rstrip(" _").endswith("?"):
        title = title.replace("_", " ")  # as Meta writes what a form asks
    if match := _HOW_MANY.fullmatch(title):
        return f"number of {match[1]}"
    if match := _WHICH.match(title):
        return match[1]
    if match := _ASKED.match(title):
        return title[match.end() :].strip(" ?!*")
    return title


def split_part(title: str) -> Part | None:
    """Return the halves of `"Name (First)"` and `"Address - City"`, None if it has
    none."""
    if match := _PART.fullmatch(title):
        parts = match["aside"] or match["behind"] or match["after"]
        return Part(match["whole"], parts or match["among"], not parts)
    return None


def split_compound(word: str) -> tuple[str, bool]:
    """Return the end of a compound that says what it is, and whether its start says
    that there is a better one; an empty text if it is no such compound."""
    word = unicodedata.normalize("NFC", word.strip().casefold())
    if match := _COMPOUND.fullmatch(word):
        return match[2], match[1] in _OTHER
    return "", False
