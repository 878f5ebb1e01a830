from odoo.tests import tagged, users

from .test_lead_conversion import ConversionCase


@tagged("post_install", "-at_install", "lead_conversion")
class TestConversionMapping(ConversionCase):
    """What a lead says goes to its account and its contact, a test for each row."""

    @users("user_sales_salesman")
    def test_names(self):
        account, contact, _opportunity, _conversion = self._convert()
        self.assertEqual((account.name, contact.name), ("Acme Toys", "Jane Doe"))
        self.assertEqual(contact.parent_id, account)
        self.assertEqual(account.primary_contact_id, contact)

    @users("user_sales_salesman")
    def test_address_goes_to_both_and_is_the_billing_address(self):
        account, contact, _opportunity, _conversion = self._convert()
        for partner in account | contact:
            self.assertEqual(
                (partner.street, partner.city, partner.country_id.code),
                ("1 Main Street", "Springfield", "US"),
            )
        self.assertEqual(account.address_get(["invoice"])["invoice"], account.id)
        account.street = "2 Other Street"
        self.assertEqual(self.lead.street, "1 Main Street", "the lead keeps its own")

    @users("user_sales_salesman")
    def test_value_goes_to_the_opportunity(self):
        *_partners, opportunity, _conversion = self._convert(target="opportunity")
        self.assertEqual(opportunity.expected_revenue, 1000)

    @users("user_sales_salesman")
    def test_owner_goes_to_both(self):
        self.lead.user_id = self.user_sales_salesman
        account, contact, _opportunity, _conversion = self._convert()
        self.assertEqual((account | contact).user_id, self.user_sales_salesman)

    @users("user_sales_salesman")
    def test_phones_and_fax(self):
        account, contact, _opportunity, _conversion = self._convert()
        self.assertEqual((account.phone, contact.phone), self._phones("0101", "0100"))
        self.assertEqual((account.fax, contact.fax), self._phones("0102", "0102"))

    def _phones(self, *ends):
        return tuple(f"+1 202 555 {end}" for end in ends)

    @users("user_sales_salesman")
    def test_source_goes_to_both(self):
        account, contact, _opportunity, _conversion = self._convert()
        self.assertEqual((account | contact).lead_source_id, self.source)

    @users("user_sales_salesman")
    def test_notes_go_to_both_and_are_independent(self):
        account, contact, _opportunity, _conversion = self._convert()
        for partner in account | contact:
            self.assertIn("Met at the fair", partner.comment)
        account.comment = "Other"
        self.assertIn("Met at the fair", contact.comment)
        self.assertIn("Met at the fair", self.lead.description)

    @users("user_sales_salesman")
    def test_notes_go_to_an_existing_opportunity(self):
        deal = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        self._convert(target="opportunity", opportunity_id=deal.id)
        self.assertIn("Met at the fair", deal.description)

    @users("user_sales_salesman")
    def test_dates_go_to_an_existing_opportunity(self):
        self.lead.write({"date_deadline": "2030-05-01", "quote_deadline": "2030-04-01"})
        deal = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        *_rest, conversion = self._convert(target="opportunity", opportunity_id=deal.id)
        self.assertEqual(str(deal.date_deadline), "2030-05-01")
        self.assertEqual(str(deal.quote_deadline), "2030-04-01")
        conversion.action_undo()
        self.assertFalse(deal.date_deadline)
        self.assertFalse(deal.quote_deadline)
