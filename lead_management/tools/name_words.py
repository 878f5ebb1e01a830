"""Read a company's name as words: the first three steps of its key. Pure Python.

What is done is said in `account_key.py`.
"""

import re
import unicodedata

_REGIONS = (
    "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne "
    "nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr "
    "ab bc mb nb nl ns on pe qc sk yt "
    "ci cn can uk gb ie hk sg jp fi de fr nl ch lu bm ky vg bvi "
    "new old adr ads gdr spon spn delaware nevada maryland cayman bermuda"
)
_TAIL = re.compile(
    r"(?<=\w[\s.)])\s*[/\\]\s*[A-Za-z]{2,4}\s*[/\\]?\s*$"  # Inc. /DE/, CORP \TX\
    r"|\s*[/\\]\s*(?:cayman islands|marshall islands|british virgin islands|"
    + "|".join(sorted(set(_REGIONS.split())))
    + r")\s*[/\\]?\s*$"
    r"|(?<=\w)\s*[/\\]\s*$",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s*\((?:[^()A-Z]*[a-z][^()]*|(?i:class|series)\s+\w{1,2})\)\s*$")
_SIGNS = re.compile(r"[®™℠©]|\((?:r|tm|sm)\)", re.IGNORECASE)
_TRAILING_THE = re.compile(r"(?:,\s*the|\(\s*the\s*\))\s*\.?\s*$")
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
_SLASHED = re.compile(r"(?<![^\W_])[^\W\d_]/[^\W\d_](?:/[^\W\d_])?(?![^\W_])")
_APOSTROPHES = re.compile(r"(?<=\w)['’‘`´ʼ′＇](?=\w)|['’‘`´ʼ′＇](?=\W|$)")
# Legal forms that are words of some language when they are written without their signs
_MARKED_FORM = re.compile(
    r"(?<=\w[\s,.)])\s*(i\.\s?l|i\.\s?g|c\.\s?a|e\.\s?u|i/s)\.?\s*$"
)
_MARKED_FORMS = {
    "i.l": "in liquidation",
    "i.g": "in grundung",
    "c.a": "compania anonima",
    "e.u": "eingetragenes unternehmen",
    "i/s": "interessentskab",
}
_HEBREW_QUOTE = re.compile(r"(?<=[א-ת])[\"״”'׳](?=[א-ת])")
_ASCII_BREAK = re.compile(r"[^a-z0-9]+")
_JOINING_SIGN = re.compile(r"\s*[&+＆]\s*")
_JOINING = frozenset(
    ["and", "und", "et", "och", "og", "en", "ve", "y", "e", "i", "и", "та", "και"]
)
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ŋ": "n",
        "ĸ": "k",
        "ə": "a",
        "ё": "е",
    }
)

# What names end in that American registers have turned round
_TURNED_FORMS = frozenset(["co", "company", "corp", "corporation", "inc"])


def without_signs(text: str) -> str:
    """Return a name without the signs of trademarks."""
    return _SIGNS.sub("", text)


def split_words(text: str) -> list[str]:
    """Return the folded words of a name, without tails and joining words."""
    text = _without_tails(without_signs(text))
    text = _fold_letters(text)
    text = _TRAILING_THE.sub("", text) or text
    text = _MARKED_FORM.sub(_write_out, text)
    text = _APOSTROPHES.sub("", text)
    text = _DOTTED.sub(lambda match: match[0].replace(".", "") + " ", text)
    text = _SLASHED.sub(lambda match: match[0].replace("/", ""), text)
    text = _plus_as_word(text)
    words = []
    for piece in _JOINING_SIGN.split(text):
        words += _drop_joining(_split(piece))
    words = _join_initials(_turn_round(words))
    if len(words) > 1 and words[0] == "the":
        del words[0]
    if len(words) > 1 and words[0] == "o" and len(words[1]) > 2:
        words[:2] = ["o" + words[1]]
    return words


def _write_out(match: re.Match[str]) -> str:
    return " " + _MARKED_FORMS[re.sub(r"\s", "", match[1])]


def _without_tails(text: str) -> str:
    while (shorter := _REMARK.sub("", _TAIL.sub("", text))) != text and shorter:
        text = shorter
    return text


def _fold_letters(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    text = _HEBREW_QUOTE.sub("", text)
    letters, base = [], ""
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.category(char) != "Mn":
            base = char
        elif base < "\u0400":
            continue  # the accent of a Latin or Greek letter
        letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters))


def _plus_as_word(text: str) -> str:
    """Write the last + of "Disney+" as a word: it joins nothing."""
    stripped = text.rstrip()
    return f"{stripped[:-1]} plus" if re.search(r"\w\+$", stripped) else text


def _split(text: str) -> list[str]:
    if text.isascii():
        return _ASCII_BREAK.sub(" ", text).split()
    return "".join(
        char if unicodedata.category(char)[0] in "LNM" else " " for char in text
    ).split()


def _drop_joining(words: list[str]) -> list[str]:
    """Take off joining words; next to initials, a single letter is one of them."""
    kept = []
    for at, word in enumerate(words):
        between = 0 < at < len(words) - 1
        if between and word in _JOINING:
            around = words[at - 1], words[at + 1]
            if len(word) > 1 or all(len(other) > 1 for other in around):
                continue
        kept.append(word)
    return kept


def _turn_round(words: list[str]) -> list[str]:
    """Put the initials in front that stand between one name and its legal form."""
    name = [word for word in words if word not in _TURNED_FORMS]
    ending = words[len(name) :]
    first, *rest = name or [""]
    if (
        ending
        and set(ending) <= _TURNED_FORMS
        and 2 <= len(rest) <= 3
        and len(first) > 2
        and all(len(word) == 1 and "a" <= word <= "z" for word in rest)
    ):
        return [*rest, first, *ending]
    return words


def _join_initials(words: list[str]) -> list[str]:
    joined, run = [], ""
    for word in words:
        if len(word) == 1 and "a" <= word <= "z":
            run += word
            continue
        if run:
            joined.append(run)
            run = ""
        joined.append(word)
    return [*joined, run] if run else joined
