from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import BaseCase, Form, tagged, users

from ..tools.same_writing import is_same_writing
from .test_lead_conversion import ConversionCase


@tagged("lead_conversion")
class TestSameWriting(BaseCase):
    def test_what_is_only_written_in_another_way(self):
        for one, other in (
            ("+49 9132 84-0", "+49 (9132) 840"),
            ("https://www.acme.example.com/", "acme.example.com"),
            ("Main  Street 1", "main street 1"),
            (1500.0, 1500),
        ):
            self.assertTrue(is_same_writing(one, other), (one, other))

    def test_what_is_something_else(self):
        for one, other in (
            ("+49 9132 84-0", "+49 9132 84-1"),
            ("acme.example.com", "acme.example.org"),
            ("Floor 3", "3"),
            (1500, 1501),
        ):
            self.assertFalse(is_same_writing(one, other), (one, other))


@tagged("post_install", "-at_install", "lead_conversion")
class TestConversionDecide(ConversionCase):
    """What of a conversion is asked, and what nobody can choose."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        nowhere = {"street": False, "city": False, "country_id": False}
        cls.lead.write({"email_from": "jane@toys.example.com", **nowhere})
        cls.contact.write(nowhere)
        cls.account.write(nowhere)
        cls.second_company = cls.env["res.company"].create({"name": "Second"})
        cls.here = {"street": "1 Main Street", "zip": "10115", "city": "Berlin"}
        cls.there = {"street": "2 Side Street", "street2": "Floor 3", "city": "Paris"}

    def _open(self):
        return Form(
            self.env["crm.lead2opportunity.partner"].with_context(
                active_model="crm.lead",
                active_id=self.lead.id,
                active_ids=self.lead.ids,
            )
        )

    def _get_questions(self, form):
        """Return the fields that are asked for, by question."""
        questions = {}
        for index in range(len(form.value_ids)):
            with form.value_ids.edit(index) as line:
                if line.question:
                    questions.setdefault(line.question, set()).add(line.field_name)
        return questions

    def _answer(self, form, question):
        """Take over what the lead says to a question, as the dialog does."""
        for index in range(len(form.value_ids)):
            with form.value_ids.edit(index) as line:
                if line.question == question:
                    line.is_written = True

    @users("user_sales_salesman")
    def test_nothing_is_asked_of_what_is_new(self):
        self.lead.partner_name = "Nobody Knows"
        form = self._open()
        self.assertEqual(self._get_questions(form), {})
        self.assertFalse(form.address_question)

    @users("user_sales_salesman")
    def test_what_an_account_says_otherwise_is_asked(self):
        self.lead.write({"company_phone": "+1 202 555 0101", "fax": "+1 202 555 0102"})
        questions = self._get_questions(self._open())
        self.assertEqual(questions, {"Phone of Acme Toys Inc.": {"phone"}})

    @users("user_sales_salesman")
    def test_what_is_written_otherwise_is_not_asked(self):
        self.account.website = "https://acme.example.com"
        self.lead.write(
            {
                "company_phone": "+1 (202) 555-0199",
                "website": "http://www.acme.example.com/",
            }
        )
        self.assertEqual(self._get_questions(self._open()), {})

    @users("user_sales_salesman")
    def test_who_cares_for_an_account_is_not_asked(self):
        self.lead.company_phone = False
        self.lead.phone = False
        self.account.user_id = self.user_sales_leads
        self.account.comment = "Buys in May"
        self.lead.description = "Met at the fair"
        self.assertEqual(self._get_questions(self._open()), {})

    @users("user_sales_salesman")
    def test_what_the_mapping_leaves_alone_is_not_asked(self):
        self.env["crm.lead.conversion.mapping"].sudo().search(
            [("record_name", "=", "account"), ("field_name", "=", "phone")]
        ).existing = "keep"
        self.assertEqual(self._get_questions(self._open()), {})

    @users("user_sales_salesman")
    def test_address_is_taken_over_as_a_whole(self):
        self.account.write({**self.there, "phone": False})
        self.lead.write(self.here)
        form = self._open()
        question = "Address of Acme Toys Inc."
        self.assertEqual(
            self._get_questions(form), {question: {*self.here, *self.there}}
        )
        self._answer(form, question)
        form.save().action_apply()
        self.assertRecordValues(self.account, [{**self.here, "street2": False}])

    @users("user_sales_salesman")
    def test_contact_moves_with_the_account(self):
        self.account.write({**self.there, "phone": False})
        self.contact.write({"email": self.lead.email_from, "phone": False})
        self.lead.write({**self.here, "function": False})
        form = self._open()
        self.assertEqual(form.contact_id, self.contact)
        [question] = self._get_questions(form)
        self._answer(form, question)
        form.save().action_apply()
        self.assertRecordValues(
            self.contact, [{"street": "1 Main Street", "type": "contact"}]
        )

    @users("user_sales_salesman")
    def test_new_contact_has_its_own_address_unless_it_is_the_account_s(self):
        self.account.write(self.there)
        self.lead.write(self.here)
        form = self._open()
        self.assertEqual(
            form.address_question,
            {
                "question": "Address of Jane Doe",
                "own": "1 Main Street, 10115, Berlin",
                "shared": "2 Side Street, Floor 3, Paris",
            },
        )
        self.assertIn("an address of its own", form.contact_summary)
        form.shares_address = True
        self.assertNotIn("an address of its own", form.contact_summary)
        form.save().action_apply()
        contact = self.lead.conversion_id.contact_id
        self.assertRecordValues(
            contact, [{**self.there, "zip": False, "type": "contact"}]
        )
        self.assertEqual(self.lead.street, "1 Main Street", "the lead's stays")

    @users("user_sales_salesman")
    def test_what_is_no_phone_number_is_asked(self):
        self.lead.write({"partner_name": "Nobody Knows", "phone": "ask"})
        form = self._open()
        self.assertEqual(self._get_questions(form), {"Phone of Jane Doe": {"phone"}})
        form.save().action_apply()
        self.assertEqual(self.lead.conversion_id.contact_id.phone, "ask")

    @users("user_sales_salesman")
    def test_cards_say_what_will_happen(self):
        form = self._open()
        self.assertIn("The account is linked.", form.account_summary)
        self.assertIn("A new contact is created.", form.contact_summary)
        self.assertIn("becomes the primary contact", form.contact_summary)
        self.assertIn("becomes the opportunity", form.opportunity_summary)
        form.commercial_partner_id = self.env["res.partner"]
        self.assertEqual(form.account_summary, "A new account is created.")
        form.result = "account"
        self.assertIn("No opportunity is created.", form.opportunity_summary)

    @users("user_sales_salesman")
    def test_own_opportunities_are_offered_by_name(self):
        leads = self.env["crm.lead"].with_context(default_type="opportunity")
        deals = leads.create(
            [
                {
                    "name": f"Deal {number}",
                    "partner_id": self.account.id,
                    "expected_revenue": 12000,
                }
                for number in range(4)
            ]
        )
        offered = self._open().opportunity_matches
        self.assertTrue(offered["more"])
        self.assertEqual(len(offered["matches"]), 3)
        for match in offered["matches"]:
            deal = deals.browse(match["id"])
            self.assertEqual(match["display_name"], deal.name)
            value, stage = match["reasons"]
            self.assertIn("12,000", value)
            self.assertEqual(stage, deal.stage_id.name)

    def _open_here(self):
        """Open the dialog as somebody of two companies, for a lead of the first."""
        self.env.user.sudo().company_ids += self.second_company
        self.lead.company_id = self.env.company
        wizards = self.env["crm.lead2opportunity.partner"].with_context(
            allowed_company_ids=[self.env.company.id, self.second_company.id],
            active_model="crm.lead",
            active_id=self.lead.id,
            active_ids=self.lead.ids,
        )
        return wizards.create({})

    @users("user_sales_salesman")
    def test_records_of_another_company_are_no_choice(self):
        lead = self.lead
        deal = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "opportunity",
                "partner_id": self.account.id,
                "team_id": False,
                "user_id": False,
            }
        )
        deal.sudo().company_id = self.second_company
        account = (
            self.env["res.partner"]
            .sudo()
            .create(
                {
                    "name": "Elsewhere",
                    "is_company": True,
                    "company_id": self.second_company.id,
                }
            )
        )
        for chosen in (
            {"commercial_partner_id": account.id},
            {"result": "existing", "opportunity_id": deal.id},
        ):
            wizard = self._open_here()
            self.assertFalse(wizard.has_opportunities)
            wizard.write(chosen)
            with self.assertRaisesRegex(UserError, "to another company"):
                wizard.action_apply()
            self.assertEqual(lead.type, "lead")

    @users("user_sales_salesman")
    def test_contact_of_an_account_that_is_hidden_names_it_nowhere(self):
        hidden = (
            self.env["res.partner"]
            .sudo()
            .create(
                {
                    "name": "Secret Ltd",
                    "is_company": True,
                    "company_id": self.second_company.id,
                    "child_ids": [
                        Command.create(
                            {
                                "name": "Jane Doe",
                                "email": self.lead.email_from,
                                "company_id": False,
                            }
                        )
                    ],
                }
            )
        )
        hidden.child_ids.company_id = False
        self.env.flush_all()
        wizard = self.env["crm.lead2opportunity.partner"].new(
            {"lead_id": self.lead.id, "action": "create", "partner_id": False}
        )
        found = wizard._get_contact_matches()
        self.assertNotIn("Secret", str(found))
        for match in found["matches"]:
            if match["id"] in hidden.child_ids.ids:
                self.assertFalse(match["is_usable"])

    @users("user_sales_salesman")
    def test_customer_that_is_a_company_gets_a_contact(self):
        self.lead.partner_id = self.account
        form = self._open()
        self.assertTrue(form.account_matches["is_known"])
        self.assertEqual(form.contact_matches["new"], self.lead.contact_name)
