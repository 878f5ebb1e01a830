from odoo.tests import tagged

from odoo.addons.lead_management_import.tests.test_import import OPTIONS, ImportCase

TITLES = ["contact_name", "email_from"]


@tagged("post_install", "-at_install", "lead_import", "lead_duplicate")
class TestOpenLeadImport(ImportCase):
    """What the screen of an import proposes for people of whom a lead is open."""

    def _test_row(self, policy, user=None):
        self.env["ir.config_parameter"].set_param(
            "lead_management.open_lead_import", policy
        )
        self._create_lead(
            user or self.user_sales_salesman,
            contact_first_name="Jo",
            contact_last_name="Quick",
            email_from="jo@quibblecorp.example",
        )
        wizard = self._start([TITLES, ["Jo Quick", "jo@quibblecorp.example"]])
        self.env.flush_all()
        result = wizard.execute_import(TITLES, TITLES, dict(OPTIONS), dryrun=True)
        return result["lead_duplicates"]

    def test_policy_says_what_is_proposed(self):
        for policy, adds in (("tell", False), ("add", True)):
            with self.subTest(policy=policy), self.env.cr.savepoint() as savepoint:
                [found] = self._test_row(policy)
                self.assertEqual((found["kind"], found["adds"]), ("lead", adds))
                savepoint.rollback()
        self.assertEqual(self._test_row("off"), [])

    def test_nothing_is_added_to_what_is_hidden(self):
        [found] = self._test_row("add", user=self.user_sales_leads)
        self.assertEqual(
            (found["kind"], found["lead"], found["adds"], found["hidden"]),
            ("lead", False, False, 1),
        )
