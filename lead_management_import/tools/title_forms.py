"""Write titles otherwise that no vocabulary knows as they are, for another try. Pure
Python.

* what a system puts before or behind the name of a field: `"hs_language"`, `"Area__c"`;
* endings for both sexes, and plurals in brackets: `"Mitarbeiter:innen"`, `"Email(s)"`;
* words run together, as interfaces name their columns: `"LASTMODIFIEDBYID"`.
"""

import re
from collections.abc import Iterator
from functools import cache

from .title_rules import split_words
from .title_vocabulary import get_words

# What is no word, but says what it is
_SIGNS = {"@": "e-mail", "✉": "e-mail", "☎": "phone", "✆": "phone"}
# What a form has numbered itself: "tel-619"
_MADE = re.compile(r"(?<=[a-z])-\d{2,}$")
_BEFORE = re.compile(
    r"^(?:(?:hs_analytics|hs|hubspot|x_studio|x|cf|cfield|custom_field|custom|udf|uf_crm"
    r"|sfdc|zoho)_|(?:custom|properties|attributes|fields)\.)(?=[a-z])",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?<=\w)(?:__(?:c|pc|r|s)|_c|_cf|_custom)$", re.IGNORECASE)
_SEXES = re.compile(
    r"(?<=[^\W\d_])(?:/-?|\s?\(-?|[*:·.•])"
    r"(?:innen|in|r|e|n|s|es|a|o|as|os|le|ne|ère|trice|rice|euse|e[·.]s)\)?(?=\W|$)"
)
_PLURAL = re.compile(r"(.*[^\W\d_]{3})s", re.DOTALL)
# What says only that a part of an address is one: "Ciudad de la dirección postal"
_POSTAL = re.compile(
    r"\b(?:(?:de|di|del|della|dell|of|the|der|van|het|la|l)[\s'’]+)*(?:dirección postal"
    r"|adresse postale|indirizzo postale|postal address|postanschrift|mailing address"
    r"|dirección de correo|postadres)\b",
    re.IGNORECASE,
)
_PATH = re.compile(r"[a-z_]+_ids?/[a-z._/]+")
# Short words that a longer one may be run together with
_SHORT = frozenset("id ids by is of on at no to in do ip url utc iso".split())
# Words of interfaces that titles for people don't have
_OF_INTERFACES = frozenset(
    "converted transfer modified created reports individual record type has opted"
    " bounced formatted associated update request stay touch stamp modstamp viewed"
    " referenced connection sent received master deleted external hash clean status"
    " currency iso latitude longitude accuracy geocode date time name code source"
    " owner user team stage count total number value amount text default language is"
    " not call allow last first next activity assistant other home work mobile mailing"
    " billing shipping primary secondary address line street city state zip postal"
    " country county phone fax email company contact account lead person organization"
    " organisation opportunity deal note notes description comment comments tag tags"
    " label labels".split()
)


def spell(title: str) -> str:
    """Return a sign as the word that it stands for, and a title without the number
    that a form has given it."""
    return _MADE.sub("", _SIGNS.get(title.strip(), title))


def is_path(title: str) -> bool:
    """Tell whether a title is a path of technical names: `"state_id/name"`."""
    return bool(_PATH.fullmatch(title.strip()))


def strip_system(title: str) -> str:
    """Return a title without what a system has put before or behind it."""
    bare = _BEHIND.sub("", _BEFORE.sub("", title.strip()))
    return bare if len(bare) > 2 else title


def get_others(title: str) -> Iterator[str]:
    """Yield how a title may be written otherwise."""
    without = _POSTAL.sub("", title)
    if without.strip(" -:") and without != title:
        yield without
    neutral = _SEXES.sub("", title)
    if neutral != title:
        yield neutral
    if split := _split_run(title):
        yield split
    match = _PLURAL.fullmatch(title.rstrip())
    if match and len(split_words(title)) > 1:  # a bare "Leads" is a heading
        yield match[1]
        if title.rstrip().endswith("es"):
            yield match[1][:-1]


@cache
def _split_run(title: str) -> str:
    """Return `"LAST MODIFIED BY ID"` for the same run together, empty if it isn't so:
    the fewest words that it can be."""
    words = split_words(title)
    longest = max(words, key=len, default="")
    if len(longest) < 8 or not longest.isascii() or len(words) > 3:
        return ""
    known = _SHORT | _OF_INTERFACES | get_words("en")
    best: list[list[str] | None] = [[]]
    for end in range(1, len(longest) + 1):
        found = [
            [*before, longest[start:end]]
            for start in range(max(0, end - 14), end)
            for before in [best[start]]
            if before is not None
            and longest[start:end] in known
            and (end - start > 2 or longest[start:end] in _SHORT)
        ]
        best.append(min(found, key=len, default=None))
    parts = best[-1]
    if not parts or len(parts) < 2:
        return ""
    return " ".join(" ".join(parts) if word == longest else word for word in words)
