"""Write company names of other scripts in Latin letters, and by how they sound.

SPECIFICATION

`romanized(key)` is a key (see `account_key`) in Latin letters: words of business are
translated (`business_terms.py`), the rest is spelled by the package `anyascii`.
`sound(key)` is what a name has in common with its spellings in other scripts: of the
words that tell something, the consonants, those as one that one script or another does
not tell apart. Vowels are left out: Arabic and Hebrew hardly write them.

| letter | consonants |
|---|---|
| `B` | b, f, p, v, and w in front |
| `K` | c, g, k, q, kh |
| `L` | l, r |
| `M`, `N` | m, n; an n before b or p is an m |
| `S` | j, s, z, ch, sh, ts |
| `T` | d, t |
| `A`, `H` | a vowel or y, and h in front |

The package is optional: without it, names in other scripts are compared among
themselves only. Pure Python.
"""

import re
from functools import lru_cache

from .business_terms import GLUED, SPACED
from .company_words import PLACES, TELLING, split_compounds, weight

try:
    from anyascii import anyascii
except ImportError:
    anyascii = None

OTHER_SCRIPT = "~"
ABJADS = frozenset(("arabic", "hebrew"))  # that hardly write vowels
_GLUED_TERM = re.compile(f"({'|'.join(sorted(GLUED, key=lambda t: (-len(t), t)))})")
_MANY_WORDS = re.compile(
    "|".join(sorted((term for term in SPACED if " " in term), key=len, reverse=True))
)
_SCRIPTS = (
    ("cyrillic", "\u0400", "\u052f"),
    ("greek", "\u0370", "\u03ff"),
    ("hebrew", "\u0590", "\u05ff"),
    ("arabic", "\u0600", "\u06ff"),
    ("devanagari", "\u0900", "\u097f"),
    ("thai", "\u0e00", "\u0e7f"),
    ("hangul", "\uac00", "\ud7af"),
    ("han", "\u3040", "\u9fff"),
)
# What a script writes otherwise than its letters are spelled one by one
_SPELLINGS = {
    "cyrillic": [(r"(ого|ий|ый|ой|ая|ое)\b", "y")],
    "devanagari": [("[ंँ]", "न")],
    "thai": [
        (r"^อ(?=[ก-ฮ])", "a"),
        (r"(?<=[ก-ฮ])ร(?=$|[เแโใไ])", "รน"),
        (r"([เแโใไ])([ก-ฮ])", r"\2\1"),
        (r"[ก-ฮ]์", ""),
        ("ว(?=[ก-ฮ])", ""),
    ],
    "greek": [
        *((r"\bγι(?=[αεου])", "y"), ("μπανκ", "bank")),
        *((r"\bμπ", "b"), ("μπ", "mb"), (r"\bντ", "d"), ("ντ", "nd")),
        *(("γκ", "g"), ("χ", "h"), ("τζ", "j"), ("ου", "ou")),
    ],
    "arabic": [("نج", "ng"), (r"\bال(?=\w{3})", "al "), ("ة", "")],
    "hebrew": [(r"וו|\bו", "v"), ("ו", "o"), ("ק", "k"), ("צ׳", "ch")],
    "han": [
        ("ッ(.)", r"\1"),
        ("(?<=[エケセテネヘメレゲゼデベペ])ー", "イ"),
        ("ー", ""),
    ],
}
# How Latin letters are called: "LG", "CP". Of each script first the names that are
# hardly anything else.
_LETTER_NAMES = {
    "hangul": (
        "에이치h 에프f 케이k 엘l 엠m 엔n 큐q 에스s 브이v 씨c",
        "에이a 비b 디d 지g 아이i 제이j 피p 티t 유u",
    ),
    "devanagari": (
        "एचh एफf आईi एलl एमm एनn आरr एसs",
        "एa बीb सीc डीd ईe जीg जेj केk ओo पीp टीt यूu वीv",
    ),
    "thai": (
        "เอชh เอฟf แอลl เอ็มm เอ็นn คิวq อาร์r เอสs",
        "เอa บีb ซีc ดีd อีe จีg ไอi เจj เคk โอo พีp ทีt ยูu วีv",
    ),
}


class _LetterNames:
    """The names of letters in a script: of a whole word, or in front of the rest of it
    or behind, where one of them is hardly anything else."""

    def __init__(self, clear: str, others: str):
        names = {name[:-1]: name[-1] for name in (*clear.split(), *others.split())}
        longest = sorted(names, key=len, reverse=True)
        self._letters = names
        self._clear = re.compile("|".join(name[:-1] for name in clear.split()))
        self._one = re.compile("|".join(longest))
        several = f"(?:{self._one.pattern}){{2,4}}"
        self._several = re.compile(f"^{several}|{several}$")

    def replace(self, word: str) -> str:
        """Return the word with letters in the place of their names."""
        return self._several.sub(lambda match: self._read(match[0], word), word)

    def _read(self, found: str, word: str) -> str:
        if found != word and not self._clear.search(found):
            return found
        return self._one.sub(lambda match: self._letters[match[0]], found)


_LETTERS = {written: _LetterNames(*names) for written, names in _LETTER_NAMES.items()}
# Letters that are one sound together, or another one beside certain others
_TOGETHER = re.compile(
    "tch|tsch|sch|zh|sh|ch|ts|tz|dz|dj|dg(?=e)|ph|[bdgkt]h|ck|qu|^x|x|c(?=[eiy])"
    "|n(?=[bfp])|^[wh]|^[aeiouy]|[^a-z]"
)
_SOUND_TOGETHER = {
    **dict.fromkeys("tch tsch sch zh sh ch ts tz dz dj dg c".split(), "s"),
    "ph": "f",
    "bh": "b",
    "dh": "d",
    "gh": "g",
    "kh": "k",
    "th": "t",
    "ck": "k",
    "qu": "k",
    "n": "m",
    "w": "v",
    "h": "H",
    **dict.fromkeys("aeiouy", "A"),
}
_SOUND_LETTERS = {"B": "bfpv", "K": "cgkq", "L": "lr", "M": "m", "N": "n", "S": "jsz"}
_SOUND_LETTERS |= {"T": "dt", "-": "aeiouyhw"}
_SOUND = str.maketrans(
    {letter: sound for sound, letters in _SOUND_LETTERS.items() for letter in letters}
)
_REPEATED = re.compile(r"(.)\1+")


def is_available() -> bool:
    """Tell whether names of other scripts can be written in Latin letters."""
    return anyascii is not None


@lru_cache(maxsize=4_000)
def script(text: str) -> str:
    """Return in which script a text is, by its first letter that isn't ASCII."""
    if text.isascii():
        return ""
    first = next(char for char in text if char > "\x7f")
    return next((name for name, a, z in _SCRIPTS if a <= first <= z), "other")


def is_spelled_otherwise(one: str, other: str) -> bool:
    """Tell whether two keys are in different scripts, and can be compared so."""
    if one.isascii() and other.isascii():
        return False
    return is_available() and script(one) != script(other)


@lru_cache(maxsize=20_000)
def romanized(key: str) -> str:
    """Return a key in Latin letters; see the module."""
    if key.isascii() or not is_available():
        return key
    key = _MANY_WORDS.sub(lambda match: SPACED[match[0]], key)
    words: list[str] = []
    for word in key.split():
        if word in SPACED:
            words.append(SPACED[word])
            continue
        parts = [word] if word.isascii() else _GLUED_TERM.split(word)
        words += [GLUED.get(part) or _spell(part) for part in parts]
    return " ".join(" ".join(words).split())


def _spell(text: str) -> str:
    """Return a text letter by letter in Latin ones, in words of letters and digits."""
    written = script(text)
    if written in _LETTERS:
        text = _LETTERS[written].replace(text)
    for pattern, spelling in _SPELLINGS.get(written, ()):
        text = re.sub(pattern, spelling, text)
    if written == "hangul":
        text = "".join(map(_close_syllable, text))
    found = anyascii(text).lower()
    if written == "hangul":
        # One vowel each: that of "her", the a of "name", and what only keeps
        # consonants apart
        for pattern, spelling in (("eo", "e"), ("ei", "a"), ("eu(?!i)", "")):
            found = re.sub(pattern, spelling, found)
    if written == "han":
        found = found.replace("x", "sh").replace("q", "ch")  # Pinyin
        found = re.sub(r"(sh|ch|j)iy(?=[auo])", r"\1", found)  # small kana
        found = re.sub(r"(?<=[^aeiou])iy(?=[auo])", "y", found)
    found = re.sub(r"^['`]", "a", found)
    return re.sub(r"[^a-z0-9 ]+", "", found)


def _close_syllable(char: str) -> str:
    """Return a Korean syllable, its closing s as the t that is spoken."""
    place = ord(char) - 0xAC00
    is_closed = 0 <= place < 11172 and place % 28 == 19
    return chr(ord(char) - 12) if is_closed else char


@lru_cache(maxsize=20_000)
def word_sound(word: str) -> str:
    """Return the consonants of a word in Latin letters; see the module."""
    word = _TOGETHER.sub(_get_sound_together, word).translate(_SOUND)
    return _REPEATED.sub(r"\1", word).replace("-", "")


def _get_sound_together(match: re.Match[str]) -> str:
    letters = match[0]
    if letters == "x":
        return "ks" if match.start() else "s"
    return _SOUND_TOGETHER.get(letters, "")


def sounds(key: str) -> list[str]:
    """Return the sounds of the words of a name that tell something, in their order; of
    a name of common words, of all of them, sorted, with the places behind."""
    words = split_compounds(romanized(key).split())
    telling = [word for word in words if weight(word) >= TELLING]
    if not telling:
        common = [word for word in words if weight(word) > 0.1]
        telling = sorted(common, key=lambda word: (word in PLACES, word))
        # "Air" or "Airlines", "Lab" or "Laboratories"
        telling = [word if word in PLACES else word[:3] for word in telling]
    return [found for found in map(word_sound, telling) if found]


def sound(key: str) -> str:
    """Return how a name sounds, as it is stored and looked up.

    :return: that of a name in another script begins with OTHER_SCRIPT: names in Latin
        letters look for such ones only; an empty string for what cannot be said
    """
    found = "".join(sounds(key))
    if key.isascii():
        return found
    return OTHER_SCRIPT + found if is_available() else ""


def similar_sounds(key: str) -> set[str]:
    """Return how a name may sound as it is spelled in another script: all of it or its
    beginning, with an r more or less, without the end of a case."""
    words = sounds(key)
    found = {"".join(words[:count]) for count in range(1, len(words) + 1)}
    for text in list(found):
        found.update(text[:i] + text[i + 1 :] for i, c in enumerate(text) if c == "L")
        found.update(f"{text[:i]}L{text[i:]}" for i in range(1, len(text) + 1))
        found.update(text[:-count] for count in (1, 2) if len(text) > count + 2)
        if text[0] in "AB":
            found.add({"A": "B", "B": "A"}[text[0]] + text[1:])
    # The Arabic article, written together: "Almarai"
    if script(key) == "arabic":
        found.update(f"AL{text}" for text in list(found))
    elif key.isascii():
        found.update(text[2:] for text in list(found) if text.startswith("AL"))
    return found - {""}
