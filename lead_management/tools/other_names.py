"""What else a company may be called by whoever wrote its name. Pure Python.

SPECIFICATION

`other_keys(name)` gives keys beside `account_key(name)` by which an account is looked
up and compared, of a name that is written

* with another name in brackets, or behind words that say so: "Acme (Zenobia Group)",
  "Acme, formerly Zenobia", "Acme dba Zenobia", "Zenobia – a division of Acme": each of
  them
* as a web address: "www.acme.com" is "acme", "acme-tools.de" is "acme tools"
* with a capital letter before a common word: "ZenobiaCloud" is "zenobia cloud"
* with umlauts, or as they are written without: "Kärcher" is "kaercher", and "Kaercher"
  is "karcher"
* with a legal form in front that may be initials: "AB InBev" is "ab inbev"

The account is not found for certain by any of them.
"""

import re
from functools import lru_cache

from .account_key import MAX_LENGTH, company_key, fold
from .company_words import TELLING, is_generic, weight
from .legal_forms import CAUTIOUS_FRONT
from .word_likeness import without_umlauts

MAX_OTHER = 4
_BRACKETS = re.compile(r"^(?P<name>[^()]*?\w[^()]*)\((?P<other>[A-Z][^()]+)\)\W*$")
_BETWEEN = re.compile(
    r"\s*[,;(\-–—]?\s*\b(?:formerly(?: known as)?|f/?k/?a|previously|d/?b/?a|"
    r"doing business as|trading as|t/a|also known as|a/?k/?a|vormals|"
    r"(?:a |an )?(?:division|subsidiary|unit|part|brand|member|company) of"
    r"(?: the)?)\b[\s:]*|\s+[|–—]\s+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"^(?:https?://)?(?:www\.)?(?P<name>[a-z0-9][a-z0-9-]+)(?:\.[a-z]{2,3}){1,2}/?$",
    re.IGNORECASE,
)
_HUMP = re.compile(r"\b(\w*[a-zà-ÿ])([A-Z]\w+)|\b([A-Z]{3,})([a-z]{3,})")
_WRITTEN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe"}
    | {"å": "aa", "Ø": "Oe", "Å": "Aa"}
)


@lru_cache(maxsize=4_000)
def other_keys(name: str) -> tuple[str, ...]:
    """Return the other keys of a company's name; see the module.

    :param name: as somebody wrote it
    """
    key = company_key(name)
    if not key:
        return ()
    name = name[:MAX_LENGTH].strip()
    found = [*map(company_key, _list_names(name)), *_list_spellings(name, key)]
    return tuple(dict.fromkeys(text for text in found if text and text != key))[
        :MAX_OTHER
    ]


def _list_names(name: str) -> list[str]:
    """Return the names of which one consists, and one as it is apart."""
    if match := _ADDRESS.match(name):
        return [match["name"].replace("-", " ")]
    if match := _BRACKETS.match(name):
        names = [match["name"], _BETWEEN.sub("", match["other"])]
    else:
        names = [part for part in _BETWEEN.split(name) if part]
    names = [part for part in names if not is_generic(fold(part).split())]
    return [*names, _HUMP.sub(_part_words, name)]


def _part_words(match: re.Match[str]) -> str:
    """Write a word apart that is a name and a common word."""
    first, second = match[1] or match[3], match[2] or match[4]
    is_name = len(first) > 3 or first.isupper()
    is_compound = weight(first.lower()) >= TELLING > weight(second.lower())
    return f"{first} {second}" if is_name and is_compound else match[0]


def _list_spellings(name: str, key: str) -> list[str]:
    found = [
        company_key(name.translate(_WRITTEN)),
        " ".join(map(without_umlauts, key.split())),
    ]
    words = fold(name).split()
    if words[0] in CAUTIOUS_FRONT and len(key.split()) == 1:
        found.append(f"{words[0]} {key}")
    return found
