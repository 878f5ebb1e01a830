"""Tell the currency from what people write beside a number. Pure Python.

An ISO code, a sign or a name. A sign that several currencies share stands for the home
currency when that is one of them; otherwise `$` is the US dollar, `¥` the yen and `£`
the pound sterling. `kr`, `krone` and `rupee` stand for no currency in particular.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from babel.core import get_global

_DOLLARS = ("USD", "AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD", "CLP", "COP", "ARS")
_POUNDS = ("GBP", "EGP", "LBP", "SYP")
_CROWNS = ("DKK", "ISK", "NOK", "SEK")
_RUPEES = ("INR", "LKR", "MUR", "NPR", "PKR")
# Signs whose first currency is what the world means by them.
_WORLD_SIGNS = (_DOLLARS, ("JPY", "CNY"), _POUNDS)

# Pattern of a sign or a name, and the currencies it may stand for; none for ISO codes.
# The first pattern that fits wins, so the longer ones come first.
_CODES_BY_PATTERN = [
    (pattern, (currencies,) if isinstance(currencies, str) else currencies)
    for pattern, currencies in (
        (r"US ?\$|U\.S\. ?\$", "USD"),
        (r"AU? ?\$", "AUD"),
        (r"CA? ?\$", "CAD"),
        (r"NZ ?\$", "NZD"),
        (r"HK ?\$", "HKD"),
        (r"NT ?\$", "TWD"),
        (r"SG? ?\$", "SGD"),
        (r"MX ?\$", "MXN"),
        (r"R ?\$", "BRL"),
        (r"CN ?¥|RMB", "CNY"),
        (r"JP ?¥", "JPY"),
        (r"\$", _DOLLARS),
        (r"¥", ("JPY", "CNY")),
        (r"£", _POUNDS),
        (r"€", "EUR"),
        (r"₹", "INR"),
        (r"₩", "KRW"),
        (r"₽", "RUB"),
        (r"₺", "TRY"),
        (r"₪", "ILS"),
        (r"฿", "THB"),
        (r"₫", "VND"),
        (r"₦", "NGN"),
        (r"₱", "PHP"),
        (r"₴", "UAH"),
        (r"zł", "PLN"),
        (r"Kč", "CZK"),
        (r"Ft", "HUF"),
        (r"(?i:kr)\.?", _CROWNS),
        (r"Rs\.?", _RUPEES),
        (r"(?i:(?:united states|u\.s\.|us|american) dollars?)", "USD"),
        (r"(?i:canadian dollars?)", "CAD"),
        (r"(?i:australian dollars?)", "AUD"),
        (r"(?i:dollars?)", _DOLLARS),
        (r"(?i:euros?)", "EUR"),
        (r"(?i:pounds? sterling|sterling)", "GBP"),
        (r"(?i:pounds?)", _POUNDS),
        (r"(?i:yen)", "JPY"),
        (r"(?i:yuan|renminbi)", "CNY"),
        (r"(?i:swiss francs?)", "CHF"),
        (r"(?i:swedish (?:krona|kronor))", "SEK"),
        (r"(?i:norwegian (?:krone|kroner))", "NOK"),
        (r"(?i:danish (?:krone|kroner))", "DKK"),
        (r"(?i:krona|kronor|krone|kroner)", _CROWNS),
        (r"(?i:indian rupees?)", "INR"),
        (r"(?i:rupees?)", _RUPEES),
        (r"(?i:usd|eur|gbp|jpy|chf)", None),
        (r"[A-Z]{3}", None),
    )
]
# Those that are money somewhere today
_ISO_CODES = frozenset(
    code
    for of_territory in get_global("territory_currencies").values()
    for code, _start, end, is_tender in of_territory
    if is_tender and not end
)

# Matches one sign, name or code; it may be none after all, see `get_codes`.
PATTERN = "|".join(pattern for pattern, __ in _CODES_BY_PATTERN)


@lru_cache(maxsize=1024)
def get_codes(text: str) -> frozenset[str]:
    """Return the ISO codes that a text may stand for.

    :param text: a sign, a name or a code
    :return: none when it is no currency
    """
    for pattern, codes in _CODES_BY_PATTERN:
        if re.fullmatch(pattern, text):
            return frozenset(codes or _ISO_CODES & {text.upper()})
    return frozenset()


def choose(codes: Collection[str], home_currency: str | None = None) -> str | None:
    """Return which of the currencies that a sign may stand for is meant.

    :param codes: ISO codes
    :param home_currency: the ISO code of the currency in use
    :return: an ISO code, None when it is not clear
    """
    if len(codes) == 1:
        return next(iter(codes))
    if home_currency in codes:
        return home_currency
    return next((signs[0] for signs in _WORLD_SIGNS if signs[0] in codes), None)
