"""Tell names from what people type where a form wants one and they have none. Pure.

SPECIFICATION

A placeholder is all there is of a text: "n/a" is one, "NA-KD" and "None Ltd" are names.
Case, accents, signs around and between words, and repeating do not matter: "- N/A -",
"none none" and "(KEINE)" are placeholders. These are:

1. **Signs only**: "-", "…", "???", "//". "!!!" is a band.
2. **Runs**: "xxx", "000", "aaaa", "12345", and what lies side by side on a keyboard.
3. **Phrases** of `PHRASES`, which say in the language of who types them: none, unknown,
   private, not applicable, to be determined, as above, test.
4. **Letters** of `LETTERS`, written apart ("k. A.", "n/d") or as one word in small
   letters or with a capital at the end ("kA"). In capitals they may be a name.
5. **Errors of spreadsheets**: "#N/A", "#NV", "#REF!", "NaN".

Companies do not have such names. People do: Nil, Nada and No are names, so that of a
person is judged without `PEOPLE`.

A word goes into the list if people type it for "none" and no business is known by that
word alone: "private" is in, "nothing", "self" and "individual" are not.
"""

import re
import unicodedata
from functools import lru_cache

MAX_LENGTH = 60  # no placeholder is longer


def _fold(text: str) -> str:
    """Return a text without case, accents and invisible signs."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("ß", "ss")
    text = text.translate(_LETTERS_LIKE)
    return "".join(
        char
        for char in unicodedata.normalize("NFD", text)
        if unicodedata.category(char) not in ("Mn", "Cf", "Cc") or char.isspace()
    )


_LETTERS_LIKE = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "ё": "е", "æ": "ae"})

_TEXTS = (
    # English
    "na, none, nil, null, no, unknown, unkown, unknow, not known, not available,"
    "not applicable, does not apply, doesn't apply, not provided, not specified,"
    "not given, not stated, not disclosed, not set, undisclosed, unspecified,"
    "undefined, unnamed, no name, noname, no company, no company name,"
    "no organization, no organisation, no business, no employer, no firm,"
    "without company, private, private person, private individual, private customer,"
    "private citizen, personal, personal use, self employed, selfemployed, freelance,"
    "freelancer, sole trader, unemployed, retired, student, tbd, tba, tbc,"
    "to be determined, to be defined, to be announced, to be confirmed,"
    "to be advised, test, testing, test test, tests, test company, test lead, dummy,"
    "anonymous, blank, empty, false, missing, ditto, same, same as above, as above,"
    "see above, see notes, dont know, don't know, i don't know, not sure, no idea,"
    "none of your business,"
    # German
    "kein, keine, keiner, keines, keins, keine angabe, keine angaben, ohne angabe,"
    "ohne angaben, ohne, unbekannt, nicht bekannt, nicht vorhanden, nicht angegeben,"
    "nicht zutreffend, trifft nicht zu, nicht verfügbar, nicht relevant, keine firma,"
    "keine firma vorhanden, ohne firma, kein unternehmen, kein name, privat, private,"
    "privater, privatperson, privatkunde, privatkundin, privathaushalt, privatmann,"
    "privatier, selbständig, selbstständig, freiberufler, freiberuflich,"
    "freiberuflerin, rentner, rentnerin, arbeitslos, leer, nix, nichts, anonym,"
    "siehe oben, wie oben, dito, weiß nicht, weiss nicht, noch offen, folgt,"
    # French
    "aucun, aucune, aucune entreprise, aucune société, sans, sans société,"
    "sans entreprise, sans nom, néant, inconnu, inconnue, non renseigné,"
    "non renseignée, non communiqué, non applicable, non disponible, non précisé,"
    "non connu, sans objet, particulier, particulière, privé, privée,"
    "personne privée, personne physique, à compléter, à définir, à déterminer, rien,"
    "pas de société, pas d'entreprise, je ne sais pas, ne sait pas, vide, retraité,"
    "retraitée, étudiant,"
    # Spanish
    "ninguno, ninguna, ningún, ninguna empresa, sin empresa, sin compañía,"
    "sin nombre, sin datos, sin dato, sin información, sin especificar,"
    "no especificado, no aplica, no aplicable, no disponible, no procede, no tiene,"
    "no tengo, no sé, no hay, desconocido, desconocida, particular, privado, privada,"
    "persona física, persona particular, por definir, por determinar, nada, vacío,"
    "anónimo, prueba,"
    # Italian
    "nessuno, nessuna, nessun, nessuna azienda, nessuna società, nessuna ditta,"
    "senza azienda, senza nome, sconosciuto, sconosciuta, privato, privata,"
    "non disponibile, non applicabile, non specificato, non noto, non so,"
    "da definire, ignoto, persona fisica, niente, vuoto, prova, anonimo,"
    # Portuguese
    "nenhum, nenhuma, nenhuma empresa, sem empresa, sem nome, desconhecido,"
    "desconhecida, não aplicável, não se aplica, não informado, não disponível,"
    "não tem, não tenho, não sei, não, pessoa física, a definir, teste,"
    # Dutch
    "geen, geen bedrijf, geen idee, onbekend, niet van toepassing, niet bekend,"
    "niet beschikbaar, niet opgegeven, nvt, particulier, prive, leeg, zie boven,"
    # Danish, Norwegian, Swedish
    "ingen, inget, inga, intet, ingen firma, ingen virksomhed, inget företag,"
    "inget bolag, okänd, okänt, ukjent, ukendt, ej tillämpligt, ikke relevant,"
    "ikke oplyst, ikke oppgitt, ej angivet, ej angiven, saknas, privatperson,"
    "privatkund,"
    # Finnish, Estonian
    "ei ole, ei mitään, ei tiedossa, tuntematon, yksityinen, yksityishenkilö, puudub,"
    "teadmata, eraisik,"
    # Polish, Czech, Slovak
    "brak, brak danych, brak firmy, nieznany, nieznana, nieznane, nie dotyczy,"
    "nie podano, prywatny, prywatna, prywatnie, osoba prywatna, osoba fizyczna,"
    "żaden, żadna, žádný, žádná, žádné, neznámý, neznámá, neuvedeno, soukromá osoba,"
    "soukromé, bez firmy, fyzická osoba, žiadna, žiadny, neznáme, neuvedené,"
    "súkromná osoba,"
    # Hungarian, Romanian, Croatian, Slovene, Turkish
    "nincs, nincs cég, ismeretlen, magánszemély, nem ismert, niciunul, niciuna,"
    "necunoscut, necunoscută, persoană fizică, fără, nu este cazul, nema, nepoznato,"
    "nepoznat, neznano, privatno, fizička osoba, yok, bilinmiyor, belirtilmemiş,"
    "şahıs, bireysel, hiçbiri, şirket yok,"
    # Greek, Cyrillic
    "κανένα, κανένας, καμία, άγνωστο, άγνωστη, ιδιώτης, δεν υπάρχει, нет, неизвестно,"
    "неизвестна, неизвестен, не указано, не указана, не известно, частное лицо,"
    "физлицо, физическое лицо, отсутствует, без компании, тест, немає, невідомо,"
    "не вказано, приватна особа, няма, неизвестна фирма, частно лице, непознато,"
    # Hebrew, Arabic
    "אין, לא ידוע, לא רלוונטי, פרטי, لا يوجد, لا شيء, غير معروف, غير متوفر, بدون,"
    "خاص,"
    # Chinese, Japanese, Korean
    "无, 無, 没有, 沒有, 未知, 个人, 個人, 不详, 不詳, 暂无, 暫無, 待定, 不适用,"
    "なし, 無し, ナシ, 不明, 未定, 該当なし, 非公開, 未記入, 未設定, 없음, 미정,"
    "개인, 모름, 해당없음, 해당 없음, 미상,"
    # Keyboards and filler
    "asd, asdf, asdfg, asdfgh, asdfghj, asdfghjkl, qwe, qwer, qwert, qwerty, qwertz,"
    "azerty, yxcv, zxcv, zxcvbn, foo, foobar, foo bar, bla, blabla, bla bla bla,"
    "lorem, lorem ipsum, xyz,"
)
# Where the language leaves out words: n/a, k.A., o.A., n.d., n.c., s.o., n.v.t. …
_LETTER_TEXTS = "na ka oa nd nc nv nb so sn sd np no nk tbd tba tbc nvt nn nr nz нд нп"
_PEOPLE_TEXTS = (
    "na, nil, no, nada, test, student, retired, nan, none, particular, private, privat,"
    "prova, same, folgt, ohne, ka, nd, so, sn, nn, nr, sans, brak, same"
)


def _words(text: str) -> list[str]:
    """Return the words of a folded text. & and + join names: A&N is one."""
    return re.sub(r"[^\w&+]|_", " ", text.replace("'", "")).split()


PHRASES = frozenset(" ".join(_words(_fold(text))) for text in _TEXTS.split(",")) - {""}
LETTERS = frozenset(_LETTER_TEXTS.split())
PEOPLE = frozenset(text.strip() for text in _PEOPLE_TEXTS.split(","))
_SHEET_ERRORS = frozenset(
    [
        "#na",
        "#nv",
        "#nd",
        "#ref",
        "#value",
        "#wert",
        "#name",
        "#null",
        "#valeur",
        "#nom",
    ]
)
_COUNTING = "1234567890"
_BETWEEN = re.compile(r"[()\[\]/,;|:]+|\s[-–—]+\s")


@lru_cache(maxsize=20_000)
def is_placeholder(name: str | None) -> bool:
    """Tell whether a company's name is none. An empty text is no placeholder."""
    text = (name or "").strip()
    if not text or len(text) > MAX_LENGTH:
        return False
    folded = _fold(text)
    words = _words(folded)
    if not words or not any(word.strip("&+") for word in words):
        return text != "!!!"
    return (
        _is_phrase(words)
        or _are_phrases(folded)
        or _is_run("".join(words), text)
        or _are_letters(words, text)
        or _is_sheet_error(folded, text)
    )


def is_placeholder_of_person(name: str | None) -> bool:
    """Tell whether a person's name is none."""
    words = _words(_fold(name or ""))
    return is_placeholder(name) and (len(words) != 1 or words[0] not in PEOPLE)


def _is_phrase(words: list[str]) -> bool:
    """Tell whether words are a phrase, perhaps several times."""
    count = len(words)
    return any(
        words == words[:size] * (count // size) and " ".join(words[:size]) in PHRASES
        for size in range(1, count + 1)
    )


def _are_phrases(folded: str) -> bool:
    """Tell whether the parts of a text that signs separate are phrases."""
    parts = [_words(part) for part in _BETWEEN.split(folded)]
    return all(_is_phrase(part) for part in parts if part)


def _is_run(text: str, written: str) -> bool:
    """Tell whether letters or digits only fill a field."""
    kinds = set(text)
    if kinds in ({"x"}, {"y"}, {"z"}):
        return len(text) > 1 or written.islower()
    if len(kinds) == 1:
        return text[0] == "0" or (len(text) > 3 and text[0] not in "&+")
    return len(text) > 3 and _COUNTING.startswith(text)


def _are_letters(words: list[str], written: str) -> bool:
    """Tell whether words are the letters of an abbreviation for none."""
    text = "".join(words)
    if len(words) == 1:
        return text in LETTERS and written.strip(".,;:-–() ")[:1].islower()
    return all(len(word) == 1 for word in words) and any(
        text[:size] in LETTERS and text == text[:size] * (len(text) // size)  # n/a n/a
        for size in (2, 3)
    )


def _is_sheet_error(folded: str, written: str) -> bool:
    sign = re.sub(r"[^\w#]", "", folded)
    return sign in _SHEET_ERRORS or written in ("NaN", "nan", "#DIV/0!")
