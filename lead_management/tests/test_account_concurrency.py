import threading
from contextlib import ExitStack

import psycopg2.errors

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged

from ..models.res_partner.second_account import POLICIES, POLICY_PARAMETER

COMPANY = "Simultaneous Anvils"


@tagged("post_install", "-at_install", "lead_conversion", "lead_long")
class TestAccountsAtOnce(BaseCase):
    """Two people make an account of one new company, on two servers.

    What they work on is committed, and deleted at the end.
    """

    PEOPLE = 4

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.policy = env["ir.config_parameter"].get_param(POLICY_PARAMETER)
            self.user_ids = [
                new_test_user(
                    env,
                    f"at_once_{number}",
                    "sales_team.group_sale_salesman_all_leads,"
                    "base.group_partner_manager",
                ).id
                for number in range(self.PEOPLE)
            ]
            self.lead_ids = self._create_leads(env).ids
        self.addCleanup(self._delete_all)

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
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
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
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["ir.config_parameter"].set_param(POLICY_PARAMETER, policy)

    def _get_env(self, cr, number):
        return api.Environment(cr, self.user_ids[number], {})

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
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
            accounts = env["res.partner"].search(
                [("name", "=like", f"{COMPANY}%"), ("is_company", "=", True)]
            )
            contacts = env["res.partner"].search([("parent_id", "in", accounts.ids)])
            return len(accounts), len(contacts)

    def _do_at_once(self, first, second):
        """Do one thing, and another that has begun before and is tried again.

        :return: why the second was refused, or nothing
        """
        with self.registry.cursor() as one, self.registry.cursor() as other:
            late = self._get_env(other, 1)
            late["res.partner"].search([("name", "=", COMPANY)])  # its view of things
            first(self._get_env(one, 0))
            one.commit()
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                second(late)
                late.flush_all()
            other.rollback()
            late.invalidate_all()
            try:
                second(late)
                other.commit()
            except UserError as error:
                other.rollback()
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
        with self.registry.cursor() as cr:
            other = self._get_env(cr, 1)["res.partner"].create(
                {"name": "Simultaneous Bells", "is_company": True}
            )
        refusal = self._do_at_once(
            self._create_account,
            lambda env: env["res.partner"].browse(other.id).write({"name": COMPANY}),
        )
        self.assertIn("is there already", refusal)

    def test_wizard_left_open_takes_what_came_meanwhile(self):
        self._set_policy("warn")
        with self.registry.cursor() as cr:
            wizard = self._open_wizard(self._get_env(cr, 1))
        with self.registry.cursor() as cr:
            self._convert(self._get_env(cr, 0))
        with self.registry.cursor() as cr:
            context = wizard.env.context
            env = self._get_env(cr, 1)
            wizard.with_env(env).with_context(**context).action_apply()
        self.assertEqual(self._count_accounts(), (1, 2))

    def test_wanted_second_account_is_made(self):
        self._set_policy("warn")
        with self.registry.cursor() as cr:
            self._convert(self._get_env(cr, 0))
        with self.registry.cursor() as cr:
            wizard = self._open_wizard(self._get_env(cr, 1))
            self.assertTrue(wizard.commercial_partner_id)
            wizard.write({"is_new_account": True, "commercial_partner_id": False})
            wizard.action_apply()
        self.assertEqual(self._count_accounts()[0], 2)

    def test_first_that_fails_leaves_the_company_to_the_second(self):
        self._set_policy("warn")
        with self.registry.cursor() as one, self.registry.cursor() as other:
            self._get_lead(self._get_env(other, 1)).fetch(["name"])
            self._convert(self._get_env(one, 0))
            one.rollback()
            self._convert(self._get_env(other, 1))
        self.assertEqual(self._count_accounts(), (1, 1))

    def _start_again(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
            env["crm.lead"].browse(self.lead_ids).exists().unlink()
            env["res.partner"].search([("name", "=like", "Simultaneous %")]).unlink()
            env["crm.account.key"].search([("key", "=like", "simult%")]).unlink()
            self.lead_ids = self._create_leads(env).ids

    def test_many_at_once_share_one_account(self):
        for policy in POLICIES:
            self._set_policy(policy)
            with self.subTest(policy=policy):
                self.assertFalse(self._convert_in_threads())
                self.assertEqual(self._count_accounts(), (1, self.PEOPLE))
            self._start_again()

    def _convert_in_threads(self):
        """Let everybody convert their lead at once; return what went wrong."""
        barrier = threading.Barrier(self.PEOPLE)
        problems = []

        def convert(env):
            cr = env.cr
            for attempt in range(self.PEOPLE + 1):
                try:
                    self._get_lead(env).fetch(["name"])
                    if not attempt:
                        barrier.wait(30)
                    self._convert(env)
                    cr.commit()
                except psycopg2.errors.SerializationFailure:
                    cr.rollback()
                    env.invalidate_all()
                    continue
                except Exception as error:
                    cr.rollback()
                    problems.append(error)
                return
            problems.append("Tried too often")

        with ExitStack() as stack:
            threads = [
                threading.Thread(
                    target=convert,
                    args=(
                        self._get_env(
                            stack.enter_context(self.registry.cursor()), number
                        ),
                    ),
                )
                for number in range(self.PEOPLE)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        return problems
