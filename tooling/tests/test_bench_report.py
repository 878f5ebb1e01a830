"""The verdict on speed decides an exit code, so it is tested."""

import tempfile
import unittest
from pathlib import Path

from lab.benchmarks import committed, report
from lab.benchmarks.benchmark import Result, Sample

FACTS = {"leads": 10, "accounts": 20, "odoo": "19.0", "install": 3.2}


def result(native=1.0, addon=1.2, extra=2, **targets) -> Result:
    return Result(
        *("form", "Read a form"),
        native=Sample([native] * 3, [20, 20, 21]),
        addon=Sample([addon] * 3, [20, 20 + extra, 21]),
        **targets,
    )


class TestVerdict(unittest.TestCase):
    def test_ratio_within_target(self):
        self.assertFalse(result(max_ratio=1.25).missed)

    def test_ratio_beyond_target_says_by_how_much(self):
        missed = result(addon=1.3, max_ratio=1.25).missed
        self.assertEqual(missed, ["1.30× native, target 1.25×"])

    def test_worst_record_counts_for_queries(self):
        self.assertEqual(result(extra=9).extra_queries, 9)
        self.assertTrue(result(extra=9, max_extra_queries=8).missed)

    def test_work_without_native_counterpart_has_seconds(self):
        alone = Result("capture", "Capture", Sample([0.5]), max_seconds=0.4)
        self.assertEqual(alone.missed, ["0.500 s, target 0.400 s"])
        self.assertIn("500.0 ms (≤ 400.0 ms)", report.text([alone], FACTS))

    def test_not_everything_is_seconds(self):
        page = Result("weight", "Weight", Sample([12.34]), unit="kB")
        self.assertIn("12.3 kB", report.text([page], FACTS))
        self.assertEqual(Result.from_dict(page.as_dict()), page)

    def test_p95_of_twenty_leaves_one_out(self):
        self.assertEqual(Sample([n / 10 for n in range(20, 0, -1)]).p95, 1.9)

    def test_results_survive_json(self):
        one = result(max_ratio=1.25)
        self.assertEqual(Result.from_dict(one.as_dict()), one)


class TestCommitted(unittest.TestCase):
    """What needs more queries, or longer beside native, than it did."""

    def setUp(self):
        self.committed = committed.summary([self.small()])

    def small(self, queries=22, addon=1.2):
        return Result(
            *("form", "Read a form"),
            native=Sample([1.0], [20]),
            addon=Sample([addon] * 3, [30, queries, queries]),
        )

    def find(self, *results):
        return committed.compare(committed.summary(results), self.committed)

    def test_the_same_is_fine(self):
        self.assertEqual(self.committed, {"Read a form": {"queries": 22, "ratio": 1.2}})
        self.assertFalse(self.find(self.small(addon=1.5)))

    def test_one_more_query_is_told(self):
        worse = self.find(self.small(23))
        self.assertEqual(worse, ["Read a form: 23 queries, committed 22"])

    def test_a_share_of_a_query_for_each_of_many_is_told(self):
        many = Result("many", "Convert 50, each", Sample([1.0], [9.02]))
        before = committed.summary([Result("many", many.title, Sample([1.0], [9.0]))])
        self.assertEqual(
            committed.compare(committed.summary([many]), before),
            ["Convert 50, each: 9.02 queries, committed 9.0"],
        )
        self.assertIn("9.02", report.text([many], FACTS))

    def test_fewer_queries_are_fine(self):
        self.assertFalse(self.find(self.small(21)))

    def test_a_ratio_has_some_leeway(self):
        worse = self.find(self.small(addon=4.0))
        self.assertEqual(worse, ["Read a form: 4.00 × native, committed 1.20 ×"])

    def test_what_is_new_or_gone_is_told(self):
        alone = Result("claim", "Claim", Sample([0.5], [40]))
        self.assertEqual(
            self.find(alone),
            ["Claim: nothing is committed", "Read a form: not measured any more"],
        )
        uncounted = Result("form", "Read a form", Sample([0.5]), Sample([0.5]))
        for result in (uncounted, Result("form", "Read a form", Sample([1], [22]))):
            self.assertEqual(self.find(result), ["Read a form: not measured any more"])
        self.assertEqual(
            committed.summary([alone]), {"Claim": {"queries": 40, "ratio": None}}
        )


class TestMarkdown(unittest.TestCase):
    def test_table_goes_between_the_markers(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "page.md")
            path.write_text(f"Before\n{report.BEGIN}\nold\n{report.END}\nAfter\n")
            report.write_markdown(path, report.markdown([result()], FACTS))
            text = path.read_text()
        self.assertTrue(text.startswith("Before\n") and text.endswith("After\n"))
        self.assertIn("| Read a form | 1.00 s | 1.20 s |", text)
        self.assertNotIn("old", text)
