"""Generated company names: the same number always gives the same company."""

import random
import re
import unicodedata
from dataclasses import dataclass

# Two or three of these make the word that tells one company from another: 64,000 words,
# so that trigram and prefix searches meet the variety of a real address book.
SYLLABLES = (
    *("al", "an", "ar", "bel", "bor", "bri", "ca", "cor", "dal", "den"),
    *("del", "do", "el", "fa", "fer", "gan", "ger", "hal", "har", "in"),
    *("ka", "kel", "kor", "la", "len", "lo", "mar", "mel", "mon", "na"),
    *("nor", "or", "pa", "per", "ra", "ros", "sal", "ten", "va", "ven"),
)
SECTORS = (
    *("Logistics", "Foods", "Textiles", "Systems", "Consulting", "Chemicals"),
    *("Energy", "Packaging", "Media", "Optics", "Hotels", "Motors", "Tools"),
    *("Pharma", "Furniture", "Software", "Printing", "Steel", "Travel", "Labs"),
)
LEGAL_FORMS = {
    "US": ("Inc.", "LLC", "Corp."),
    "GB": ("Ltd", "Limited", "PLC"),
    "DE": ("GmbH", "AG", "GmbH & Co. KG"),
    "FR": ("SARL", "SAS", "S.A."),
    "BE": ("NV", "BV", "SRL"),
    "NL": ("B.V.", "N.V."),
    "ES": ("S.L.", "S.A."),
    "IT": ("S.p.A.", "S.r.l."),
    "CH": ("AG", "GmbH"),
    "PL": ("Sp. z o.o.", "S.A."),
    "IN": ("Pvt Ltd", "Limited"),
    "BR": ("Ltda", "S.A."),
}
TOP_LEVEL_DOMAINS = {"US": "com", "GB": "co.uk"}
REPEATED = 0.04  # of the companies: an earlier one again, written differently


@dataclass(frozen=True)
class CompanyName:
    """A company's name, its country's code and the domain of its web site."""

    name: str
    country: str
    domain: str


def company_name(number: int) -> CompanyName:
    """Return company number `number`, counted from 0."""
    rng = random.Random(f"company {number}")
    if number and rng.random() < REPEATED:
        original = company_name(rng.randrange(number))
        return CompanyName(vary(rng, original.name), original.country, original.domain)
    country = rng.choice(list(LEGAL_FORMS))
    word = "".join(rng.choices(SYLLABLES, k=rng.choice((2, 3, 3, 3))))
    core = word.capitalize()
    if rng.random() < 0.25:
        core += " & " + "".join(rng.choices(SYLLABLES, k=2)).capitalize()
    if rng.random() < 0.7:
        core += f" {rng.choice(SECTORS)}"
    name = f"{core} {rng.choice(LEGAL_FORMS[country])}"
    top_level = TOP_LEVEL_DOMAINS.get(country, country.lower())
    return CompanyName(name, country, f"{slug(core)}.{top_level}")


def vary(rng: random.Random, name: str) -> str:
    """Return a name as somebody else might type it."""
    kind = rng.randrange(5)
    if kind == 0:
        return name.upper()
    if kind == 1:
        return name.rsplit(" ", 1)[0]  # without the legal form, or its last word
    if kind == 2:
        return name.replace(" & ", " and ").replace(".", "")
    if kind == 3:
        at = rng.randrange(1, len(name) - 1)
        return name[:at] + name[at + 1 :]
    return f"The {name}"


def slug(text: str) -> str:
    """Return a text in the letters of a domain name or an e-mail address."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
