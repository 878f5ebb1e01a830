from odoo.exceptions import UserError
from odoo.tests import Form, tagged, users

from .test_lead_conversion import ConversionCase


@tagged("post_install", "-at_install", "lead_conversion")
class TestConvertWizard(ConversionCase):
    def _open(self, lead=None):
        lead = lead or self.lead
        return Form(
            self.env["crm.lead2opportunity.partner"].with_context(
                active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
            )
        )

    def _apply(self, form):
        return form.save().action_apply()

    def _set_line(self, form, record_name, field_name, **values):
        """Change a line of the review as a person does."""
        for index in range(len(form.value_ids)):
            with form.value_ids.edit(index) as line:
                if (line.record_name, line.field_name) == (record_name, field_name):
                    for name, value in values.items():
                        setattr(line, name, value)
                    return
        self.fail(f"no line for {record_name}.{field_name}")

    @users("user_sales_salesman")
    def test_two_clicks_are_enough(self):
        self._apply(self._open())
        self.assertEqual(self.lead.type, "opportunity")
        self.assertEqual(self.lead.partner_id.name, "Jane Doe")
        self.assertEqual(self.lead.partner_id.parent_id.name, "Acme Toys")

    @users("user_sales_salesman")
    def test_preview_names_what_is_created(self):
        form = self._open()
        self.assertIn("account Acme Toys", form.preview_created)
        self.assertIn("contact Jane Doe", form.preview_created)
        self.assertIn("opportunity Acme Toys", form.preview_created)
        self.assertFalse(form.preview_linked)

    @users("user_sales_salesman")
    def test_reviewed_value_is_written(self):
        form = self._open()
        self._set_line(form, "account", "name", value="ACME Toys Ltd")
        self._set_line(form, "account", "fax", is_written=False)
        self._set_line(form, "opportunity", "expected_revenue", value="2500")
        self._apply(form)
        account = self.lead.partner_id.parent_id
        self.assertEqual(account.name, "ACME Toys Ltd")
        self.assertFalse(account.fax)
        self.assertEqual(self.lead.expected_revenue, 2500)

    @users("user_sales_salesman")
    def test_text_is_no_number(self):
        form = self._open()
        self._set_line(form, "opportunity", "expected_revenue", value="a lot")
        with self.assertRaisesRegex(UserError, "a lot.*is not a number"):
            self._apply(form)

    @users("user_sales_salesman")
    def test_customer_is_overwritten_only_where_ticked(self):
        form = self._open()
        form.commercial_partner_id = self.account
        self.assertIn("Acme Toys Inc.", form.preview_linked)
        self._set_line(form, "account", "name", is_written=True)
        self._apply(form)
        self.assertEqual(self.account.name, "Acme Toys")
        self.assertEqual(self.account.phone, "+1 202 555 0199", "not ticked")
        self.assertEqual(self.account.fax, "+1 202 555 0102", "was blank")

    @users("user_sales_salesman")
    def test_blank_field_can_be_left_blank(self):
        form = self._open()
        form.commercial_partner_id = self.account
        self._set_line(form, "account", "fax", is_written=False)
        self._apply(form)
        self.assertFalse(self.account.fax)

    @users("user_sales_salesman")
    def test_account_only(self):
        form = self._open()
        form.result = "account"
        action = self._apply(form)
        self.assertEqual(action["res_model"], "res.partner")
        self.assertFalse(self.lead.active)
        self.assertEqual(self.lead.type, "lead")

    @users("user_sales_salesman")
    def test_into_existing_opportunity(self):
        deal = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        form = self._open()
        form.result = "existing"
        form.opportunity_id = deal
        action = self._apply(form)
        self.assertEqual((action["res_model"], action["res_id"]), ("crm.lead", deal.id))
        self.assertEqual(self.lead.conversion_id.opportunity_id, deal)

    @users("user_sales_salesman")
    def test_known_contact_is_linked(self):
        self.contact.email = "jane@test.example.com"
        form = self._open()
        self.assertEqual(form.action, "exist")
        self.assertEqual(form.partner_id, self.contact)
        self._apply(form)
        self.assertEqual(self.lead.partner_id, self.contact)
        self.assertEqual(self.lead.conversion_id.account_id, self.account)

    @users("user_sales_manager")
    def test_mass_wizard_takes_leads_of_one_company_together(self):
        leads = self.env["crm.lead"].create(
            [
                {"type": "lead", "contact_name": f"Person {i}", "partner_name": "Acme"}
                for i in range(3)
            ]
        )
        self.env["crm.lead2opportunity.partner.mass"].with_context(
            active_model="crm.lead", active_id=leads[0].id, active_ids=leads.ids
        ).create({"deduplicate": False}).action_mass_convert()
        self.assertEqual(set(leads.mapped("type")), {"opportunity"})
        self.assertEqual(len(leads.partner_id), 3)
        self.assertEqual(len(leads.partner_id.parent_id), 1)
