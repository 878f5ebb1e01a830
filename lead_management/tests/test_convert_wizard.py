from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form, tagged, users

from odoo.addons.crm.wizard.crm_lead_to_opportunity import (
    CrmLead2opportunityPartner as NativeWizard,
)

from .test_lead_conversion import ConversionCase


@tagged("post_install", "-at_install", "lead_conversion")
class TestConvertWizard(ConversionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second_company = cls.env["res.company"].create({"name": "Second"})
        # not the domain of the organization's other accounts
        cls.lead.email_from = "jane@toys.example.com"

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

    def _choose_new_account(self, form):
        """Click the card of the new account."""
        form.commercial_partner_id = self.env["res.partner"]

    @users("user_sales_salesman")
    def test_action_is_named_without_an_opportunity_in_each_language(self):
        self.env["res.lang"].sudo()._activate_lang("de_DE")
        modules = self.env["ir.module.module"].sudo()
        for name in ("crm", "lead_management"):
            modules.search([("name", "=", name)])._update_translations(["de_DE"])
        for model in (
            "crm.lead2opportunity.partner",
            "crm.lead2opportunity.partner.mass",
        ):
            for lang, label in (("en_US", "Convert"), ("de_DE", "Umwandeln")):
                wizard = self.env[model].with_context(lang=lang)
                actions = dict(wizard.fields_get(["name"])["name"]["selection"])
                self.assertEqual(actions["convert"], label, (model, lang))

    @users("user_sales_salesman")
    def test_two_clicks_are_enough(self):
        self._apply(self._open())
        self.assertEqual(self.lead.type, "opportunity")
        self.assertEqual(self.lead.partner_id.name, "Jane Doe")
        self.assertEqual(self.lead.partner_id.parent_id, self.account)

    @users("user_sales_salesman")
    def test_two_clicks_make_a_new_account(self):
        self.lead.partner_name = "Nobody Knows"
        self._apply(self._open())
        self.assertEqual(self.lead.partner_id.parent_id.name, "Nobody Knows")

    @users("user_sales_salesman")
    def test_accounts_are_offered_with_reasons(self):
        form = self._open()
        [match] = form.account_matches["matches"]
        self.assertEqual(match["id"], self.account.id)
        self.assertEqual(match["reasons"], ["name differs only by Inc."])
        self.assertEqual(form.account_matches["new"], "Acme Toys")

    @users("user_sales_salesman")
    def test_account_is_linked_by_itself_only_when_sure(self):
        form = self._open()
        self.assertEqual(form.account_id, self.account)
        self.env["ir.config_parameter"].sudo().set_param(
            "lead_management.account_match_sure", "100"
        )
        form = self._open()
        self.assertTrue(form.account_matches["matches"])
        self.assertFalse(form.account_id)
        self.assertIn("Account Acme Toys", form.preview_created)

    @users("user_sales_salesman")
    def test_accounts_are_linked_by_people_only_if_settings_say_so(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "lead_management.auto_link", "never"
        )
        self.assertFalse(self._open().account_id)

    @users("user_sales_salesman")
    def test_archived_account_is_offered_and_restored(self):
        self.account.active = False
        form = self._open()
        self.assertFalse(form.account_id)
        form.commercial_partner_id = self.account
        self._apply(form)
        self.assertTrue(self.account.active)
        self.lead.with_env(self.env).conversion_id.action_undo()
        self.assertFalse(self.account.active)

    @users("user_sales_salesman")
    def test_new_account_stays_chosen(self):
        form = self._open()
        self._choose_new_account(form)
        self.assertFalse(form.account_id)
        self._apply(form)
        self.assertEqual(self.lead.partner_id.parent_id.name, "Acme Toys")
        self.assertNotEqual(self.lead.partner_id.parent_id, self.account)

    @users("user_sales_salesman")
    def test_hidden_accounts_are_counted(self):
        self.account.sudo().company_id = self.second_company
        form = self._open()
        self.assertEqual(form.account_matches["matches"], [])
        self.assertEqual(form.account_matches["hidden"], 1)
        self.assertNotIn("Inc.", str(form.account_matches))

    @users("user_sales_salesman")
    def test_account_of_another_company_is_shown_and_not_usable(self):
        company = self.second_company
        self.env.user.sudo().company_ids += company
        self.account.sudo().company_id = company
        self.lead.company_id = self.env.company
        wizard = self.env["crm.lead2opportunity.partner"].with_context(
            allowed_company_ids=[self.env.company.id, company.id],
            active_model="crm.lead",
            active_id=self.lead.id,
            active_ids=self.lead.ids,
        )
        form = Form(wizard)
        [match] = form.account_matches["matches"]
        self.assertFalse(match["is_usable"])
        self.assertIn("belongs to Second", match["reasons"])
        self.assertFalse(form.account_id)

    @users("user_sales_salesman")
    def test_same_person_of_another_account(self):
        person = self.env["res.partner"].create(
            {
                "name": "Jane Doe",
                "email": "jane@toys.example.com",
                "parent_id": self.customer.id,
            }
        )
        form = self._open()
        self.assertEqual(form.partner_id, person, "has the email address")
        form.commercial_partner_id = self.account
        self.assertEqual(form.action, "create")
        self.assertEqual(form.same_person_id, person)
        self.assertIn("the same person as", form.preview_linked)
        self._apply(form)
        contact = self.lead.partner_id
        self.assertNotEqual(contact, person)
        self.assertEqual(contact.parent_id, self.account)
        self.assertEqual(self.lead.conversion_id.same_person_id, person)
        bodies = " ".join(contact.message_ids.mapped("body"))
        self.assertIn(f'data-oe-id="{person.id}"', bodies)

    @users("user_sales_salesman")
    def test_contact_of_the_chosen_account_is_taken(self):
        self.contact.email = "jane@toys.example.com"
        form = self._open()
        self._choose_new_account(form)
        self.assertEqual(form.action, "create")
        form.commercial_partner_id = self.account
        self.assertEqual(form.partner_id, self.contact)
        [match] = form.contact_matches["matches"]
        self.assertEqual(match["account_id"], self.account.id)
        self.assertIn("same email", match["reasons"])

    @users("user_sales_salesman")
    def test_primary_contact_is_chosen(self):
        self.account.primary_contact_id = self.contact
        self._apply(self._open())
        self.assertEqual(self.account.primary_contact_id, self.contact)
        second = self._create_lead(
            self.env.user, partner_name="Acme Toys", contact_name="Jim Poe"
        )
        form = self._open(second)
        form.is_primary = True
        self._apply(form)
        self.assertEqual(self.account.primary_contact_id.name, "Jim Poe")
        second.with_env(self.env).conversion_id.action_undo()
        self.assertEqual(self.account.primary_contact_id, self.contact)

    @users("user_sales_salesman")
    def test_unqualified_lead_is_refused_with_the_reason(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "lead_management.bant_gate", "True"
        )
        self.assertIn("Not qualified yet: score 0", self._open().refusal)
        wizard = self._open().save()
        with self.assertRaisesRegex(UserError, "Not qualified yet"):
            wizard.action_apply()

    @users("user_sales_salesman")
    def test_second_account_is_refused_with_the_reason(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "lead_management.duplicate_policy", "block"
        )
        form = self._open()
        self.assertFalse(form.refusal)
        self._choose_new_account(form)
        self.assertIn("is there already", form.refusal)

    @users("user_sales_salesman")
    def test_converted_lead_says_who_converted_it(self):
        self.lead.with_env(self.env).convert_lead()
        self.assertIn("was converted by", self._open().refusal)

    @users("user_sales_salesman")
    def test_second_click_is_told_that_it_is_done(self):
        wizard, other = self._open().save(), self._open().save()
        wizard.action_apply()
        partner = self.lead.partner_id
        with self.assertRaisesRegex(UserError, "was converted by"):
            wizard.action_apply()
        with self.assertRaisesRegex(UserError, "was converted by"):
            other.action_apply()
        self.assertEqual(self.lead.partner_id, partner)

    @users("user_sales_salesman")
    def test_preview_names_what_is_created(self):
        form = self._open()
        self._choose_new_account(form)
        self.assertEqual(
            form.preview_created.split("\n"),
            [
                "Account Acme Toys",
                "Contact Jane Doe",
                "Opportunity Acme Toys – Jane Doe",
            ],
        )
        self.assertFalse(form.preview_linked)
        self.assertFalse(form.preview_filled)

    @users("user_sales_salesman")
    def test_reviewed_value_is_written(self):
        form = self._open()
        self._choose_new_account(form)
        self._set_line(form, "account", "name", value="ACME Toys Ltd")
        self._set_line(form, "account", "fax", is_written=False)
        self.assertIn("Account ACME Toys Ltd", form.preview_created)
        self._apply(form)
        account = self.lead.partner_id.parent_id
        self.assertEqual(account.name, "ACME Toys Ltd")
        self.assertFalse(account.fax)

    @users("user_sales_salesman")
    def test_linked_record_is_reviewed(self):
        germany = self.env.ref("base.de")
        form = self._open()
        self._choose_new_account(form)
        self._set_line(
            form, "account", "country_id", value="Germany", value_id=germany.id
        )
        self._apply(form)
        self.assertEqual(self.lead.partner_id.parent_id.country_id, germany)

    @users("user_sales_salesman")
    def test_linked_record_that_is_gone_is_named(self):
        form = self._open()
        self._set_line(form, "contact", "country_id", value="Gone", value_id=99999)
        with self.assertRaisesRegex(UserError, "Country.*Gone.*not there any more"):
            self._apply(form)

    @users("user_sales_salesman")
    def test_reviewed_opportunity(self):
        stage = self.stage_proposition
        form = self._open()
        form.opportunity_name = "Toys for all"
        form.expected_revenue = 2500
        form.date_deadline = "2030-01-01"
        form.team_id = self.sales_team_1
        form.stage_id = stage
        form.user_id = self.user_sales_salesman
        self.assertIn("Opportunity Toys for all", form.preview_created)
        self._apply(form)
        self.assertRecordValues(
            self.lead,
            [
                {
                    "name": "Toys for all",
                    "expected_revenue": 2500,
                    "date_deadline": date(2030, 1, 1),
                    "stage_id": stage.id,
                    "team_id": self.sales_team_1.id,
                    "user_id": self.user_sales_salesman.id,
                }
            ],
        )

    @users("user_sales_salesman")
    def test_what_was_reviewed_stays_when_the_account_changes(self):
        form = self._open()
        self._set_line(form, "contact", "function", value="Head of buying")
        self._choose_new_account(form)
        self._apply(form)
        self.assertEqual(self.lead.partner_id.function, "Head of buying")

    @users("user_sales_salesman")
    def test_text_is_no_number(self):
        form = self._open()
        self._choose_new_account(form)
        self._set_line(form, "account", "employee_count", value="a lot")
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
    def test_lead_with_a_subject_only_becomes_a_contact_that_is_reviewed(self):
        lead = self._create_lead(self.env.user, partner_name=False, name="A subject")
        form = self._open(lead)
        self.assertIn("Contact A subject", form.preview_created)
        wizard = form.save()
        self.assertIn(
            ("contact", "name", "A subject"),
            [(one.record_name, one.field_name, one.value) for one in wizard.value_ids],
        )
        wizard.action_apply()
        self.assertEqual(lead.partner_id.name, "A subject")

    @users("user_sales_salesman")
    def test_what_is_the_account_s_is_not_listed_for_a_new_contact(self):
        form = self._open()
        self._choose_new_account(form)
        wizard = form.save()
        listed = {(one.record_name, one.field_name) for one in wizard.value_ids}
        self.assertIn(("account", "twitter"), listed)
        self.assertNotIn(("contact", "twitter"), listed)

    @users("user_sales_salesman")
    def test_owner_that_was_chosen_owns_account_and_contact(self):
        colleague = self.user_sales_leads
        form = self._open()
        self._choose_new_account(form)
        form.user_id = colleague
        wizard = form.save()
        owners = wizard.value_ids.filtered(lambda line: line.field_name == "user_id")
        self.assertEqual(set(owners.mapped("value")), {colleague.name})
        wizard.action_apply()
        partner = self.lead.partner_id
        self.assertEqual((partner | partner.parent_id).user_id, colleague)

    @users("user_sales_salesman")
    def test_tick_that_was_taken_away_stays_away_when_the_owner_changes(self):
        form = self._open()
        self._choose_new_account(form)
        self._set_line(form, "account", "fax", is_written=False)
        form.user_id = self.user_sales_leads
        self._apply(form)
        self.assertFalse(self.lead.partner_id.parent_id.fax)

    @users("user_sales_salesman")
    def test_convert_is_preset_where_there_is_something_to_merge(self):
        twins = self._create_lead(self.env.user, email_from=self.lead.email_from)
        lost = self._create_lead(self.env.user, email_from=self.lead.email_from)
        lost.action_set_lost()
        action = self.lead.with_env(self.env).action_open_convert()
        form = Form(
            self.env["crm.lead2opportunity.partner"].with_context(**action["context"])
        )
        self.assertEqual(form.name, "convert")
        self.assertEqual(form.duplicate_count, 1)
        self._apply(form)
        self.assertTrue(twins.exists())
        self.assertTrue(self.lead.conversion_id.contact_id)

    @users("user_sales_salesman")
    def test_merging_says_what_is_lost(self):
        deal = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "opportunity",
                "email_from": self.lead.email_from,
            }
        )
        text = self._open().merge_result
        self.assertIn("“Deal” is kept", text)
        self.assertIn(self.lead.display_name, text)
        self.assertIn("No account and no contact", text)
        self.assertTrue(deal.exists())

    @users("user_sales_salesman")
    def test_lead_is_no_duplicate_of_itself(self):
        form = self._open()
        self.assertEqual(form.duplicate_count, 0)
        self.assertFalse(form.merge_result)

    @users("user_sales_salesman")
    def test_account_that_got_no_opportunity_counts_none(self):
        form = self._open()
        form.result = "account"
        self._apply(form)
        account = self.lead.partner_id.parent_id.with_env(self.env)
        partners = account | self.lead.partner_id.with_env(self.env)
        self.assertEqual(partners.mapped("opportunity_count"), [0, 0])
        domain = account.action_view_opportunity()["domain"]
        leads = self.env["crm.lead"].with_context(active_test=False)
        self.assertFalse(leads.search(domain))
        self.assertEqual(account.lead_conversion_count, 1)
        lost = leads.create(
            {"name": "Lost", "type": "opportunity", "partner_id": account.id}
        )
        lost.action_set_lost()
        account.invalidate_recordset(["opportunity_count"])
        self.assertEqual(account.opportunity_count, 1, "what is lost is counted")

    @users("user_sales_salesman")
    def test_own_opportunities_are_offered_first_and_others_to_who_searches(self):
        leads = self.env["crm.lead"]
        foreign = leads.create({"name": "Deal of nobody", "type": "opportunity"})
        form = self._open()
        self.assertEqual(form.account_id, self.account)
        self.assertFalse(form.has_opportunities)
        own = leads.create(
            {
                "name": "Deal of Acme",
                "type": "opportunity",
                "partner_id": self.account.id,
            }
        )
        form = self._open()
        self.assertTrue(form.has_opportunities)
        form.result = "existing"
        self.assertEqual(form.opportunity_id, own, "the only one is chosen")
        picker = leads.with_context(
            conversion_lead_id=self.lead.id, conversion_account_id=self.account.id
        )
        domain = [("type", "=", "opportunity"), ("id", "in", (own | foreign).ids)]
        offered = [found for found, _name in picker.name_search("", domain)]
        self.assertEqual(offered, own.ids)
        offered = [found for found, _name in picker.name_search("Deal", domain)]
        self.assertEqual(offered, [own.id, foreign.id])
        self._choose_new_account(form)
        self.assertFalse(form.opportunity_id)
        self.assertEqual(form.result, "opportunity")

    @users("user_sales_salesman")
    def test_amounts_go_over_in_the_currency_of_the_account(self):
        self.env.user.sudo().company_ids += self.second_company
        self.second_company.currency_id = self.env.ref("base.CHF")
        self.env.ref("base.CHF").sudo().active = True
        self.lead.write({"team_id": False, "company_id": self.second_company.id})
        self.env["res.currency.rate"].sudo().create(
            {
                "name": "2020-01-01",
                "rate": 2,
                "currency_id": self.env.ref("base.CHF").id,
                "company_id": self.second_company.id,
            }
        )
        self.lead.annual_revenue = 3000
        form = self._open()
        form.commercial_partner_id = self.account
        self._apply(form)
        self.assertEqual(self.account.annual_revenue, 1500)

    @users("user_sales_salesman")
    def test_what_was_done_is_said_with_links(self):
        form = self._open()
        self._choose_new_account(form)
        wizard = form.save().with_context(lead_notice=True)
        action = wizard.action_apply()
        self.assertEqual(
            action["params"]["message"],
            "Acme Toys, Jane Doe, and an opportunity were created.",
        )
        self.assertEqual(action["params"]["next"]["res_id"], self.lead.id)
        *links, undo = action["params"]["buttons"]
        partner = self.lead.partner_id
        self.assertEqual(
            [link["action"]["res_id"] for link in links],
            [partner.parent_id.id, partner.id],
        )
        undone = (
            self.env[undo["model"]]
            .browse(undo["ids"])
            .with_context(lead_notice=True)
            .action_undo()
        )
        self.assertIn("is a lead again", undone["params"]["message"])
        self.assertEqual(self.lead.type, "lead")

    @users("user_sales_salesman")
    def test_a_page_of_many_leads_stays(self):
        form = self._open()
        self._choose_new_account(form)
        context = {"lead_notice": True, "lead_in_place": True}
        done = form.save().with_context(**context).action_apply()
        self.assertEqual(done["params"]["next"]["type"], "ir.actions.act_window_close")
        *links, undo = done["params"]["buttons"]
        self.assertIn(self.lead.id, [link["action"]["res_id"] for link in links])
        self.assertEqual(undo["context"], {"lead_in_place": True})
        asked = (
            self.env[undo["model"]]
            .browse(undo["ids"])
            .with_context(**undo["context"])
            .action_review_undo()
        )
        dialog = Form(self.env[asked["res_model"]].with_context(**asked["context"]))
        undone = dialog.save().action_apply()
        self.assertEqual(undone["params"]["next"]["tag"], "soft_reload")
        self.assertEqual(self.lead.type, "lead")

    @users("user_sales_salesman")
    def test_the_form_of_the_lead_shows_the_opportunity(self):
        form = self._open()
        self._choose_new_account(form)
        context = {"lead_notice": True, "lead_in_form": True}
        done = form.save().with_context(**context).action_apply()
        self.assertEqual(done["params"]["next"]["type"], "ir.actions.act_window_close")
        *links, undo = done["params"]["buttons"]
        # Nothing leads to what is there already.
        self.assertNotIn(self.lead.id, [link["action"]["res_id"] for link in links])
        self.assertEqual(undo["context"], {"lead_in_place": True})

    @users("user_sales_salesman")
    def test_the_form_of_a_lead_that_is_somebody_else_s_now_is_left(self):
        form = self._open()
        form.user_id = self.user_sales_leads
        context = {"lead_notice": True, "lead_in_form": True}
        done = form.save().with_context(**context).action_apply()
        lead = self.lead.with_env(self.env)
        self.assertEqual(lead.sudo().type, "opportunity")
        self.assertFalse(lead.has_access("read"))
        self.assertEqual(done["tag"], "lead_notice")
        self.assertIn(lead.sudo().name, done["params"]["message"])
        self.assertFalse(done["params"]["buttons"])
        self.assertEqual(done["params"]["next"]["xml_id"], "crm.crm_lead_all_leads")
        self.assertEqual(done["params"]["next"]["target"], "main")

    @users("user_sales_salesman")
    def test_a_lead_that_is_merged_away_leaves_for_what_it_is_now(self):
        opportunity = self.env["crm.lead"].create(
            {
                "name": "First",
                "type": "opportunity",
                "email_from": self.lead.email_from,
                "user_id": self.env.uid,
            }
        )
        form = self._open()
        self.assertIn(opportunity, form.duplicated_lead_ids[:])
        form.name = "merge"
        context = {"lead_notice": True, "lead_in_form": True}
        done = form.save().with_context(**context).action_apply()
        self.assertFalse(self.lead.exists())
        self.assertEqual(done["res_id"], opportunity.id)

    @users("user_sales_salesman")
    def test_the_form_of_the_lead_leaves_for_the_account(self):
        form = self._open()
        self._choose_new_account(form)
        form.result = "account"
        context = {"lead_notice": True, "lead_in_form": True}
        done = form.save().with_context(**context).action_apply()
        self.assertEqual(done["params"]["next"]["res_model"], "res.partner")

    @users("user_sales_salesman")
    def test_gate_says_who_may_convert(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "lead_management.bant_gate", "True"
        )
        self.lead.team_id.sudo().user_id = self.user_sales_manager
        form = self._open()
        self.assertTrue(form.is_refused)
        self.assertIn("Qualification tab", form.refusal)
        self.assertIn(self.user_sales_manager.name, form.refusal)

    @users("user_sales_manager")
    def test_leads_of_one_person_share_one_new_contact(self):
        leads = self.env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "partner_name": company,
                    "contact_name": name,
                    "email_from": email,
                    "phone": phone,
                }
                for company, name, email, phone in (
                    ("Quokkaworks", "Ann Lee", "ann@quokka.example.com", False),
                    ("Quokkaworks Ltd", "ann  lee", False, "+1 202 555 0177"),
                    ("Quokkaworks", "Ann Lee", "ann.lee@quokka.example.com", False),
                    ("Quokkaworks", "Ben Lee", "ann@quokka.example.com", False),
                    (False, "Di Fox", "di@fox.example.com", False),
                    (False, "Di Fox", "di@fox.example.com", False),
                    (False, "Di Fox", False, False),
                )
            ]
        )
        self._open_mass(leads).action_mass_convert()
        first, second, other, colleague, fox, again, stranger = (
            lead.partner_id for lead in leads
        )
        self.assertEqual(first, second)
        self.assertEqual(first.phone, "+1 202 555 0177", "the second fills blanks")
        self.assertEqual(colleague, first, "as they have one address")
        self.assertNotEqual(first, other)
        self.assertEqual(len((first | other).parent_id), 1)
        self.assertEqual(fox, again)
        self.assertNotEqual(fox, stranger)
        self.assertEqual(len(leads.exists()), 7, "nothing is merged unasked")

    @users("user_sales_manager")
    def test_second_lead_of_an_address_finds_what_the_first_has_made(self):
        leads = self.env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "name": f"Lead {number}",
                    "partner_name": company,
                    "contact_name": name,
                    "email_from": email,
                    "phone": phone,
                }
                for number, (company, name, email, phone) in enumerate(
                    (
                        ("Quokkaworks", "Ann Lee", "ann@lee.example", "+1 202 555 01"),
                        ("Numbat One", "A. Lee", "Ann@Lee.example", False),
                        ("Numbat One", "Cy Roe", "cy@roe.example", False),
                        (False, "Ann Lee", "ann@lee.example", False),
                        ("Dugong Two", False, "info@dugong.example", False),
                        ("Dugong Three", False, "info@dugong.example", False),
                        (False, False, "eve@fox.example", False),
                        (False, False, "gus@fox.example", False),
                        (False, False, "gus@fox.example", False),
                    )
                )
            ]
        )
        wizard = self._open_mass(leads)
        planned = [(group["name"], group["leads"]) for group in wizard.plan["accounts"]]
        wizard.action_mass_convert()
        accounts = leads.grouped(lambda lead: lead.conversion_id.account_id)
        self.assertEqual(
            [(account.name, same.mapped("name")) for account, same in accounts.items()],
            [
                ("Quokkaworks", ["Lead 0", "Lead 1", "Lead 3"]),
                ("Numbat One", ["Lead 2"]),
                ("Dugong Two", ["Lead 4", "Lead 5"]),
                ("Lead 6", ["Lead 6"]),
                ("Lead 7", ["Lead 7", "Lead 8"]),
            ],
        )
        self.assertEqual(
            planned,
            [(account.name, same.mapped("name")) for account, same in accounts.items()],
        )
        contact = leads[0].partner_id
        self.assertEqual((leads[1] + leads[3]).partner_id, contact)
        self.assertEqual(set((leads[1] + leads[3]).mapped("phone")), {contact.phone})
        self.assertEqual(leads[3].partner_name, "Quokkaworks")
        made = leads.partner_id | leads.partner_id.parent_id
        leads.conversion_id.action_undo()
        self.assertFalse(made.exists().filtered("active"))
        self.assertEqual(leads.filtered("phone"), leads[0])

    @users("user_sales_manager")
    def test_new_ones_for_each_lead_are_no_found_ones(self):
        leads = self.env["crm.lead"].create(
            [
                {"type": "lead", "contact_name": name, "email_from": "ann@lee.example"}
                for name in ("Ann Lee", "Ben Lee")
            ]
        )
        wizard = self._open_mass(leads, action="create")
        self.assertEqual(len(wizard.plan["accounts"]), 2)
        wizard.action_mass_convert()
        self.assertEqual(len(leads.partner_id), 2)

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
        self.contact.email = "jane@toys.example.com"
        form = self._open()
        self.assertEqual(form.action, "exist")
        self.assertEqual(form.partner_id, self.contact)
        self._apply(form)
        self.assertEqual(self.lead.partner_id, self.contact)
        self.assertEqual(self.lead.conversion_id.account_id, self.account)

    @users("user_sales_salesman")
    def test_person_without_company_stays_the_contact(self):
        person = self.env["res.partner"].create(
            {"name": "Jane Doe", "email": "jane@toys.example.com"}
        )
        self.lead.partner_name = False
        form = self._open()
        self.assertEqual(form.action, "exist")
        self.assertEqual(form.partner_id, person)

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

    @users("user_sales_manager")
    def test_mass_wizard_shows_a_plan(self):
        leads = self.env["crm.lead"].create(
            [
                {"type": "lead", "contact_name": "Ann", "partner_name": "Acme Toys"},
                {"type": "lead", "contact_name": "Ben", "partner_name": "Quokkaworks"},
                {
                    "type": "lead",
                    "contact_name": "Cy",
                    "partner_name": "Quokkaworks Ltd",
                },
                {"type": "lead", "contact_name": "Di", "partner_name": "Lost Inc"},
                {"type": "lead", "contact_name": "Ed", "partner_name": "Numbat"},
            ]
        )
        leads[3].action_set_lost()
        self.env["res.partner"].create(
            {"name": "Numbat", "is_company": True, "active": False}
        )
        plan = self._open_mass(leads).plan
        self.assertEqual((plan["leads"], plan["ready"]), (5, 4))
        self.assertEqual([group["id"] for group in plan["links"]], self.account.ids)
        self.assertEqual(plan["links"][0]["reasons"], ["name differs only by Inc."])
        [new] = plan["accounts"]
        self.assertEqual((new["name"], len(new["leads"])), ("Quokkaworks", 2))
        [doubt] = plan["doubts"]
        self.assertEqual(doubt["name"], "Numbat")
        self.assertEqual(doubt["leads"], leads[4].mapped("display_name"))
        self.assertIn("of this name", doubt["reasons"][0])
        [problem] = plan["problems"]
        self.assertEqual(problem["id"], leads[3].id)
        self.assertIn("Restore it", problem["reason"])

    @users("user_sales_manager")
    def test_mass_wizard_converts_what_it_can_and_lists_the_rest(self):
        leads = self._create_mass_leads(6)
        wizard = self._open_mass(leads)
        broken = leads[3]
        self._refuse_to_convert(broken)
        action = wizard.action_mass_convert()
        self.assertEqual(action["res_id"], wizard.id, "shows what became of them")
        self.assertEqual(wizard.report["converted"], 5)
        self.assertEqual(wizard.report["accounts"], 1)
        [failure] = wizard.report["failures"]
        self.assertEqual((failure["id"], failure["reason"]), (broken.id, "No way"))
        self.assertEqual(broken.type, "lead")
        self.assertFalse(broken.partner_id)
        self.assertEqual(len((leads - broken).partner_id.parent_id), 1)

    @users("user_sales_salesman")
    def test_mass_wizard_makes_accounts_only(self):
        leads = self._create_mass_leads(3)
        deal = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        wizard = self._open_mass(leads + deal, result="account")
        action = wizard.action_mass_convert()
        self.assertEqual(
            action["params"]["message"],
            "Leads converted: 3. New accounts: 1. New contacts: 3.",
        )
        undo = action["params"]["buttons"][-1]
        self.assertEqual(undo["method"], "action_review_undo")
        self.assertEqual(undo["ids"], wizard.report["conversions"])
        self.assertEqual(set(leads.mapped("type")), {"lead"})
        self.assertFalse(any(leads.mapped("active")))
        self.assertEqual(leads.status_id.category, "converted")
        self.assertFalse(deal.partner_id)
        with self.assertRaisesRegex(UserError, "None of these leads"):
            self._open_mass(leads, result="account").action_mass_convert()

    def _refuse_to_convert(self, broken):
        leads = type(broken)
        convert = leads.convert_opportunity

        def refuse_one(self, *args, **kwargs):
            if broken in self:
                raise UserError("No way")
            return convert(self, *args, **kwargs)

        self.patch(leads, "convert_opportunity", refuse_one)

    def _create_mass_leads(self, number):
        return self.env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "contact_name": f"Person {n}",
                    "partner_name": "Quokka",
                }
                for n in range(number)
            ]
        )

    def _open_mass(self, leads, **values):
        return (
            self.env["crm.lead2opportunity.partner.mass"]
            .with_context(
                active_model="crm.lead", active_id=leads[0].id, active_ids=leads.ids
            )
            .create(values)
        )


@tagged("post_install", "-at_install", "lead_conversion")
class TestConvertWizardCost(ConversionCase):
    """What the wizard asks of the database."""

    @users("user_sales_salesman")
    def test_converting_one_lead_asks_little_beyond_native(self):
        """What native asks is counted here, as other addons ask more: what its dialog
        looks up, and its Convert. Beyond it are the accounts and contacts to choose
        from, the values to review, and what undoing needs."""

        def count(convert):
            number = self.env["crm.lead"].search_count([])
            lead = self.env["crm.lead"].create(
                {
                    "type": "lead",
                    "contact_name": f"Person {number} Brook",
                    "partner_name": f"Company {number} of Cost",
                    "email_from": f"person@company{number}.example.com",
                    "city": "Brussels",
                    "website": f"https://company{number}.example.com",
                }
            )
            wizards = self.env["crm.lead2opportunity.partner"].with_context(
                active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
            )
            native = wizards.create({})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            convert(lead, wizards, native)
            self.env.flush_all()
            asked = self.env.cr.sql_log_count - before
            self.assertEqual(lead.type, "opportunity")
            self.assertEqual(lead.partner_id.name, f"Person {number} Brook")
            return asked

        def as_native(lead, _wizards, native):
            lead._find_matching_partner()
            lead._get_lead_duplicates(email=lead.email_from, include_lost=True)
            team = self.env["crm.team"]._get_default_team_id(self.env.uid)
            NativeWizard._convert_and_allocate(native, lead, [self.env.uid], team.id)

        def in_wizard(_lead, wizards, _native):
            Form(wizards).save().with_context(lead_notice=True).action_apply()

        for convert in (as_native, in_wizard):
            count(convert)  # fills what all transactions share
        self.assertLessEqual(count(in_wizard), count(as_native) + 30)


@tagged("post_install", "-at_install", "lead_conversion", "lead_cost")
class TestMassConvertWizardCost(ConversionCase):
    """What the mass wizard asks of the database."""

    @users("user_sales_manager")
    def test_queries_of_the_mass_wizard_fall_with_the_batch(self):
        def count(number):
            leads = self.env["crm.lead"].create(
                [
                    {
                        "type": "lead",
                        "contact_name": f"Person {n}",
                        "partner_name": f"Batch {number} Company {n}",
                        "email_from": f"p{n}@batch{number}.example.com",
                    }
                    for n in range(number)
                ]
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            wizard = self.env["crm.lead2opportunity.partner.mass"].with_context(
                active_model="crm.lead", active_id=leads[0].id, active_ids=leads.ids
            )
            wizard.create({}).action_mass_convert()
            self.env.flush_all()
            self.assertEqual(set(leads.mapped("type")), {"opportunity"})
            return self.env.cr.sql_log_count - before

        count(1)
        few, many = count(10), count(100)
        self.assertLess(many / 100, few / 10)
        # native takes some thirty a lead
        self.assertLessEqual(many - few, 90)
