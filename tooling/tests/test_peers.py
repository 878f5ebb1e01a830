"""The measures by which matchers of names are compared."""

from unittest import TestCase
from xml.etree import ElementTree

from lab import peers


class TestPeers(TestCase):
    def test_interval_is_wilson_s(self):
        low, high = peers.interval(0, 44)
        self.assertEqual((round(low, 3), round(high, 3)), (0.0, 0.08))
        low, high = peers.interval(145, 148)
        self.assertEqual((round(low, 3), round(high, 3)), (0.942, 0.993))

    def test_cut_counts_what_is_at_least_as_good(self):
        half = peers.Half(rights=[0.9, 0.4], wrongs=[0.5, -1.0], known=4)
        self.assertEqual((half.found(0.4), half.alarms(0.4)), (2, 1))
        self.assertEqual(half.quality(0.9), 0.25)

    def test_picture_has_a_line_of_each_matcher(self):
        picture = peers.draw({"one: more": [(0.0, 0.9)], "other": [(0.1, 0.95)]})
        root = ElementTree.fromstring(picture)
        lines = root.findall("{http://www.w3.org/2000/svg}polyline")
        self.assertEqual(len(lines), 2)
