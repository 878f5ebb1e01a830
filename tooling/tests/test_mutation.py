"""Which tests small mistakes are tried with, and how those end that never would."""

import importlib.util
import sys
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

from tooling.settings import REPO

FILES = {
    "a/tools/words.py": "WORDS = ()",
    "a/tools/reader.py": "from .words import WORDS",
    "a/tools/alone.py": "",
    "a/tests/test_reader.py": "from ..tools import reader",
    "b/tools/upper.py": "from odoo.addons.a.tools import reader",
    "b/tests/test_upper.py": "from ..tools.upper import get",
    "b/tests/test_both.py": "from odoo.addons.a.tools.reader import get\n"
    "from ..tools import upper",
}


def load():
    """Return the script, which needs Odoo only for running tests."""
    path = REPO / "lab" / "bin" / "mutate_tools.py"
    # Where Python looks first for what a program imports
    with patch.object(sys, "path", [str(path.parent), *sys.path]):
        return _load(path)


def _load(path):
    spec = importlib.util.spec_from_file_location("mutate_tools", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


class TestMutation(unittest.TestCase):
    def setUp(self):
        self.script = load()

    def test_tests_of_a_tool_are_those_that_import_it_or_what_uses_it(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        repo = Path(folder.name)
        for name, text in FILES.items():
            path = repo / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        found = {
            path.stem: [module.rpartition(".")[2] for module in modules]
            for path, modules in self.script.find_tests(repo, ["a", "b"]).items()
        }
        readers = ["test_reader", "test_both"]
        self.assertEqual(found["reader"], readers)
        self.assertEqual(found["words"], readers)
        self.assertEqual(found["upper"], ["test_both", "test_upper"])
        self.assertEqual(found["alone"], [])

    def test_what_never_ends_has_failed(self):
        def run(modules):
            while modules == ["forever"]:
                pass
            return len(modules), modules != ["wrong"]

        jobs = [(None, None, [name], 1) for name in ("good", "forever", "wrong")]
        with patch.object(self.script, "run_tests", run):
            answers = self.script.try_all(jobs)
        self.assertEqual(
            [answer[:2] for answer in answers], [(1, True), (-1, False), (1, False)]
        )
