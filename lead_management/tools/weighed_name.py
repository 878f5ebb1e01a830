"""A company's name as words that weigh what they tell. Pure Python."""

from collections.abc import Collection
from functools import lru_cache

from .abbreviations import canonical
from .company_words import (
    FOUNDATIONS,
    LOOSE_WORDS,
    PLACE_WEIGHT,
    PLACES,
    TELLING,
    split_compounds,
    weight,
)
from .given_names import may_lack_given_name

COMMON_WEIGHT = 0.35  # at most, of a word that many accounts have
STRUCTURE_WEIGHT = 0.1  # or less: the word tells nothing
GIVEN_NAME = 0.3  # at most, of one in front that the other name lacks
PLACE_OF_BRANCH = 0.4  # of its weight: "of New Jersey", behind a name


@lru_cache(maxsize=20_000)
def _weigh(key: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    words = split_compounds(key.split())
    return tuple(words), tuple(map(weight, words))


class WeighedName:
    """The words of a name and what each of them weighs."""

    def __init__(self, key: str, common: frozenset[str] = frozenset()) -> None:
        words, weights = _weigh(key)
        self.words = list(words)
        self.weights = [
            min(weight, COMMON_WEIGHT) if word in common else weight
            for word, weight in zip(words, weights, strict=True)
        ]
        # "Group" is added to a name as one likes.
        self.is_whole = self.weights[-1] <= STRUCTURE_WEIGHT and not (
            canonical(self.words[-1]).startswith(("gr", "hold"))
        )
        telling = [i for i, w in enumerate(self.weights) if w > STRUCTURE_WEIGHT]
        self._telling_at = telling
        self.first = telling[0] if telling else 0
        self.telling = [canonical(self.words[i]) for i in telling]
        # What no other company need be called: not "First", "Bank"
        self.names = [
            word
            for word, weight in zip(words, weights, strict=True)
            if weight >= TELLING
        ]

    def join(self) -> "WeighedName":
        """Return the name with all words written together that tell something."""
        joined, common = "", []
        for word, tells in zip(self.words, self.weights, strict=True):
            if tells >= PLACE_WEIGHT or word == "al":
                joined += word
            else:
                common.append(word)
        return WeighedName(" ".join([joined, *common]))

    def compare_with(self, other: "WeighedName") -> None:
        """Weigh less what people add to a name: who founded it, where the branch is."""
        if may_lack_given_name(self.words[self.first :], other.words[other.first :]):
            self.weights[self.first] = min(self.weights[self.first], GIVEN_NAME)
        if "of" in self.words:
            at = self.words.index("of")
            places = self.words[at + 1 :]
            if max(self.weights[:at], default=0) >= 1 and set(places) <= PLACES:
                for i in range(at + 1, len(self.words)):
                    self.weights[i] *= PLACE_OF_BRANCH

    def weigh_without(self, matched: Collection[int], again: float = 0.0) -> float:
        """Return the weight of the words that are not among the matched ones.

        :param again: what share a word weighs whose like is among the matched
        """
        found = {self.words[i] for i in matched}
        return sum(
            weight * (again if word in found else 1.0)
            for i, (word, weight) in enumerate(
                zip(self.words, self.weights, strict=True)
            )
            if i not in matched
        )

    def get_inner_words(self) -> list[str]:
        """Return the words that tell nothing at the end of a name, and stand before a
        word that does: "International", in "Arab International Bank". Of common words
        only, all count: "First Bank International"."""
        last = max(self._telling_at, default=0) if self.names else len(self.words)
        return [
            canonical(word)
            for i, word in enumerate(self.words)
            if word in FOUNDATIONS
            or (
                i < last
                and i not in self._telling_at
                and LOOSE_WORDS.isdisjoint((word, canonical(word)))
            )
        ]

    def get_initials_and_rest(self) -> tuple[str, str] | None:
        """Return the two names of which a name consists, if the one is the initials of
        the other: "lvmh" and "moet hennessy louis vuitton"."""
        if len(self.words) < 3:
            return None
        for short, *rest in (self.words, self.words[::-1]):
            if len(short) > 1 and sorted(short) == sorted(word[0] for word in rest):
                return short, " ".join(rest if short == self.words[0] else rest[::-1])
        return None

    def weigh_missing_start(self, matched: Collection[int]) -> float:
        return 0.0 if self.first in matched else self.weights[self.first]
