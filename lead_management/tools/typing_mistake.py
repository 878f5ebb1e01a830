"""Words that were meant to be another word. Pure Python."""

import re
from string import ascii_lowercase, digits

INFINITE = 99.0
MIN_LENGTH, MAX_LENGTH = 5, 20  # of words whose misspellings are looked up


def distance(one: str, other: str, limit: int) -> float:
    """Return how many letters were typed wrongly if one word is meant to be the other.

    A letter too many, too few or wrong counts as one, and so do two swapped ones.

    :return: a number beyond the limit stands for all of them
    """
    if abs(len(one) - len(other)) > limit:
        return INFINITE
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return INFINITE
    return row[-1] if row[-1] <= limit else INFINITE


def is_swap(one: str, other: str) -> bool:
    """Tell whether two words differ by two neighbouring letters that are swapped."""
    if len(one) != len(other):
        return False
    at = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return (
        len(at) == 2
        and at[1] == at[0] + 1
        and one[at[0]] == other[at[1]]
        and (one[at[1]] == other[at[0]])
    )


def misspellings(word: str) -> set[str]:
    """Return all words that differ from a word by one typing mistake.

    The first letter stays: people get it right. In scripts other than the Latin one
    only letters too few and swapped ones are tried, for want of a short alphabet.

    :return: some hundreds of words; none for words that are too short or too long
    """
    if not MIN_LENGTH <= len(word) <= MAX_LENGTH or word.isdigit():
        return set()
    letters = ascii_lowercase + digits * (not word.isalpha()) if word.isascii() else ""
    found: set[str] = set()
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        found.update(head + letter + tail for letter in letters)
        if tail:
            found.add(head + tail[1:])
            found.update(head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            found.add(head + tail[1] + tail[0] + tail[2:])
    return found - {word}


def doublings(word: str) -> set[str]:
    """Return a word without letters twice in a row, and with one of them doubled:
    "rheinmettal" is "rheinmetall"."""
    single = re.sub(r"(.)\1", r"\1", word)
    if single == word or not MIN_LENGTH <= len(word) <= MAX_LENGTH:
        return set()
    return {
        single[:at] + single[at - 1] + single[at:] for at in range(2, len(single) + 1)
    }
