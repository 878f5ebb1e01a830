from odoo.tests import BaseCase, tagged

from ..tools.summary import get_summary


@tagged("post_install", "-at_install")
class TestSummary(BaseCase):
    def test_sections_with_lines_are_shown_as_text(self):
        shown = get_summary([("Kept", ["A & B", "C"]), ("None", []), ("<b>", ["D"])])
        self.assertEqual(
            shown,
            "<p class='mb-1'><strong>Kept</strong></p>"
            "<ul><li>A &amp; B</li><li>C</li></ul>"
            "<p class='mb-1'><strong>&lt;b&gt;</strong></p><ul><li>D</li></ul>",
        )
        self.assertEqual(get_summary([]), "")
