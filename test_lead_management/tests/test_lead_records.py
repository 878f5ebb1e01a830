import importlib
from unittest.mock import patch

from odoo.tests import tagged, users

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_access")
class TestLeadRecords(TestLeadManagementCommon):
    """Records about a lead are read with the lead, and by no one else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.env["utm.campaign"].create({"title": "Fair"})
        cls.lead_foreign = cls._create_lead(cls.user_sales_leads)
        cls.leads = cls.lead_own | cls.lead_foreign
        cls.leads._add_to_campaign(cls.campaign)
        cls.env["crm.lead.consent"].create(
            [
                {
                    "lead_id": lead.id,
                    "name": "Newsletter",
                    "text": "Yes, please.",
                    "agreed_date": "2026-01-01",
                }
                for lead in cls.leads
            ]
        )

    def test_fields_with_a_default_are_columns_before_the_orm_fills_them(self):
        """It wrote each of a million leads once for each field."""
        leads, made = self.env["crm.lead"], set()
        for name, field in leads._fields.items():
            addon = next(iter(field._modules), "")
            if (
                not (addon.startswith("lead_management_") and field.column_type)
                or not (field.store and field.default)
                # The ORM fills in 0 and "" as well.
                or (value := field.default(leads)) is None
                or value is False
            ):
                continue
            hooks = importlib.import_module(f"odoo.addons.{addon}.hooks")
            self.assertEqual(hooks.COLUMNS[name], (field.column_type[0], value))
            made.add(name)
        self.assertLessEqual({"score_fit", "response_state"}, made)

    def _search(self, model, leads, *leaves):
        return self.env[model].search([("lead_id", "in", leads.ids), *leaves]).lead_id

    @users("user_sales_salesman")
    def test_asked_for_by_leads(self):
        gone = self.lead_own.copy()
        gone.sudo().unlink()
        for model in ("crm.lead.campaign.member", "crm.lead.consent"):
            with self.subTest(model=model):
                self.assertEqual(self._search(model, self.leads | gone), self.lead_own)
                self.assertEqual(self._search(model, self.leads), self.lead_own)
                own = self._search(model, self.leads, ("id", ">", 0))
                self.assertEqual(own, self.lead_own)
                self.assertFalse(self._search(model, self.leads, ("id", "=", False)))
                self.assertFalse(self._search(model, self.lead_foreign))

    @users("user_sales_salesman")
    def test_leads_in_an_alternative_or_denied_are_not_all(self):
        other = self._create_lead(self.user_sales_salesman)
        other._add_to_campaign(self.campaign)
        mine = self.lead_own | other
        named = ("lead_id", "in", self.lead_own.ids)
        of_campaign = ("campaign_id", "=", self.campaign.id)
        for domain, expected in (
            (["|", named, of_campaign], mine),
            ([of_campaign], mine),
            (["!", named, of_campaign], other),
            (["!", "|", named, ("id", "=", False)], other),
            ([("lead_id", "in", mine._as_query())], mine),
        ):
            with self.subTest(domain=domain):
                members = self.env["crm.lead.campaign.member"].search(domain)
                self.assertEqual((members.lead_id & mine).sorted("id"), expected)

    @users("user_sales_salesman")
    def test_form_does_not_search_for_the_lead_that_it_has(self):
        lead = self.lead_own.with_env(self.env)
        lead.read(["name", "user_id", "company_id", "queue_id"])
        with patch.object(self.registry["crm.lead"], "_search") as search:
            self.assertEqual(len(lead.campaign_member_ids), 1)
            self.assertEqual(len(lead.consent_ids), 1)
        search.assert_not_called()

    @users("user_sales_salesman")
    def test_form_of_an_open_lead_asks_for_no_conversion(self):
        lead = self.lead_own.with_env(self.env)
        lead.read(["name", "date_conversion", "type"])
        with self.assertQueryCount(0):
            self.assertFalse(lead.conversion_id)
        lead.convert_lead()
        lead.invalidate_recordset()
        self.assertEqual(lead.conversion_id.lead_id, lead)
