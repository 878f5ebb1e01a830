"""The site of the documentation, the commands it names, and the pages of addons."""

import importlib.util
import tempfile
import unittest
from pathlib import Path

from lab import audit
from lab.documentation import commands, readmes, reference, site
from tooling import cli
from tooling.errors import Problem
from tooling.settings import REPO


def load(name):
    """Return a script of the documentation that needs no Odoo."""
    path = REPO / "lab" / "documentation" / "bin" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


class TestCommands(unittest.TestCase):
    def problems(self, text):
        return commands.problems(text, commands.known(cli._parser()))

    def test_what_there_is(self):
        for text in (
            "`./dev run -- --dev=xml`",
            "`./dev test [NAME…]`",
            "`./dev lint [--fix]`",
            "`./dev COMMAND --help`",
            "`./dev lab soak capture`",
            "```sh\n./dev test --only-native=crm   # --no-option\n```",
            "Not code: ./dev nothing",
        ):
            self.assertEqual(self.problems(text), [], text)

    def test_what_there_is_not(self):
        for text in (
            "`./dev nothing`",
            "`./dev lint --fxi`",
            "`./dev lab nothing`",
            "```sh\nA=1 ./dev test --nothing=crm\n```",
        ):
            self.assertEqual(len(self.problems(text)), 1, text)


class TestSite(unittest.TestCase):
    def test_each_page_is_in_the_menu_once(self):
        names = [str(page.relative_to(site.REPO)) for page in site.pages()]
        menu = site.menu(names)
        entries = [entry for section in menu for of in section.values() for entry in of]
        found = [
            name
            for it in entries
            for name in ([it] if isinstance(it, str) else it.values())
        ]
        self.assertIn({"Calls": "docs/reference/lead_management_call.md"}, entries)
        self.assertEqual(sorted(found), sorted(names))
        self.assertEqual(menu[0], {"Home": ["README.md", "CHANGELOG.md"]})

    def test_what_a_page_fetches_is_found(self):
        with tempfile.TemporaryDirectory() as name:
            page = Path(name, "index.html")
            for text, number in (
                ('<a href="https://x.example.com">x</a><img src="/x.png">', 0),
                ('<script src="https://x.example.com/x.js"></script>', 1),
                ('<link rel="stylesheet" href="https://x.example.com/x.css">', 1),
                ("<img alt=x src=//x.example.com/x.png>", 1),
                ("<style>a { background: url(https://x.example.com) }</style>", 1),
            ):
                page.write_text(text)
                self.assertEqual(len(site.fetched(Path(name))), number, text)

    def test_lists_are_indented(self):
        lists = load("mkdocs_lists")
        item = "1. One\n\n%s* Two\n%sgoes on\n\n%s```sh\n%s* no\n%s```\n\nText"
        text, expected = (
            item % tuple(" " * number for number in numbers)
            for numbers in ((3, 5, 3, 3, 3), (4, 8, 4, 4, 4))
        )
        self.assertEqual("\n".join(lists.indented(text.splitlines())), expected)


class TestReadmes(unittest.TestCase):
    def as_rst(self, text):
        return readmes.as_rst(text, Path("x.md"))

    def test_ours_are_as_their_pieces(self):
        self.assertEqual(readmes.check(), [])

    def test_markdown_is_translated(self):
        for text, expected in (
            ("`a_` **b** *c*", "``a_`` **b** *c*"),
            ("[Odoo](https://odoo.example.com)", "`Odoo <https://odoo.example.com>`__"),
            ("[this](../docs/x.md) x_", "this x\\_"),
            ("## 1.0", "1.0\n~~~"),
            ("Do:\n\n    pip", "Do:\n\n::\n\n    pip"),
            ("```sh\npip\n```", "::\n\n   pip"),
        ):
            self.assertEqual(self.as_rst(text), expected)

    def test_what_has_no_translation_is_refused(self):
        for text in ("| a | b |", "![x](x.png)", "<br/>", "> x"):
            with self.assertRaises(Problem):
                self.as_rst(text)


class TestReference(unittest.TestCase):
    def setUp(self):
        self.text = load("reference_text")

    def test_texts_are_no_markdown(self):
        self.assertEqual(self.text.cell("a\n <b> *c* d|e_f"), r"a &lt;b> \*c\* d\|e\_f")
        self.assertEqual(self.text.literal("a |\n  b"), r"`a \| b`")
        self.assertEqual(self.text.table(["a"], []), "")

    def test_what_is_said_of_a_method(self):
        def method(self, a, *, b: int = 1):
            """Do `a_b` and
            c_d.

            More of it.
            """

        self.assertEqual(self.text.docstring(method), r"Do `a_b` and c\_d.")
        self.assertEqual(self.text.arguments(method), "a, *, b=1")

    def test_each_addon_has_a_page(self):
        made = reference.pages({})
        self.assertEqual([path.name for path in made], ["README.md"])
        text = made[reference.FOLDER / "README.md"]
        for path in readmes.pages():
            self.assertIn(f"({path.parent.name}.md)", text)
            self.assertTrue((reference.FOLDER / f"{path.parent.name}.md").is_file())
        self.assertEqual(reference.left_over(), [])


class TestAudit(unittest.TestCase):
    def test_licences(self):
        licences = {
            name: {"Version": "1", "License": name}
            for name in ("MIT License", "BSD-2-Clause", "AGPL-3.0", "UNKNOWN", "GPL-3")
        }
        self.assertEqual(
            [line.split(" 1 ")[0] for line in audit.refused(licences)],
            ["AGPL-3.0", "GPL-3", "UNKNOWN"],
        )

    def test_answers(self):
        one = {"id": "X-1", "fix_versions": ["2"]}
        answer = {
            "dependencies": [
                {"name": "a", "version": "1", "vulns": [one]},
                {"name": "b", "skip_reason": "not found"},
                {"name": "c", "version": "1", "vulns": []},
            ]
        }
        found = ["a 1: X-1, fixed in 2"], ["b: not found"]
        self.assertEqual(audit.read(answer), found)


if __name__ == "__main__":
    unittest.main()
