"""Whether two values say the same, only written in two ways."""

import re

NO_DIGIT = re.compile(r"\D")
BEFORE_HOST = re.compile(r"^\s*(?:https?://)?(?:www\.)?", re.IGNORECASE)


def is_same_writing(one: object, other: object) -> bool:
    """Tell whether two texts differ in case, spaces and the like at most.

    Phone numbers are compared by their digits, addresses of web sites without what
    browsers add. Values that aren't texts are the same if they are equal.
    """
    if not isinstance(one, str) or not isinstance(other, str):
        return bool(one == other)
    if _is_number(one) and _is_number(other):
        return NO_DIGIT.sub("", one) == NO_DIGIT.sub("", other)
    return _fold(one) == _fold(other)


def _is_number(text: str) -> bool:
    """Tell whether a text is a phone number: of digits and what is put between them."""
    return bool(re.fullmatch(r"[\d\s()+./-]*\d[\d\s()+./-]*", text))


def _fold(text: str) -> str:
    return " ".join(BEFORE_HOST.sub("", text).casefold().split()).rstrip("/")
