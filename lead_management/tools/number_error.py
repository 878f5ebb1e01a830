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

_EXPLANATIONS = {
    NO_NUMBER: "there is no number in it",
    SEVERAL: "it has several numbers: {detail}",
    RANGE: "it is a range: {detail}",
    AMBIGUOUS: "it can be read in two ways: {detail}",
    GROUPING: "the digits of “{detail}” are grouped in an unusual way",
    NEGATIVE: "it is negative",
    UNKNOWN_TEXT: "“{detail}” is not understood",
    CURRENCIES: "it has several currencies: {detail}",
    SHARED_SIGN: "the currency may be {detail}",
    NOT_WHOLE: "{detail} is not a whole number",
    MONEY: "it is an amount of money",
    TOO_LARGE: "it is larger than {detail}",
}


class MessyNumberError(ValueError):
    """A text that can't be read as one number.

    `reason` is one of the constants of this module; `detail` is the part of the text
    that is to blame, or what it may mean.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(_EXPLANATIONS[reason].format(detail=detail))
        self.reason = reason
        self.detail = detail


def shorten(text: str) -> str:
    """Return a text that is to blame, in a length that can be told."""
    text = text.strip()
    return text if len(text) <= 40 else f"{text[:39]}…"
