from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_tours")
class TestTours(TestLeadManagementCommon, HttpCase):
    """The stories of salespeople and admins, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = f"/odoo/action-crm.crm_lead_all_leads/{cls.lead_own.id}"

    def test_create_a_lead(self):
        self.start_tour(
            "/odoo/action-crm.crm_lead_all_leads",
            "lead_create",
            login="user_sales_salesman",
        )
        lead = self.env["crm.lead"].search([("partner_name", "=", "Acme Tours")])
        self.assertEqual(lead.contact_name, "Jane Doe")
        self.assertEqual(lead.user_id, self.user_sales_salesman)

    @mute_logger("odoo.http")  # logs the refused move
    def test_walk_the_status_path(self):
        self.start_tour(self.url, "lead_status_path", login="user_sales_salesman")
        self.assertEqual(self.lead_own.status_id, self.status_in_process)

    def test_path_follows_what_is_done_in_the_chatter(self):
        """Without reloading the page, and without losing what was typed."""
        lead = self.lead_own
        lead.status_id = self.status_assigned
        for summary in ("First call", "Second call"):
            lead.activity_schedule(
                "mail.mail_activity_data_call",
                summary=summary,
                user_id=self.user_sales_salesman.id,
            )
        self.start_tour(self.url, "lead_status_follows", login="user_sales_salesman")
        self.assertEqual(lead.best_call_time, "Mornings")
        self.assertEqual(lead.partner_name, "Acme Tours")
        self.assertEqual(lead.status_id, self.status_in_process)
        self.assertFalse(lead.activity_ids)

    def test_apply_star_rules_to_all_leads(self):
        self.env["crm.lead.star.rule"].create(
            {"name": "All", "domain": "[]", "stars": "3", "sequence": -1}
        )
        self.lead_own.write({"stars": "0", "stars_manual": False})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET stars = '0' WHERE id = %s", [self.lead_own.id]
        )
        self.env.invalidate_all()
        self.start_tour(
            "/odoo/action-lead_management.crm_lead_star_rule_action",
            "lead_star_rules_apply",
            login="user_sales_manager",
        )
        self.assertEqual(self.lead_own.stars, "3")

    @mute_logger("odoo.http")
    def test_conversion_mapping(self):
        self.lead_own.write({"partner_name": "Acme Toys", "expected_revenue": 1000})
        self.lead_own.with_user(self.user_sales_salesman).convert_lead()
        self.start_tour(
            "/odoo/lead-conversion-mapping",
            "lead_conversion_mapping",
            login="user_sales_manager",
        )
        line = self.env["crm.lead.conversion.mapping"].search(
            [("record_name", "=", "account"), ("field_name", "=", "ref")]
        )
        self.assertEqual(
            (line.lead_field_name, line.conversion), ("expected_revenue", "text")
        )

    @mute_logger("odoo.http")
    def test_drag_between_statuses(self):
        self.start_tour(
            "/odoo/action-crm.crm_lead_all_leads",
            "lead_status_kanban",
            login="user_sales_salesman",
        )
        self.assertEqual(self.lead_own.status_id, self.status_assigned)

    def test_convert_and_find_the_records(self):
        self.start_tour(self.url, "lead_convert", login="user_sales_salesman")
        self.assertEqual(self.lead_own.status_id, self.status_converted)
        self.assertEqual(self.lead_own.partner_id.parent_id.name, "Acme")

    def test_convert_to_account_and_undo(self):
        self.start_tour(self.url, "lead_convert_undo", login="user_sales_salesman")
        self.assertTrue(self.lead_own.active)
        self.assertFalse(self.lead_own.conversion_id)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Jane Doe")]))

    def test_convert_with_review_and_undo(self):
        account = self.env["res.partner"].create(
            {"name": "Zephyrtronic Ltd", "is_company": True, "phone": "+1 202 555 0199"}
        )
        self.lead_own.write(
            {
                "partner_name": "Zephyrtronic",
                "company_phone": "+1 202 555 0100",
                "function": "Buyer",
                "fax": "+1 202 555 0102",
            }
        )
        self.start_tour(self.url, "lead_convert_review", login="user_sales_salesman")
        conversion = self.env["crm.lead.conversion"].search(
            [("lead_id", "=", self.lead_own.id)]
        )
        self.assertTrue(conversion.undone_date)
        written = {(name, new) for _model, _id, name, _old, new in conversion.filled}
        self.assertIn(("phone", "+1 202 555 0100"), written)
        self.assertIn(("fax", "+1 202 555 0102"), written)
        self.assertEqual(account.phone, "+1 202 555 0199", "put back")
        self.assertFalse(account.fax)
        self.assertEqual(self.lead_own.type, "lead")
        self.assertEqual(self.lead_own.function, "Buyer")

    def test_admin_adds_a_source(self):
        self.start_tour("/odoo/settings", "lead_picklist", login="admin")
        self.assertTrue(
            self.env["utm.source"].search_count(
                [("name", "=", "Trade fair"), ("is_lead_source", "=", True)]
            )
        )

    def test_use_an_account_that_is_there(self):
        account = self.env["res.partner"].create(
            {"name": "<b>Zephyrtronic</b> Ltd", "is_company": True}
        )
        self.start_tour(
            "/odoo/action-crm.crm_lead_all_leads",
            "lead_account_match",
            login="user_sales_salesman",
        )
        lead = self.env["crm.lead"].search([("account_id", "=", account.id)])
        self.assertEqual(lead.partner_id.parent_id, account)
        self.assertEqual(lead.contact_name, "Jane Doe")

    def test_go_to_the_account_instead_of_creating_it(self):
        self.env["res.partner"].create(
            {"name": "<b>Zephyrtronic</b> Ltd", "is_company": True}
        )
        self.start_tour(
            "/odoo/action-base.action_partner_form",
            "partner_account_match",
            login="user_sales_manager",
        )
        self.assertEqual(
            self.env["res.partner"].search_count([("name", "ilike", "zephyrtronic")]), 1
        )
