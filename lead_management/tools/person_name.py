"""Split and join the names of people. Pure Python."""

from typing import Literal

Text = str | Literal[False] | None  # as fields hold it


def split(full_name: Text) -> tuple[str, str]:
    """Split a full name into first and last name.

    * `"Doe, Jane"`: what stands before the comma is the last name.
    * Otherwise the last word is the last name, together with the lower-case words
      right before it: `"Jan van der Berg"` is `"Jan"` and `"van der Berg"`.
    * A single word, as in scripts written without spaces, is a last name: that is the
      part a person always has.

    :param full_name: the name as written, or a false value
    :return: `(first_name, last_name)`, each a string, perhaps empty
    """
    if not full_name:
        return "", ""
    last, comma, first = full_name.partition(",")
    if comma and last.strip() and first.strip():
        return " ".join(first.split()), " ".join(last.split())
    words = full_name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def join(first_name: Text, last_name: Text) -> str | Literal[False]:
    """Join a first and a last name into the full name.

    :return: the full name, or False when both are empty
    """
    return " ".join(f"{first_name or ''} {last_name or ''}".split()) or False
