from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_conversion")
class TestConversionCompany(TestLeadManagementCommon):
    """The owner sells in two companies, and the only team is in the other one than the
    lead. Native moves the lead there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here, cls.there = cls.env["res.company"].create(
            [{"name": "Here"}, {"name": "There"}]
        )
        both = cls.here + cls.there
        cls.seller = new_test_user(
            cls.env,
            "seller_of_both",
            "base.group_partner_manager,sales_team.group_sale_salesman_all_leads",
            company_id=cls.here.id,
            company_ids=[Command.set(both.ids)],
        )
        cls.team_there = cls.env["crm.team"].create(
            {
                "name": "Team there",
                "sequence": -2,
                "company_id": cls.there.id,
                "member_ids": [Command.set(cls.seller.ids)],
            }
        )
        cls.team_here = cls.env["crm.team"].create(
            {"name": "Team here", "sequence": -1, "company_id": cls.here.id}
        )
        cls.env = cls.env(
            user=cls.seller,
            context={**cls.env.context, "allowed_company_ids": both.ids},
        )

    def _make_leads(self, *companies, **values):
        leads = self.env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "name": f"Lead {number}",
                    "contact_name": f"Jane Doe {number}",
                    "partner_name": f"Shelves of {number} Ltd",
                    "company_id": company.id,
                    "team_id": (
                        self.team_here if company == self.here else self.team_there
                    ).id,
                    "user_id": self.seller.id,
                    **values,
                }
                for number, company in enumerate(companies)
            ]
        )
        leads.flush_recordset()
        self.assertEqual([lead.company_id for lead in leads], list(companies))
        return leads

    def _assert_stayed(self, leads, *companies):
        leads.flush_recordset()
        for lead, company in zip(leads, companies, strict=True):
            self.assertEqual(lead.type, "opportunity")
            self.assertEqual(lead.company_id, company)
            self.assertEqual(lead.user_id, self.seller)
            self.assertIn(lead.team_id.company_id.id, (False, company.id))
            self.assertEqual(lead.partner_id.company_id, company)
            self.assertEqual(lead.partner_id.parent_id.company_id, company)

    def _open(self, lead):
        return Form(
            self.env["crm.lead2opportunity.partner"].with_context(
                active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
            )
        )

    def test_wizard_leaves_the_lead_in_its_company(self):
        lead = self._make_leads(self.here)
        form = self._open(lead)
        self.assertEqual(form.team_id, self.team_here)
        form.save().action_apply()
        self._assert_stayed(lead, self.here)
        self.assertEqual(lead.team_id, self.team_here)

    def test_team_of_another_company_that_was_chosen_is_refused(self):
        lead = self._make_leads(self.here)
        form = self._open(lead)
        form.team_id = self.team_there
        with self.assertRaisesRegex(UserError, "“Team there”.*a team of Here"):
            form.save().action_apply()
        with self.assertRaisesRegex(UserError, "“Team there”.*a team of Here"):
            lead.convert_lead(
                target="opportunity",
                overrides={"opportunity": {"team_id": self.team_there.id}},
            )

    def test_integration_leaves_the_lead_in_its_company(self):
        lead = self._make_leads(self.here)
        lead.convert_lead(target="opportunity")
        self._assert_stayed(lead, self.here)

    def test_a_team_of_the_owner_goes_before_the_lead_s(self):
        own = self.team_here.sudo().copy(
            {
                "name": "Own",
                "sequence": 99,
                "member_ids": [Command.set(self.seller.ids)],
            }
        )
        leads = self._make_leads(self.here, self.here)
        self._open(leads[0]).save().action_apply()
        leads[1].convert_lead(target="opportunity")
        self._assert_stayed(leads, self.here, self.here)
        self.assertEqual(leads.team_id, own)

    def _open_mass_wizard(self, leads, **values):
        """Return the mass wizard of leads, which gives them to the seller unless told
        otherwise."""
        return (
            self.env["crm.lead2opportunity.partner.mass"]
            .with_context(active_model="crm.lead", active_ids=leads.ids)
            .create({"user_ids": [Command.set(self.seller.ids)], **values})
        )

    def _see_only_here(self, *recordsets):
        """Return records as somebody sees them who works in one company only."""
        self.env.flush_all()
        self.env.invalidate_all()
        companies = self.here.ids
        return [it.with_context(allowed_company_ids=companies) for it in recordsets]

    def test_mass_wizard_leaves_each_lead_in_its_company(self):
        for salespeople in (self.env["res.users"], self.seller):
            for force in (False, True):
                with self.subTest(salespeople=salespeople, force=force):
                    companies = self.here, self.there, self.here
                    leads = self._make_leads(*companies)
                    self._open_mass_wizard(
                        leads,
                        user_ids=[Command.set(salespeople.ids)],
                        force_assignment=force,
                    ).action_mass_convert()
                    self._assert_stayed(leads, *companies)

    def test_contact_of_another_company_is_nobody_s_customer(self):
        address = "jane@shelves.example"
        contacts = self.env["res.partner"]
        values = {"name": "Jane Doe", "email": address}
        there = contacts.create({**values, "company_id": self.there.id})
        companies = self.here, self.there, self.here
        leads = self._make_leads(*companies, email_from=address)
        form = self._open(leads[0])
        form.name = "convert"
        form.save().action_apply()
        self.assertEqual(leads[0].partner_id.company_id, self.here)
        self._open_mass_wizard(leads[1:]).action_mass_convert()
        self.assertEqual(leads[1].partner_id, there)
        self.assertEqual(leads[2].partner_id, leads[0].partner_id)

    def test_each_of_many_leads_finds_the_contact_of_its_company(self):
        address = "jane@shelves.example"
        companies = self.here, self.there, self.here
        contacts = self.env["res.partner"].create(
            [
                {"name": "Jane Doe", "email": address, "company_id": company.id}
                for company in companies[:2]
            ]
        )
        leads = self._make_leads(*companies, email_from=address)
        found = leads._find_matching_partners()
        self.assertEqual(found, {lead: lead._find_matching_partner() for lead in leads})
        self.assertEqual([*found.values()], [*contacts, contacts[0]])

    def test_contact_of_an_account_that_is_hidden_is_nobody_s_customer(self):
        """The plan of all leads was refused because of one."""
        address = "jane@shelves.example"
        partners = self.env["res.partner"]
        account = partners.create(
            {"name": "Hidden", "is_company": True, "company_id": self.there.id}
        )
        contact = partners.create(
            {"name": "Jane Doe", "email": address, "parent_id": account.id}
        )
        contact.company_id = False
        leads = self._make_leads(self.here, self.here, email_from=address)
        wizard = self._open_mass_wizard(leads)
        leads, wizard = self._see_only_here(leads, wizard)
        found = leads._find_matching_partners()
        self.assertEqual(found, {lead: lead._find_matching_partner() for lead in leads})
        self.assertFalse(any(found.values()))
        self.assertEqual(wizard.plan["ready"], 2)
        self.assertNotIn("Hidden", str(wizard.plan))
        wizard.action_mass_convert()
        self.assertEqual(len(leads.partner_id), 1)
        self.assertNotEqual(leads.partner_id, contact)

    def test_lead_of_a_hidden_account_is_refused_and_keeps_no_other_back(self):
        """One such lead kept the plan of all the others from opening."""
        account = self.env["res.partner"].create(
            {"name": "Hidden", "is_company": True, "company_id": self.there.id}
        )
        contact, person = account.create(
            [
                {"name": "Jane Roe", "parent_id": account.id},
                {"name": "Secret Person"},
            ]
        )
        contact.company_id = False
        leads = self._make_leads(*[self.here] * 5)
        # The contact can be opened, its account can't.
        leads[0].partner_id = contact
        leads[1].account_contact_id = contact
        leads[4].partner_id = person
        person.company_id = self.there
        wizard = self._open_mass_wizard(leads)
        leads, wizard = self._see_only_here(leads, wizard)
        self.env = leads.env
        refused = leads[0] | leads[1] | leads[4]
        plan = wizard.plan
        self.assertEqual(plan["ready"], 2)
        self.assertEqual([it["id"] for it in plan["problems"]], refused.ids)
        for problem in plan["problems"]:
            self.assertIn("You cannot open the account", problem["reason"])
        self.assertNotRegex(str(plan), "Hidden|Secret")
        wizard.action_mass_convert()
        self.assertEqual(leads - refused, leads.filtered("conversion_id"))
        for lead in refused:
            for convert in (self._open, lambda lead: lead.convert_lead()):
                with self.assertRaisesRegex(UserError, "You cannot open the account"):
                    convert(lead)

    def test_lead_of_no_company_is_of_its_account_s(self):
        """It was refused, and could not be linked to any account of a company."""
        account = self.env["res.partner"].create(
            {"name": "Shelves", "is_company": True, "company_id": self.here.id}
        )
        for target in ("account", "opportunity"):
            lead = self.env["crm.lead"].create(
                {
                    "type": "lead",
                    "name": "Nobody's",
                    "contact_name": f"Jane {target}",
                    "partner_name": "Shelves",
                    **dict.fromkeys(("user_id", "team_id", "company_id"), False),
                }
            )
            self.assertFalse(lead.company_id)
            lead.convert_lead(target=target, account_id=account.id)
            self.assertEqual(lead.company_id, self.here)
            lead.action_undo_conversion()
            self.assertFalse(lead.company_id)

    def test_leads_of_one_address_in_two_companies(self):
        companies = self.here, self.there, self.here, self.there
        leads = self._make_leads(*companies, email_from="jane@shelves.example")
        wizard = self._open_mass_wizard(leads)
        planned = [group["leads"] for group in wizard.plan["accounts"]]
        wizard.action_mass_convert()
        self.assertFalse(wizard.report["failures"])
        made = leads.grouped(lambda lead: lead.conversion_id.account_id).values()
        self.assertEqual(planned, [same.mapped("name") for same in made])
        self.assertEqual(len(planned), 2)
        self._assert_stayed(leads, *companies)

    def test_mass_report_says_which_leads_are_not_with_the_chosen_team(self):
        leads = self._make_leads(self.here, self.there, self.here)
        wizard = self._open_mass_wizard(
            leads, team_id=self.team_there.id, force_assignment=True
        )
        action = wizard.action_mass_convert()
        self._assert_stayed(leads, self.here, self.there, self.here)
        self.assertEqual(
            [told["id"] for told in wizard.report["teams"]], (leads[0] + leads[2]).ids
        )
        for told, lead in zip(wizard.report["teams"], leads[::2], strict=True):
            self.assertEqual(told["lead"], lead.display_name)
            self.assertRegex(told["reason"], "belongs to Here and “Team there” to ano")
            self.assertIn(lead.team_id.name or "no sales team", told["reason"])
        self.assertFalse(wizard.report["failures"])
        self.assertEqual(
            (action["res_model"], action["res_id"]), (wizard._name, wizard.id)
        )

    def test_mass_report_is_silent_where_all_get_the_team(self):
        leads = self._make_leads(self.there, self.there)
        wizard = self._open_mass_wizard(leads)
        wizard.team_id = self.team_there
        wizard.action_mass_convert()
        self.assertEqual(leads.team_id, self.team_there)
        self.assertFalse(wizard.report["teams"])
