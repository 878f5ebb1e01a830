import sys

from odoo.modules.module import Manifest
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestLeaving(TransactionCase):
    """An addon that goes leaves no line about its models, whoever wrote it."""

    def _get_lines_of_others(self, addon):
        """Return what other addons have noted about mixins of an addon's models."""
        own = [
            name for name, model in self.env.items() if model._original_module == addon
        ]
        lines = self.env["ir.model.inherit"].search([("model_id.model", "in", own)])
        return self.env["ir.model.data"].search(
            [
                ("model", "=", lines._name),
                ("res_id", "in", lines.ids),
                ("module", "!=", addon),
            ]
        )

    def _run_hook(self, addon):
        if name := Manifest.for_addon(addon).get("uninstall_hook"):
            getattr(sys.modules[f"odoo.addons.{addon}"], name)(self.env)

    def test_no_line_about_a_mixin_is_left(self):
        addons = self.env["ir.module.module"].search(
            [("name", "=like", "lead\\_management\\_%"), ("state", "=", "installed")]
        )
        found = False
        for addon in addons.mapped("name"):
            lines = self._get_lines_of_others(addon)
            if not lines:
                continue
            found = True
            with self.subTest(addon=addon, lines=lines.mapped("complete_name")):
                with self.env.cr.savepoint() as savepoint:
                    self._run_hook(addon)
                    left = lines.exists().mapped("complete_name")
                    savepoint.rollback()
                self.env.invalidate_all()
                self.assertEqual(left, [])
        self.assertTrue(found)
