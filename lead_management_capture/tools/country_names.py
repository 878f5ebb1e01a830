"""Tell countries by their names in many languages. Pure Python."""

from functools import lru_cache

from odoo.addons.lead_management.tools import place_name

from .typed_date import BIG_LANGUAGES, get_locale

# Names in use that the lists of languages don't have
_OTHER_NAMES = {
    "AE": ("VAE", "EAU", "EAE"),
    "BA": ("Bosnia", "Bosnien", "Bosnie"),
    "CD": ("Congo DR", "DR Congo", "DRC"),
    "CH": ("Schweizerische Eidgenossenschaft", "Confederation Suisse"),
    "CI": ("Elfenbeinküste",),
    "CN": ("Volksrepublik China", "VR China"),
    "CZ": ("Tschechische Republik", "CSR"),
    "DE": ("BRD", "Bundesrepublik", "Bundesrepublik Deutschland", "Fed Rep Germany"),
    "ES": ("Espana",),
    "GB": (
        *("England", "Großbritannien", "Grande-Bretagne", "Angleterre", "Inglaterra"),
        *(
            "Inghilterra",
            "Gran Bretaña",
            "Gran Bretagna",
            "Northern Ireland",
            "Engeland",
        ),
        *("Nordirland", "Schottland", "Groot-Brittannië", "GBR", "VK", "U K"),
    ),
    "HK": ("Hongkong",),
    "IE": ("Eire", "Republic of Ireland", "Republik Irland"),
    "KR": ("ROK", "Südkorea", "Corea", "Korea, South", "South-Korea"),
    "NL": ("Hollande", "Holanda", "Olanda", "Niederlande", "The Netherlands"),
    "SA": ("KSA",),
    "US": (
        *("America", "Amerika", "Amérique", "EEUU", "EE UU", "EUA", "États-Unis"),
        *("Stati Uniti d'America", "Vereinigte Staaten von Amerika", "U S A", "U S"),
        *("Estados Unidos de América", "États-Unis d'Amérique", "VS", "Etats Unis"),
    ),
}
# As Germans type them on other keyboards
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)
# Codes of three letters, as far as people use them
_LONG_CODES = (
    "ARG:AR AUS:AU AUT:AT BEL:BE BGR:BG BRA:BR CAN:CA CHE:CH CHN:CN CYP:CY CZE:CZ "
    "DEU:DE DNK:DK EGY:EG ESP:ES EST:EE FIN:FI FRA:FR GBR:GB GER:DE GRC:GR HRV:HR "
    "HUN:HU IND:IN IRL:IE ISL:IS ISR:IL ITA:IT JPN:JP KOR:KR LTU:LT LUX:LU LVA:LV "
    "MEX:MX NLD:NL NOR:NO NZL:NZ POL:PL PRT:PT ROU:RO RUS:RU SAU:SA SGP:SG SRB:RS "
    "SUI:CH SVK:SK SVN:SI SWE:SE TUR:TR UKR:UA ZAF:ZA "
)


@lru_cache(maxsize=1)
def get_names() -> dict[str, str]:
    """Return ISO codes by folded names; a name that means two countries isn't there."""
    found: dict[str, set[str]] = {}
    for lang in BIG_LANGUAGES:
        if locale := get_locale(lang):
            for code, name in locale.territories.items():
                if len(code) == 2 and code.isalpha():
                    for spelling in (name, name.translate(_UMLAUTS)):
                        found.setdefault(place_name.fold(spelling), set()).add(code)
    names = {name: min(codes) for name, codes in found.items() if len(codes) == 1}
    for pair in _LONG_CODES.split():
        long, _colon, code = pair.partition(":")
        names[long.lower()] = code
    for code, others in _OTHER_NAMES.items():
        names |= dict.fromkeys(map(place_name.fold, others), code)
    return names
