from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged, users

from .common import TestAliasCommon


@tagged("post_install", "-at_install", "lead_alias")
class TestAliasByHand(TestAliasCommon):
    """A name is added on the account's form, and rules ask nobody in particular."""

    def _add(self, name, user=None):
        account = self.account.with_user(user or self.user_sales_salesman)
        return self.aliases.browse(account.add_account_name(name))

    def test_added_name_leads_to_the_account_for_everybody(self):
        self.assertFalse(self._find("Blue Gizmo")[0])
        with Form(
            self.env["crm.account.alias.add"]
            .with_user(self.user_sales_salesman)
            .with_context(default_partner_id=self.account.id)
        ) as form:
            form.name = " Blue Gizmo "
        form.record.action_add()
        for user in (self.user_sales_salesman, self.user_sales_leads):
            found, score = self._find("BLUE GIZMO GmbH", user)
            self.assertEqual(found[:1], self.account)
            self.assertGreaterEqual(score, 0.95)
        [line] = self._get_aliases()
        self.assertEqual(
            (line.name, line.origin, line.user_id),
            ("Blue Gizmo", "hand", self.user_sales_salesman),
        )

    @users("user_sales_salesman")
    def test_what_teaches_nothing_is_refused(self):
        self._add("Blue Gizmo")
        for name in ("Blue Gizmo", "Zephyrtronic GmbH", "n/a", "", None, 5):
            with self.subTest(name=name), self.assertRaises(UserError):
                self._add(name)

    def test_nobody_else_adds_names(self):
        employee = new_test_user(self.env, "employee_x", "base.group_user")
        with self.assertRaises(AccessError):
            self._add("Blue Gizmo", employee)

    def test_rules_decide_the_same_whoever_runs_them(self):
        self._add("Blue Gizmo")
        self._refuse("Blue Gizmo", self.user_sales_leads)
        values = [{"name": "Blue Gizmo"}]
        found = [
            self.env["res.partner"]
            .with_user(user)
            .sudo()
            ._find_account_matches_batch(values)
            for user in (
                self.user_sales_salesman,
                self.user_sales_leads,
                self.env.ref("base.user_root"),
            )
        ]
        self.assertEqual(found[0], found[1])
        self.assertEqual(found[0], found[2])
        self.assertEqual(found[0][0]["matches"][0]["id"], self.account.id)
