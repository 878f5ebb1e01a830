"""Which records of groups are to be remembered as no duplicates of which."""

from collections.abc import Iterable
from itertools import combinations


def get_pairs(groups: Iterable[Iterable[int]]) -> dict[int, list[int]]:
    """Return every pair within groups once: by the lower id, the higher ones."""
    others: dict[int, set[int]] = {}
    for ids in groups:
        for one, other in combinations(sorted(ids), 2):
            others.setdefault(one, set()).add(other)
    return {one: sorted(found) for one, found in others.items()}
