"""Tell whether two leads are of one person, or of one company. Pure Python.

SPECIFICATION

| what is the same | one person | perhaps | nobody named | another person |
|---|---|---|---|---|
| mailbox, of one reader | 0.97 | 0.97 | 0.97 | 0.75 |
| mailbox that many read (info@) | 0.97 | 0.85 | 0.80 | – |
| phone | 0.93 | 0.85 | 0.70 | – |
| company by name or domain | 0.92 | 0.75 | 0.60 | – |
| company, and the e-mail addresses differ | 0.85 | 0.70 | 0.60 | – |
| customer, that both are linked to | 1.00 | 1.00 | 1.00 | 1.00 |

The best line counts. From `SURE` on a lead may be added to another one without asking;
below `SHOWN` nothing is said.

Two names are of *one person* when they have the same words, in any order and however
they are written; *perhaps*, when one has only some of the other's, initials in place of
words, or one typing mistake; titles and placeholders are no words.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from . import mailbox
from .placeholder import is_placeholder_of_person
from .typing_mistake import distance

SURE = 0.9
SHOWN = 0.6
SAME, PERHAPS, UNNAMED, OTHER = range(4)
TITLES = frozenset(
    "mr mrs ms miss dr prof sir herr frau dipl ing mag mba phd msc bsc m mme mlle"
    " monsieur madame sr sra srta don dona jr".split()
)
READER = (0.97, 0.97, 0.97, 0.75)
READERS = (0.97, 0.85, 0.80, 0)
PHONE = (0.93, 0.85, 0.70, 0)
COMPANY = (0.92, 0.75, 0.60, 0)
COMPANY_OTHER_EMAIL = (0.85, 0.70, 0.60, 0)
CUSTOMER = 1.0
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe"})


class Traits(NamedTuple):
    """By what leads are compared, in the forms in which they are indexed."""

    mailbox: str = ""
    phone: str = ""
    person: str = ""
    account_key: str = ""
    domain: str = ""
    customer: int = 0


class Likeness(NamedTuple):
    score: float
    reasons: tuple[str, ...]
    is_person: bool


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a person's name, sorted; none of a placeholder."""
    if not name or is_placeholder_of_person(name):
        return ()
    text = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    found = re.findall(r"\w+", text.replace("'", "").replace("’", ""))
    return tuple(sorted([word for word in found if word not in TITLES]))


def compare_people(one: str, other: str) -> int:
    """Return whether two names are of one person."""
    here, there = words(one), words(other)
    if not here or not there:
        return UNNAMED
    if here == there:
        return SAME
    few, many = sorted((here, there), key=len)
    left = list(many)
    for word in few:
        if word in left:
            left.remove(word)
        elif match := next((w for w in left if _is_initial(word, w)), None):
            left.remove(match)
        else:
            break
    else:
        return PERHAPS
    joined, others = "".join(here), "".join(there)
    if min(len(joined), len(others)) > 6 and distance(joined, others, 1) <= 1:
        return PERHAPS
    return OTHER


def _is_initial(one: str, other: str) -> bool:
    return 1 in (len(one), len(other)) and one[0] == other[0]


def compare(asked: Traits, there: Traits) -> Likeness:
    """Return how likely two leads are of one person or company, and why."""
    person = compare_people(asked.person, there.person)
    lines, reasons = [], []
    if asked.customer and asked.customer == there.customer:
        lines.append(CUSTOMER)
        reasons.append("customer")
    same_mailbox = asked.mailbox and asked.mailbox == there.mailbox
    if same_mailbox:
        many = mailbox.is_shared(asked.mailbox)
        lines.append((READERS if many else READER)[person])
        reasons.append("email")
    if asked.phone and asked.phone == there.phone:
        lines.append(PHONE[person])
        reasons.append("phone")
    if person in (SAME, PERHAPS):
        reasons.append("name" if person == SAME else "name_alike")
    company = [
        reason
        for reason, one, other in (
            ("company", asked.account_key, there.account_key),
            ("domain", asked.domain, there.domain),
        )
        if one and one == other
    ]
    if company:
        differ = asked.mailbox and there.mailbox and not same_mailbox
        lines.append((COMPANY_OTHER_EMAIL if differ else COMPANY)[person])
        reasons += company
    evidence = {"customer", "email", "phone"} & set(reasons)
    by_company = not evidence and person == UNNAMED
    return Likeness(max(lines, default=0), tuple(reasons), not by_company)
