from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged, users

from .own_fields import TrialCase


@tagged("post_install", "-at_install", "lead_conversion")
class TestMappingTrial(TrialCase):
    """Before they go by a mapping, people see what it would have changed."""

    def test_an_unchanged_mapping_changes_nothing(self):
        self.lead.tag_ids = self.env["crm.tag"].create({"name": "Own tag"})
        deal = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "opportunity",
                "user_id": self.user_sales_salesman.id,
            }
        )
        for arguments in (
            {},
            {"target": "opportunity"},
            {"account_id": self.account.id},
            {"account_id": self.account.id, "contact_id": self.contact.id},
            {"target": "opportunity", "opportunity_id": deal.id},
        ):
            with self.subTest(**arguments), self.env.cr.savepoint() as savepoint:
                conversion = self._convert_as_salesman(**arguments)
                self.assertEqual(self._get_differences(conversion), {})
                savepoint.rollback()
                self.env.invalidate_all()

    def test_what_would_be_different_is_told_and_nothing_written(self):
        conversion = self._convert_as_salesman(account_id=self.account.id)
        self._set("account", "x_code", "x_code")
        self._set("contact", "x_region_id", "x_region_id")
        self._set("contact", "x_market_ids", "x_market_ids")
        self._set("account", "phone", "x_code", existing="replace")
        self.env.ref("lead_management.mapping_contact_function").active = False
        self.assertEqual(
            self._get_differences(conversion),
            {
                ("account", "Own code"): (False, "C-1"),
                ("account", "Phone"): (False, "C-1"),
                ("contact", "Own region_id"): (False, "Germany"),
                ("contact", "Own market_ids"): (False, "France, Germany"),
                ("contact", "Job Position"): ("Buyer", False),
            },
        )
        self.assertFalse(self.account.x_code)
        self.assertEqual(self.account.phone, "+1 202 555 0199")
        self.assertEqual(conversion.contact_id.function, "Buyer")

    def test_what_the_lead_said_then_counts(self):
        conversion = self._convert_as_salesman(target="opportunity")
        self.lead.x_code = "C-later"
        self._set("account", "x_code", "x_code")
        self._set("opportunity", "referred", "x_code")
        self.assertEqual(
            self._get_differences(conversion),
            {
                ("account", "Own code"): (False, "C-1"),
                ("opportunity", "Referred By"): (False, "C-1"),
            },
        )

    @users("user_sales_salesman")
    def test_only_who_may_change_the_mapping_tries_it(self):
        with self.assertRaises(AccessError):
            self.env["crm.lead.conversion.mapping"].action_try()
        self.assertFalse(self.env["crm.lead.conversion.trial"].has_access("create"))

    def test_a_manager_sees_no_conversion_of_another_company(self):
        second = self.env["res.company"].create({"name": "Second"})
        seller = new_test_user(
            self.env,
            "second_seller",
            "sales_team.group_sale_salesman",
            company_id=second.id,
            company_ids=[Command.set(second.ids)],
        )
        lead = self.env["crm.lead"].create(
            {
                "name": "Theirs",
                "type": "lead",
                "partner_name": "Secret Ltd",
                "company_id": second.id,
                "user_id": seller.id,
                "x_code": "C-9",
            }
        )
        [result] = lead.with_user(seller).convert_lead()
        self._set("account", "x_code", "x_code")
        conversions = self._try().line_ids.conversion_id.ids
        self.assertNotIn(result["conversion_id"], conversions)
