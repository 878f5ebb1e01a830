"""Read the country column of lists of companies. Pure Python.

Besides a country's name or code, people write other names of it (`"U.S."`, `"Great
Britain"`) and whole places (`"Austin, Texas"`, `"Herzliya, Israel"`, `"Miami, Florida,
USA"`). A place is taken apart at its commas, from the end:

* the last part is a country, or the name of a state that only one country has: that
  country (and state);
* the part before a country is the name or the code of one of its states: that state;
* what is left in front is the city.

A last part that is both a country and a state (`"Atlanta, Georgia"`) is refused, never
guessed. So is a state of several countries (`"Miami, Florida"`), unless one of them is
the home country.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

# Names that lists of countries don't have, by ISO code.
_OTHER_NAMES = {
    "AE": ("UAE", "Emirates", "Dubai", "Abu Dhabi"),
    "BO": ("Bolivia",),
    "CI": ("Ivory Coast",),
    "CN": ("PR China", "PRC", "Mainland China", "People's Republic of China"),
    "CV": ("Cape Verde",),
    "CZ": ("Czechia", "Czech Republic"),
    "DE": ("Deutschland",),
    "ES": ("España",),
    "GB": ("UK", "Great Britain", "Britain", "England", "Scotland", "Wales"),
    "HK": ("Hong Kong", "Hong Kong SAR"),
    "IN": ("Bharat",),
    "IR": ("Iran",),
    "KR": ("South Korea", "Korea", "Republic of Korea"),
    "LA": ("Laos",),
    "MD": ("Moldova",),
    "MK": ("North Macedonia", "Macedonia"),
    "MM": ("Burma", "Myanmar"),
    "MO": ("Macau", "Macao"),
    "NL": ("Holland", "Netherlands"),
    "PH": ("Philipines", "Phillipines"),
    "PS": ("Palestine",),
    "RU": ("Russia", "Russian Federation"),
    "SA": ("Saudi", "Kingdom of Saudi Arabia"),
    "SY": ("Syria",),
    "SZ": ("Swaziland", "Eswatini"),
    "TR": ("Turkey", "Türkiye"),
    "TW": ("Taiwan",),
    "TZ": ("Tanzania",),
    "US": ("USA", "US", "United States of America", "US of A"),
    "VE": ("Venezuela",),
    "VN": ("Vietnam", "Viet Nam"),
    "ZA": ("RSA",),
}


# By name or code: the country's code, the state as its owner keeps it, and whether this
# is the state's name.
States = Mapping[str, Sequence[tuple[str, object, bool]]]


class Place(NamedTuple):
    """A place in a country; `state` is what the given states say, perhaps None."""

    country: str
    state: object = None
    city: str = ""


def fold(name: str) -> str:
    """Return a name in the form in which names are compared."""
    name = unicodedata.normalize("NFKD", name)
    name = "".join(char for char in name if not unicodedata.combining(char))
    words = re.sub(r"[^\w\s]", "", name.casefold().replace("&", " and ")).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


class AmbiguousPlaceError(ValueError):
    """A place whose last part, the `name`, is in several countries.

    `countries` are their ISO codes; `is_country` tells whether one is called so itself.
    """

    def __init__(self, name: str, countries: Sequence[str], is_country: bool) -> None:
        super().__init__(f"{name} may be in {', '.join(countries)}")
        self.name = name
        self.countries = countries
        self.is_country = is_country


OTHER_NAMES = {
    fold(name): code for code, names in _OTHER_NAMES.items() for name in names
}


def split(text: str) -> list[str]:
    """Return the parts of a place, without blanks and empty parts."""
    return [part for part in (part.strip() for part in text.split(",")) if part]


def resolve(
    text: str,
    countries: Mapping[str, str],
    states: States,
    home_country: str | None = None,
) -> Place | None:
    """Read a country or a place in a country.

    :param text: what was written
    :param countries: ISO code by folded name
    :param states: by folded name or code
    :param home_country: ISO code of the country one writes from
    :return: a `Place`, or None when the text is none that is known
    :raise AmbiguousPlaceError: the place may be in several countries
    """
    parts = split(text)
    if not parts:
        return None
    *rest, last = parts
    folded = fold(last)
    country = countries.get(folded) or OTHER_NAMES.get(folded)
    if not rest:
        return Place(country) if country else None
    named = [
        (code, state) for code, state, is_name in states.get(folded, ()) if is_name
    ]
    if country:
        if others := [code for code, __ in named if code != country]:
            raise AmbiguousPlaceError(last, [country, *others], is_country=True)
        return _get_place_in(country, rest, states)
    if len(named) > 1:
        at_home = [(code, state) for code, state in named if code == home_country]
        if len(at_home) != 1:
            codes = [code for code, __ in named]
            raise AmbiguousPlaceError(last, codes, is_country=False)
        named = at_home
    if not named:
        return None
    [(country, state)] = named
    return Place(country, state, ", ".join(rest))


def _get_place_in(country: str, parts: list[str], states: States) -> Place:
    *rest, last = parts
    found = [state for code, state, __ in states.get(fold(last), ()) if code == country]
    if rest and len(found) == 1:
        return Place(country, found[0], ", ".join(rest))
    return Place(country, None, ", ".join(parts))
