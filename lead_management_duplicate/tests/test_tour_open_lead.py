from odoo.tests import HttpCase, tagged

from .test_open_leads import OpenLeadsCase


@tagged("post_install", "-at_install", "lead_tours")
class TestTourOpenLead(OpenLeadsCase, HttpCase):
    def _get_all(self):
        return self.env["crm.lead"].search_count([])

    def test_add_to_the_open_lead_in_the_form(self):
        before = self._get_all()
        self.start_tour(
            "/odoo/action-crm.crm_lead_all_leads",
            "open_lead_form",
            login="user_sales_salesman",
        )
        self.assertEqual(self._get_all(), before)
        self.assertEqual(self.ida.function, "Buyer of <b>robots</b>")

    def test_add_to_the_open_lead_in_the_box(self):
        before = self._get_all()
        self.start_tour(
            "/odoo/lead-home",
            "open_lead_quick",
            login="user_sales_salesman",
        )
        self.assertEqual(self._get_all(), before)
        said = "".join(self.ida.message_ids.mapped("body"))
        self.assertIn("+1 202 555 0199", said)

    def test_review_duplicate_leads(self):
        self._create_lead(
            self.user_sales_salesman,
            contact_name="Ida Moss",
            partner_name="Zephyrtronic",
            phone="+1 202 555 0199",
        )
        for name in ("Otto Quibble", "Quibble, Otto"):
            self._create_lead(
                self.user_sales_salesman,
                contact_name=name,
                email_from="otto@quibble.example.com",
            )
        self.start_tour(
            "/odoo/duplicate-leads", "lead_duplicate", login="user_sales_salesman"
        )
        self.assertFalse(self.ida.exists() and self.ida.phone == "+1 202 555 0143")
