from odoo.tests import TransactionCase, tagged

KEY, OTHER = "lead_management.test_number", "lead_management.test_other"


@tagged("post_install", "-at_install")
class TestParameters(TransactionCase):
    """Parameters are read once for all, and anew whenever one changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nobody = cls.env.ref("base.public_user")

    def _read(self):
        parameters = self.env["ir.config_parameter"].with_user(self.nobody)
        found = parameters._get_lead_number(KEY, 7)
        self.assertEqual(parameters.sudo()._get_lead_number(KEY, 7), found)
        return found

    def test_changes_count_at_once(self):
        parameters = self.env["ir.config_parameter"].sudo()
        self.assertEqual(self._read(), 7)
        parameter = parameters.create({"key": KEY, "value": "8"})
        self.assertEqual(self._read(), 8)
        parameter.value = "9"
        self.assertEqual(self._read(), 9)
        parameter.key = OTHER
        self.assertEqual(self._read(), 7)
        self.assertEqual(parameters._get_lead_number(OTHER), 9)
        parameters.set_param(KEY, 10)
        self.assertEqual(self._read(), 10)
        parameters.search([("key", "=", KEY)]).unlink()
        self.assertEqual(self._read(), 7)

    def test_all_are_one_query(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.create([{"key": key, "value": "3"} for key in (KEY, OTHER)])
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.assertEqual(self._read(), 3)
            self.assertEqual(parameters._get_lead_number(OTHER), 3)
            self.assertFalse(parameters._get_lead_flag("lead_management.test_none"))
