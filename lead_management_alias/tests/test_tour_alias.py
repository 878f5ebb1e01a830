from odoo.tests import HttpCase, tagged

from .common import TestAliasCommon


@tagged("post_install", "-at_install", "lead_tours")
class TestTourAlias(TestAliasCommon, HttpCase):
    def test_a_name_is_learned_and_cleared(self):
        lead, next_lead = (
            self._create_lead(self.user_sales_salesman, partner_name=name)
            for name in ("Blue Gizmo", "BLUE GIZMO AG")
        )
        self.start_tour(
            f"/odoo/action-crm.crm_lead_all_leads/{lead.id}",
            "alias_link",
            login="user_sales_salesman",
        )
        self.assertEqual(self._get_aliases().name, "Blue Gizmo")
        self.start_tour(
            f"/odoo/action-crm.crm_lead_all_leads/{next_lead.id}",
            "alias_refuse",
            login="user_sales_salesman",
        )
        self.assertEqual(
            self._get_aliases().sorted("id").mapped("kind"), ["same", "different"]
        )
        self.start_tour(
            "/odoo/learned-names", "alias_clear", login="user_sales_manager"
        )
        self.assertFalse(self._get_aliases())

    def test_new_account_is_said_to_be_another(self):
        action = self.env["ir.actions.act_window"].create(
            {
                "name": "New account",
                "res_model": "res.partner",
                "view_mode": "form",
                "context": "{'default_is_company': True}",
            }
        )
        self.start_tour(
            f"/odoo/action-{action.id}/new",
            "alias_refuse_new_account",
            login="user_sales_salesman",
        )
        refused = self._get_aliases(self.other)
        self.assertEqual(refused.kind, "different")
        self.assertEqual(refused.name, "Quibblecorp GmbH")

    def test_lead_is_converted_into_another_account(self):
        lead = self._create_lead(self.user_sales_salesman, partner_name="QUIBBLECORP")
        self.start_tour(
            f"/odoo/action-crm.crm_lead_all_leads/{lead.id}",
            "alias_refuse_conversion",
            login="user_sales_salesman",
        )
        self.assertEqual(self._get_aliases(self.other).kind, "different")
        account = lead.partner_id.commercial_partner_id
        self.assertEqual(account.name, "QUIBBLECORP")
        self.assertNotEqual(account, self.other)
