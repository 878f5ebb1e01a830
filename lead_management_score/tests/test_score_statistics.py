import random
from itertools import pairwise
from math import exp, log

from odoo.tests import BaseCase, tagged

from ..tools import score_trial


@tagged("post_install", "-at_install", "lead_score")
class TestScoreStatistics(BaseCase):
    """Plain statistics, against what is known of them."""

    def test_area_is_the_share_of_pairs_in_order(self):
        cases = [(1, False), (2, True), (2, False), (3, True)]
        self.assertEqual(score_trial.get_area(cases), 3.5 / 4)
        self.assertEqual(score_trial.get_area([(1, True), (0, False)]), 1)
        self.assertIsNone(score_trial.get_area([(1, True)]))
        numbers = random.Random(1)
        cases = [(numbers.randint(0, 9), numbers.random() < 0.3) for _ in range(80)]
        pairs = [
            (good > bad) + (good == bad) / 2
            for good, is_good in cases
            for bad, is_other in cases
            if is_good and not is_other
        ]
        self.assertAlmostEqual(score_trial.get_area(cases), sum(pairs) / len(pairs))

    def test_bands_hold_all_and_tear_no_equals_apart(self):
        numbers = random.Random(2)
        cases = [(numbers.randint(0, 30), numbers.random() < 0.5) for _ in range(500)]
        bands = score_trial.get_bands(cases)
        self.assertEqual(len(bands), 5)
        self.assertEqual(sum(band.number for band in bands), 500)
        self.assertEqual(sum(band.good for band in bands), sum(c[1] for c in cases))
        for lower, upper in pairwise(bands):
            self.assertLess(lower.highest, upper.lowest)
        self.assertTrue(all(70 < band.number < 130 for band in bands))
        self.assertEqual(len(score_trial.get_bands([(3, True)] * 9)), 1)

    def test_regression_finds_what_made_the_cases(self):
        numbers = random.Random(3)
        rows = []
        for _row in range(6000):
            features = (
                float(numbers.random() < 0.3),
                float(numbers.random() < 0.5),
                round(2 * numbers.random(), 2),
            )
            odds = -1 + 1.2 * features[0] - 0.7 * features[1] + 0.5 * features[2]
            rows.append((features, numbers.random() < 1 / (1 + exp(-odds))))
        for found, made in zip(
            score_trial.fit_logistic(rows), (1.2, -0.7, 0.5), strict=True
        ):
            self.assertAlmostEqual(found, made, delta=0.15)
        # One that decides alone is worth much, and not endlessly much.
        rows = [((1.0,), True)] * 30 + [((0.0,), False)] * 30
        self.assertLess(score_trial.fit_logistic(rows)[0], 10)
        self.assertEqual(score_trial.get_points(log(2)), 10)
        # Where nobody meets a rule, everybody does, or all cases end alike
        rows = [((0.0, 1.0), index % 2 == 0) for index in range(20)]
        for found in score_trial.fit_logistic(rows):
            self.assertAlmostEqual(found, 0)
        [found] = score_trial.fit_logistic([((float(n % 2),), True) for n in range(9)])
        self.assertAlmostEqual(found, 0, places=3)
        self.assertEqual(score_trial.get_points(-500.0), -1000)

    def test_differences_of_few_are_not_certain(self):
        self.assertLess(abs(score_trial.get_certainty(2, 3, 1, 3)), 1.96)
        self.assertGreater(score_trial.get_certainty(60, 100, 30, 100), 1.96)
        self.assertEqual(score_trial.get_certainty(0, 0, 1, 3), 0)

    def test_shares_are_compared_by_their_standard_error(self):
        # Worked by hand: 6 of 10 and 2 of 10 are 0.4 apart, and 0.4 of all 20
        # have a standard error of sqrt(0.4 * 0.6 * (1/10 + 1/10)) = 0.219.
        self.assertAlmostEqual(score_trial.get_certainty(6, 10, 2, 10), 1.8257, 4)
        self.assertAlmostEqual(score_trial.get_certainty(2, 10, 6, 10), -1.8257, 4)
        self.assertAlmostEqual(score_trial.get_certainty(3, 4, 5, 20), 1.9365, 4)
        for counts in ((0, 0, 1, 3), (1, 3, 0, 0), (0, 5, 0, 9), (5, 5, 9, 9)):
            self.assertEqual(score_trial.get_certainty(*counts), 0, counts)

    def test_bands_are_told_from_the_lowest(self):
        cases = [(5, True), (1, False), (3, True), (3, False), (2, False), (9, True)]
        bands = score_trial.get_bands(cases, number=3)
        self.assertEqual(
            [tuple(band) for band in bands], [(1, 2, 2, 0), (3, 3, 2, 1), (5, 9, 2, 2)]
        )
        self.assertEqual(score_trial.get_bands([]), [])

    def test_points_double_the_odds_by_ten(self):
        for factor, points in ((1, 0), (2, 10), (4, 20), (0.5, -10), (2**200, 1000)):
            self.assertEqual(score_trial.get_points(log(factor)), points)

    def test_regression_is_the_known_one(self):
        """One feature and no penalty to speak of: the logarithm of the odds' ratio."""
        rows = [((1.0,), n < 30) for n in range(40)]
        rows += [((0.0,), n < 10) for n in range(40)]
        [change] = score_trial.fit_logistic(rows, ridge=1e-9)
        self.assertAlmostEqual(change, log(9), places=6)
        [small] = score_trial.fit_logistic(rows, ridge=20.0)
        self.assertTrue(0 < small < change)
        self.assertEqual(score_trial.fit_logistic([]), [])
        # Two that say the same share what they are worth.
        both = [((*features, *features), good) for features, good in rows]
        first, second = score_trial.fit_logistic(both, ridge=1e-6)
        self.assertAlmostEqual(first + second, log(9), places=4)
        self.assertAlmostEqual(first, second, places=4)
