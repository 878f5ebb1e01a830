"""What the check of the documentation finds on a page."""

import tempfile
import unittest
from pathlib import Path

from lab.documentation import words

LONG = "A sentence of a page is too long for its readers when it goes on and on, as"


class TestWords(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.page = Path(folder.name, "page.md")

    def problems(self, *lines):
        self.page.write_text("\n".join(lines) + "\n")
        return words.problems(self.page)

    def test_ours_are_plain(self):
        self.assertEqual(words.check(), [])

    def test_long_sentences_are_found_on_the_average(self):
        long = f"{LONG} this one does here."
        self.assertIn("has 22.0 words a sentence", self.problems(long)[0])
        self.assertEqual(self.problems(long, "", "This one is short."), [])
        self.assertEqual(self.problems(long + " So is this."), [])

    def test_titles_tables_code_and_addresses_are_no_sentences(self):
        long = "word " * 30
        self.assertEqual(
            self.problems(f"# {long}", f"| {long} |", "```", long, "```", f"`{long}`"),
            [],
        )
        self.assertEqual(self.problems(f"- {LONG}", f"- {LONG}"), [])

    def test_one_spelling_and_one_arrow(self):
        for text in (
            "Send an E-mail.",
            "Two web sites.",
            "The colours.",
            "*CRM ▸ Leads*",
            "*CRM → Leads*",
            "*CRM > Leads*",
        ):
            self.assertEqual(len(self.problems(text)), 1, text)
        for text in ("An email.", "`e-mail`", "*CRM ‣ Leads*", "13 → 14", "1 > 0"):
            self.assertEqual(self.problems(text), [], text)

    def test_files_that_are_named_are_there(self):
        for text in (
            "`lead_management/models/`",
            "`lab/bin/*.py`",
            "`capture/models/`",
            "`lead_management.lead`",
        ):
            self.assertEqual(self.problems(text), [], text)
        for text in ("`lead_management/modals/`", "`tooling/none.py`"):
            self.assertEqual(len(self.problems(text)), 1, text)

    def test_words_that_nobody_says(self):
        for text in (
            "By another door.",
            "Mend it.",
            "* Do not touch it.",
            "*So* touch",
        ):
            self.assertEqual(len(self.problems(text)), 1, text)
        for text in ("*Touched Leads*", "The first touch.", "`door`", "Indoors."):
            self.assertEqual(self.problems(text), [], text)

    def test_links_lead_somewhere(self):
        there = (
            "# A page, of two",
            "[this](page.md#a-page-of-two) [up](#a-page-of-two)",
        )
        self.assertEqual(self.problems(*there, "[web](https://example.com/x)"), [])
        for link in (
            "[x](no.md)",
            "[x](page.md#no)",
            "[x](#no)",
            '<img src="no.png"/>',
        ):
            self.assertIn("not there", self.problems("# Title", link)[0])
        self.assertIn("leads to no.md", self.problems("[x]", "", "[x]: no.md")[0])

    def test_what_is_to_be_extended_is_there(self):
        self.assertEqual(self.problems("Extend `crm.lead._message_track(fields)`."), [])
        (found,) = self.problems("Extend `crm.lead._prepare_nothing_at_all()`.")
        self.assertIn("names _prepare_nothing_at_all", found)

    def test_code_can_be_read(self):
        for language, right, wrong in (
            ("python", "a.b()  # c", "def"),
            ("json", '{"a": 1}', "{a}"),
            ("xml", "<a/><b/>", "<a>"),
            ("ini", "[a]\nb = 1%", "b"),
            ("sh", "call a '{}'", "call a '{}"),
        ):
            with self.subTest(language):
                self.assertEqual(self.problems(f"```{language}", right, "```"), [])
                found = self.problems("Text.", f"```{language}", wrong, "```")
                self.assertIn(f"a block of {language} can't be read", found[0])
        self.assertEqual(
            self.problems("1. Item", "", "   ```json", "   {}", "   ```"), []
        )
        self.assertEqual(self.problems("```html", "<a>", "```"), [])


if __name__ == "__main__":
    unittest.main()
