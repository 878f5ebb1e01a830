"""Generated persons, phone numbers and addresses."""

import random
from dataclasses import dataclass

from .company_names import CompanyName, slug

FIRST_NAMES = (
    *("Anna", "Ben", "Carla", "David", "Elena", "Felix", "Greta", "Hugo", "Inés"),
    *("Jakob", "Karin", "Liam", "María", "Noah", "Olga", "Paul", "Rosa", "Søren"),
    *("Tara", "Umar", "Vera", "William", "Ximena", "Yusuf", "Zoë", "José Luis"),
)
LAST_NAMES = (
    *("Adler", "Bauer", "Costa", "Dubois", "Evans", "Fischer", "García", "Hansen"),
    *("Ivanova", "Jansen", "Kowalski", "Lopez", "Müller", "Novak", "Okafor", "Patel"),
    *("Quinn", "Rossi", "Silva", "Thomas", "Ueda", "Vermeulen", "Weber", "Young"),
    *("Zimmer", "van den Berg", "de la Cruz", "O’Neill", "Le Goff", "Singh"),
)
JOBS = (
    *("Purchasing Manager", "CEO", "CTO", "Office Manager", "Head of Sales"),
    *("Buyer", "Operations Manager", "Assistant", "Project Manager", "Owner"),
)
STREETS = ("Main Street", "Station Road", "Church Lane", "Market Square", "Mill Road")
CITIES = {
    "US": ("Boston", "Chicago", "San Francisco"),
    "GB": ("London", "Leeds", "Bristol"),
    "DE": ("Berlin", "Hamburg", "Köln"),
    "FR": ("Paris", "Lyon", "Nantes"),
    "BE": ("Bruxelles", "Gent", "Liège"),
    "NL": ("Utrecht", "Rotterdam"),
    "ES": ("Madrid", "Sevilla"),
    "IT": ("Milano", "Torino"),
    "CH": ("Zürich", "Bern"),
    "PL": ("Warszawa", "Kraków"),
    "IN": ("Pune", "Chennai"),
    "BR": ("São Paulo", "Recife"),
}
# Calling code, what every number of the kind begins with, and how many digits follow.
PHONES = {
    "US": ("1", "4152", 6),
    "GB": ("44", "2079", 6),
    "DE": ("49", "302", 7),
    "FR": ("33", "142", 6),
    "BE": ("32", "470", 6),
    "NL": ("31", "202", 6),
    "ES": ("34", "912", 6),
    "IT": ("39", "022", 7),
    "CH": ("41", "442", 6),
    "PL": ("48", "222", 6),
    "IN": ("91", "98", 8),
    "BR": ("55", "113", 7),
}
FREE_MAIL = ("gmail.com", "outlook.com", "yahoo.com", "gmx.de")


@dataclass(frozen=True)
class Person:
    """A person and how to reach them."""

    name: str
    job: str
    email: str
    phone: str
    phone_sanitized: str
    street: str
    city: str
    zip: str


def person(rng: random.Random, company: CompanyName, free_mail=0.25) -> Person:
    """Return somebody who works for `company`.

    :param free_mail: the share of people who give a private e-mail address
    """
    first, last = rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)
    domain = company.domain
    if rng.random() < free_mail:
        domain = rng.choice(FREE_MAIL)
    local = f"{slug(first)}.{slug(last)}"
    if domain in FREE_MAIL:
        local += str(rng.randrange(10_000))
    code, start, digits = PHONES[company.country]
    rest = f"{rng.randrange(10**digits):0{digits}}"
    return Person(
        name=f"{first} {last}",
        job=rng.choice(JOBS),
        email=f"{local}@{domain}",
        phone=f"+{code} {start} {rest}",
        phone_sanitized=f"+{code}{start}{rest}",
        street=f"{rng.randrange(1, 250)} {rng.choice(STREETS)}",
        city=rng.choice(CITIES[company.country]),
        zip=f"{rng.randrange(10_000, 99_999)}",
    )
