"""Why a text is no number. Pure Python."""

# Why a text is refused; the text, or the detail, is in the error's arguments.
NO_NUMBER = "no_number"
SEVERAL = "several"
RANGE = "range"
AMBIGUOUS = "ambiguous"
GROUPING = "grouping"
NEGATIVE = "negative"
UNKNOWN_TEXT = "unknown_text"
CURRENCIES = "currencies"
SHARED_SIGN = "shared_sign"
NOT_WHOLE = "not_whole"
MONEY = "money"
TOO_LARGE = "too_large"


class MessyNumberError(ValueError):
    """A text that can't be read as one number.

    `reason` is one of the constants of this module; `detail` is the part of the text
    that is to blame, or what it may mean.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def shorten(text: str) -> str:
    """Return a text that is to blame, in a length that can be told."""
    text = text.strip()
    return text if len(text) <= 40 else f"{text[:39]}…"
