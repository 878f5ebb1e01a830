"""Tell text that somebody can read from text that only looks empty. Pure Python.

SPECIFICATION

A text is readable when it holds a character that shows by itself: a letter, a digit, a
sign. Space of any width, control and format characters (zero-width space, byte order
mark, soft hyphen, marks of direction), accents without a letter, fillers of scripts and
characters that mean nothing are not.
"""

import re
import unicodedata

# Separators, everything that is no character for others (control, format, private,
# unassigned) and marks that need a letter
_UNSEEN_CATEGORIES = ("Z", "C", "M")
# Called letters or signs, and yet blank: fillers of Hangul, the empty pattern of
# Braille, a note without a head
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\U0001d159")
# May stand between what is read, as in emojis and several scripts, but not at the ends
_INVISIBLE_ENDS = (
    r"[\s\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]+"
)
_ENDS = re.compile(rf"\A{_INVISIBLE_ENDS}|{_INVISIBLE_ENDS}\Z")


def is_readable(text: str | None) -> bool:
    """Tell whether a text holds something to read."""
    return any(
        unicodedata.category(character)[0] not in _UNSEEN_CATEGORIES
        and character not in _BLANK
        for character in text or ""
    )


def strip(text: str) -> str:
    """Return a text without what can't be seen around it; empty when there is nothing
    to read."""
    return _ENDS.sub("", text) if is_readable(text) else ""
