import json

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from .common import TestLeadManagementCommon


class ConversionCase(TestLeadManagementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_customer()
        cls.source = cls.env.ref("lead_management.utm_source_call")
        cls.industry = cls.env["res.partner.industry"].create({"name": "Toys"})
        cls.lead = cls._create_lead(
            cls.user_sales_salesman,
            contact_first_name="Jane",
            contact_last_name="Doe",
            partner_name="Acme Toys",
            function="Buyer",
            email_from="jane@test.example.com",
            phone="+1 202 555 0100",
            company_phone="+1 202 555 0101",
            fax="+1 202 555 0102",
            skype="jane.doe",
            twitter="acme",
            website="https://acme.example.com",
            street="1 Main Street",
            city="Springfield",
            country_id=cls.env.ref("base.us").id,
            annual_revenue=5_000_000,
            employee_count=40,
            industry_id=cls.industry.id,
            source_id=cls.source.id,
            expected_revenue=1000,
            description="<p>Met at the fair</p>",
        )
        cls.account = cls.env["res.partner"].create(
            {"name": "Acme Toys Inc.", "is_company": True, "phone": "+1 202 555 0199"}
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "J. Doe", "parent_id": cls.account.id, "street": "2 Side Street"}
        )

    def _convert(self, lead=None, **arguments):
        """Convert as the current user and return the records of the result."""
        [result] = (lead or self.lead).with_env(self.env).convert_lead(**arguments)
        return (
            self.env["res.partner"].browse(result["account_id"]),
            self.env["res.partner"].browse(result["contact_id"] or []),
            self.env["crm.lead"].browse(result["opportunity_id"] or []),
            self.env["crm.lead.conversion"].browse(result["conversion_id"]),
        )


@tagged("post_install", "-at_install", "lead_conversion")
class TestConversion(ConversionCase):
    @users("user_sales_salesman")
    def test_account_only_maps_every_field(self):
        account, contact, opportunity, conversion = self._convert()
        self.assertRecordValues(
            account,
            [
                {
                    "name": "Acme Toys",
                    "is_company": True,
                    "phone": "+1 202 555 0101",
                    "email": False,
                    "fax": "+1 202 555 0102",
                    "twitter": "acme",
                    "website": "https://acme.example.com",
                    "street": "1 Main Street",
                    "city": "Springfield",
                    "annual_revenue": 5_000_000,
                    "employee_count": 40,
                    "industry_id": self.industry.id,
                    "lead_source_id": self.source.id,
                    "user_id": self.env.uid,
                    "primary_contact_id": contact.id,
                }
            ],
        )
        self.assertIn("Met at the fair", account.comment)
        self.assertRecordValues(
            contact,
            [
                {
                    "name": "Jane Doe",
                    "parent_id": account.id,
                    "function": "Buyer",
                    "email": "jane@test.example.com",
                    "phone": "+1 202 555 0100",
                    "fax": "+1 202 555 0102",
                    "skype": "jane.doe",
                    "street": "1 Main Street",
                    "lead_source_id": self.source.id,
                    "user_id": self.env.uid,
                }
            ],
        )
        self.assertFalse(opportunity)
        lead = self.lead.with_env(self.env)
        self.assertFalse(lead.active)
        self.assertEqual(lead.status_id, self.status_converted)
        self.assertEqual(lead.won_status, "pending", "converted is not lost")
        self.assertEqual(lead.partner_id, contact)
        self.assertEqual(lead.street, "1 Main Street")
        self.assertEqual(conversion.user_id, self.env.user)

    @users("user_sales_salesman")
    def test_an_entry_has_a_page_of_its_own(self):
        """Also for an admin it was a generated form, with all that undoing needs."""
        *_records, conversion = self._convert()
        form = Form(conversion)
        self.assertEqual(form.account_id, conversion.account_id)
        self.assertFalse(conversion.has_access("write"))
        admin = self.env(user=self.env.ref("base.user_admin"))["crm.lead.conversion"]
        view = admin.get_view(view_type="form")
        shown = etree.fromstring(view["arch"]).xpath("//field/@name")
        self.assertIn("user_name", shown)
        for name in shown:
            self.assertNotEqual(admin._fields[name].type, "json", name)
        action = self.env.ref("lead_management.crm_lead_conversion_action").sudo()
        self.assertIn("form", action.view_mode)

    @users("user_sales_salesman")
    def test_copies_are_independent(self):
        account, contact, _opportunity, _conversion = self._convert()
        account.write({"phone": "+1 202 555 0111", "lead_source_id": False})
        self.assertEqual(contact.phone, "+1 202 555 0100")
        self.assertEqual(contact.lead_source_id, self.source)

    @users("user_sales_salesman")
    def test_opportunity_keeps_the_record(self):
        account, contact, opportunity, _conversion = self._convert(target="opportunity")
        self.assertEqual(opportunity, self.lead)
        self.assertEqual(opportunity.type, "opportunity")
        self.assertEqual(opportunity.partner_id, contact)
        self.assertEqual(opportunity.expected_revenue, 1000)
        self.assertEqual(opportunity.status_id, self.status_converted)
        self.assertEqual(contact.parent_id, account)

    @users("user_sales_salesman")
    def test_linking_fills_blanks_and_overwrites_nothing(self):
        account, contact, _opportunity, conversion = self._convert(
            account_id=self.account.id, contact_id=self.contact.id
        )
        self.assertEqual(account, self.account)
        self.assertEqual(contact, self.contact)
        self.assertEqual(account.name, "Acme Toys Inc.")
        self.assertEqual(account.phone, "+1 202 555 0199")
        self.assertEqual(account.fax, "+1 202 555 0102")
        self.assertEqual(contact.name, "J. Doe")
        self.assertEqual(contact.street, "2 Side Street")
        self.assertFalse(contact.city, "addresses are not mixed")
        self.assertFalse(conversion.sudo().created)

    @users("user_sales_salesman")
    def test_reviewed_values_win(self):
        account, contact, opportunity, _conversion = self._convert(
            target="opportunity",
            account_id=self.account.id,
            overrides={
                "account": {"phone": "+1 202 555 0123"},
                "contact": {"name": "Jane M. Doe"},
                "opportunity": {"name": "Toys for all", "expected_revenue": 2500},
            },
        )
        self.assertEqual(account.phone, "+1 202 555 0123")
        self.assertEqual(contact.name, "Jane M. Doe")
        self.assertEqual(opportunity.name, "Toys for all")
        self.assertEqual(opportunity.expected_revenue, 2500)

    @users("user_sales_salesman")
    def test_into_an_existing_opportunity(self):
        deal = self.env["crm.lead"].create(
            {"name": "Deal", "type": "opportunity", "partner_id": self.account.id}
        )
        lead = self.lead.with_env(self.env)
        activity = lead.activity_schedule("mail.mail_activity_data_call")
        _account, _contact, opportunity, _conversion = self._convert(
            target="opportunity", account_id=self.account.id, opportunity_id=deal.id
        )
        self.assertEqual(opportunity, deal)
        self.assertEqual(deal.expected_revenue, 1000)
        self.assertEqual((activity.res_model, activity.res_id), ("crm.lead", deal.id))
        self.assertTrue(lead.exists())
        self.assertFalse(lead.active)
        self.assertEqual(lead.status_id, self.status_converted)

    @users("user_sales_salesman")
    def test_opportunity_of_another_account_is_refused(self):
        deal = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "opportunity",
                "partner_id": self.customer.id,
            }
        )
        with self.assertRaisesRegex(UserError, "Deal.*belongs to Harbour Supplies"):
            self._convert(
                target="opportunity", account_id=self.account.id, opportunity_id=deal.id
            )

    @users("user_sales_manager")
    def test_date_of_a_converted_lead_is_not_written_away(self):
        self._convert()
        lead = self.lead.with_env(self.env)
        with self.assertRaisesRegex(UserError, "is converted. Undo the conversion"):
            lead.date_conversion = False
        lead.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "converted by"):
            lead.convert_lead()
        lead.action_undo_conversion()
        self.assertFalse(lead.date_conversion)

    @users("user_sales_salesman")
    def test_person_without_company_is_the_account(self):
        lead = self._create_lead(
            self.env.user, partner_name=False, contact_name="Jane Doe", name="Jane"
        )
        account, contact, _opportunity, _conversion = self._convert(lead)
        self.assertEqual(account, contact)
        self.assertFalse(account.is_company)

    @users("user_sales_salesman")
    def test_company_without_person(self):
        lead = self._create_lead(self.env.user, partner_name="Lonely", name="Lonely")
        account, contact, _opportunity, _conversion = self._convert(lead)
        self.assertEqual(account.name, "Lonely")
        self.assertFalse(contact)

    @users("user_sales_salesman")
    def test_lead_with_no_name_at_all_is_refused(self):
        lead = self._create_lead(self.env.user, partner_name=False, name="Somebody")
        with self.assertRaisesRegex(UserError, "Somebody.*neither a company nor"):
            self._convert(lead)

    @users("user_sales_salesman")
    def test_second_conversion_says_who_did_it(self):
        self._convert()
        with self.assertRaisesRegex(UserError, "converted by Sam Salesman"):
            self._convert()

    @users("user_sales_salesman")
    def test_dead_lead_is_refused(self):
        self.lead.action_set_lost()
        with self.assertRaisesRegex(UserError, "Dead. Restore it"):
            self._convert()

    @users("user_sales_salesman")
    def test_bad_input_is_refused(self):
        for arguments in (
            {"target": "house"},
            {"account_id": 999_999_999},
            {"opportunity_id": self.lead_own.id},
            {"target": "opportunity", "opportunity_id": self.lead_own.id},
            {"overrides": {"account": {"active": False}}},
            {"overrides": {"house": {"name": "x"}}},
        ):
            with self.subTest(arguments=arguments), self.assertRaises(UserError):
                self._convert(**arguments)

    @users("user_sales_salesman")
    def test_lead_of_somebody_else_is_refused(self):
        self.lead.user_id = self.user_sales_leads
        with self.assertRaises(AccessError):
            self._convert()

    @users("user_sales_salesman")
    def test_answer_is_plain_data(self):
        results = self.lead.with_env(self.env).convert_lead()
        self.assertEqual(
            set(json.loads(json.dumps(results))[0]),
            {"lead_id", "account_id", "contact_id", "opportunity_id", "conversion_id"},
        )

    @users("user_sales_salesman")
    def test_batch_shares_new_accounts(self):
        leads = self.env["crm.lead"].create(
            [
                {"type": "lead", "contact_name": f"Person {i}", "partner_name": name}
                for i, name in enumerate(["Acme", "ACME GmbH", "Other"])
            ]
        )
        results = leads.convert_lead()
        accounts = [result["account_id"] for result in results]
        self.assertEqual(accounts[0], accounts[1])
        self.assertNotEqual(accounts[0], accounts[2])
        self.assertEqual(len({result["contact_id"] for result in results}), 3)

    def test_leads_share_the_new_account_of_one_of_no_company(self):
        """As one by one: an owned lead is of a company, one of nobody often is not."""
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        ours = self.env.company
        for number, companies in enumerate(
            (
                (ours.browse(), ours, elsewhere, ours.browse()),
                (ours, elsewhere, ours, elsewhere),
            )
        ):
            shared = []
            for kind in ("batch", "mass", "one by one"):
                leads = self.env["crm.lead"].create(
                    [
                        {
                            "type": "lead",
                            "contact_name": f"Person {index}",
                            "partner_name": f"Wallaby {kind} {number}",
                            "company_id": company.id,
                            "team_id": False,
                            "user_id": False,
                        }
                        for index, company in enumerate(companies)
                    ]
                )
                if kind == "batch":
                    leads.convert_lead()
                for part in {"mass": [leads], "one by one": leads}.get(kind, ()):
                    self.env["crm.lead2opportunity.partner.mass"].with_context(
                        active_model="crm.lead", active_ids=part.ids
                    ).create({"result": "account"}).action_mass_convert()
                accounts = [lead.conversion_id.account_id for lead in leads]
                shared.append([accounts.index(account) for account in accounts])
            with self.subTest(companies=[company.name for company in companies]):
                self.assertEqual(shared, [shared[0]] * 3)

    @users("user_sales_salesman")
    def test_one_person_is_one_contact_in_a_batch_and_one_by_one(self):
        people = [
            ("Pia  Person", "pia@acme.example.com"),
            ("pia person", False),
            ("Pia Person", "another.pia@acme.example.com"),
        ]

        def convert(company, one_by_one):
            account = self.env["res.partner"].create(
                {"name": company, "is_company": True}
            )
            leads = self.env["crm.lead"].create(
                [
                    {"type": "lead", "contact_name": name, "email_from": email}
                    for name, email in people
                ]
            )
            results = [
                result
                for part in (leads if one_by_one else [leads])
                for result in part.convert_lead(account_id=account.id)
            ]
            return [result["contact_id"] for result in results]

        for one_by_one in (False, True):
            with self.subTest(one_by_one=one_by_one):
                first, second, third = convert(f"Pia {one_by_one}", one_by_one)
                self.assertEqual(first, second)
                self.assertNotEqual(first, third)

    def test_commands_of_other_addons_are_left_to_write(self):
        tag = self.env["res.partner.category"].create({"name": "A"})
        written = {
            "secondary_ids": [Command.set(tag.ids)],
            "category_id": [tag.id],
            "other_ids": [],
        }
        self.assertEqual(
            self.lead._prepare_written(written),
            {**written, "category_id": [Command.link(tag.id)]},
        )

    @users("user_sales_salesman")
    def test_one_person_without_a_company_is_one_contact(self):
        def convert(number, one_by_one):
            people = [
                ("Sole Person", f"sole{number}@example.com"),
                ("sole  person", f"Sole{number}@example.com"),
                ("Sole Person", f"other{number}@example.com"),
                ("Sole Person", False),
            ]
            leads = self.env["crm.lead"].create(
                [
                    {"type": "lead", "contact_name": name, "email_from": email}
                    for name, email in people
                ]
            )
            results = [
                result
                for part in (leads if one_by_one else [leads])
                for result in part.convert_lead()
            ]
            return [result["contact_id"] for result in results]

        for number, one_by_one in enumerate((False, True)):
            with self.subTest(one_by_one=one_by_one):
                first, second, *others = convert(number, one_by_one)
                self.assertEqual(first, second)
                self.assertEqual(len({first, *others}), 3)


class ConversionCostCase(ConversionCase):
    def _count_queries(self, number, name, convert):
        """Return how many queries converting new leads takes.

        :param name: of their companies, in which they differ from other leads
        :param convert: converts the leads it gets
        """
        leads = self.env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "contact_name": f"Person {index}",
                    "partner_name": f"Company {number} {name} {index}",
                }
                for index in range(number)
            ]
        )
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        convert(leads)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install", "lead_conversion")
class TestConversionCostBesideOthers(ConversionCostCase):
    """What converting many asks where other addons look at each lead, too."""

    @users("user_sales_manager")
    def test_many_conversions_ask_less_than_native_ones(self):
        def convert_natively(leads):
            for lead in leads:
                lead.convert_opportunity(lead._create_customer())

        def convert(leads):
            leads.convert_lead(target="opportunity")

        for way in (convert, convert_natively):
            self._count_queries(1, f"warm {way.__name__}", way)
        self.assertLess(
            self._count_queries(10, "ours", convert),
            self._count_queries(10, "native", convert_natively),
        )


@tagged("post_install", "-at_install", "lead_conversion", "lead_cost")
class TestConversionCost(ConversionCostCase):
    """What converting many asks of the database."""

    @users("user_sales_manager")
    def test_queries_per_lead_fall_with_the_batch(self):
        def count_queries(number, target):
            return self._count_queries(
                number, target, lambda leads: leads.convert_lead(target=target)
            )

        # Native looks up the followers of each new contact and account.
        for target, per_lead in (("account", 1), ("opportunity", 1)):
            with self.subTest(target=target):
                count_queries(1, target)
                few, many = count_queries(5, target), count_queries(25, target)
                self.assertLess(many / 25, few / 5)
                self.assertLessEqual(many - few, 20 * per_lead)
