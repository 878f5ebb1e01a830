from datetime import date, datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged, users

from ..models.crm_lead_conversion_mapping.shipped import SHIPPED
from .own_fields import create_own_fields, set_line
from .test_lead_conversion import ConversionCase

TAGS = ("post_install", "-at_install", "lead_conversion")


class OwnMappingCase(ConversionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        create_own_fields(cls)
        cls.germany, cls.france = cls.env.ref("base.de"), cls.env.ref("base.fr")
        cls.lead.write(
            {
                "x_code": "C-1",
                "x_story": "Long\nstory",
                "x_seats": 12,
                "x_rate": 0.25,
                "x_is_key": True,
                "x_renewal": "2031-05-01",
                "x_seen": "2031-05-02 10:00:00",
                "x_size": "l",
                "x_region_id": cls.germany.id,
                "x_market_ids": [Command.set((cls.germany | cls.france).ids)],
            }
        )

    def _set(self, *args, **values):
        return set_line(self.env, *args, **values)

    def _assert_refused(self, reason, *args, **values):
        with self.assertRaisesRegex(ValidationError, reason), self.env.cr.savepoint():
            self._set(*args, **values)


@tagged(*TAGS)
class TestOwnMapping(OwnMappingCase):
    """An admin says which field of a lead goes where."""

    def test_what_comes_with_the_addon_are_records(self):
        lines = self.env["crm.lead.conversion.mapping"].search([])
        for record_name, fields in SHIPPED.items():
            own = lines.filtered(
                lambda line, name=record_name: (
                    line.record_name == name and not line.company_id
                )
            )
            self.assertLessEqual(set(fields), set(own.mapped("field_name")))
        self.assertFalse(lines.filtered("problem"))
        for record_name, name in (("account", "phone"), ("contact", "email")):
            line = self.env.ref(f"lead_management.mapping_{record_name}_{name}")
            self.assertEqual((line.record_name, line.field_name), (record_name, name))

    def test_what_was_deleted_does_not_come_back(self):
        line = self.env.ref("lead_management.mapping_account_fax")
        line.write({"lead_field_name": "x_code"})
        self.env["crm.lead.conversion.mapping"]._load_shipped()
        self.assertEqual(line.lead_field_name, "x_code")
        self.assertEqual(
            self.env["crm.lead.conversion.mapping"].search_count(
                [("record_name", "=", "account"), ("field_name", "=", "fax")]
            ),
            1,
        )

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

    def test_what_does_not_fit_is_refused(self):
        self._assert_refused("Own code.*Own seats", "account", "x_seats", "x_code")
        self._assert_refused("Country", "account", "x_region_id", "source_id")
        self._assert_refused("not there", "account", "x_gone", "x_code")
        self._assert_refused("not there", "account", "x_code", "x_gone")
        self._assert_refused("itself keeps", "account", "is_company", "x_is_key")
        self._assert_refused("itself keeps", "account", "company_id", "company_id")
        self._assert_refused("itself keeps", "opportunity", "user_id", "user_id")
        self._assert_refused("choose the field", "account", "x_code")
        self._assert_refused(
            "one of these conversions", "account", "x_code", "x_code", conversion="date"
        )
        self._assert_refused(
            "Own seats", "account", "x_seats", "x_seats", else_field_name="x_code"
        )

    def test_a_field_has_one_line_for_all_and_one_a_company(self):
        self._set("account", "x_code", "x_code")
        values = {
            "record_name": "account",
            "field_name": "x_code",
            "lead_field_name": "referred",
        }
        lines = self.env["crm.lead.conversion.mapping"]
        with self.assertRaisesRegex(ValidationError, "gets Own code already"):
            lines.create(values)
        lines.create({**values, "company_id": self.env.company.id})
        lines.create({**values, "record_name": "contact"})
        self.assertFalse(lines.create({**values, "active": False}).active)

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
        ):
            with self.subTest(field_name, constant=constant):
                self._set("account", field_name, source="constant", constant=constant)
                account, *_records, conversion = self._convert()
                self.assertEqual(account[field_name], expected)
                conversion.action_undo()

    def test_fixed_values_that_are_none_are_refused(self):
        for field_name, constant, reason in (
            ("x_code", " ", "write a value"),
            ("x_seats", "7.5", "number such as 1234"),
            ("x_seats", "1e30", "number such as 1234"),
            ("x_rate", "nan", "number such as 1234.5"),
            ("x_rate", "many", "number such as 1234.5"),
            ("x_is_key", "no", "yes"),
            ("x_renewal", "31.12.2030", "2030-12-31"),
            ("x_size", "Huge", "Small, Large"),
            ("x_region_id", "Atlantis", "no record is called “Atlantis”"),
        ):
            with self.subTest(field_name, constant=constant):
                values = {"source": "constant", "constant": constant}
                self._assert_refused(reason, "account", field_name, **values)

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
    def test_a_salesperson_reads_nothing_of_it(self):
        with self.assertRaises(AccessError):
            self.env["crm.lead.conversion.mapping"].search([])

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
        few, many = count(5), count(25)
        own = ("x_code", "x_region_id", "x_market_ids", "x_size")
        for name in own:
            self._set("account", name, name)
        count(2)
        few_own, many_own = count(5), count(25)
        self.assertLessEqual(many_own - few_own, many - few + len(own))


class TrialCase(OwnMappingCase):
    def _try(self):
        trials = self.env["crm.lead.conversion.trial"].with_user(
            self.user_sales_manager
        )
        action = (
            self.env["crm.lead.conversion.mapping"]
            .with_user(self.user_sales_manager)
            .action_try()
        )
        return trials.browse(action["res_id"])

    def _get_differences(self, conversion):
        return {
            (line.record_name, line.field_label): (line.before, line.after)
            for line in self._try().line_ids
            if line.conversion_id == conversion
        }

    def _convert_as_salesman(self, **arguments):
        lead = self.lead.with_user(self.user_sales_salesman)
        [result] = lead.convert_lead(**arguments)
        return self.env["crm.lead.conversion"].browse(result["conversion_id"])


@tagged(*TAGS)
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


@tagged(*TAGS)
class TestFieldsThatChange(TrialCase):
    """Fields are deleted with their app, changed, or closed to some. So does an import
    that fails change them: Odoo reads them anew, as they are for other transactions."""

    def setUp(self):
        # First, and so done when the fields are back in the database.
        self.addCleanup(
            lambda: self.registry._setup_models__(self.cr, ["crm.lead", "res.partner"])
        )
        super().setUp()

    @users("user_sales_salesman")
    def test_a_field_that_is_gone_is_told_and_stops_nobody(self):
        for name in ("x_code", "x_story"):
            self._set("account", name, name)
        line = self._set("contact", "x_code", "x_code")
        fields = self.env["ir.model.fields"].sudo()
        fields._get("crm.lead", "x_code").unlink()
        fields._get("res.partner", "x_story").unlink()
        self.env.invalidate_all()
        account, contact, *_records, conversion = self._convert()
        self.assertEqual(account.name, "Acme Toys")
        self.assertFalse(account.x_code or contact.x_code)
        gone = line.search([("problem", "!=", False)])
        self.assertIn(line, gone)
        self.assertEqual(len(gone), 3)
        self.assertIn("x_code is not there any more", line.problem)
        for one in gone:
            self.assertTrue(one.field_label and one.value_label)
        line.active = False  # which is no change that is checked
        conversion.action_undo()
        self.assertFalse(contact.exists())

    @users("user_sales_salesman")
    def test_filled_value_of_a_field_that_is_gone_does_not_stop_undo(self):
        self._set("account", "x_code", "x_code")
        *_records, conversion = self._convert(account_id=self.account.id)
        self.env["ir.model.fields"].sudo()._get("res.partner", "x_code").unlink()
        self.env.invalidate_all()
        conversion.action_undo()
        self.assertTrue(self.lead.active)

    @users("user_sales_salesman")
    def test_whoever_may_not_see_a_field_converts_without_it(self):
        for name in ("x_code", "x_story"):
            self._set("account", name, name)
        for model in ("crm.lead", "res.partner"):
            field = self.env[model]._fields["x_code"]
            with self.subTest(model):
                managers = "sales_team.group_sale_manager"
                with patch.object(field, "groups", managers):
                    account, *_records, conversion = self._convert()
                    self.assertEqual(account.x_story, "Long\nstory")
                    self.assertFalse(account.sudo().x_code)
                    conversion.action_undo()

    def test_what_is_gone_and_undone_is_no_trouble(self):
        tag = self.env["crm.tag"].create({"name": "Own tag"})
        self.lead.tag_ids = tag
        conversion = self._convert_as_salesman()
        self._set("account", "x_code", "x_code")
        tag.unlink()
        self.env["ir.model.fields"]._get("crm.lead", "x_story").unlink()
        self.env.invalidate_all()
        self.assertIn(("account", "Own code"), self._get_differences(conversion))
        self.assertIn("1", self._try().summary)
        conversion.with_user(self.user_sales_salesman).action_undo()
        self.assertEqual(self._get_differences(conversion), {})

    def test_a_selection_fits_one_with_all_its_options(self):
        self.env["ir.model.fields"]._get("crm.lead", "x_size").selection_ids = [
            Command.create({"value": "m", "name": "Medium"})
        ]
        self._assert_refused("no conversion", "account", "x_size", "x_size")

    @users("user_sales_manager")
    def test_a_manager_edits_exports_and_imports(self):
        self.env.user.sudo().group_ids += self.env.ref("base.group_allow_export")
        lines = self.env["crm.lead.conversion.mapping"]
        line = lines.create(
            {
                "record_name": "account",
                "field_name": "x_code",
                "lead_field_name": "x_code",
            }
        )
        names = ["record_name", "field_name", "lead_field_name", "conversion", "source"]
        [row] = line.with_context(import_compat=True).export_data(names)["datas"]
        line.unlink()
        result = lines.load(names, [row])
        self.assertFalse(result["messages"])
        again = lines.browse(result["ids"])
        self.assertEqual((again.record_name, again.field_name), ("account", "x_code"))
        self.assertEqual((again.lead_field_name, again.conversion), ("x_code", "copy"))
        result = lines.load(names, [[*row[:1], "x_seats", *row[2:]]])
        self.assertIn("no conversion", result["messages"][0]["message"])
