import psycopg2.errors

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.res_partner.second_account import POLICIES, POLICY_PARAMETER
from .at_once import AtOnceCase

COMPANY = "Simultaneous Anvils"


@tagged("post_install", "-at_install", "lead_conversion", "lead_long")
class TestAccountsAtOnce(AtOnceCase):
    """Two people make an account of one new company, on two servers."""

    PEOPLE = 4

    def setUp(self):
        super().setUp()
        with self.environment(no_reset_password=True) as env:
            self.policy = env["ir.config_parameter"].get_param(POLICY_PARAMETER)
            groups = env.ref("sales_team.group_sale_salesman_all_leads")
            groups += env.ref("base.group_partner_manager")
            # Nobody logs in: to hash a password takes as long as to make a user.
            self.user_ids = (
                env["res.users"]
                .create(
                    [
                        {
                            "name": f"Person {number}",
                            "login": f"at_once_{number}",
                            "group_ids": [Command.link(group.id) for group in groups],
                        }
                        for number in range(self.PEOPLE)
                    ]
                )
                .ids
            )
            self.lead_ids = self._create_leads(env).ids

    def _create_leads(self, env):
        return env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "contact_name": f"Simultaneous Person {number}",
                    "partner_name": COMPANY + (", Inc." if number else ""),
                    "user_id": user_id,
                    "phone": f"+1 202 555 010{number}",
                }
                for number, user_id in enumerate(self.user_ids)
            ]
        )

    def _delete_all(self):
        with self.environment(active_test=False) as env:
            env["ir.config_parameter"].set_param(POLICY_PARAMETER, self.policy)
            env["crm.lead"].browse(self.lead_ids).exists().unlink()
            env["res.partner"].search([("name", "=like", "Simultaneous %")]).unlink()
            users = env["res.users"].browse(self.user_ids)
            partners = users.partner_id
            users.unlink()
            partners.unlink()
            env["crm.account.key"].search([("key", "=like", "simult%")]).unlink()
            env["crm.lead2opportunity.partner"].search([]).unlink()

    def _set_policy(self, policy):
        with self.environment() as env:
            env["ir.config_parameter"].set_param(POLICY_PARAMETER, policy)

    def _as(self, number):
        return self.environment(self.user_ids[number])

    def _get_lead(self, env):
        number = self.user_ids.index(env.uid)
        return env["crm.lead"].browse(self.lead_ids[number])

    def _convert(self, env):
        self._get_lead(env).convert_lead()

    def _open_wizard(self, env, suffix="", **values):
        lead = self._get_lead(env)
        wizards = env[f"crm.lead2opportunity.partner{suffix}"].with_context(
            active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
        )
        return wizards.create({"name": "convert", "result": "account", **values})

    def _convert_by_wizard(self, env):
        self._open_wizard(env).action_apply()

    def _convert_by_mass_wizard(self, env):
        wizard = self._open_wizard(env, ".mass", action="each_exist_or_create")
        wizard.action_mass_convert()
        if failures := (wizard.report or {}).get("failures"):
            raise UserError(failures[0]["reason"])

    def _create_account(self, env):
        env["res.partner"].create({"name": COMPANY, "is_company": True})

    def _count_accounts(self):
        with self.environment(active_test=False) as env:
            accounts = env["res.partner"].search(
                [("name", "=like", f"{COMPANY}%"), ("is_company", "=", True)]
            )
            contacts = env["res.partner"].search([("parent_id", "in", accounts.ids)])
            return len(accounts), len(contacts)

    def _do_at_once(self, first, second):
        """Do one thing, and another that has begun before and is tried again.

        :return: why the second was refused, or nothing
        """
        with self._as(0) as early, self._as(1) as late:
            late["res.partner"].search([("name", "=", COMPANY)])  # its view of things
            first(early)
            early.cr.commit()
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                second(late)
                late.flush_all()
            late.cr.rollback()
            late.invalidate_all()
            try:
                second(late)
                late.cr.commit()
            except UserError as error:
                late.cr.rollback()
                return str(error)
        return ""

    def test_second_conversion_takes_the_account_of_the_first(self):
        doors = (self._convert, self._convert_by_wizard, self._convert_by_mass_wizard)
        for policy in POLICIES:
            self._set_policy(policy)
            for door in doors:
                with self.subTest(policy=policy, door=door.__name__):
                    self.assertFalse(self._do_at_once(self._convert, door))
                    self.assertEqual(self._count_accounts(), (1, 2))
                self._start_again()

    def test_second_account_by_hand_is_refused_where_the_policy_does(self):
        self._set_policy("block")
        for first in (self._create_account, self._convert):
            with self.subTest(first=first.__name__):
                refusal = self._do_at_once(first, self._create_account)
                self.assertIn("is there already", refusal)
                self.assertEqual(self._count_accounts()[0], 1)
            self._start_again()

    def test_renaming_into_a_new_account_at_once_is_refused(self):
        self._set_policy("block")
        with self._as(1) as env:
            other = env["res.partner"].create(
                {"name": "Simultaneous Bells", "is_company": True}
            )
        refusal = self._do_at_once(
            self._create_account,
            lambda env: env["res.partner"].browse(other.id).write({"name": COMPANY}),
        )
        self.assertIn("is there already", refusal)

    def test_wizard_left_open_takes_what_came_meanwhile(self):
        self._set_policy("warn")
        with self._as(1) as env:
            wizard = self._open_wizard(env)
        with self._as(0) as env:
            self._convert(env)
        context = wizard.env.context
        with self._as(1) as env:
            wizard.with_env(env).with_context(**context).action_apply()
        self.assertEqual(self._count_accounts(), (1, 2))

    def test_person_of_an_account_becomes_one_contact(self):
        with self.environment() as env:
            account = env["res.partner"].create({"name": COMPANY, "is_company": True})
            env["crm.lead"].browse(self.lead_ids).write(
                {
                    "contact_name": "Simultaneous Person",
                    "email_from": "person@simultaneous.example.com",
                }
            )
            account_id = account.id

        def convert(env):
            self._get_lead(env).convert_lead(account_id=account_id)

        self.assertFalse(self._do_at_once(convert, convert))
        self.assertEqual(self._count_accounts(), (1, 1))

    def test_person_without_a_company_becomes_one_contact(self):
        with self.environment() as env:
            env["crm.lead"].browse(self.lead_ids).write(
                {
                    "contact_name": "Simultaneous Person",
                    "email_from": "person@simultaneous.example.com",
                    "partner_name": False,
                }
            )

        def convert(env):
            self._get_lead(env).convert_lead()

        self.assertFalse(self._do_at_once(convert, convert))
        with self.environment() as env:
            people = [("email_normalized", "=", "person@simultaneous.example.com")]
            self.assertEqual(env["res.partner"].search_count(people), 1)

    def test_wizard_left_open_takes_the_contact_that_came_meanwhile(self):
        with self.environment() as env:
            account = env["res.partner"].create({"name": COMPANY, "is_company": True})
            env["crm.lead"].browse(self.lead_ids[:2]).write(
                {"contact_name": "Simultaneous Person", "partner_name": COMPANY}
            )
            account_id = account.id
        with self._as(1) as env:
            wizard = self._open_wizard(env, commercial_partner_id=account_id)
        with self._as(0) as env:
            self._get_lead(env).convert_lead(account_id=account_id)
        context = wizard.env.context
        with self._as(1) as env:
            wizard.with_env(env).with_context(**context).action_apply()
        self.assertEqual(self._count_accounts(), (1, 1))

    def test_wanted_second_account_is_made(self):
        self._set_policy("warn")
        with self._as(0) as env:
            self._convert(env)
        with self._as(1) as env:
            wizard = self._open_wizard(env)
            self.assertTrue(wizard.commercial_partner_id)
            wizard.write({"is_new_account": True, "commercial_partner_id": False})
            wizard.action_apply()
        self.assertEqual(self._count_accounts()[0], 2)

    def test_first_that_fails_leaves_the_company_to_the_second(self):
        self._set_policy("warn")
        with self._as(0) as early, self._as(1) as late:
            self._get_lead(late).fetch(["name"])
            self._convert(early)
            early.cr.rollback()
            self._convert(late)
        self.assertEqual(self._count_accounts(), (1, 1))

    def _start_again(self):
        with self.environment(active_test=False) as env:
            env["crm.lead"].browse(self.lead_ids).exists().unlink()
            env["res.partner"].search([("name", "=like", "Simultaneous %")]).unlink()
            env["crm.account.key"].search([("key", "=like", "simult%")]).unlink()
            self.lead_ids = self._create_leads(env).ids

    def test_many_at_once_share_one_account(self):
        for policy in POLICIES:
            self._set_policy(policy)
            with self.subTest(policy=policy):
                _results, refusals = self.do_at_once(
                    *[self._convert] * self.PEOPLE, user_ids=self.user_ids
                )
                self.assertFalse(refusals)
                self.assertEqual(self._count_accounts(), (1, self.PEOPLE))
            self._start_again()
