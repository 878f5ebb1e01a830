from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged, users

from .own_fields import TrialCase


@tagged("post_install", "-at_install", "lead_conversion")
class TestFieldsThatChange(TrialCase):
    """Fields are deleted with their app, changed, or closed to some. So does an import
    that fails change them: Odoo reads them anew, as they are for other transactions."""

    def setUp(self):
        # First, and so done when the fields are back in the database.
        self.addCleanup(
            lambda: self.registry._setup_models__(self.cr, ["crm.lead", "res.partner"])
        )
        super().setUp()

    @users("user_sales_salesman")
    def test_a_field_that_is_gone_is_told_and_stops_nobody(self):
        for name in ("x_code", "x_story"):
            self._set("account", name, name)
        line = self._set("contact", "x_code", "x_code")
        fields = self.env["ir.model.fields"].sudo()
        fields._get("crm.lead", "x_code").unlink()
        fields._get("res.partner", "x_story").unlink()
        self.env.invalidate_all()
        account, contact, *_records, conversion = self._convert()
        self.assertEqual(account.name, "Acme Toys")
        self.assertFalse(account.x_code or contact.x_code)
        gone = line.search([("problem", "!=", False)])
        self.assertIn(line, gone)
        self.assertEqual(len(gone), 3)
        self.assertIn("x_code is not there any more", line.problem)
        for one in gone:
            self.assertTrue(one.field_label and one.value_label)
        line.active = False  # which is no change that is checked
        conversion.action_undo()
        self.assertFalse(contact.exists())

    @users("user_sales_salesman")
    def test_filled_value_of_a_field_that_is_gone_does_not_stop_undo(self):
        self._set("account", "x_code", "x_code")
        *_records, conversion = self._convert(account_id=self.account.id)
        self.env["ir.model.fields"].sudo()._get("res.partner", "x_code").unlink()
        self.env.invalidate_all()
        conversion.action_undo()
        self.assertTrue(self.lead.active)

    @users("user_sales_salesman")
    def test_whoever_may_not_see_a_field_converts_without_it(self):
        for name in ("x_code", "x_story"):
            self._set("account", name, name)
        for model in ("crm.lead", "res.partner"):
            field = self.env[model]._fields["x_code"]
            with self.subTest(model):
                managers = "sales_team.group_sale_manager"
                with patch.object(field, "groups", managers):
                    account, *_records, conversion = self._convert()
                    self.assertEqual(account.x_story, "Long\nstory")
                    self.assertFalse(account.sudo().x_code)
                    conversion.action_undo()

    def test_what_is_gone_and_undone_is_no_trouble(self):
        tag = self.env["crm.tag"].create({"name": "Own tag"})
        self.lead.tag_ids = tag
        conversion = self._convert_as_salesman()
        self._set("account", "x_code", "x_code")
        tag.unlink()
        self.env["ir.model.fields"]._get("crm.lead", "x_story").unlink()
        self.env.invalidate_all()
        self.assertIn(("account", "Own code"), self._get_differences(conversion))
        self.assertIn("1", self._try().summary)
        conversion.with_user(self.user_sales_salesman).action_undo()
        self.assertEqual(self._get_differences(conversion), {})

    def test_a_selection_fits_one_with_all_its_options(self):
        self.env["ir.model.fields"]._get("crm.lead", "x_size").selection_ids = [
            Command.create({"value": "m", "name": "Medium"})
        ]
        self._assert_refused("no conversion", "account", "x_size", "x_size")

    @users("user_sales_manager")
    def test_a_manager_edits_exports_and_imports(self):
        self.env.user.sudo().group_ids += self.env.ref("base.group_allow_export")
        lines = self.env["crm.lead.conversion.mapping"]
        line = lines.create(
            {
                "record_name": "account",
                "field_name": "x_code",
                "lead_field_name": "x_code",
            }
        )
        names = ["record_name", "field_name", "lead_field_name", "conversion", "source"]
        [row] = line.with_context(import_compat=True).export_data(names)["datas"]
        line.unlink()
        result = lines.load(names, [row])
        self.assertFalse(result["messages"])
        again = lines.browse(result["ids"])
        self.assertEqual((again.record_name, again.field_name), ("account", "x_code"))
        self.assertEqual((again.lead_field_name, again.conversion), ("x_code", "copy"))
        result = lines.load(names, [[*row[:1], "x_seats", *row[2:]]])
        self.assertIn("no conversion", result["messages"][0]["message"])
