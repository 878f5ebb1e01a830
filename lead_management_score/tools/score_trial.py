"""What a score is worth, told from cases that are closed: plain statistics.

Pure Python, without the ORM. A case is a number of points and whether it ended well.
"""

from collections.abc import Iterator, Sequence
from math import exp, log, sqrt
from typing import NamedTuple

BANDS = 5
# So many points double the odds that a lead is converted.
POINTS_TO_DOUBLE = 10
MOST_POINTS = 1000
# Below that, a difference of shares is as likely chance: 95 % of a normal distribution
CERTAIN = 1.96
RIDGE = 1.0
MAX_ROUNDS = 50
SMALL_STEP = 1e-6


class Band(NamedTuple):
    """Cases with points from `lowest` to `highest`."""

    lowest: float
    highest: float
    number: int
    good: int


def get_area(cases: Sequence[tuple[float, bool]]) -> float | None:
    """Return how likely a case that ended well has more points than one that did not.

    The area under the ROC curve as the rank statistic of Mann and Whitney; equal points
    count half. 0.5 is chance, 1 is certainty. None where one of both is missing.
    """
    good = sum(is_good for _points, is_good in cases)
    bad = len(cases) - good
    if not good or not bad:
        return None
    below, area = 0, 0.0
    for _points, number, good_here in _get_groups(cases):
        bad_here = number - good_here
        area += good_here * (below + bad_here / 2)
        below += bad_here
    return area / (good * bad)


def _get_groups(
    cases: Sequence[tuple[float, bool]],
) -> Iterator[tuple[float, int, int]]:
    """Yield points from the lowest, with how many cases have them, how many good."""
    groups: dict[float, list[int]] = {}
    for points, is_good in cases:
        group = groups.setdefault(points, [0, 0])
        group[0] += 1
        group[1] += is_good
    for points in sorted(groups):
        size, good = groups[points]
        yield points, size, good


def get_bands(cases: Sequence[tuple[float, bool]], number: int = BANDS) -> list[Band]:
    """Return the cases in bands of about the same size, from the lowest points.

    Cases with equal points are in one band, so that there may be fewer.
    """
    bands: list[Band] = []
    done, last_place = 0, -1
    for points, size, good in _get_groups(cases):
        # A group goes where its middle is.
        place = int((done + size / 2) * number / len(cases))
        if place == last_place:
            old = bands.pop()
            bands.append(Band(old.lowest, points, old.number + size, old.good + good))
        else:
            bands.append(Band(points, points, size, good))
        last_place = place
        done += size
    return bands


def get_certainty(good: int, count: int, other_good: int, other_count: int) -> float:
    """Return by how many standard errors two shares differ; 0 where nothing is known.

    The test of two proportions with a pooled variance.
    """
    if not count or not other_count:
        return 0.0
    share = (good + other_good) / (count + other_count)
    variance = share * (1 - share) * (1 / count + 1 / other_count)
    if not variance:
        return 0.0
    return (good / count - other_good / other_count) / sqrt(variance)


def fit_logistic(
    rows: Sequence[tuple[tuple[float, ...], bool]], ridge: float = RIDGE
) -> list[float]:
    """Return by how much each feature changes the logarithm of the odds.

    Plain logistic regression with an intercept (not returned), by Newton's method, with
    a penalty on the squares of the coefficients: it keeps those few cases speak for
    small, and finite where a feature decides alone.
    """
    if not rows:
        return []
    size = len(rows[0][0]) + 1
    # Rows that are alike count together.
    alike: dict[tuple[float, ...], list[int]] = {}
    for features, is_good in rows:
        group = alike.setdefault((1.0, *features), [0, 0])
        group[0] += 1
        group[1] += is_good
    found = [0.0] * size
    for _round in range(MAX_ROUNDS):
        # Not the intercept: it says how many end well, and is free.
        gradient = [0.0, *(-ridge * one for one in found[1:])]
        curve = [[0.0] * size for _row in range(size)]
        for place in range(1, size):
            curve[place][place] = ridge
        curve[0][0] = 1e-9
        for row, (count, good) in alike.items():
            total = sum(a * b for a, b in zip(found, row, strict=True))
            likely = 1 / (1 + exp(-max(min(total, 30.0), -30.0)))
            miss, weight = good - count * likely, count * likely * (1 - likely)
            used = [(place, value) for place, value in enumerate(row) if value]
            for place, value in used:
                gradient[place] += miss * value
                line, weighted = curve[place], weight * value
                for other, other_value in used:
                    line[other] += weighted * other_value
        step = _solve(curve, gradient)
        # Far off, a whole step may lead further away.
        longest = max(abs(one) for one in step)
        scale = min(1.0, 4.0 / longest) if longest else 1.0
        found = [one + scale * change for one, change in zip(found, step, strict=True)]
        if longest < SMALL_STEP:
            break
    return found[1:]


def get_points(change: float) -> int:
    """Return a change of the logarithm of the odds as points that a rule may have."""
    points = round(POINTS_TO_DOUBLE * change / log(2))
    return max(-MOST_POINTS, min(points, MOST_POINTS))


def _solve(matrix: list[list[float]], values: list[float]) -> list[float]:
    """Solve a symmetric positive system by elimination, in place."""
    size = len(values)
    for place in range(size):
        best = max(range(place, size), key=lambda row: abs(matrix[row][place]))
        matrix[place], matrix[best] = matrix[best], matrix[place]
        values[place], values[best] = values[best], values[place]
        pivot = matrix[place][place]
        for row in range(place + 1, size):
            factor = matrix[row][place] / pivot
            if factor:
                for column in range(place, size):
                    matrix[row][column] -= factor * matrix[place][column]
                values[row] -= factor * values[place]
    for place in range(size - 1, -1, -1):
        rest = sum(
            matrix[place][column] * values[column] for column in range(place + 1, size)
        )
        values[place] = (values[place] - rest) / matrix[place][place]
    return values
