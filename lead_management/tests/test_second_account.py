from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged, users

from .test_account_match_shown import MatchShownCase


@tagged("post_install", "-at_install", "lead_account_match")
class TestSecondAccount(MatchShownCase):
    """The policy on creating a second account, for each role and door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env, "accountant", "base.group_user,base.group_partner_manager"
        )
        cls._set_policy("block")

    @classmethod
    def _set_policy(cls, policy):
        cls.env["ir.config_parameter"].set_param(
            "lead_management.duplicate_policy", policy
        )

    def _create(self, name="Zephyrtronic", **values):
        return self.env["res.partner"].create(
            {"name": name, "is_company": True, **values}
        )

    def _get_log(self, partner):
        return " ".join(partner.sudo().message_ids.mapped("body"))

    def test_off_and_warn_refuse_nobody(self):
        for policy in ("off", "warn"):
            self._set_policy(policy)
            for user in (self.user_sales_salesman, self.user_sales_manager):
                account = (
                    self.env["res.partner"]
                    .with_user(user)
                    .create({"name": "Zephyrtronic", "is_company": True})
                )
                self.assertNotIn("second account", self._get_log(account))

    @users("user_sales_salesman")
    def test_block_refuses_a_salesman_and_names_the_account(self):
        with self.assertRaisesRegex(
            UserError, "Zephyrtronic.*Zephyrtronic Ltd.*Use the existing account"
        ):
            self._create()
        with self.assertRaises(UserError):
            self._create(is_company=None, company_type="company")
        with self.assertRaises(UserError):
            self.env["res.partner"].with_context(default_is_company=True).name_create(
                "Zephyrtronic"
            )

    @users("user_sales_salesman")
    def test_block_refuses_to_make_an_account_of_a_contact(self):
        for vals in ({"is_company": True}, {"company_type": "company"}):
            contact = self.env["res.partner"].create({"name": "Zephyrtronic"})
            with (
                self.assertRaisesRegex(UserError, "Zephyrtronic Ltd.*existing account"),
                self.env.cr.savepoint(),
            ):
                contact.write(vals)
        other = self._create("Quite Different")
        other.name = "Quite Different Ltd"
        with (
            self.assertRaisesRegex(UserError, "existing account"),
            self.env.cr.savepoint(),
        ):
            other.name = "Zephyrtronic"
        branch = self._create(parent_id=self.account.id)
        with self.assertRaisesRegex(UserError, "existing account"):
            branch.parent_id = False

    @users("user_sales_manager")
    def test_manager_makes_an_account_of_a_contact_with_a_note(self):
        contact = self.env["res.partner"].create({"name": "Zephyrtronic"})
        contact.is_company = True
        self.assertIn("second account", self._get_log(contact))

    @users("user_sales_salesman")
    def test_block_refuses_the_same_name_with_another_web_site(self):
        self.account.website = "https://zephyrtronic.example"
        with self.assertRaisesRegex(UserError, "is there already"):
            self._create(website="https://quite-another.example")

    @users("user_sales_salesman")
    def test_block_never_names_a_hidden_account(self):
        with self.assertRaisesRegex(UserError, "cannot open") as refusal:
            self._create("QuokkaWorks")
        self.assertNotIn("GmbH", str(refusal.exception))

    @users("user_sales_salesman")
    def test_block_lets_other_partners_pass(self):
        self._create("Nobody Knows")
        self._create(is_company=False)
        other = self._create("Quite Different")
        other.name = "Quite Different Ltd"
        branch = self._create(parent_id=self.account.id)
        self.assertNotIn("second account", self._get_log(branch))

    @users("user_sales_salesman")
    def test_block_refuses_an_import(self):
        result = self.env["res.partner"].load(
            ["name", "is_company"], [["Nobody Knows", "1"], ["Zephyrtronic", "1"]]
        )
        self.assertFalse(result["ids"])
        self.assertIn("Zephyrtronic Ltd", str(result["messages"]))

    @users("user_sales_salesman")
    def test_block_refuses_the_same_company_twice_at_once(self):
        with self.assertRaisesRegex(UserError, "are one company"):
            self.env["res.partner"].create(
                [
                    {"name": "Nobody Knows Ltd", "is_company": True},
                    {"name": "Nobody Knows", "is_company": True},
                ]
            )

    @users("user_sales_salesman")
    def test_block_refuses_a_conversion_until_the_account_is_chosen(self):
        lead = self.lead.with_env(self.env)
        with self.assertRaisesRegex(UserError, "Zephyrtronic Ltd"):
            lead.convert_lead()
        lead.account_id = self.account
        self.assertEqual(lead.convert_lead()[0]["account_id"], self.account.id)

    @users("user_sales_manager")
    def test_manager_creates_a_second_account_and_the_chatter_says_so(self):
        account = self._create()
        log = self._get_log(account)
        self.assertIn("second account of", log)
        self.assertIn("Zephyrtronic Ltd", log)

    @users("user_sales_manager")
    def test_chatter_names_no_account_its_readers_may_not_read(self):
        account = self._create("QuokkaWorks")
        log = self._get_log(account)
        self.assertIn("second account", log)
        self.assertNotIn("GmbH", log)

    @users("accountant")
    def test_those_outside_sales_pass_and_the_chatter_says_so(self):
        self.assertIn("second account", self._get_log(self._create()))

    @users("user_sales_salesman")
    def test_superuser_code_passes_and_the_chatter_says_so(self):
        account = (
            self.env["res.partner"]
            .sudo()
            .create({"name": "Zephyrtronic", "is_company": True})
        )
        self.assertIn("second account", self._get_log(account))

    @users("user_sales_manager")
    def test_name_of_a_company_is_text_in_the_chatter(self):
        self.account.name = "<script>alert(1)</script> Zephyrtronic"
        account = self._create("<script>alert(1)</script> Zephyrtronic")
        log = self._get_log(account)
        self.assertIn("second account of", log)
        self.assertNotIn("<script>", log)

    @users("user_sales_salesman")
    def test_many_accounts_take_as_many_queries_as_one(self):
        def count(names):
            before = self.env.cr.sql_log_count
            self.env["res.partner"]._find_first_accounts(
                [{"name": name} for name in names]
            )
            return self.env.cr.sql_log_count - before

        count(["Zephyrtronic"])
        self.env.invalidate_all()
        one = count(["Marblewind"])
        self.env.invalidate_all()
        self.assertLessEqual(count([f"Marblewind {n}" for n in range(30)]), one + 3)

    def test_settings_keep_the_policy(self):
        settings = self.env["res.config.settings"]
        for policy in ("off", "warn", "block"):
            settings.create({"lead_duplicate_policy": policy}).execute()
            self.assertEqual(settings.create({}).lead_duplicate_policy, policy)
            self.assertEqual(self.env["res.partner"]._get_duplicate_policy(), policy)

    def test_unknown_policy_warns(self):
        self._set_policy("perhaps")
        with self.assertLogs("odoo.addons.lead_management", "WARNING"):
            self.assertEqual(self.env["res.partner"]._get_duplicate_policy(), "warn")
