"""The words that stand beside numbers, and what they say of them. Pure Python.

Folded to lower case, in the languages in which lists and web forms come.
"""

from . import currency_sign

# What is written where nothing is known
NOTHING_SAID = {
    *("-", "–", "—", "?", "n/a", "n.a.", "na", "none", "nil", "null", "unknown"),
    *("undisclosed", "not disclosed", "not available", "tbd", "tba"),
}
# By which power of ten they multiply
SCALES = {
    **dict.fromkeys(("k", "thousand", "thousands"), 3),
    **dict.fromkeys(("lakh", "lakhs"), 5),
    **dict.fromkeys(("m", "mm", "mn", "mln", "mio", "million", "millions"), 6),
    **dict.fromkeys(("crore", "crores"), 7),
    **dict.fromkeys(("b", "bn", "bln", "billion", "billions"), 9),
    **dict.fromkeys(("mrd", "milliard", "milliards"), 9),
    **dict.fromkeys(("tn", "trn", "trillion", "trillions"), 12),
    # In other languages, where they mean the same in all of them
    **dict.fromkeys(("tsd", "tausend", "mila", "duizend", "tusen"), 3),
    **dict.fromkeys(("tys", "тыс"), 3),
    **dict.fromkeys(("millionen", "millones", "millón", "millon", "milione"), 6),
    **dict.fromkeys(("milioni", "milhão", "milhões", "miljoen", "miljoner"), 6),
    **dict.fromkeys(("milion", "miliony", "milionów", "млн"), 6),
    **dict.fromkeys(("milliarde", "milliarden", "milliards", "miliardo"), 9),
    **dict.fromkeys(("miliardi", "miljard", "mld", "млрд"), 9),
}
# Whoever says so means the number
ESTIMATES = {
    *("c", "ca", "circa", "about", "around", "approx", "approximately", "roughly"),
    *("some", "nearly", "almost", "over", "above", "under", "below", "more", "less"),
    *("fewer", "than", "at", "least", "most", "up", "to", "from", "between"),
    *("est", "estimated"),
    *("etwa", "rund", "zirka", "ungefähr", "environ", "unos", "aproximadamente"),
    *("ongeveer", "ungefär", "około", "max", "maximal", "maximum", "bis"),
    *("über", "mehr", "als", "knapp", "fast", "unter", "weniger", "mind"),
    *("mindestens", "höchstens", "plus", "moins", "más", "menos", "presque", "casi"),
    *("de", "oltre", "più", "meno", "di", "quasi", "meer", "minder", "dan", "bijna"),
    *("tot", "hasta", "fino", "jusqu", "à", "cerca", "aprox", "minimum", "minimal"),
    *("mínimo", "máximo", "minimo", "massimo", "około", "ponad", "mais", "gut"),
}
# Whose number it is
WHOLE_GROUP = {"total", "consolidated", "group", "worldwide", "globally", "global"}
# What is counted, and what an amount is of
COUNT_WORDS = {
    *("employee", "employees", "people", "persons", "staff", "workers", "headcount"),
    *("fte", "ftes", "full-time"),
    *("mitarbeiter", "mitarbeitende", "mitarbeiterinnen", "angestellte", "personen"),
    *("ma", "beschäftigte", "leute", "employés", "salariés", "personnes", "empleados"),
    *("pers", "persone", "collaborateurs", "collaboratori", "trabajadores", "empl"),
    *("funcionários", "pessoas", "pracowników", "osób", "mdw", "personer", "köpfe"),
    *("personas", "dipendenti", "addetti", "medewerkers", "werknemers", "anställda"),
}
AMOUNT_WORDS = {
    *("revenue", "revenues", "turnover", "sales", "net", "annual", "gross", "budget"),
    *("netto", "brutto", "zzgl", "inkl", "exkl", "excl", "incl", "mwst", "ust", "vat"),
    *("tax", "btw", "iva", "tva", "ht", "ttc", "hors", "taxes", "neto", "bruto"),
}


def is_scale(word: str) -> bool:
    """Tell whether a word behind a number multiplies it."""
    return word.lower() in SCALES


def is_unit(word: str) -> bool:
    """Tell whether a word beside a number says nothing but its scale, its currency or
    what is counted."""
    return (
        is_scale(word)
        or word.lower() in COUNT_WORDS
        or bool(currency_sign.get_codes(word))
    )
