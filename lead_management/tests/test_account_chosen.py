from odoo.tests import Form, tagged, users

from .test_account_match_shown import MatchShownCase


@tagged("post_install", "-at_install", "lead_account_match")
class TestAccountChosen(MatchShownCase):
    """What follows when somebody chooses an account or a contact for a lead."""

    @users("user_sales_salesman")
    def test_choosing_an_account_changes_nothing_else(self):
        lead = self.lead.with_env(self.env)
        before = lead.read(["contact_name", "partner_name", "phone", "email_from"])
        with Form(lead) as form:
            form.account_id = self.account
            form.account_contact_id = self.contact
        after = lead.read(["contact_name", "partner_name", "phone", "email_from"])
        self.assertEqual(before, after)
        with Form(lead) as form:
            form.account_id = self.other
        self.assertFalse(lead.account_contact_id, "is of the other account")
        with Form(lead) as form:
            form.account_contact_id = self.contact
        self.assertEqual(lead.account_id, self.account)
        self.assertFalse(lead.partner_id)

    @users("user_sales_salesman")
    def test_lead_is_converted_into_the_account_that_was_chosen(self):
        lead = self.lead.with_env(self.env)
        lead.account_id = self.account
        result = lead.convert_lead("opportunity")[0]
        self.assertEqual(result["account_id"], self.account.id)
        self.assertEqual(lead.partner_id.parent_id, self.account)
        self.assertEqual(self.account.name, "Zephyrtronic Ltd")

    @users("user_sales_salesman")
    def test_lead_is_converted_into_the_contact_that_was_chosen(self):
        lead = self.lead.with_env(self.env)
        lead.account_contact_id = self.contact
        result = lead.convert_lead()[0]
        self.assertEqual(result["account_id"], self.account.id)
        self.assertEqual(result["contact_id"], self.contact.id)

    @users("user_sales_salesman")
    def test_wizards_propose_the_account_that_was_chosen(self):
        lead = self.lead.with_env(self.env)
        lead.account_id = self.account
        wizard = self.env["crm.lead2opportunity.partner"]
        wizard = wizard.with_context(active_id=lead.id, active_ids=lead.ids)
        form = Form(wizard)
        self.assertEqual(form.commercial_partner_id, self.account)
        form.save().action_apply()
        self.assertEqual(lead.partner_id.parent_id, self.account)

    @users("user_sales_salesman")
    def test_wizard_links_no_contact_of_another_account(self):
        self.contact.sudo().parent_id = self.other
        lead = self.lead.with_env(self.env)
        lead.email_from = "ida@moss.example.com"
        self.assertEqual(lead._find_matching_partner(), self.contact)
        lead.account_id = self.account
        self.assertFalse(lead._find_matching_partner())

    @users("user_sales_salesman")
    def test_native_doors_link_the_account_that_was_chosen(self):
        lead = self.lead.with_env(self.env)
        lead.account_id = self.account
        self.assertEqual(lead.commercial_partner_id, self.account)
        lead._handle_partner_assignment(create_missing=True)
        self.assertEqual(lead.partner_id.parent_id, self.account)

    def test_merge_keeps_the_account_that_was_chosen(self):
        second = self._create_lead(self.user_sales_salesman, partner_name="Zephyr")
        second.account_id = self.account
        merged = (self.lead | second).merge_opportunity()
        self.assertEqual(merged.account_id, self.account)
