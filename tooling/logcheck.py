"""Read Odoo's log as it grows: what is running, how many tests, what went wrong."""

import re
from dataclasses import dataclass, field

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?P<level>[A-Z]+) (?P<database>\S+) (?P<logger>\S+?): (?P<message>.*)$"
)
STARTING = re.compile(r"^Starting (?P<test>\S+) \.\.\.")
SKIPPED = re.compile(r"^skipped (?P<test>\S+) : (?P<reason>.*)")
TOTAL = re.compile(
    r"^(?P<failed>\d+) failed, (?P<errors>\d+) error\(s\) of (?P<tests>\d+) tests when"
)
LOADING = re.compile(
    r"^Loading module (?P<module>\S+) \((?P<number>\d+)/(?P<all>\d+)\)"
)
TEST_FAILURE = re.compile(r"^(FAIL|ERROR): (?:(?P<test>\w+\.\w+)$)?")
OF_MODULE = re.compile(r"odoo\.addons\.(\w+)\.")
LONG = 30  # lines of a traceback that are shown; the log has all of it
BAD_LEVELS = ("WARNING", "ERROR", "CRITICAL")


@dataclass
class Record:
    """One entry of the log, with the lines that continue it (a traceback)."""

    level: str
    logger: str
    message: str
    more: list[str] = field(default_factory=list)

    @property
    def is_bad(self) -> bool:
        return self.level in BAD_LEVELS or self.is_traceback

    @property
    def is_traceback(self) -> bool:
        return any(line.startswith("Traceback (most recent") for line in self.more)

    @property
    def is_test_failure(self) -> bool:
        return self.level == "ERROR" and bool(TEST_FAILURE.match(self.message))

    @property
    def is_total(self) -> bool:
        """Tell whether this is Odoo's own summary, which repeats other records."""
        return bool(TOTAL.match(self.message)) or (
            self.logger == "odoo.tests.result" or "failed tests already" in self.message
        )

    def text(self) -> str:
        more = self.more
        if len(more) > LONG:
            more = [*more[: LONG // 3], "  […]", *more[-LONG * 2 // 3 :]]
        return "\n".join([f"{self.level} {self.logger}: {self.message}", *more])


class LogReader:
    """Takes a log line by line; its counts are right once the log has ended."""

    def __init__(self, on_progress=lambda text, fraction: None):
        self._on_progress = on_progress
        self._current: Record | None = None
        self.bad: list[Record] = []
        self.skipped: list[tuple[str, str]] = []
        self.tests = self.failures = self.started = 0

    def feed(self, line: str):
        """Take one line."""
        match = RECORD.match(line)
        if not match:
            if self._current is None:  # printed before the log began
                self._current = Record("INFO", "stderr", "")
            self._current.more.append(line)
            return
        self.close()
        self._current = Record(match["level"], match["logger"], match["message"])
        self._look(self._current.message)

    def close(self):
        """End the record at hand."""
        record, self._current = self._current, None
        if record and record.is_bad and not record.is_total:
            self.bad.append(record)

    def _look(self, message: str):
        if found := STARTING.match(message):
            self.started += 1
            self._on_progress(f"{found['test']} ({self.started})", None)
        elif found := SKIPPED.match(message):
            self.skipped.append((found["test"], found["reason"]))
        elif found := LOADING.match(message):
            fraction = int(found["number"]) / int(found["all"])
            self._on_progress(found["module"], fraction)
        elif found := TOTAL.match(message):
            self.tests += int(found["tests"])
            self.failures += int(found["failed"]) + int(found["errors"])

    # -- what came out ---------------------------------------------------------

    @property
    def failed(self) -> int:
        """Return failed tests plus every other bad line."""
        reported = sum(record.is_test_failure for record in self.bad)
        return max(self.failures, reported) + len(self.bad) - reported

    @property
    def failed_tests(self) -> list[str]:
        """Return which tests failed, as tags of Odoo's; none if anything else went
        wrong, beside what their browsers say, or if the tests came to no end."""
        tests, tags = set(), set()
        for record in self.bad:
            if match := TEST_FAILURE.match(record.message):
                module = OF_MODULE.match(record.logger)
                if not (module and match["test"]):
                    return []
                tests.add(match["test"])
                tags.add(f"/{module[1]}:{match['test']}")
        beside = [
            record
            for record in self.bad
            if not record.is_test_failure
            and not any(f".{test}." in record.logger for test in tests)
        ]
        return sorted(tags) if self.tests and not beside else []

    @property
    def passed(self) -> int:
        return max(self.tests - self.failures - len(self.skipped), 0)
