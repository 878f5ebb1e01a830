from odoo.tests import tagged

from .test_open_leads import OpenLeadsCase


@tagged("post_install", "-at_install", "lead_duplicate")
class TestOpenLeadConvert(OpenLeadsCase):
    """Whoever converts a lead is told of others that are open."""

    def _get_told(self, user=None, lang="en_US", **values):
        user = user or self.user_sales_leads
        values = {"partner_name": "Hollowoak Fittings", **values}
        lead = self._create_lead(user, contact_last_name="Moss", **values)
        wizard = self.env["crm.lead2opportunity.partner"].with_user(user)
        wizard = wizard.with_context(lang=lang)
        return wizard.create({"lead_id": lead.id}).open_lead_text or ""

    def test_what_odoo_does_not_list_is_told(self):
        told = self._get_told(contact_first_name="Ida", phone="+12025550143")
        self.assertIn(f"/odoo/crm.lead/{self.ida.id}", told)
        self.assertIn("same phone", told)
        self.assertIn("Sam Salesman", told)

    def test_it_is_told_in_every_language(self):
        """Babel knows no list of units in Hebrew, among others: that was an error."""
        self.env["res.lang"]._activate_lang("he_IL")
        told = self._get_told(
            lang="he_IL", contact_first_name="Ida", phone="+12025550143"
        )
        self.assertIn("Sam Salesman, ", told)

    def test_what_odoo_lists_is_not_told_twice(self):
        self.assertFalse(self._get_told(email_from=self.ida.email_from))

    def test_hidden_ones_are_counted(self):
        self.ida.user_id = self.user_sales_leads
        told = self._get_told(
            self.user_sales_salesman, contact_first_name="Ida", phone="+12025550143"
        )
        self.assertIn("1 more that you cannot open", told)
        self.assertNotIn("Moss", told)

    def test_policy_is_to_say_nothing(self):
        self._set_policy("convert", "off")
        self.assertFalse(self._get_told(contact_first_name="Ida", phone="+12025550143"))
