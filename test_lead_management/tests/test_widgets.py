import re
from pathlib import Path

from lxml import etree

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path

ADDED = re.compile(r'registry\.category\("fields"\)\.add\("(\w+)"')
TYPES = re.compile(r"supportedTypes: \[([^\]]*)\]")


@tagged("post_install", "-at_install", "lead_screens")
class TestWidgets(TransactionCase):
    """Fields are shown by what knows their kind: the browser warns of others, and what
    it shows then is a matter of luck."""

    def _get_types(self):
        """Return the kinds of fields that native widgets know, by their names."""
        types = {}
        for path in Path(file_path("web/static/src/views/fields")).rglob("*.js"):
            text = path.read_text(encoding="utf-8")
            known = TYPES.findall(text)
            if len(known) == 1:
                kinds = set(re.findall(r"\w+", known[0]))
                types.update(dict.fromkeys(ADDED.findall(text), kinds))
        return types

    def _find_wrong(self, node, fields, types):
        for child in node:
            field = fields.get(child.get("name")) if child.tag == "field" else None
            if field and field.type not in types.get(
                child.get("widget"), (field.type,)
            ):
                yield f"{field}: {child.get('widget')}"
            inner = field and field.relational and self.env[field.comodel_name]._fields
            yield from self._find_wrong(child, inner or fields, types)

    def test_widgets_know_the_kinds_of_their_fields(self):
        types = self._get_types()
        self.assertEqual(types["many2many_binary"], {"many2many"})
        ids = self.env["ir.model.data"].search(
            [("module", "=like", "lead_management%"), ("model", "=", "ir.ui.view")]
        )
        views = self.env["ir.ui.view"].browse(ids.mapped("res_id")).exists()
        wrong = [
            text
            for view in views
            if view.model in self.env
            for text in self._find_wrong(
                etree.fromstring(view.arch), self.env[view.model]._fields, types
            )
        ]
        self.assertFalse(wrong)
