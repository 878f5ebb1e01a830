"""Whatever goes wrong, the user reads what happened and what to do."""

import contextlib
import errno
import io
import os
import subprocess
import sys
import unittest
from unittest import mock

from tooling import cli, processes
from tooling.errors import Problem
from tooling.settings import REPO


class TestProblems(unittest.TestCase):
    def problem(self, script: str) -> Problem:
        with self.assertRaises(Problem) as caught:
            processes.run("The work", [sys.executable, "-c", script])
        return caught.exception

    def test_missing_network(self):
        problem = self.problem(
            "print('Temporary failure resolving the mirror'); exit(100)"
        )
        self.assertIn("network can't be reached", problem.what)
        self.assertTrue(problem.way_on)

    def test_full_disk(self):
        problem = self.problem("print('write: No space left on device'); exit(2)")
        self.assertIn("disk is full", problem.what)
        self.assertIn("LEAD_MANAGEMENT_CACHE", problem.way_on)

    def test_full_disk_of_our_own(self):
        problem = cli.explain(OSError(errno.ENOSPC, "No space left", "/x"))
        self.assertIn("disk is full", problem.what)

    def test_unknown_failure_shows_the_end_of_the_output(self):
        problem = self.problem("print('\\n'.join(map(str, range(99)))); exit(1)")
        self.assertIn("98", problem.what)
        self.assertNotIn("\n    50\n", problem.what)

    def test_missing_program(self):
        with self.assertRaises(Problem):
            processes.run("The work", ["no-such-program-anywhere"])

    def test_problem_is_printed_without_traceback(self):
        printed = io.StringIO()
        with (
            contextlib.redirect_stderr(printed),
            mock.patch.object(sys, "argv", ["dev", "run", "--port", "1"]),
            mock.patch(
                "tooling.demo.run", side_effect=Problem("It broke.", "Mend it.")
            ),
        ):
            code = cli.main()
        self.assertEqual(code, 1)
        self.assertIn("It broke.", printed.getvalue())
        self.assertIn("Mend it.", printed.getvalue())
        self.assertNotIn("Traceback", printed.getvalue())


class TestCommandLine(unittest.TestCase):
    def test_help_needs_nothing(self):
        with mock.patch.dict(os.environ, {"LEAD_MANAGEMENT_CACHE": "/nowhere/at/all"}):
            result = subprocess.run(
                [sys.executable, REPO / "dev", "--help"],
                capture_output=True,
                text=True,
                check=True,
            )
        for command in ("run", "test", "lint", "shell", "i18n", "bench", "clean"):
            self.assertIn(f"    {command} ", result.stdout)

    def test_options_after_dashes_are_passed_on(self):
        self.assertEqual(
            cli.split(["run", "--fresh", "--", "--dev=xml", "--", "x"]),
            (["run", "--fresh"], ["--dev=xml", "--", "x"]),
        )
        self.assertEqual(cli.split(["run"]), (["run"], []))
