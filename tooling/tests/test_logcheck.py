"""The log reader decides whether a build fails, so its judgement is tested."""

import unittest

from tooling.logcheck import LogReader

STAMP = "2026-01-31 10:00:00,000 4711"


def read(*lines: str) -> LogReader:
    reader = LogReader()
    for line in lines:
        reader.feed(line)
    reader.close()
    return reader


def info(text: str, logger="odoo.modules.loading") -> str:
    return f"{STAMP} INFO db {logger}: {text}"


def total(failed=0, errors=0, tests=0) -> str:
    level = "ERROR" if failed or errors else "INFO"
    counts = f"{failed} failed, {errors} error(s) of {tests} tests when loading"
    return f"{STAMP} {level} db odoo.tests.result: {counts} database 'db' "


class TestLogReader(unittest.TestCase):
    def test_good_run(self):
        reader = read(info("Starting TestA.test_b ..."), info("done"), total(tests=1))
        self.assertEqual((reader.passed, reader.failed), (1, 0))
        self.assertEqual(reader.bad, [])

    def test_failed_test_is_one_failure_with_its_traceback(self):
        reader = read(
            info("Starting TestA.test_b ..."),
            f"{STAMP} ERROR db odoo.addons.a.tests.b: FAIL: TestA.test_b",
            "Traceback (most recent call last):",
            '  File "b.py", line 1, in test_b',
            "AssertionError: 1 != 2",
            total(failed=1, tests=3),
        )
        self.assertEqual((reader.passed, reader.failed), (2, 1))
        self.assertIn("AssertionError: 1 != 2", reader.bad[0].text())

    def test_tests_that_failed_are_known_unless_something_else_did(self):
        test = "odoo.addons.crm.tests.test_ui.TestUi.test_tour"
        failure = f"{STAMP} ERROR db {test[:-17]}: FAIL: TestUi.test_tour"
        browser = f"{STAMP} ERROR db {test}.browser: FAILED: [7/21] Tour …"
        last = total(failed=1, tests=5)
        reader = read(browser, failure, last)
        self.assertEqual(reader.failed_tests, ["/crm:TestUi.test_tour"])
        self.assertEqual(read(browser, failure).failed_tests, [])
        self.assertEqual(read(total(tests=5)).failed_tests, [])
        warning = f"{STAMP} WARNING db odoo.fields: Field a.b: unknown parameter"
        self.assertEqual(read(warning, failure, last).failed_tests, [])
        of_class = f"{STAMP} ERROR db odoo.tests: ERROR: setUpClass (a.TestUi)"
        self.assertEqual(read(of_class, failure, last).failed_tests, [])

    def test_warning_fails_the_build(self):
        warning = f"{STAMP} WARNING db odoo.fields: Field a.b: unknown parameter 'c'"
        reader = read(warning, total(tests=3))
        self.assertEqual((reader.passed, reader.failed), (3, 1))

    def test_warning_without_database(self):
        reader = read(f"{STAMP} WARNING ? odoo.tools.config: option x is unknown")
        self.assertEqual(reader.failed, 1)

    def test_traceback_logged_as_information_fails_the_build(self):
        reader = read(info("hook failed"), "Traceback (most recent call last):", "  x")
        self.assertEqual(reader.failed, 1)

    def test_crash_before_the_log_begins(self):
        reader = read("Traceback (most recent call last):", "ImportError: no odoo")
        self.assertEqual(reader.failed, 1)

    def test_error_in_class_setup_does_not_lower_the_passed_below_zero(self):
        reader = read(
            f"{STAMP} ERROR db odoo.addons.a.tests.b: ERROR: setUpClass (TestA)",
            total(errors=1, tests=0),
        )
        self.assertEqual((reader.passed, reader.failed), (0, 1))

    def test_skipped_tests_have_not_passed(self):
        reader = read(info("skipped TestA.test_b : no browser"), total(tests=2))
        self.assertEqual((reader.passed, reader.failed), (1, 0))
        self.assertEqual(reader.skipped, [("TestA.test_b", "no browser")])

    def test_long_traceback_is_shortened(self):
        lines = [f"  line {number}" for number in range(500)]
        warning = f"{STAMP} WARNING db odoo: slow"
        self.assertLess(len(read(warning, *lines).bad[0].text().splitlines()), 40)

    def test_progress(self):
        seen = []
        reader = LogReader(lambda text, fraction: seen.append((text, fraction)))
        reader.feed(info("Loading module crm (3/4)"))
        reader.feed(info("Starting TestA.test_b ..."))
        self.assertEqual(seen, [("crm", 0.75), ("TestA.test_b (1)", None)])
