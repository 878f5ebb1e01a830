from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_translation")
class TestTranslation(TestLeadManagementCommon, HttpCase):
    """A salesperson who works in German."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("de_DE")
        modules = cls.env["ir.module.module"].search([("name", "=", "lead_management")])
        modules._update_translations(["de_DE"])
        cls.user_sales_salesman.lang = "de_DE"
        cls.lead = cls._create_lead(
            cls.user_sales_salesman, contact_name="Jane Doe"
        ).with_user(cls.user_sales_salesman)
        cls.german = cls.lead.with_context(lang="de_DE")

    def test_options_and_labels_are_german(self):
        self.assertEqual(self.german.status_id.name, "Zugewiesen")
        labels = self.german.fields_get(["contact_last_name", "quote_deadline"])
        self.assertEqual(labels["contact_last_name"]["string"], "Nachname")

    def test_refusal_is_german(self):
        self.lead.sudo().status_id = self.status_new
        with self.assertRaisesRegex(UserError, "Zugewiesen") as caught:
            self.german.action_set_status(self.status_recycled.id)
        self.assertNotRegex(str(caught.exception), r"\b(lead is|become|or|Dead)\b")

    def test_pages_are_german(self):
        self.start_tour("/odoo", "lead_german", login="user_sales_salesman")
