"""What several checks found, added up."""

from . import progress
from .errors import Problem


class Outcome:
    """Adds up what several suites found, and says so at the end."""

    def __init__(self):
        self.passed = self.failed = 0

    def add(self, passed: int, failed: int):
        self.passed += passed
        self.failed += failed

    def count(self, steps) -> bool:
        """Take steps that build on each other; what can't be told any more after one
        that fails counts as failed.

        :param steps: functions that raise a Problem when they fail
        :return: whether none has failed
        """
        for done, step in enumerate(steps):
            try:
                step()
            except Problem as problem:
                print(f"\n✗ {problem.what}\n{problem.way_on}\n", flush=True)
                self.add(passed=0, failed=len(steps) - done)
                return False
            self.add(passed=1, failed=0)
        return True

    def look(self, title: str, check):
        """Show what a check finds: lines, none if all is well."""
        with progress.Step(title):
            found = check()
        if found:
            print("\n".join([f"\n{title}:", *found, ""]), flush=True)
        self.add(passed=not found, failed=bool(found))

    def close(self) -> int:
        """Print the last line and return the exit code."""
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed else 0
