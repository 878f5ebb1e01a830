from odoo.exceptions import AccessError, ValidationError
from odoo.tests import BaseCase, Form, new_test_user, tagged, users

from ..tools import person_name, social_handle
from .common import TestLeadManagementCommon


@tagged("lead_profile")
class TestPersonName(BaseCase):
    def test_split(self):
        for full_name, parts in {
            "Jane Doe": ("Jane", "Doe"),
            "Anna Maria Lopez": ("Anna Maria", "Lopez"),
            "Jan van der Berg": ("Jan", "van der Berg"),
            "Doe, Jane": ("Jane", "Doe"),
            "Madonna": ("", "Madonna"),
            "王小明": ("", "王小明"),
            "  Jane   Doe ": ("Jane", "Doe"),
            "de la Cruz": ("de", "la Cruz"),
            "Doe,": ("", "Doe,"),
            "": ("", ""),
            False: ("", ""),
        }.items():
            with self.subTest(full_name=full_name):
                self.assertEqual(person_name.split(full_name), parts)

    def test_join_is_the_inverse_of_split(self):
        for full_name in ("Jane Doe", "Jan van der Berg", "Madonna", "王小明"):
            self.assertEqual(person_name.join(*person_name.split(full_name)), full_name)
        self.assertFalse(person_name.join("", False))


@tagged("lead_profile")
class TestSocialHandle(BaseCase):
    def test_handles_and_addresses(self):
        for text in (
            "acme",
            "@acme",
            " @acme ",
            "x.com/acme",
            "https://x.com/acme",
            "https://www.twitter.com/acme/",
            "https://mobile.twitter.com/acme?lang=de",
            "http://twitter.com/#!/acme",
            "https://x.com/acme/status/123456",
            "https://x.com/@acme",
        ):
            with self.subTest(text=text):
                self.assertEqual(social_handle.normalize(text), "acme")

    def test_nothing_is_nothing(self):
        self.assertFalse(social_handle.normalize(False))
        self.assertFalse(social_handle.normalize("  "))

    def test_what_is_no_profile(self):
        for text in (
            "much_too_long_for_a_handle",
            "two words",
            "https://example.com/acme",
            "https://x.com/search?q=acme",
            "https://x.com/",
            "acme!",
            "https://evil.com/x.com/acme",
        ):
            with self.subTest(text=text), self.assertRaises(ValueError):
                social_handle.normalize(text)


@tagged("post_install", "-at_install", "lead_profile")
class TestLeadProfile(TestLeadManagementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_customer()

    @users("user_sales_salesman")
    def test_name_parts_make_the_full_name(self):
        lead = self.env["crm.lead"].create(
            {
                "type": "lead",
                "contact_first_name": "Anna Maria",
                "contact_last_name": "Lopez",
            }
        )
        self.assertEqual(lead.contact_name, "Anna Maria Lopez")
        self.assertEqual(lead.contact_first_name, "Anna Maria")
        lead.contact_last_name = "Lopez Garcia"
        self.assertEqual(lead.contact_name, "Anna Maria Lopez Garcia")
        self.assertEqual(lead.contact_first_name, "Anna Maria")

    @users("user_sales_salesman")
    def test_full_name_makes_the_parts(self):
        lead = self.env["crm.lead"].create(
            {"type": "lead", "contact_name": "Jane Doe", "name": "x"}
        )
        self.assertEqual(lead.contact_first_name, "Jane")
        self.assertEqual(lead.contact_last_name, "Doe")
        lead.contact_name = "Jan van der Berg"
        self.assertEqual(lead.contact_last_name, "van der Berg")
        lead.contact_name = False
        self.assertFalse(lead.contact_first_name or lead.contact_last_name)

    @users("user_sales_salesman")
    def test_contact_of_the_lead_gives_the_parts(self):
        lead = self.lead_own.with_env(self.env)
        lead.partner_id = self.customer_contact
        self.assertEqual(lead.contact_name, "Ada May Miller")
        self.assertEqual(lead.contact_first_name, "Ada May")
        self.assertEqual(lead.contact_last_name, "Miller")

    @users("user_sales_salesman")
    def test_title_comes_from_company_and_name(self):
        self.assertEqual(self.lead_own.name, "Acme – Jane Doe")
        lead = self.env["crm.lead"].create(
            {"type": "lead", "email_from": "jane@test.example.com"}
        )
        self.assertEqual(lead.name, "jane@test.example.com")

    @users("user_sales_salesman")
    def test_form_asks_for_name_and_company(self):
        form = Form(self.env["crm.lead"].with_context(default_type="lead"))
        form.contact_first_name = "Jane"
        form.contact_last_name = "Doe"
        with self.assertRaisesRegex(AssertionError, "partner_name"):
            form.save()
        form.partner_name = "Acme"
        lead = form.save()
        self.assertEqual(lead.contact_name, "Jane Doe")

    @users("user_sales_salesman")
    def test_form_and_quick_form_ask_for_no_first_name(self):
        settings = self.env["ir.config_parameter"].sudo()
        # As a new database has it; this one may be of an earlier release.
        settings.set_param("lead_management.require_first_name", False)
        view = "lead_management.crm_lead_view_form_quick_create"
        for view_id in (None, view):
            form = Form(
                self.env["crm.lead"].with_context(default_type="lead"), view=view_id
            )
            form.contact_last_name = "Doe"
            with self.assertRaisesRegex(AssertionError, "partner_name"):
                form.save()
            form.partner_name = "Acme"
            self.assertEqual(form.save().contact_name, "Doe")
        settings.set_param("lead_management.require_first_name", "True")
        form = Form(self.env["crm.lead"].with_context(default_type="lead"), view=view)
        form.contact_last_name = "Doe"
        form.partner_name = "Acme"
        with self.assertRaisesRegex(AssertionError, "contact_first_name"):
            form.save()

    @users("user_sales_salesman")
    def test_settings_relax_what_the_form_asks_for(self):
        for setting in ("require_first_name", "require_last_name", "require_company"):
            self.env["ir.config_parameter"].sudo().set_param(
                f"lead_management.{setting}", False
            )
        form = Form(self.env["crm.lead"].with_context(default_type="lead"))
        form.email_from = "jane@test.example.com"
        self.assertEqual(form.save().name, "jane@test.example.com")

    @users("user_sales_salesman")
    def test_lead_that_came_without_company_stays_editable(self):
        lead = self.env["crm.lead"].create({"type": "lead", "name": "Mail"})
        with Form(lead) as form:
            form.best_call_time = "Mornings"
        self.assertEqual(lead.best_call_time, "Mornings")

    @users("user_sales_salesman")
    def test_opportunity_form_asks_for_no_name(self):
        form = Form(self.env["crm.lead"].with_context(default_type="opportunity"))
        form.name = "Deal"
        self.assertTrue(form.save())

    @users("user_sales_salesman")
    def test_twitter_is_kept_as_handle(self):
        lead = self.lead_own.with_env(self.env)
        lead.twitter = "https://x.com/acme/"
        self.assertEqual(lead.twitter, "acme")
        with self.assertRaisesRegex(ValidationError, "two words"):
            lead.twitter = "two words"
        partner = self.env["res.partner"].create({"name": "Acme", "twitter": "@acme"})
        self.assertEqual(partner.twitter, "acme")

    @users("user_sales_salesman")
    def test_conversion_carries_the_profile_over(self):
        industry = self.env["res.partner.industry"].sudo().create({"name": "Toys"})
        source = self.env.ref("lead_management.utm_source_call")
        lead = self.lead_own.with_env(self.env)
        lead.write(
            {
                "phone": "+1 202 555 0100",
                "company_phone": "+1 202 555 0101",
                "fax": "+1 202 555 0102",
                "skype": "jane.doe",
                "twitter": "acme",
                "annual_revenue": 5_000_000,
                "employee_count": 40,
                "industry_id": industry.id,
                "source_id": source.id,
                "function": "Buyer",
            }
        )
        contact = lead._create_customer()
        account = contact.parent_id
        self.assertRecordValues(
            account,
            [
                {
                    "name": "Acme",
                    "phone": "+1 202 555 0101",
                    "fax": "+1 202 555 0102",
                    "twitter": "acme",
                    "annual_revenue": 5_000_000,
                    "employee_count": 40,
                    "industry_id": industry.id,
                    "lead_source_id": source.id,
                    "function": False,
                }
            ],
        )
        self.assertRecordValues(
            contact,
            [
                {
                    "name": "Jane Doe",
                    "phone": "+1 202 555 0100",
                    "fax": "+1 202 555 0102",
                    "skype": "jane.doe",
                    "lead_source_id": source.id,
                    "function": "Buyer",
                }
            ],
        )

    @users("user_sales_manager")
    def test_merge_keeps_the_profile(self):
        other = self._create_lead(
            self.user_sales_salesman, fax="+1 202 555 0102", employee_count=7
        )
        merged = (self.lead_own + other).with_env(self.env).merge_opportunity()
        self.assertEqual(merged.contact_first_name, "Jane")
        self.assertEqual(merged.contact_name, "Jane Doe")
        self.assertEqual(merged.fax, "+1 202 555 0102")
        self.assertEqual(merged.employee_count, 7)


@tagged("post_install", "-at_install", "lead_profile")
class TestAccount(TestLeadManagementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_customer()

    def test_primary_contact_belongs_to_the_account(self):
        self.customer.primary_contact_id = self.customer_contact
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        with self.assertRaisesRegex(
            ValidationError, "Harbour Supplies.*one of its own"
        ):
            self.customer.primary_contact_id = stranger

    def test_contact_of_others_is_not_named(self):
        other = self.env["res.company"].create({"name": "Other"})
        secret = self.env["res.partner"].create(
            {"name": "Secret Partner", "company_id": other.id}
        )
        account = self.customer.with_user(self.user_sales_manager)
        with self.assertRaises(AccessError) as caught:
            account.primary_contact_id = secret.id
        self.assertNotIn("Secret", str(caught.exception))

    def test_portal_user_reads_no_business_figures(self):
        user = new_test_user(self.env, "portal_figures", "base.group_portal")
        user.partner_id.employee_count = 7
        partner = user.partner_id.with_user(user)
        self.assertTrue(partner.name)
        for name in ("annual_revenue", "employee_count", "lead_source_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                partner.read([name])

    def test_revenue_is_in_the_currency_of_the_company(self):
        company = self.env["res.company"].create(
            {"name": "Euro", "currency_id": self.env.ref("base.EUR").id}
        )
        partner = self.customer
        self.assertEqual(
            partner.with_company(company).annual_revenue_currency_id,
            self.env.ref("base.EUR"),
        )


@tagged("post_install", "-at_install", "lead_profile")
class TestNextActivity(TestLeadManagementCommon):
    @users("user_sales_salesman")
    def test_next_activity_is_the_earliest_open_one(self):
        lead = self.lead_own.with_env(self.env)
        self.assertFalse(lead.next_activity_date)
        later = lead.activity_schedule(
            "mail.mail_activity_data_call", date_deadline="2030-02-01"
        )
        lead.activity_schedule(
            "mail.mail_activity_data_call", date_deadline="2030-01-01"
        ).action_done()
        lead.invalidate_recordset()
        self.assertEqual(lead.next_activity_date, later.date_deadline)

    def test_next_activities_of_a_list_are_one_query(self):
        leads = self.env["crm.lead"].create(
            [{"name": f"Lead {i}", "type": "lead"} for i in range(10)]
        )
        self.env.flush_all()
        with self.assertQueryCount(1):
            leads.mapped("next_activity_date")
