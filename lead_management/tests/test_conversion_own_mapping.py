from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import tagged, users

from .own_fields import OwnMappingCase


@tagged("post_install", "-at_install", "lead_conversion")
class TestOwnMapping(OwnMappingCase):
    """An admin says which field of a lead goes where."""

    @users("user_sales_salesman")
    def test_own_fields_of_every_type_are_copied_and_undone(self):
        names = [
            *("x_code", "x_story", "x_seats", "x_rate", "x_is_key", "x_renewal"),
            *("x_seen", "x_size", "x_region_id", "x_market_ids"),
        ]
        for name in names:
            self._set("account", name, name)
            self._set("contact", name, name)
        lead = self.lead.with_env(self.env)
        self.account.write({"x_seats": 5, "x_market_ids": self.france.ids})
        for linked in (False, True):
            with self.subTest(linked=linked):
                arguments = {"account_id": self.account.id} if linked else {}
                account, contact, _deal, conversion = self._convert(**arguments)
                for name in names:
                    self.assertEqual(contact[name], lead[name], name)
                    if name == "x_seats" and linked:
                        self.assertEqual(account[name], 5, "it was not blank")
                    else:
                        self.assertEqual(account[name], lead[name], name)
                conversion.action_undo()
                self.assertFalse(contact.exists())
                if linked:
                    self.assertEqual(account.x_seats, 5)
                    self.assertEqual(account.x_market_ids, self.france)
                    self.assertFalse(account.x_code or account.x_region_id)

    @users("user_sales_salesman")
    def test_each_conversion(self):
        for field_name, lead_field_name, conversion, expected in (
            ("x_code", "x_seats", "text", "12"),
            ("x_code", "x_rate", "text", "0.25"),
            ("x_code", "x_renewal", "text", "2031-05-01"),
            ("x_code", "x_size", "text", "Large"),
            ("x_code", "x_size", "code", "l"),
            ("x_code", "x_region_id", "text", "Germany"),
            ("x_code", "x_region_id", "code", "DE"),
            ("x_code", "x_is_key", "text", "Yes"),
            ("x_code", "x_market_ids", "text", "France and Germany"),
            ("x_code", "email_from", "email", "jane@test.example.com"),
            ("x_story", "x_code", "text", "C-1"),
            ("x_story", "description", "text", "Met at the fair"),
            ("x_rate", "x_seats", "number", 12.0),
            ("x_seats", "expected_revenue", "number", 1000),
            ("x_renewal", "x_seen", "date", date(2031, 5, 2)),
            ("x_seen", "x_renewal", "date", datetime(2031, 5, 1, 12)),
        ):
            with self.subTest(lead_field_name, conversion=conversion):
                line = self._set("account", field_name, lead_field_name)
                self.assertTrue(line.conversion, "the first that fits is proposed")
                line.conversion = conversion
                values = self.lead.with_env(self.env)._prepare_customer_values(
                    "Acme", is_company=True
                )
                self.assertEqual(values[field_name], expected)
        self._set("account", "comment", "x_story", conversion="text")
        account, *_records = self._convert()
        self.assertIn("Long<br>story", str(account.comment).replace("<br />", "<br>"))

    @users("user_sales_salesman")
    def test_fixed_values(self):
        for field_name, constant, expected in (
            ("x_code", " Web ", "Web"),
            ("x_seats", "7", 7),
            ("x_rate", "1234.5", 1234.5),
            ("x_is_key", "yes", True),
            ("x_renewal", "2030-12-31", date(2030, 12, 31)),
            ("x_size", "Large", "l"),
            ("x_size", "s", "s"),
            ("x_region_id", "France", self.france),
            ("x_market_ids", "France, Germany", self.france | self.germany),
            ("x_market_ids", "France; Germany;", self.france | self.germany),
            ("x_market_ids", "Germany", self.germany),
        ):
            with self.subTest(field_name, constant=constant):
                self._set("account", field_name, source="constant", constant=constant)
                account, *_records, conversion = self._convert()
                self.assertEqual(account[field_name], expected)
                conversion.action_undo()

    @users("user_sales_salesman")
    def test_only_if_blank_replace_and_leave(self):
        for existing, expected in (
            ("blank", ("C-1", "there")),
            ("replace", ("C-1", "C-1")),
            ("keep", (False, "there")),
        ):
            with self.subTest(existing):
                self._set("account", "x_code", "x_code", existing=existing)
                for there, after in zip((False, "there"), expected, strict=True):
                    self.account.x_code = there
                    *_records, conversion = self._convert(account_id=self.account.id)
                    self.assertEqual(self.account.x_code, after)
                    conversion.action_undo()
                    self.assertEqual(self.account.x_code, there)
                account, *_records, conversion = self._convert()
                self.assertEqual(account.x_code, "C-1", "it is new")
                conversion.action_undo()

    @users("user_sales_salesman")
    def test_the_opportunity_gets_own_values(self):
        """The lead that becomes it, and one that exists."""
        self._set("opportunity", "x_story", "x_code", conversion="text")
        self._set("opportunity", "referred", source="constant", constant="Fair")
        self._set("opportunity", "x_market_ids", source="constant", constant="Italy")
        self.env["crm.tag"].sudo().create({"name": "Own tag"})
        self._set("opportunity", "tag_ids", source="constant", constant="Own tag")
        lead = self.lead.with_env(self.env)
        lead.write({"x_story": False})
        self.assertFalse(lead.tag_ids)
        *_records, conversion = self._convert(target="opportunity")
        self.assertEqual((lead.x_story, lead.referred), ("C-1", "Fair"))
        self.assertIn("Italy", lead.x_market_ids.mapped("name"))
        self.assertEqual(lead.tag_ids.mapped("name"), ["Own tag"])
        conversion.action_undo()
        self.assertEqual((lead.x_story, lead.referred), (False, False))
        self.assertEqual(lead.x_market_ids, self.germany | self.france)
        self.assertFalse(lead.tag_ids)
        deal = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        arguments = {"target": "opportunity", "opportunity_id": deal.id}
        *_records, conversion = self._convert(**arguments)
        self.assertEqual((deal.x_story, deal.referred), ("C-1", "Fair"))
        self.assertEqual(deal.x_market_ids.mapped("name"), ["Italy"])
        conversion.action_undo()
        self.assertFalse(deal.x_story or deal.referred or deal.x_market_ids)

    @users("user_sales_salesman")
    def test_dialog_shows_what_a_new_opportunity_gets(self):
        self._set("opportunity", "expected_revenue", "x_seats", existing="replace")
        lead = self.lead.with_env(self.env)
        wizards = self.env["crm.lead2opportunity.partner"].with_context(
            active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
        )
        for typed, expected in ((None, 12), (1000, 1000), (5, 5)):
            with self.subTest(typed=typed), self.env.cr.savepoint() as savepoint:
                wizard = wizards.create({"name": "convert", "is_new_account": True})
                self.assertEqual(wizard.expected_revenue, 12)
                if typed:
                    wizard.expected_revenue = typed
                wizard.action_apply()
                self.assertEqual(lead.expected_revenue, expected)
                savepoint.rollback()
                self.env.invalidate_all()

    @users("user_sales_salesman")
    def test_otherwise_and_alone(self):
        line = self._set("account", "x_code", "x_code", else_field_name="referred")
        self._set("contact", "x_code", "x_code", is_alone=True)
        lead = self.lead.with_env(self.env)
        lead.write({"x_code": False, "referred": "A friend"})
        account, contact, _deal, conversion = self._convert()
        self.assertEqual((account.x_code, contact.x_code), ("A friend", False))
        conversion.action_undo()
        lead.write({"x_code": "C-2", "partner_name": False})
        account, contact, _deal, conversion = self._convert()
        self.assertEqual((account, contact.x_code), (contact, "C-2"))
        self.assertEqual(line.value_label, "Own code, otherwise Referred By")

    @users("user_sales_salesman")
    def test_an_archived_line_gives_nothing(self):
        for record_name, name in (
            ("account", "phone"),
            ("contact", "email"),
            ("contact", "comment"),
        ):
            line = self.env.ref(f"lead_management.mapping_{record_name}_{name}").sudo()
            line.active = False
        account, contact, *_records = self._convert()
        self.assertFalse(account.phone or contact.email or contact.comment)
        self.assertTrue(contact.phone and account.comment)

    @users("user_sales_leads")
    def test_a_company_has_lines_of_its_own(self):
        second = self.env["res.company"].sudo().create({"name": "Second"})
        self.env.user.sudo().company_ids += second
        companies = self.env.company | second
        lead = self.lead.with_env(self.env)
        lead.user_id = self.env.user
        lead = lead.with_context(allowed_company_ids=companies.ids)
        self._set("account", "x_code", "x_code")
        self._set("account", "x_story", "x_story")
        own = {"company_id": second.id}
        self._set("account", "x_code", source="constant", constant="Own", **own)
        self._set("account", "x_story", source="nothing", **own)
        for company, expected in (
            (second, ("Own", False)),
            (self.env.company, ("C-1", "Long\nstory")),
            (self.env["res.company"], ("C-1", "Long\nstory")),
        ):
            with self.subTest(company.name):
                lead.company_id = company
                [result] = lead.convert_lead()
                account = self.env["res.partner"].browse(result["account_id"])
                self.assertEqual((account.x_code, account.x_story), expected)
                conversions = self.env["crm.lead.conversion"]
                conversions.browse(result["conversion_id"]).action_undo()

    @users("user_sales_salesman")
    def test_properties_of_a_lead(self):
        team = self.sales_team_1
        team.lead_properties_definition = [
            {"name": "colour", "type": "char", "string": "Colour"},
            {
                "name": "speed",
                "type": "selection",
                "string": "Speed",
                "selection": [["s", "Slow"], ["l", "Fast"]],
            },
            {"name": "since", "type": "date", "string": "Since"},
            {
                "name": "home",
                "type": "many2one",
                "comodel": "res.country",
                "string": "Home",
            },
        ]
        lead = self.lead.with_env(self.env)
        lead.team_id = team
        lead.lead_properties = {
            "colour": "teal",
            "speed": "l",
            "since": "2031-01-02",
            "home": self.france.id,
        }
        self._set("account", "x_code", "lead_properties.colour")
        self._set("account", "x_size", "lead_properties.speed")
        self._set("account", "x_renewal", "lead_properties.since")
        self._set("account", "x_region_id", "lead_properties.home")
        line = self._set("account", "x_story", "lead_properties.speed")
        self.assertEqual(line.value_label, "Speed")
        account, *_records, conversion = self._convert()
        self.assertRecordValues(
            account,
            [
                {
                    "x_code": "teal",
                    "x_size": "l",
                    "x_renewal": date(2031, 1, 2),
                    "x_region_id": self.france.id,
                    "x_story": "Fast",
                }
            ],
        )
        conversion.action_undo()
        self.assertEqual(lead.lead_properties["colour"], "teal")
        # A lead of another team has none of these.
        lead.team_id = self.env["crm.team"].sudo().create({"name": "Other"})
        account, *_records = self._convert()
        self.assertFalse(account.x_code or account.x_region_id or account.x_story)

    @users("user_sales_salesman")
    def test_integrations_may_say_another_value(self):
        self._set("account", "x_code", "x_code")
        account, *_records = self._convert(overrides={"account": {"x_code": "Other"}})
        self.assertEqual(account.x_code, "Other")
        lead = self.lead.copy({"user_id": self.env.uid, "type": "lead"})
        with self.assertRaisesRegex(UserError, "account.x_story"):
            self._convert(lead, overrides={"account": {"x_story": "Other"}})

    @users("user_sales_salesman")
    def test_batches_are_converted_as_one_by_one(self):
        for name in ("x_code", "x_market_ids"):
            self._set("account", name, name)
        self._set("opportunity", "x_story", "x_code", existing="replace")
        self._set("account", "category_id", "tag_ids", conversion="tags")
        tags = self.env["crm.tag"].sudo().create([{"name": "Own A"}, {"name": "Own B"}])

        def create(prefix):
            return self.env["crm.lead"].create(
                [
                    {
                        "type": "lead",
                        "name": f"Lead {number}",
                        "user_id": self.env.uid,
                        "partner_name": f"{prefix} {number}",
                        "contact_name": f"Person {number}",
                        "x_code": f"C-{number}" if number % 3 else False,
                        "x_market_ids": (self.germany | self.france)[: number % 3].ids,
                        "tag_ids": tags[: number % 3].ids,
                    }
                    for number in range(9)
                ]
            )

        def read(results):
            accounts = self.env["res.partner"].browse(
                result["account_id"] for result in results
            )
            leads = self.env["crm.lead"].browse(result["lead_id"] for result in results)
            return [
                (
                    account.x_code,
                    sorted(account.x_market_ids.ids),
                    sorted(account.category_id.mapped("name")),
                    lead.x_story,
                )
                for account, lead in zip(accounts, leads, strict=True)
            ]

        for target in ("account", "opportunity"):
            with self.subTest(target):
                together = create(f"Xylo {target}").convert_lead(target=target)
                single = create(f"Yarrow {target}")
                apart = [lead.convert_lead(target=target)[0] for lead in single]
                self.assertEqual(read(together), read(apart))

    @users("user_sales_salesman")
    def test_own_fields_cost_a_batch_no_query_a_lead(self):
        def count(number):
            leads = self.env["crm.lead"].create(
                [
                    {
                        "type": "lead",
                        "name": f"Lead {number}-{index}",
                        "partner_name": f"Zinnia {number}-{index}",
                        "user_id": self.env.uid,
                        "x_code": f"C-{index}",
                        "x_region_id": self.germany.id,
                    }
                    for index in range(number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads.convert_lead()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(2)
        without = count(25)
        own = ("x_code", "x_region_id", "x_market_ids", "x_size")
        for name in own:
            self._set("account", name, name)
        count(2)
        self.assertLessEqual(count(25), without + len(own))
