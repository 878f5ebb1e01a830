import random

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged, users

from ..tools.learned import DIFFERENT, FORMER, REFUSED, SAME, Said, judge
from .common import TestAliasCommon


@tagged("post_install", "-at_install", "lead_alias")
class TestAliasLearning(TestAliasCommon):
    """What people link and refuse is asked about first the next time."""

    def test_the_next_lead_of_the_name_is_recognised(self):
        self.assertFalse(self._find("Blue Gizmo AG")[0])
        self._link("Blue Gizmo AG")
        account, score = self._find("BLUE GIZMO")
        self.assertEqual(account, self.account)
        self.assertEqual(score, 0.95)
        self.assertEqual(
            self._find_reasons("BLUE GIZMO"), ["also known as “BLUE GIZMO”"]
        )
        lead = self._create_lead(self.user_sales_leads, partner_name="Blue Gizmo")
        link = lead.with_user(self.user_sales_leads)._get_proposed_links()[lead]
        self.assertEqual(link.account, self.account)

    def test_what_is_kept_says_who_and_from_where(self):
        self._link("Blue Gizmo AG")
        alias = self._get_aliases()
        self.assertEqual(
            alias.mapped(lambda line: (line.name, line.account_key, line.kind)),
            [("Blue Gizmo AG", "blue gizmo", "same")],
        )
        self.assertEqual(alias.user_id, self.user_sales_salesman)
        self.assertEqual(alias.origin, "lead")

    def test_who_taught_a_name_is_named_to_those_who_see_him(self):
        self._link("Blue Gizmo AG")
        account = self.account.with_user(self.user_sales_leads)
        decision, _value = account._decide_again("names")
        asked = ("names", decision.code, decision.told)
        teacher = self.user_sales_salesman
        self.assertIn(teacher.name, account._tell_decision(*asked))
        self.env["ir.rule"].create(
            {
                "name": "One is seen by nobody",
                "model_id": self.env["ir.model"]._get_id("res.users"),
                "domain_force": [("id", "!=", teacher.id)],
            }
        )
        self.env.invalidate_all()
        told = account._tell_decision(*asked)
        self.assertIn("Blue Gizmo AG", told)
        self.assertNotIn(teacher.name, told)

    def test_a_lead_that_is_created_linked_teaches_too(self):
        self._create_lead(
            self.user_sales_salesman,
            partner_name="Blue Gizmo",
            account_id=self.account.id,
        )
        self.assertEqual(self._get_aliases().name, "Blue Gizmo")

    def test_a_name_that_is_found_anyway_teaches_nothing(self):
        self._link("ZEPHYRTRONIC")
        self._link("Zephyrtronic, Limited")
        self._link("Blue Gizmo")
        self._link("Blue Gizmo", user=self.user_sales_leads)
        self._link("N/A")
        self.assertEqual(self._get_aliases().mapped("name"), ["Blue Gizmo"])

    def test_a_customer_by_hand_teaches_the_name_before(self):
        lead = self._create_lead(self.user_sales_salesman, partner_name="Blue Gizmo")
        lead.with_user(self.user_sales_salesman).partner_id = self.account
        self.assertEqual(self._get_aliases().name, "Blue Gizmo")

    def test_a_customer_by_email_teaches_nothing(self):
        contact = self.env["res.partner"].create(
            {
                "name": "Pat Doe",
                "email": "pat@test.example.com",
                "parent_id": self.account.id,
            }
        )
        lead = self._create_lead(
            self.user_sales_salesman,
            partner_name="Blue Gizmo",
            email_from="pat@test.example.com",
        )
        lead.with_user(self.user_sales_salesman).partner_id = contact
        self.assertFalse(self._get_aliases())

    def test_nobody_is_taught_by_a_machine_or_by_many_at_a_time(self):
        leads = self.env["crm.lead"].create(
            [
                {"name": name, "type": "lead", "partner_name": name}
                for name in ("Blue Gizmo", "Red Gadget")
            ]
        )
        leads.account_id = self.account
        leads.account_id = False
        leads.with_user(self.user_sales_manager).account_id = self.account
        leads.env["crm.lead"].with_user(self.user_sales_manager).with_context(
            import_file=True
        ).create({"name": "Lead", "partner_name": "Odd", "account_id": self.other.id})
        self.assertFalse(self._get_aliases() + self._get_aliases(self.other))

    def test_linking_the_lead_to_another_account_takes_it_back(self):
        lead = self._link("Blue Gizmo")
        self.assertTrue(self._get_aliases())
        lead.with_user(self.user_sales_salesman).account_id = self.other
        self.assertFalse(self._get_aliases())
        self.assertEqual(self._get_aliases(self.other).name, "Blue Gizmo")
        lead.with_user(self.user_sales_salesman).account_id = False
        self.assertFalse(self._get_aliases(self.other))

    def test_somebody_else_s_word_stays(self):
        lead = self._link("Blue Gizmo")
        lead.with_user(self.user_sales_manager).account_id = self.other
        self.assertTrue(self._get_aliases())
        self.assertEqual(
            self._find("Blue Gizmo", self.user_sales_manager)[0],
            self.other + self.account,
        )
        found, score = self._find("Blue Gizmo", self.user_sales_leads)
        self.assertEqual(found, self.account + self.other)
        self.assertEqual(score, 0.7, "nobody knows by now")

    def test_not_the_same_counts_for_who_said_so(self):
        self._refuse("Zephyrtronic", self.user_sales_salesman)
        self.assertFalse(self._find("Zephyrtronic", self.user_sales_salesman)[0])
        self.assertEqual(self._find("Zephyrtronic")[0], self.account)

    def test_not_the_same_of_two_counts_for_all(self):
        self._refuse("Zephyrtronic", self.user_sales_salesman)
        self._refuse("Zephyrtronic GmbH", self.user_sales_leads)
        self.assertFalse(self._find("Zephyrtronic", self.user_sales_manager)[0])
        self.assertTrue(self._find("Zephyrtronics", self.user_sales_manager)[0])

    def test_a_learned_name_in_doubt_is_asked_about(self):
        self._link("Blue Gizmo")
        self._refuse("Blue Gizmo", self.user_sales_leads)
        self.assertFalse(self._find("Blue Gizmo")[0])
        found, score = self._find("Blue Gizmo", self.user_sales_manager)
        self.assertEqual((found, score), (self.account, 0.7))
        self.assertEqual(self._find("Blue Gizmo", self.user_sales_salesman)[1], 0.97)

    def test_undoing_the_conversion_takes_it_back(self):
        lead = self._create_lead(self.user_sales_salesman, partner_name="Blue Gizmo")
        lead = lead.with_user(self.user_sales_salesman)
        self.account.write({"website": "https://zephyr.example"})
        lead.convert_lead(account_id=self.account.id)
        alias = self._get_aliases()
        self.assertEqual((alias.name, alias.origin), ("Blue Gizmo", "conversion"))
        self.assertEqual(alias.user_id, self.user_sales_salesman)
        lead.conversion_id.action_undo()
        self.assertFalse(alias.exists())
        self.assertFalse(self._find("Blue Gizmo")[0])

    def test_converting_into_what_was_proposed_teaches_nothing(self):
        self.account.website = "https://zephyr.example"
        contact = self.env["res.partner"].create(
            {
                "name": "Pat Doe",
                "email": "pat@zephyr.example",
                "parent_id": self.account.id,
            }
        )
        lead = self._create_lead(
            self.user_sales_salesman,
            partner_name="Blue Gizmo",
            email_from="pat@zephyr.example",
        )
        result = lead.with_user(self.user_sales_salesman).convert_lead(
            account_id=self.account.id, contact_id=contact.id
        )
        self.assertEqual(result[0]["account_id"], self.account.id)
        self.assertFalse(self._get_aliases())

    def test_converting_what_has_the_account_s_address_teaches_nothing(self):
        """The next lead of that name went to the account as well."""
        self.account.write({"email": "desk@zephyr.example"})
        leads = self.env["crm.lead"].concat(
            *(
                self._create_lead(
                    self.user_sales_manager,
                    contact_name=name,
                    partner_name="Blue Gizmo",
                    email_from=email,
                )
                for name, email in (("Pat Doe", "desk@zephyr.example"), ("Jo", False))
            )
        )
        for lead in leads.with_user(self.user_sales_manager):
            wizard = self.env["crm.lead2opportunity.partner.mass"].with_user(
                self.user_sales_manager
            )
            wizard.with_context(
                active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
            ).create({}).action_mass_convert()
        accounts = leads.conversion_id.mapped("account_id.name")
        self.assertEqual(accounts, ["Zephyrtronic Ltd", "Blue Gizmo"])
        self.assertFalse(self._get_aliases())

    @users("user_sales_salesman")
    def test_one_takes_away_one_s_own_and_a_manager_all(self):
        own = self._refuse("Blue Gizmo", self.env.user).with_env(self.env)
        other = self._refuse("Blue Gizmo", self.user_sales_leads).with_env(self.env)
        self.assertEqual((own + other).mapped("can_forget"), [True, False])
        with self.assertRaises(AccessError):
            other.action_forget()
        own.action_forget()
        self.assertFalse(own.exists())
        other.with_user(self.user_sales_manager).action_forget()
        self.assertFalse(other.exists())

    def test_refusing_needs_a_name_and_an_account(self):
        account = self.account.with_user(self.user_sales_salesman)
        for name in ("", "N/A", False, None, 5, ["a"], {}):
            with self.assertRaises(UserError):
                account.refuse_account_name(name)
        with self.assertRaises(UserError):
            account.browse().refuse_account_name("Blue Gizmo")
        employee = new_test_user(self.env, "alias_employee", "base.group_user")
        with self.assertRaises(AccessError):
            self.account.with_user(employee).refuse_account_name("Blue Gizmo")

    def test_learning_and_forgetting_restores_the_former_answers(self):
        rng = random.Random(14)
        people = [
            self.user_sales_salesman,
            self.user_sales_leads,
            self.user_sales_manager,
        ]
        names = ["Blue Gizmo", "Zephyrtronic", "Quibblecorp", "Zephyr Quibble"]

        def ask():
            return {
                (user, name): self._find(name, user)
                for user in people
                for name in names
            }

        before = ask()
        answers = []
        for _turn in range(12):
            known = self.aliases.search([])
            user, name = rng.choice(people), rng.choice(names)
            account = rng.choice([self.account, self.other])
            if rng.random() < 0.5:
                self._link(name, account, user)
            else:
                self._refuse(name, user, account)
            answers.append((self.aliases.search([]) - known, before))
            before = ask()
        for learned, expected in reversed(answers):
            learned.unlink()
            self.assertEqual(ask(), expected)

    def test_many_are_asked_about_as_one_by_one(self):
        self._link("Blue Gizmo")
        self._refuse("Zephyrtronic", self.user_sales_leads)
        self._link("Zephyr Quibble", self.other)
        partners = self.env["res.partner"].with_user(self.user_sales_leads)
        asked = [
            {"name": name}
            for name in ("Blue Gizmo", "Zephyrtronic", "Nobody", "", "Zephyr Quibble")
        ] * 3
        found = partners._find_account_matches_batch(asked)
        self.assertEqual(found, [partners.find_account_matches(one) for one in asked])
        self.assertEqual(
            [bool(answer["matches"]) for answer in found[:5]],
            [True, False, False, False, True],
        )

    def test_names_cost_one_query_whatever_their_number(self):
        partners = self.env["res.partner"].with_user(self.user_sales_leads)
        names = [f"Blue Gizmo {number}" for number in range(40)]
        self.aliases.create(
            [
                {
                    "name": name,
                    "partner_id": self.account.id,
                    "kind": "same",
                    "origin": "lead",
                    "user_id": self.user_sales_manager.id,
                }
                for name in names
            ]
        )
        self.env.flush_all()

        def count(asked):
            partners.invalidate_model()
            start = self.env.cr.sql_log_count
            partners._find_account_matches_batch([{"name": name} for name in asked])
            return self.env.cr.sql_log_count - start

        count(names[:1])
        self.assertEqual(count(names), count(names[:1]))

    @users("user_sales_salesman")
    def test_the_list_of_leads_agrees_with_the_form(self):
        user = self.env.user
        leads = {
            name: self._create_lead(user, partner_name=name).with_env(self.env)
            for name in ("Blue Gizmo", "Zephyrtronic", "Quibblecorp", "Odd One")
        }
        self._link("Blue Gizmo", user=self.user_sales_manager)
        self._refuse("Zephyrtronic", user)
        self._refuse("Quibblecorp", self.user_sales_leads, self.other)
        found = {"Blue Gizmo", "Quibblecorp"}
        self._assert_possible(leads, found)
        self._refuse("Quibblecorp", self.user_sales_manager, self.other)
        self._assert_possible(leads, {"Blue Gizmo"})

    def test_the_database_refuses_as_the_rules_do(self):
        rng = random.Random(15)
        people = [
            self.user_sales_salesman.id,
            self.user_sales_leads.id,
            self.user_sales_manager.id,
            self.env.uid,
            None,
        ]
        lead = self._create_lead(
            self.user_sales_salesman, partner_name="Zephyrtronic"
        ).with_user(self.user_sales_salesman)
        outcomes = set()
        for _turn in range(60):
            said = [
                Said(
                    self.account.id,
                    rng.choice([SAME, DIFFERENT, DIFFERENT, FORMER]),
                    rng.choice(people),
                )
                for _word in range(rng.randint(1, 6))
            ]
            lines = self.aliases.create(
                [
                    {
                        "name": "Zephyrtronic",
                        "partner_id": word.account_id,
                        "kind": word.kind,
                        "user_id": word.user_id,
                        "origin": "lead",
                    }
                    for word in said
                ]
            )
            self.env.flush_all()
            lead.invalidate_recordset()
            verdict = judge(said, self.user_sales_salesman.id).get(self.account.id)
            with self.subTest(said=said):
                self.assertEqual(lead.has_possible_account, verdict != REFUSED)
            outcomes.add(verdict == REFUSED)
            lines.unlink()
        self.assertEqual(outcomes, {True, False})

    def _assert_possible(self, leads, expected):
        records = self.env["crm.lead"].concat(*leads.values())
        records.invalidate_recordset()
        for name, lead in leads.items():
            self.assertEqual(lead.has_possible_account, name in expected, name)
            self.assertEqual(bool(lead.possible_account_count), name in expected, name)
        listed = records.search(
            [("has_possible_account", "=", True), ("id", "in", records.ids)]
        )
        self.assertEqual(set(listed.mapped("partner_name")), expected)

    @users("user_sales_salesman")
    def test_a_refusal_lets_no_second_account_through(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "lead_management.duplicate_policy", "block"
        )
        self._refuse("Zephyrtronic", self.env.user)
        self._refuse("Zephyrtronic", self.user_sales_leads)
        values = {"name": "Zephyrtronic", "is_company": True}
        account = self.env["res.partner"].with_user(self.user_sales_leads)
        with self.assertRaisesRegex(UserError, "Zephyrtronic Ltd"):
            account.create(values)
        account.with_user(self.user_sales_manager).create(values)

    def test_accounts_one_may_not_read_are_not_named(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        self.user_sales_manager.company_ids = [Command.link(company.id)]
        hidden = self._create_account("Hidden Gems", company_id=company.id)
        self._link("Blue Gizmo", hidden, self.user_sales_manager.with_company(company))
        alias = self._get_aliases(hidden)
        if not alias:
            alias = self.aliases.create(
                {
                    "name": "Blue Gizmo",
                    "partner_id": hidden.id,
                    "kind": "same",
                    "origin": "lead",
                    "user_id": self.user_sales_manager.id,
                }
            )
        partners = self.env["res.partner"].with_user(self.user_sales_salesman)
        answer = partners.find_account_matches({"name": "Blue Gizmo"})
        self.assertEqual(answer, {"matches": [], "hidden": 1})
        mine = self.aliases.with_user(self.user_sales_salesman)
        self.assertFalse(mine.search([("id", "=", alias.id)]))
        with self.assertRaises(AccessError):
            alias.with_user(self.user_sales_salesman).read(["name"])
        with self.assertRaises(AccessError):
            hidden.with_user(self.user_sales_salesman).refuse_account_name("Blue Gizmo")
