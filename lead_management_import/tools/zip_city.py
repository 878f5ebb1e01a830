"""Take a postal code and a town apart that stand in one cell. Pure Python."""

import re

_BEFORE = re.compile(
    r"(?:[A-Z]{1,3}[-–]\s?)?"  # the country: D-80331
    r"(\d{4}\s?[A-Z]{2}|\d{2}-\d{3}|\d{3}\s\d{2}|\d{4,6}(?:-\d{3,4})?)"
    r"[\s,]+(?![A-Z]{2}$)([^\W\d].*)"
)
_BEHIND = re.compile(
    r"([^\W\d].*?)[\s,]+"
    r"([A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|\d{4}\s?[A-Z]{2}|\d{4,6}(?:-\d{3,4})?)"
)


def split(text: str) -> tuple[str, str] | None:
    """Return `(postal code, town)`, None unless a text is both."""
    text = text.strip()
    if match := _BEFORE.fullmatch(text):
        return match[1], match[2].strip()
    if match := _BEHIND.fullmatch(text):
        return match[2], match[1].strip(" ,")
    return None
