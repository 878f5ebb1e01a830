from odoo import Command
from odoo.tests import new_test_user, tagged, users

from ..hooks.columns import OF_EACH, _fill_lead_columns
from .common import TestLeadManagementCommon


class MatchShownCase(TestLeadManagementCommon):
    """Three accounts: one everybody may read, two of another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_b = cls.env["res.company"].create({"name": "Company B"})
        cls.account, cls.hidden, cls.other = cls.env["res.partner"].create(
            [
                {"name": "Zephyrtronic Ltd", "is_company": True},
                {
                    "name": "Quokkaworks GmbH",
                    "is_company": True,
                    "company_id": cls.company_b.id,
                },
                {"name": "Marblewind Inc", "is_company": True},
            ]
        )
        cls.contact = cls.env["res.partner"].create(
            {
                "name": "Ida Moss",
                "email": "ida@moss.example.com",
                "parent_id": cls.account.id,
            }
        )
        cls.salesman_b = new_test_user(
            cls.env,
            "salesman_b",
            "sales_team.group_sale_salesman",
            company_id=cls.company_b.id,
            company_ids=[Command.set(cls.company_b.ids)],
        )
        cls.lead = cls._create_lead(
            cls.user_sales_salesman,
            contact_name="Ida Moss",
            partner_name="ZephyrTronic",
            phone="+1 202 555 0100",
        )
        cls.env["ir.config_parameter"].set_param(
            "lead_management.duplicate_policy", "warn"
        )

    def _ask(self, **values):
        return self.env["crm.lead"].find_possible_accounts(values)


@tagged("post_install", "-at_install", "lead_account_match")
class TestAccountMatchShown(MatchShownCase):
    @users("user_sales_salesman")
    def test_salesman_is_shown_the_account_as_he_types(self):
        answer = self._ask(partner_name="ZEPHYRTRONIC Limited")
        self.assertEqual(answer["accounts"][0]["id"], self.account.id)
        self.assertEqual(answer["accounts"][0]["display_name"], "Zephyrtronic Ltd")
        self.assertTrue(answer["accounts"][0]["reasons"])
        self.assertFalse(answer["hidden"])

    @users("user_sales_salesman")
    def test_hidden_account_is_counted_and_never_named(self):
        for company in ("Quokkaworks", "Zephyrtronic"):
            answer = self._ask(partner_name=company, contact_name="Nobody")
            self.assertNotIn("Quokkaworks", str(answer))
            self.assertNotIn(self.hidden.id, [m["id"] for m in answer["accounts"]])
        self.assertEqual(self._ask(partner_name="Quokkaworks")["hidden"], 1)
        lead = self._create_lead(self.env.user, partner_name="Quokkaworks")
        lead = lead.with_env(self.env)
        self.assertFalse(lead.possible_account_ids)
        self.assertTrue(lead.has_possible_account, "there is one, whoever may read it")

    @users("salesman_b")
    def test_account_of_another_company_is_named_to_its_people(self):
        self.assertEqual(
            self._ask(partner_name="Quokkaworks")["accounts"][0]["id"], self.hidden.id
        )

    @users("user_sales_salesman")
    def test_nothing_is_shown_for_a_linked_lead_or_nothing_typed(self):
        for values in (
            {},
            {"partner_name": False, "email_from": False},
            {"partner_name": "Zephyrtronic", "partner_id": self.contact.id},
        ):
            self.assertFalse(any(self._ask(**values).values()), values)

    @users("user_sales_salesman")
    def test_nothing_is_shown_when_the_policy_is_off(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "lead_management.duplicate_policy", "off"
        )
        self.assertFalse(self._ask(partner_name="Zephyrtronic")["accounts"])
        answer = self.env["res.partner"].find_existing_accounts(
            {"name": "Zephyrtronic"}
        )
        self.assertFalse(answer["accounts"])

    @users("user_sales_salesman")
    def test_form_of_a_company_is_shown_the_account(self):
        answer = self.env["res.partner"].find_existing_accounts(
            {"name": "zephyrtronic", "vat": False, "country_id": False}
        )
        self.assertEqual(answer["accounts"][0]["id"], self.account.id)

    @users("user_sales_salesman")
    def test_buttons_count_what_can_be_opened(self):
        lead = self.lead.with_env(self.env)
        self.assertIn(self.account, lead.possible_account_ids)
        self.assertEqual(lead.possible_contact_ids, self.contact)
        self.assertEqual(
            lead.action_view_possible_contacts()["res_id"], self.contact.id
        )
        lead.account_id = self.account
        lead.invalidate_recordset()
        self.assertFalse(lead.possible_account_count)

    @users("user_sales_salesman")
    def test_buttons_count_more_than_the_banner_shows(self):
        self.env["res.partner"].sudo().create(
            [
                {"name": f"Zephyrtronic {'X' * n}", "is_company": True}
                for n in range(2, 6)
            ]
        )
        answer = self._ask(partner_name="ZephyrTronic")
        self.assertEqual((len(answer["accounts"]), answer["account_count"]), (3, 5))
        lead = self.lead.with_env(self.env)
        self.assertEqual(lead.possible_account_count, 5)
        [(_field, _operator, ids)] = lead.action_view_possible_accounts()["domain"]
        self.assertEqual(len(ids), 5)

    @users("user_sales_salesman")
    def test_matches_of_many_leads_take_as_many_queries_as_of_one(self):
        def count(leads):
            leads.invalidate_recordset()
            leads.mapped("partner_name")
            before = self.env.cr.sql_log_count
            leads.mapped("possible_account_count")
            return self.env.cr.sql_log_count - before

        leads = self.env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "partner_name": f"Zephyrtronic {n}",
                    "contact_name": "Ida Moss",
                    "email_from": f"ida{n}@moss.example.com",
                }
                for n in range(30)
            ]
        )
        self.env.flush_all()
        count(leads[:1])  # fills the caches of access rules
        self.assertLessEqual(count(leads), count(leads[:1]) + 3)

    @users("user_sales_salesman")
    def test_list_finds_leads_of_accounts_in_one_query(self):
        leads = self.env["crm.lead"]
        unknown = self._create_lead(self.env.user, partner_name="Nobody Knows")
        linked = self._create_lead(
            self.env.user, partner_name="Zephyrtronic", account_id=self.account.id
        )
        mine = self.lead | unknown | linked
        self.assertEqual(
            leads.search([("has_possible_account", "=", True), ("id", "in", mine.ids)]),
            self.lead,
        )
        self.assertEqual(
            leads.search(
                [("has_possible_account", "=", False), ("id", "in", mine.ids)]
            ),
            unknown | linked,
        )
        mine = mine.with_env(self.env)
        mine.invalidate_recordset()
        self.env.flush_all()
        with self.assertQueryCount(1):
            flags = mine.mapped("has_possible_account")
        self.assertEqual(flags, [True, False, False])

    @users("user_sales_salesman")
    def test_lead_that_is_renamed_or_linked_leaves_the_list(self):
        lead = self.lead.with_env(self.env)
        domain = [("has_possible_account", "=", True), ("id", "=", lead.id)]
        self.assertTrue(lead.search(domain))
        lead.partner_name = "Nobody Knows"
        self.assertFalse(lead.search(domain))
        lead.partner_name = "ZEPHYRTRONIC ltd."
        self.assertTrue(lead.search(domain))
        lead.partner_id = self.contact
        self.assertFalse(lead.search(domain))

    @users("user_sales_salesman")
    def test_list_finds_leads_of_the_same_web_site(self):
        self.account.website = "https://www.zephyrtronic.de"
        lead = self.lead.with_env(self.env)
        lead.partner_name = "Nobody Knows"
        self.assertFalse(lead.has_possible_account)
        lead.email_from = "info@zephyrtronic.de"
        lead.invalidate_recordset(["has_possible_account"])
        self.assertTrue(lead.has_possible_account)

    def test_leads_that_were_there_get_keys(self):
        self.env.flush_all()
        self.lead.website = "https://www.zephyrtronic.example.com/about"
        domain = self.lead.account_domain
        self.assertTrue(domain)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET account_key = NULL, account_domain = NULL"
        )
        _fill_lead_columns(self.env.cr, OF_EACH)
        self.env.invalidate_all()
        self.assertEqual(self.lead.account_key, "zephyrtronic")
        self.assertEqual(self.lead.account_domain, domain)
