"""Read titles whose words are cut short: `"Razón Soc."`, `"Bedr.naam"`. Pure Python.

A word with a dot stands for every word that starts with it. What the titles of the
vocabulary mean that can be read so, the title means, if they agree.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from .title_vocabulary import BETWEEN, Meaning, get_titles
from .title_words import NUMBERS

# By how many letters a word may be longer than the shortest that fits
NEAR = 3
_WORD = re.compile(r"([^\W\d_]+)(\.?)|\d+")
# Words that are cut short without a dot, or not at their end
_SHORT = {
    word: f"(?:{longer})"
    for word, longer in {
        "acc": "account",
        "acct": "account",
        "add": "address",
        "addr": "address",
        "adr": "adresse|adres|anschrift|address",
        "abt": "abteilung",
        "ann": "annual",
        "assgn": "assigned",
        "ansp": "ansprechpartner",
        "ap": "ansprechpartner",
        "asp": "ansprechpartner",
        "biz": "business",
        "bus": "business",
        "co": "company",
        "com": "comercial|commercial|commerciale",
        "comp": "company",
        "cty": "city",
        "cust": "customer",
        "dept": "department",
        "dir": "direct|direccion|direction|diretto|directo",
        "dpto": "departamento",
        "dt": "date|datum",
        "emp": "employees|empresa",
        "emps": "employees",
        "empl": "employees|empleados",
        "est": "estimated|estimado|estime",
        "exp": "expected",
        "fa": "firma",
        "fact": "facturacion",
        "fct": "fonction",
        "fn": "funktion",
        "geb": "geburts",
        "ges": "gesamt",
        "mail": "(?:e )?mail",
        "mgr": "manager",
        "mob": "mobile|mobil|mobiel",
        "mt": "montant",
        "nm": "name",
        "opp": "opportunity",
        "org": "organization|organisation",
        "pers": "person|persona|personne|persoon",
        "ph": "phone",
        "posn": "position",
        "qte": "quote",
        "rep": "rep",
        "rif": "referente|riferimento",
        "resp": "responsable|responsabile|responsible",
        "rev": "revenue",
        "sls": "sales",
        "soc": "societe|sociale|social|societa",
        "src": "source",
        "ste": "societe",
        "tel": "tel|telefon|telephone|telefono|telefoon|phone",
        "twn": "town",
        "terr": "territory",
        "zust": "zustandiger|zustandig",
    }.items()
}


@cache
def get_of_short(title: str) -> tuple[Meaning, ...]:
    """Return what a title with words that are cut short means, by the vocabulary."""
    if not (pattern := _get_pattern(title)):
        return ()
    texts = [
        found
        for letter in _get_first_letters(pattern)
        for found in _get_texts().get(letter, ())
        if pattern.fullmatch(found[0])
    ]
    shortest = min((len(text) for text, __ in texts), default=0)
    # "Contac." is the contact, not the number of a contact
    found = [meaning for text, meaning in texts if len(text) <= shortest + NEAR]
    if len({meaning.field for meaning in found}) != 1:
        return ()
    best = max(found, key=lambda meaning: meaning.rank)
    languages = dict.fromkeys(meaning.language for meaning in found)
    return tuple(
        best._replace(language=language, is_exact=False) for language in languages
    )


def _get_pattern(title: str) -> re.Pattern[str] | None:
    """Return how to find the titles that one with dots stands for; None if it has none,
    or too few letters in front of them to tell."""
    pattern, is_short, letters, count = "", False, 0, 0
    for match in _WORD.finditer(_plain(title)):
        word, dot = match.groups()
        if not word or (word in BETWEEN and not dot):
            continue
        letters, count = letters + len(word), count + 1
        is_cut = bool(dot) and word not in NUMBERS and word not in _SHORT
        is_short |= is_cut or word in _SHORT
        pattern += _SHORT.get(word, word) + (r"\w* ?" if is_cut else " ?")
    if (
        not is_short
        or letters < (5 if count == 1 else 4)
        or title.rstrip().endswith("#")
    ):
        return None
    return re.compile(pattern)


def _get_first_letters(pattern: re.Pattern[str]) -> list[str]:
    """Return the letters that what a pattern finds may begin with."""
    if not pattern.pattern.startswith("(?:"):
        return [pattern.pattern[0]]
    words = re.findall(r"\w+", pattern.pattern.partition(") ?")[0])
    return sorted({word[0] for word in words})


@cache
def _get_texts() -> Mapping[str, Sequence[tuple[str, Meaning]]]:
    """Return the titles of the vocabulary by their first letters, by their words that
    count, and what each means."""
    texts: dict[str, list[tuple[str, Meaning]]] = {}
    for title, meaning in get_titles():
        words = re.findall(r"[^\W\d_]+", _plain(title))
        if text := " ".join(word for word in words if word not in BETWEEN):
            texts.setdefault(text[0], []).append((text, meaning))
    return texts


def _plain(title: str) -> str:
    """Return a title in small letters without accents."""
    title = unicodedata.normalize("NFKD", title.casefold().replace("ß", "ss"))
    return "".join(char for char in title if not unicodedata.combining(char))
