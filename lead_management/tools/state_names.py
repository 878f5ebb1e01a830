"""Tell states and regions by what people call them. Pure Python."""

import re
from collections.abc import Iterator

from . import place_name

# Names that lists of states don't have: those of other languages, and short ones
_OTHER_NAMES = {
    "Baden-Württemberg": ("BaWü",),
    "Bayern": ("Bavaria", "Baviera", "Bavière", "Beieren"),
    "Hessen": ("Hesse",),
    "Niedersachsen": ("Lower Saxony",),
    "Nordrhein-Westfalen": ("NRW", "North Rhine-Westphalia"),
    "Rheinland-Pfalz": ("RLP", "Rhineland-Palatinate"),
    "Mecklenburg-Vorpommern": ("MeckPomm", "Mecklenburg-Western Pomerania"),
    "Sachsen": ("Saxony",),
    "Sachsen-Anhalt": ("Saxony-Anhalt",),
    "Thüringen": ("Thuringia",),
    "Wien": ("Vienna",),
    "Kärnten": ("Carinthia",),
    "Steiermark": ("Styria",),
    "Tirol": ("Tyrol",),
    "Oberösterreich": ("Upper Austria", "OÖ"),
    "Niederösterreich": ("Lower Austria", "NÖ"),
    "Noord-Holland": ("North Holland",),
    "Zuid-Holland": ("South Holland",),
    "District of Columbia": ("Washington DC",),
    "Florida": ("Fla",),
    "Pennsylvania": ("Penna",),
}
_KIND = (
    r"(?:free )?(?:state of|state|freistaat|freie (?:und )?hansestadt|bundesland|land"
    r"|kanton|canton(?: de| du| of)?|province (?:of|de|du)|provincia (?:di|de)|county)"
)
_AROUND = re.compile(rf"^{_KIND}\s+|\s+(?:state|province|county|prefecture)$")


def fold(name: str) -> str:
    """Return a name in the form in which names are compared."""
    return place_name.fold(name).replace(" ", "")


def get_keys(typed: str) -> Iterator[str]:
    """Yield what a typed name may be listed as, the likeliest first."""
    yield fold(typed)
    yield fold(_AROUND.sub("", place_name.fold(typed)))


def get_names(name: str) -> set[str]:
    """Return the folded names of a state: `A Coruña (La Coruña)` has two."""
    names = {name, *re.split(r"[()/]", name), *_OTHER_NAMES.get(name, ())}
    return {folded for part in names if (folded := fold(part))}


def get_codes(code: str, country_code: str) -> set[str]:
    """Return the folded codes of a state: with its country's and without."""
    return {fold(code), fold(code.removeprefix(f"{country_code}-"))}
