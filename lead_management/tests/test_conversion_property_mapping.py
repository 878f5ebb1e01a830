from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from .own_fields import TrialCase

COUNTRY = {"type": "many2one", "comodel": "res.country"}
SIZES = [["s", "Small"], ["l", "Large"]]
# What teams define for their leads, and the house for its contacts
LEAD_PROPERTIES = [
    {"name": "colour", "string": "Colour", "type": "char"},
    {"name": "size", "string": "Size", "type": "selection", "selection": SIZES},
    {"name": "since", "string": "Since", "type": "date"},
    {"name": "home", "string": "Home", **COUNTRY},
    {
        "name": "topics",
        "string": "Topics",
        "type": "tags",
        "tags": [["a", "Alpha", 1], ["b", "Beta", 2]],
    },
]
PARTNER_PROPERTIES = [
    {"name": "paint", "string": "Paint", "type": "char"},
    {"name": "fit", "string": "Fit", "type": "selection", "selection": SIZES},
    {"name": "start", "string": "Start", "type": "date"},
    {"name": "land", "string": "Land", **COUNTRY},
    {
        "name": "lands",
        "string": "Lands",
        "type": "many2many",
        "comodel": "res.country",
    },
    {"name": "seats", "string": "Seats", "type": "integer", "default": 5},
    {
        "name": "labels",
        "string": "Labels",
        "type": "tags",
        "tags": [["a", "Alpha", 1], ["b", "Beta", 2], ["c", "Gamma", 3]],
    },
]
LINES = {
    "account": {
        "properties.paint": "lead_properties.colour",
        "properties.fit": "lead_properties.size",
        "properties.start": "lead_properties.since",
        "properties.land": "lead_properties.home",
        "properties.lands": "x_market_ids",
        "properties.labels": "lead_properties.topics",
    },
    "contact": {"properties.paint": "x_size"},
}


@tagged("post_install", "-at_install", "lead_conversion")
class TestPropertyMapping(TrialCase):
    """Properties get values by the mapping, as fields do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.sales_team_1
        cls.team.lead_properties_definition = LEAD_PROPERTIES
        definitions = cls.env["properties.base.definition"].sudo()
        definitions._get_definition_for_property_field(
            "res.partner", "properties"
        ).properties_definition = PARTNER_PROPERTIES
        cls.lead.team_id = cls.team
        cls.lead.lead_properties = {
            "colour": "teal",
            "size": "l",
            "since": "2031-01-02",
            "home": cls.france.id,
            "topics": ["a"],
        }
        cls.salesman = cls.user_sales_salesman

    def _set_lines(self):
        for record_name, lines in LINES.items():
            for name, source in lines.items():
                self._set(record_name, name, source)

    def _set_small(self):
        self._set(
            "opportunity", "lead_properties.size", constant="s", source="constant"
        )

    def _get_properties(self, record):
        return dict(record.properties._values)

    @users("user_sales_salesman")
    def test_new_records_get_properties(self):
        self._set_lines()
        account, contact, *_rest = self._convert()
        self.assertEqual(
            self._get_properties(account),
            {
                "paint": "teal",
                "fit": "l",
                "start": "2031-01-02",
                "land": self.france.id,
                "lands": self.lead.x_market_ids.ids,
                "labels": ["a"],
                "seats": 5,
            },
        )
        self.assertEqual(self._get_properties(contact)["paint"], "Large")

    @users("user_sales_salesman")
    def test_native_conversion_gives_them_too(self):
        self._set_lines()
        lead = self.lead.with_env(self.env)
        lead._handle_partner_assignment(create_missing=True)
        self.assertEqual(lead.partner_id.properties["paint"], "Large")
        self.assertEqual(lead.partner_id.parent_id.properties["paint"], "teal")

    @users("user_sales_salesman")
    def test_what_an_account_has_stays_and_undoing_puts_all_back(self):
        self._set_lines()
        before = {"paint": "red", "labels": ["c"], "lands": self.germany.ids}
        account = self.env["res.partner"].create(
            {"name": "Adidas", "is_company": True, "properties": before}
        )
        before = self._get_properties(account)
        *_records, conversion = self._convert(account_id=account.id)
        after = self._get_properties(account)
        self.assertEqual(after["paint"], "red")
        self.assertEqual(after["fit"], "l")
        # Tags and links are added.
        self.assertEqual(after["labels"], ["c", "a"])
        self.assertEqual(after["lands"], (self.germany | self.france).ids)
        conversion.action_undo()
        self.assertEqual(self._get_properties(account), before)

    @users("user_sales_salesman")
    def test_undoing_leaves_a_property_that_was_changed_since(self):
        self._set("account", "properties.paint", "lead_properties.colour")
        account = self.env["res.partner"].create({"name": "A", "is_company": True})
        *_records, conversion = self._convert(account_id=account.id)
        account.properties = {**self._get_properties(account), "paint": "green"}
        conversion.action_undo()
        self.assertEqual(account.properties["paint"], "green")
        self.assertIn("Paint", self.lead.message_ids[0].body)

    @users("user_sales_salesman")
    def test_an_opportunity_gets_those_of_its_team(self):
        self._set("opportunity", "lead_properties.colour", "x_code")
        self._set(
            "opportunity", "lead_properties.size", constant="s", source="constant"
        )
        ours, others = self.env["crm.lead"].create(
            [
                {"name": "Ours", "type": "opportunity", "team_id": self.team.id},
                {"name": "Others", "type": "opportunity", "team_id": False},
            ]
        )
        others.sudo().team_id = self.env["crm.team"].sudo().create({"name": "Others"})
        *_records, conversion = self._convert(
            target="opportunity", opportunity_id=ours.id
        )
        self.assertEqual(ours.lead_properties["colour"], "C-1")
        self.assertEqual(ours.lead_properties["size"], "Small")
        conversion.action_undo()
        self.assertFalse(any(ours.lead_properties.values()))
        self._convert(opportunity_id=others.id, target="opportunity")
        self.assertFalse(others.lead_properties)

    @users("user_sales_salesman")
    def test_the_lead_that_becomes_the_opportunity_keeps_what_it_says(self):
        self._set("opportunity", "lead_properties.colour", "x_code")
        self._set(
            "opportunity", "lead_properties.size", constant="s", source="constant"
        )
        lead = self.lead.with_env(self.env)
        lead.lead_properties = {"colour": "teal"}
        *_records, conversion = self._convert(target="opportunity")
        self.assertEqual(lead.lead_properties["colour"], "teal")
        self.assertEqual(lead.lead_properties["size"], "Small")
        conversion.action_undo()
        self.assertEqual(lead.lead_properties._values, {"colour": "teal"})

    @users("user_sales_salesman")
    def test_the_review_shows_and_writes_them(self):
        self._set_lines()
        self.env["res.partner"].create(
            {"name": self.lead.partner_name, "is_company": True}
        )
        wizard = self.env["crm.lead2opportunity.partner"].with_context(
            active_model="crm.lead", active_id=self.lead.id, active_ids=self.lead.ids
        )
        form = Form(wizard)
        account = form.account_id
        self.assertTrue(account)
        shown = {}
        for index in range(len(form.value_ids)):
            with form.value_ids.edit(index) as line:
                if line.record_name != "account":
                    continue
                shown[line.field_label] = line.value
                if line.field_label == "Paint":
                    line.value = "pink"
                elif line.field_label == "Fit":
                    line.is_written = False
        self.assertEqual(shown["Paint"], "teal")
        self.assertEqual(shown["Fit"], "Large")
        self.assertEqual(shown["Start"], "01/02/2031")
        self.assertEqual(shown["Land"], "France")
        self.assertEqual(shown["Labels"], "Alpha")
        wizard = form.save()
        land = wizard.value_ids.filtered(lambda line: line.field_label == "Land")
        land.write({"value": "Germany", "value_id": self.germany.id})
        wizard.action_apply()
        self.assertEqual(account.properties["paint"], "pink")
        self.assertEqual(account.properties["land"], self.germany)
        self.assertFalse(account.properties["fit"])

    @users("user_sales_salesman")
    def test_programs_may_give_them_and_nothing_odd(self):
        self._set_lines()
        lead = self.lead.with_env(self.env)
        for name, value in {
            "paint": 3,
            "fit": "xxl",
            "start": "soon",
            "land": 99999999,
            "labels": ["a"],
            "gone": "x",
        }.items():
            with self.assertRaises(UserError), self.env.cr.savepoint():
                lead.convert_lead(overrides={"account": {f"properties.{name}": value}})
        account, *_rest = self._convert(
            overrides={"account": {"properties.paint": "blue"}}
        )
        self.assertEqual(account.properties["paint"], "blue")

    @users("user_sales_manager")
    def test_a_mapping_is_tried_with_properties(self):
        self._set("account", "properties.paint", "lead_properties.colour")
        self._set("account", "properties.seats", "x_seats")
        self.lead.x_seats = 0  # the account has its default
        conversion = self._convert_as_salesman()
        self.assertEqual(self._get_differences(conversion), {})
        self._set("account", "properties.paint", "x_code")
        self._set("account", "properties.land", "x_region_id")
        self.assertEqual(
            self._get_differences(conversion),
            {
                ("account", "Paint"): ("teal", "C-1"),
                ("account", "Land"): (False, "Germany"),
            },
        )

    def test_what_does_not_fit_is_refused(self):
        reason = "there is no conversion"
        self._assert_refused(reason, "account", "properties.start", "x_code")
        self._assert_refused(reason, "account", "properties.land", "x_market_ids")
        self._assert_refused(
            reason, "account", "properties.fit", "lead_properties.topics"
        )
        self._assert_refused("not there any more", "account", "properties.no", "x_code")
        self._assert_refused("can't be given", "account", "properties", "x_code")
        self._assert_refused(
            "one of these options",
            *("account", "properties.fit"),
            constant="XXL",
            source="constant",
        )

    @users("user_sales_salesman")
    def test_a_property_that_is_gone_drops_out_with_a_notice(self):
        line = self._set("account", "properties.paint", "lead_properties.colour")
        self.assertFalse(line.problem)
        self.team.sudo().lead_properties_definition = LEAD_PROPERTIES[1:]
        line.invalidate_recordset(["problem"])
        self.assertIn("is not there any more", line.problem)
        account, *_rest = self._convert()
        self.assertFalse(account.properties["paint"])

    @users("user_sales_salesman")
    def test_several_leads_in_a_few_queries(self):
        self._set_lines()
        leads = self.env["crm.lead"]
        for number in range(6):
            leads += self._create_lead(
                self.env.user,
                partner_name=f"Company {number}",
                contact_last_name=f"Person {number}",
                team_id=self.team.id,
                x_market_ids=[Command.set(self.france.ids)],
                lead_properties={"colour": f"colour {number}"},
            ).with_env(self.env)
        results = leads.convert_lead()
        accounts = self.env["res.partner"].browse(r["account_id"] for r in results)
        self.assertEqual(
            [account.properties["paint"] for account in accounts],
            [f"colour {number}" for number in range(6)],
        )
