"""Judge what speaks for an account being a lead's company. Pure Python.

SPECIFICATION

Evidence is found in the database and judged here. A piece has a strength from 0 to 1:

| kind | what it says | strength |
|---|---|---|
| `vat` | the same tax ID | 0.98 |
| `name` | the names are equal or alike, see `name_similarity` | up to 0.96 |
| `website` | the same domain of the web sites | 0.93 |
| `email` | the same e-mail address, the account's or a contact's | 0.90 |
| `email_domain` | a company's e-mail domain, on both sides or with a web site | 0.80 |
| `phone` | the same number, the account's or a contact's | 0.80 |
| `domain_name` | a domain of the lead spells the account's name | 0.70 |
| `initials` | one name is the initials of the other | 0.60 |
| `word` | the only account with the word that is the lead's name | 0.55 |

Pieces of one family say the same thing, so that the strongest of a family counts:
{name, initials, word}, {website, email, email_domain, domain_name}, {phone}, {vat}.
What families say adds up as independent chances do:

    score = 1 - (1 - strength) · (1 - strength) · …

* **Shared evidence** is weaker. Where more than five accounts have the same domain,
  phone, initials or telling word, the strength goes down evenly, to less than half
  from twenty accounts on: a shopping centre's number, a holding's domain.
* **Contradictions**: both have a tax ID of one country, and not the same: ×0.6. Both
  have a company's web site, and nothing of that family agrees: ×0.85; domains that
  differ in their ending only ("acme.de", "acme.com") are no contradiction. Both have a
  name, the names are not alike, and all that speaks for it is web: ×0.9.
* **Country** decides between equals, and is no evidence of its own: another one takes
  3% off the score.
* So no single piece of weak evidence – a phone, an e-mail domain, initials, a name
  that is alike and no more – is as good as sure by the settings' default (0.85),
  whatever the country; nor is a web site of another name, or a name with another web
  site.
* A person's own record is no account of a company: ×0.8, where it is not the name or
  the e-mail address itself that agrees.

Scores are rounded to four digits. The order is by score, then the same country first,
companies before persons, active before archived, the older record first; so the same
records give the same answer.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Evidence(NamedTuple):
    """A piece of evidence: what agrees, and how many accounts have it."""

    kind: str
    strength: float
    detail: str = ""
    shared: int = 1


STRENGTH = {
    "vat": 0.98,
    "website": 0.93,
    "email": 0.90,
    "email_domain": 0.80,
    "phone": 0.80,
    "domain_name": 0.70,
    "initials": 0.60,
    "word": 0.55,
}
FAMILIES = {
    "name": "name",
    "initials": "name",
    "word": "name",
    "domain_name": "web",
    "website": "web",
    "email": "web",
    "email_domain": "web",
    "phone": "phone",
    "vat": "vat",
}
UNSHARED, COMMON = 5, 20  # accounts with the same evidence
COMMON_LEFT = 0.45  # of the strength, when so many have it
OTHER_VAT = 0.6
OTHER_WEBSITE = 0.85
OTHER_NAME = 0.9
ALIKE = 0.4  # from which score on names count as alike
OTHER_COUNTRY = 0.97
PERSON = 0.8


def evidence(
    kind: str, detail: str = "", shared: int = 1, strength: float | None = None
) -> Evidence:
    """Return a piece of evidence.

    :param detail: what agrees, for the reason shown
    :param shared: how many accounts have it
    :param strength: for kinds whose strength varies
    """
    strength = STRENGTH[kind] if strength is None else strength
    return Evidence(kind, strength * rarity(shared), detail, shared)


def rarity(shared: int) -> float:
    """Return what share of its strength evidence keeps that so many accounts have."""
    if shared <= UNSHARED:
        return 1.0
    commonness = min((shared - UNSHARED) / (COMMON - UNSHARED), 1.0)
    return 1 - (1 - COMMON_LEFT) * commonness


def score(
    pieces: Iterable[Evidence],
    *,
    other_vat: bool = False,
    other_website: bool = False,
    other_name: bool = False,
    other_country: bool = False,
) -> float:
    """Return how likely an account is the company, from 0 to 1.

    :param pieces: all that speaks for it
    :param other_vat: both have a tax ID of the same country, and they differ
    :param other_website: both have a web site, and they differ
    :param other_name: both have a name, and they are not alike
    :param other_country: both have a country, and they differ
    """
    strongest: dict[str, float] = {}
    for piece in pieces:
        family = FAMILIES[piece.kind]
        strongest[family] = max(strongest.get(family, 0.0), piece.strength)
    doubt = 1.0
    for strength in strongest.values():
        doubt *= 1 - strength
    total = 1 - doubt
    if other_country:
        total *= OTHER_COUNTRY
    if other_vat:
        total *= OTHER_VAT
    if other_website and "web" not in strongest:
        total *= OTHER_WEBSITE
    if other_name and strongest.keys() == {"web"}:
        total *= OTHER_NAME
    return round(total, 4)


def score_person(total: float, pieces: Iterable[Evidence]) -> float:
    """Return the score of an account that is a person's own record."""
    kinds = {piece.kind for piece in pieces}
    return total if kinds & {"name", "email"} else round(total * PERSON, 4)
