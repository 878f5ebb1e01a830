"""Read titles that are mistyped by one letter: `"Compnay"`, `"Corrreo"`. Pure Python.

Only one long word is read so, by its first letter, and only if all titles of the
vocabulary that it may be stand for one field: `"Contract"` is no `"Contact"`.
"""

from collections.abc import Mapping
from functools import cache

from .title_vocabulary import JOINED, Meaning, fold, get_vocabulary

SHORTEST = 7


@cache
def get_of_typo(title: str) -> tuple[Meaning, ...]:
    """Return what a word means that is mistyped by one letter."""
    key = fold(title)
    if len(key) < SHORTEST or not key.isalpha():
        return ()
    found = [
        meaning._replace(is_exact=False)
        for length in range(len(key) - 1, len(key) + 2)
        for word in _get_words().get((key[0], length), ())
        if _is_near(key, word)
        for meaning in get_vocabulary()[word]
    ]
    fields = {meaning.field for meaning in found}
    if len(fields) != 1 or any(meaning.choice == JOINED for meaning in found):
        return ()
    return tuple(dict.fromkeys(found))


@cache
def _get_words() -> Mapping[tuple[str, int], tuple[str, ...]]:
    """Return the titles of the vocabulary by their first letter and their length."""
    words: dict[tuple[str, int], list[str]] = {}
    for key in get_vocabulary():
        if len(key) >= SHORTEST - 1:
            words.setdefault((key[0], len(key)), []).append(key)
    return {place: tuple(keys) for place, keys in words.items()}


def _is_near(one: str, other: str) -> bool:
    """Tell whether two words differ in one letter too many or too few before the last,
    or in the order of two. Another letter often makes another word: `"Positive"`."""
    if one[-1] != other[-1]:
        return False
    start = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    lengths = len(one), len(other)
    return lengths in ((0, 1), (1, 0)) or (lengths == (2, 2) and one == other[::-1])
