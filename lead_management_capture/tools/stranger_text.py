"""Write what a stranger typed so that it may be sent to somebody else. Pure Python.

A visitor can type any e-mail address into a form, and the automatic answer goes there.
What else was typed is in it for courtesy ("Dear Jane"); in full, it would make the form
a way to send letters in the company's name.
"""

import re
import textwrap

LINE_LENGTH = 60
TEXT_LENGTH = 200

_SCHEME = re.compile(r"[a-z][a-z\d+.-]*:/+", re.IGNORECASE)
# The signs that separate the parts of a host name, where it may go on
_DOT = re.compile(r"([.\u3002\uff0e\uff61])(?=[^\W\d_])")


def quote(text: str, length: int = LINE_LENGTH) -> str:
    """Return a text on one line, cut, and with no address that a mail program would
    make a link of."""
    text = _DOT.sub(r"\1 ", _SCHEME.sub(" ", text))
    shown = textwrap.shorten(text, length, placeholder="…")
    # A single long word would be left out as a whole.
    return shown if shown != "…" else f"{text.strip()[: length - 1]}…"
