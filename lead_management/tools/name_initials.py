"""Initials in the names of companies: what is written so may be short for an account.

Pure Python.
"""

import re

from .account_key import core, initials

# Words that initials pass over: "MIT" is the Massachusetts Institute of Technology
_SMALL = frozenset(
    "of the for de del della di da do du des der die das la le los fur van voor zur zum"
    " i w".split()
)
_SMALL_LETTERS = "odftlvz"
_FORMS = ("sa", "ag", "nv", "se")  # legal forms that are part of some: "FEMSA"
_LENGTHS = range(3, 8)  # of initials that are looked up
_JOINED = re.compile(
    r"([a-z])(?:\s*[&+]\s*|\s+(?:and|und|et|y|e|og|och)\s+)([a-z])", re.IGNORECASE
)
_JOINING = re.compile(r"[&+]|\b(?:and|und|et|y|e|og|och)\b", re.IGNORECASE)


def whole(name: str, key: str) -> str:
    """Return the key of a name that is written as initials are: "IBM", "I.B.M.", "KfW".

    Not of "SSE plc": who writes the legal form, writes the name as it is registered.
    """
    letters = re.sub(r"[\W_]", "", name)
    if not (key.isalpha() and 3 <= len(key) == len(letters) <= 6):
        return ""
    is_mixed = letters[0].isupper() and letters[-1].isupper()
    return key if letters.isupper() or is_mixed else ""


def longer(letters: str) -> list[str]:
    """Return the initials of words and small ones for which some letters may stand."""
    found = [letters[:-2]] if letters.endswith(_FORMS) and len(letters) > 4 else []
    for at in range(1, len(letters)):
        found += (letters[:at] + small + letters[at:] for small in _SMALL_LETTERS)
    return found


def stands_for(letters: str, key: str) -> bool:
    """Tell whether letters are the initials of the words of a key but for small ones,
    perhaps with a legal form."""
    found = "".join(word[0] for word in key.split() if word not in _SMALL)
    return letters == found or letters in [found + form for form in _FORMS]


def of_words(name: str, key: str) -> str:
    """Return the initials of the words of a name, and of those that are written
    together: "ZenoKwyjiboYork" is "zky"."""
    humps = re.findall(r"[A-Z](?=[a-z]{2})", name)
    if key.isalpha() and len(humps) > 2:
        return "".join(humps).lower()
    return initials(key)


def with_rest(name: str, key: str) -> str:
    """Return what an account has for initials of which a name is short that begins with
    some: "BCBS Florida" is "bcbsf". An empty text, if it doesn't."""
    words = re.findall(r"\w+", name)
    short, *rest = key.split() or [""]
    if not rest or len(short) < 2 or not key.isascii() or short.upper() != words[0]:
        return ""
    found = short + "".join(
        word if word.upper() in words[1:] else word[0] for word in rest
    )
    return found if found.isalpha() and len(found) in _LENGTHS else ""


def joined(name: str) -> tuple[str, ...]:
    """Return what an account has for initials of which a name such as "M&S" is short:
    those of Group, Holdings or the like may follow."""
    match = _JOINED.fullmatch(name.strip())
    letters = (match[1] + match[2]).lower() if match else ""
    return tuple(letters + last for last in ("", *"ghic")) if letters else ()


def are_joined(name: str, key: str) -> bool:
    """Tell whether an account's name is two words with an "and" between."""
    return bool(_JOINING.search(name)) and len(core(key).split()) == 2
