"""Fold a company's name into the key by which an account is found. Pure Python.

SPECIFICATION

`account_key(name)` is what two spellings of one company's name have in common (the
first three steps are in `name_words.py`):

1. **Registration tails** go: `/DE/`, `\\TX\\`, `/NEW/`, `/ADR`, `(Cayman Islands)`
   stays. So do remarks in brackets at the end that begin with a small letter, as
   encyclopedias write them: "Orion (pharmaceutical company)", and classes of shares:
   "Fox Corporation (Class B)".
2. **Folding**: one form of Unicode, no capital letters; no accents and no ligatures in
   Latin and Greek letters (ø is o, ß is ss). Letters of other scripts stay what they
   are. Apostrophes vanish, everything else that is no letter or digit parts words.
   Initials are one word: "J. M.", "J.M." and "J M" are "jm", "S.p.A." is "spa". Behind
   a name that registers have turned round they go in front: "SMITH A O CORP" is
   "ao smith". An O in front is part of an Irish name: "O REILLY" is "oreilly".
3. **Joining words** between words go: &, +, and, und, et, y, e, och, og, en, ve, и.
   "The" goes in front, and behind where a comma or a bracket stands before it.
4. **Legal forms** (`legal_forms.py`) go, one after the other: behind ("GmbH & Co. KG"),
   in front ("PT …", "ООО …", and titles: "Dr. Ing. h.c. …"), and where a script has no
   spaces ("株式会社トヨタ"). Within a name they are written short: "Packaging
   Corporation of America". Some are forms only as they are dotted: "C.A." and "i.L.",
   not "CA".
5. A name of which nothing would be left keeps what it had: "Company Ltd" is
   "company ltd", and "!!!" is "!!!". Only an empty name has an empty key.

The key of a key is that key.

`company_key(name)` is what records are found by: the same, but that placeholders
(`placeholder.py`) are no names. "N/A", "none" and "-" have an empty one.
"""

from functools import lru_cache

from .company_words import is_generic, weight
from .legal_forms import BEHIND, CAUTIOUS_FRONT, FRONT, GLUED
from .name_words import split_words, without_signs
from .placeholder import is_placeholder

VERSION = 6  # of the rules; raise it when they change, and keys are made anew
MAX_LENGTH = 255  # letters of a name that are looked at

# Legal forms as they are written within a name
_SHORT_FORMS = {"company": "co", "corporation": "corp"}
_BEHIND = {form: len(form.split()) for form in BEHIND}
_FRONT = {form: len(form.split()) for form in FRONT}
_LONGEST = max(_BEHIND.values())
_LAST_WORDS = frozenset(form.split()[-1] for form in BEHIND)
_FIRST_WORDS = frozenset(form.split()[0] for form in (*FRONT, *CAUTIOUS_FRONT))
_GLUED_SIGNS = frozenset("".join(GLUED))


@lru_cache(maxsize=20_000)
def account_key(name: str | None) -> str:
    """Return the key of a company's name; see the module for what that is.

    :param name: as somebody wrote it, or a false value
    :return: words parted by single spaces; empty only if the name is
    """
    key = " ".join((name or "")[:MAX_LENGTH].split())
    while (shorter := _shorten(key)) != key:
        key = shorter
    return key


def company_key(name: str | None) -> str:
    """Return the key of a company's name, an empty one of a placeholder."""
    return "" if is_placeholder(name) else account_key(name)


def compact(key: str) -> str:
    """Return a key without its spaces: "auto trader" and "autotrader" are one."""
    return key.replace(" ", "")


def initials(key: str) -> str:
    """Return the initials of a key: "international business machines" is "ibm".

    :return: three letters or more, else an empty string
    """
    letters = "".join(word[0] for word in key.split())
    return letters if len(letters) > 2 and letters.isalpha() else ""


def core(key: str) -> str:
    """Return the words of a key that say more than "Group" or "International".

    :return: the whole key, where no other word is left
    """
    return " ".join(word for word in key.split() if weight(word) > 0.1) or key


def fold(text: str) -> str:
    """Return the words of a text: the first three steps, all legal forms kept."""
    return " ".join(split_words(text)) or " ".join(text.casefold().split())


@lru_cache(maxsize=4_000)
def legal_form(name: str) -> str:
    """Return what a name has beyond its key, as it is written: "GmbH & Co. KG".

    :return: an empty string where the key is all there is
    """
    kept = account_key(name).split()
    rest = []
    for word in without_signs(name).split():
        if set(fold(word).split()) & set(kept):
            continue
        for part in kept:  # written without a space
            word = word if part.isascii() else word.replace(part, "")
        rest.append(word)
    return " ".join(rest).strip(" ,/\\()&+-–")


def _shorten(text: str) -> str:
    """Go through the steps once."""
    words = split_words(text)
    if not words:
        return " ".join(text.casefold().split())
    kept = _strip_forms(words)
    return " ".join([_SHORT_FORMS.get(word, word) for word in kept] or words)


def _strip_forms(words: list[str]) -> list[str]:
    """Return the words without legal forms in front and behind, perhaps none."""
    while words:
        if count := _form_behind(words):
            words = words[:-count]
        elif count := _form_in_front(words):
            words = words[count:]
        elif (shorter := _unglued(words)) != words:
            words = shorter
        else:
            break
    return words


def _form_behind(words: list[str]) -> int:
    """Return how many words at the end are a legal form."""
    if words[-1] not in _LAST_WORDS:
        return 0
    for count in range(min(_LONGEST, len(words)), 0, -1):
        if " ".join(words[-count:]) in _BEHIND:
            return count
    return 0


def _form_in_front(words: list[str]) -> int:
    if words[0] not in _FIRST_WORDS:
        return 0
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        if " ".join(words[:count]) in _FRONT:
            return count
    rest = words[1:]  # without forms behind, which went before
    told_apart = rest and not is_generic(rest) and max(map(len, rest)) > 2
    return 1 if words[0] in CAUTIOUS_FRONT and told_apart else 0


def _unglued(words: list[str]) -> list[str]:
    """Take a legal form off the first or last word of a script without spaces."""
    first, last = words[0], words[-1]
    if first[0] not in _GLUED_SIGNS and last[-1] not in _GLUED_SIGNS:
        return words
    for form in GLUED:
        if last.endswith(form) and last != form:
            return [*words[:-1], last[: -len(form)]]
        if first.startswith(form) and first != form:
            return [first[len(form) :], *words[1:]]
    return words
