"""Names of countries as lists of leads are written: in six languages. Pure Python."""

from collections.abc import Mapping
from functools import cache

import babel

from odoo.addons.lead_management.tools import place_name

LANGUAGES = ("en", "de", "fr", "es", "it", "nl")

# How mail and plates have them where people write "D-80331": not all are codes.
VEHICLE_CODES = {
    "a": "AT",
    "b": "BE",
    "d": "DE",
    "e": "ES",
    "f": "FR",
    "h": "HU",
    "i": "IT",
    "l": "LU",
    "n": "NO",
    "p": "PT",
    "s": "SE",
    "fl": "LI",
    "irl": "IE",
}


@cache
def get_codes_by_name() -> Mapping[str, str]:
    """Return the ISO codes of the world's countries by their folded names.

    A name that means one country in one language and another elsewhere is left out.
    """
    codes: dict[str, str] = {}
    doubtful = set()
    for language in LANGUAGES:
        for code, name in babel.Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "EZ"):
                folded = place_name.fold(name)
                if codes.setdefault(folded, code) != code:
                    doubtful.add(folded)
    return {name: code for name, code in codes.items() if name not in doubtful}
