from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "-standard", "lead_oca")
class TestBesideOCA(TestLeadManagementCommon):
    """Beside addons of the OCA; run by `./dev test --with-oca`, which installs them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # One by one: partner_industry_secondary checks no more at a time.
        industries = cls.env["res.partner.industry"]
        cls.energy = industries.create({"name": "Energy"})
        cls.solar = industries.create({"name": "Solar power"})
        cls.lead = cls._create_lead(
            cls.user_sales_salesman,
            partner_name="Zephyr Solar",
            contact_name="Ada Sample",
            industry_id=cls.energy.id,
            secondary_industry_ids=[Command.link(cls.solar.id)],
        )
        cls.vat = "BE0477472701"

    # crm_industry

    @users("user_sales_salesman")
    def test_customer_takes_no_industry_away(self):
        lead = self.lead.with_user(self.env.user)
        lead.partner_id = self.env["res.partner"].create({"name": "Somebody"})
        self.assertEqual(lead.industry_id, self.energy)

    @users("user_sales_salesman")
    def test_account_gets_all_industries(self):
        result = self.lead.with_user(self.env.user).convert_lead()[0]
        account = self.env["res.partner"].browse(result["account_id"])
        self.assertEqual(account.industry_id, self.energy)
        self.assertEqual(account.secondary_industry_ids, self.solar)

    @users("user_sales_salesman")
    def test_industry_is_shown_once(self):
        leads = self.env["crm.lead"]
        for name, view_type in (
            ("crm_lead_view_form", "form"),
            ("crm_case_tree_view_leads", "list"),
            ("view_crm_case_leads_filter", "search"),
        ):
            view = self.env.ref(f"crm.{name}")
            arch = etree.fromstring(leads.get_view(view.id, view_type)["arch"])
            with self.subTest(view_type):
                self.assertEqual(len(arch.xpath("//field[@name='industry_id']")), 1)
                self.assertLessEqual(len(arch.xpath("//filter[@name='industry']")), 1)

    # crm_lead_code

    @users("user_sales_salesman")
    def test_lead_keeps_its_number(self):
        lead = self.lead.with_user(self.env.user)
        code = lead.code
        self.assertTrue(code)
        result = lead.convert_lead(target="opportunity")[0]
        self.assertEqual(lead.browse(result["opportunity_id"]).code, code)
        lead.conversion_id.action_undo()
        self.assertEqual(lead.code, code)

    # crm_lead_vat

    @users("user_sales_salesman")
    def test_account_of_the_tax_id_is_found(self):
        account = self.env["res.partner"].create(
            {"name": "Quite Another Name", "is_company": True, "vat": self.vat}
        )
        lead = self.lead.with_user(self.env.user)
        self.assertNotIn(account, lead.possible_account_ids)
        lead.vat = self.vat
        lead.invalidate_recordset(["possible_account_ids"])
        self.assertEqual(lead.possible_account_ids, account)

    @users("user_sales_salesman")
    def test_tax_id_fills_a_blank_and_replaces_none(self):
        blank, other = self.env["res.partner"].create(
            [
                {"name": "Zephyr One", "is_company": True},
                {"name": "Zephyr Two", "is_company": True, "vat": "BE0123456749"},
            ]
        )
        for account, after in ((blank, self.vat), (other, "BE0123456749")):
            lead = self._create_lead(
                self.user_sales_salesman,
                partner_name="Zephyr",
                contact_name="Ada Sample",
                vat=self.vat,
            ).with_user(self.env.user)
            before = account.vat
            lead.convert_lead(account_id=account.id)
            self.assertEqual(account.vat, after)
            lead.conversion_id.action_undo()
            self.assertEqual(account.vat, before)
            self.assertEqual(lead.vat, self.vat)

    # crm_stage_probability

    @users("user_sales_salesman")
    def test_probability_of_the_stage_says_nothing_about_the_status(self):
        lead = self.lead.with_user(self.env.user)
        lead.convert_lead()
        self.assertEqual(lead.status_id, self.status_converted)
        self.assertNotEqual(lead.won_status, "lost")
        lost = self._create_lead(self.user_sales_salesman)
        lost.action_set_lost()
        self.assertEqual(lost.status_id, self.status_dead)

    # crm_lost_reason_required

    @users("user_sales_salesman")
    def test_dead_leads_need_a_reason(self):
        wizard = self.env["crm.lead.lost"].with_context(default_lead_ids=self.lead.ids)
        form = Form(wizard)
        with self.assertRaisesRegex(AssertionError, "lost_reason_id"):
            form.save()

    # partner_deduplicate_acl

    def test_who_may_not_merge_does_not_decide_about_duplicates(self):
        user = self.user_sales_manager
        user.group_ids = [Command.link(self.env.ref("base.group_partner_manager").id)]
        duplicates = self.env["crm.account.duplicate"].with_user(user)
        with self.assertRaises(AccessError):
            duplicates.action_dismiss()
        user.group_ids = [
            Command.link(self.env.ref("partner_deduplicate_acl.group_manually").id)
        ]
        duplicates.action_dismiss()
