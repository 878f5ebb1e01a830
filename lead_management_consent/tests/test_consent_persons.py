from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tests import Form, tagged, users

from .common import NEWS, ConsentCase


@tagged("post_install", "-at_install", "lead_consent")
class TestConsentPersons(ConsentCase):
    """Leads and contacts: what they show, and what they carry along."""

    def _make_lead(self, email, **values):
        return self.env["crm.lead"].create(
            {"name": "Jane", "type": "lead", "email_from": email, **values}
        )

    def test_leads_and_contacts_of_an_address_show_the_same(self):
        state = self._agree()
        lead = self._make_lead("Jane <JANE@example.com>")
        contact = self.env["res.partner"].create(
            {"name": "Jane", "email": "jane@example.com"}
        )
        self.assertEqual(lead.consent_state_ids, state)
        self.assertEqual(contact.consent_state_ids, state)
        self.assertIn("Consent “News” confirmed", self._note_of_withdrawal(state, lead))
        self.assertEqual(contact.consent_state_ids.state, "withdrawn")

    def _note_of_withdrawal(self, state, lead):
        state._confirm(how="link")
        state._withdraw(how="link")
        self.assertIn("“News” withdrawn", lead.message_ids[0].body)
        state._confirm(how="link")
        note = lead.message_ids[0].body
        state._withdraw(how="link")
        return note

    def test_leads_are_found_by_their_consents(self):
        self._agree()
        agreed = self._make_lead("jane@example.com")
        other = self._make_lead("joe@example.com")
        nobody = self._make_lead(False)
        both = [("id", "in", (agreed | other | nobody).ids)]
        leads = self.env["crm.lead"].with_user(self.user_sales_manager)
        any_confirmed = ("consent_state_ids", "any", [("state", "=", "confirmed")])
        self.assertEqual(leads.search([*both, any_confirmed]), agreed)
        found = leads.search(
            [*both, ("consent_state_ids.purpose_id", "ilike", self.news.name)]
        )
        self.assertEqual(found, agreed)
        without = Domain(both) & ~Domain([any_confirmed])
        self.assertEqual(leads.search(without), other | nobody)
        none = leads.search([*both, ("consent_state_ids", "=", False)])
        self.assertEqual(none, other | nobody)
        some = leads.search([*both, ("consent_state_ids", "!=", False)])
        self.assertEqual(some, agreed)

    def test_a_merge_of_leads_carries_the_withdrawal(self):
        self._agree("a@example.com")
        self._agree("b@example.com")._withdraw(how="link")
        leads = self._make_lead("a@example.com") | self._make_lead("b@example.com")
        merged = leads.merge_opportunity()
        for email in ("a@example.com", "b@example.com"):
            state = self._get_state(email=email)
            self.assertEqual(state.state, "withdrawn")
        self.assertEqual(
            self._get_state(email="a@example.com").event_ids[0].how, "merge"
        )
        self.assertEqual(merged.consent_state_ids.state, "withdrawn")

    def test_a_merge_of_contacts_carries_the_withdrawal(self):
        self._agree("a@example.com")
        self._agree("b@example.com")._withdraw(how="link")
        contacts = self.env["res.partner"].create(
            [{"name": "Jane", "email": f"{letter}@example.com"} for letter in "ab"]
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(contacts.ids, contacts[0], extra_checks=False)
        self.assertEqual(contacts.exists().consent_state_ids.state, "withdrawn")

    def test_a_conversion_gives_the_contact_the_state_of_the_lead(self):
        state = self._agree()
        lead = self._make_lead("jane@example.com", contact_name="Jane Doe")
        result = lead.convert_lead("account")[0]
        contact = self.env["res.partner"].browse(result["contact_id"])
        self.assertEqual(contact.consent_state_ids, state)

    def test_a_conversion_carries_the_withdrawal_to_another_address(self):
        self._agree()._withdraw(how="link")
        self._agree("private@example.com")
        lead = self._make_lead("jane@example.com", contact_name="Jane Doe")
        contact = self.env["res.partner"].create(
            {"name": "Jane Doe", "email": "private@example.com"}
        )
        lead.convert_lead("account", contact_id=contact.id)
        self.assertEqual(contact.email, "private@example.com")
        self.assertEqual(contact.consent_state_ids.state, "withdrawn")
        self.assertEqual(contact.consent_state_ids.event_ids[0].how, "conversion")

    def test_a_confirmation_is_of_its_own_address_only(self):
        self._agree("a@example.com")
        leads = self._make_lead("a@example.com") | self._make_lead("b@example.com")
        leads.merge_opportunity()
        self.assertFalse(self._get_state(email="b@example.com"))

    @users("user_sales_salesman")
    def test_a_salesperson_asks_leads(self):
        leads = self.env["crm.lead"].create(
            [
                {"name": email, "email_from": email, "user_id": self.env.uid}
                for email in ("a@example.com", "b@example.com", "")
            ]
        )
        self._agree("b@example.com")
        action = leads.action_ask_consent()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        form = Form(wizard)
        form.purpose_id = self.news.with_env(self.env)
        self.assertEqual(form.address_count, 2)
        result = form.save().action_ask()
        self.assertIn("Asked by email: 1.", result["params"]["message"])
        state = self._get_state(email="a@example.com").sudo()
        self.assertEqual((state.state, state.ask_due), ("asked", True))
        self.assertEqual(state.event_ids.user_id, self.env.user)
        self.assertEqual(self._ask().sudo().email_to, "a@example.com")

    @users("user_sales_salesman")
    def test_a_salesperson_asks_nobody_who_has_withdrawn(self):
        self._agree()._withdraw(how="link")
        lead = self.env["crm.lead"].create(
            {"name": "Jane", "email_from": "jane@example.com", "user_id": self.env.uid}
        )
        context = {"active_model": "crm.lead", "active_ids": lead.ids}
        wizard = self.env["crm.lead.consent.ask"].with_context(**context)
        with self.assertRaisesRegex(UserError, "check the box of a web form again"):
            wizard.create({"purpose_id": self.news.id}).action_ask()
        lead.email_from = False
        with self.assertRaisesRegex(UserError, "has an email address"):
            wizard.create({"purpose_id": self.news.id}).action_ask()
        for model in ("res.users", "no.such.model", None):
            wizard = wizard.with_context(active_model=model)
            with self.assertRaises(UserError):
                wizard.create({"purpose_id": self.news.id}).action_ask()

    @users("user_sales_salesman")
    def test_a_salesperson_withdraws_for_the_person(self):
        self._agree()
        lead = self.env["crm.lead"].create(
            {"name": "Jane", "email_from": "jane@example.com", "user_id": self.env.uid}
        )
        state = lead.consent_state_ids
        state.action_withdraw()
        self.assertEqual(state.state, "withdrawn")
        proof = state.event_ids[0]
        self.assertEqual((proof.how, proof.user_id), ("user", self.env.user))
        with self.assertRaisesRegex(UserError, "“News” is withdrawn already"):
            state.action_withdraw()

    def test_the_editor_of_a_form_fills_in_what_the_purpose_says(self):
        form = self.form.with_user(self.user_sales_manager)
        with Form(form) as editor, editor.consent_ids.new() as line:
            line.purpose_id = self.news
            self.assertEqual((line.name, line.text), ("News", NEWS))

    def test_a_box_with_the_text_of_the_purpose_has_its_translations(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.news.with_context(lang="de_DE").text = "Schreibt mir."
        boxes = self.form.with_user(self.user_sales_manager).consent_ids
        box = boxes.filtered("purpose_id")[0]
        self.assertEqual(box.with_context(lang="de_DE").text, NEWS)
        box.purpose_id = box.purpose_id
        self.assertEqual(box.with_context(lang="de_DE").text, "Schreibt mir.")
        box.text = "Own text"
        box.purpose_id = box.purpose_id
        self.assertEqual(box.text, "Own text")

    def test_a_form_asks_for_no_purpose_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self.news.copy({"company_id": other.id})
        with self.assertRaisesRegex(UserError, "is of another company"):
            self.form.consent_ids = [
                Command.create(
                    {"name": "Theirs", "text": "Theirs", "purpose_id": theirs.id}
                )
            ]
