from odoo.fields import Command
from odoo.tests import tagged, users
from odoo.tools import html2plaintext

from .common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_merge")
class TestLeadMerge(TestLeadManagementCommon):
    """Merging puts every value that the lead that is left does not take in words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.industries = cls.env["res.partner.industry"].create(
            [{"name": "Toys"}, {"name": "Rockets"}]
        )
        cls.ratings = cls.env["crm.lead.rating"].create(
            [{"name": "Lukewarm"}, {"name": "Frosty"}]
        )
        first, second = (
            {
                "contact_first_name": f"Jane{n}",
                "contact_last_name": f"Doe{n}",
                "partner_name": f"Acme{n}",
                "function": f"Buyer{n}",
                "email_from": f"jane{n}@test.example.com",
                "phone": f"+1 202 555 010{n}",
                "company_phone": f"+1 202 555 011{n}",
                "fax": f"+1 202 555 012{n}",
                "skype": f"skype{n}",
                "twitter": f"acme{n}",
                "social_url": f"https://linkedin.com/company/acme{n}",
                "website": f"https://acme{n}.example.com",
                "street": f"{n} Main Street",
                "best_call_time": f"mornings{n}",
                "quote_deadline": f"2031-01-0{n}",
                "date_deadline": f"2032-01-0{n}",
                "annual_revenue": 5_000_000 + n,
                "employee_count": 4000 + n,
                "expected_revenue": 1000 + n,
                "industry_id": cls.industries[n - 1].id,
                "rating_id": cls.ratings[n - 1].id,
                "description": f"<p>Notes{n}</p>",
                "bant_need_notes": f"needs{n}",
                "bant_budget_amount": 700 + n,
                "bant_budget_date": f"2033-01-0{n}",
                "recycle_reason": f"wait{n}",
                "referred": f"Friend{n}",
                "user_id": cls.user_sales_manager.id,
            }
            for n in (1, 2)
        )
        cls.values = [
            {
                name: value
                for name, value in values.items()
                if name in cls.env["crm.lead"]._fields
            }
            for values in (first, second)
        ]

    def _merge(self, first, second):
        leads = self.env["crm.lead"].browse((first | second)._ids)
        kept = leads.merge_opportunity()
        return kept, self._get_summary(kept)

    def _get_summary(self, kept):
        [summary] = kept.message_ids.filtered(
            lambda message: "crm_lead_merge_summary" in message.body
        )
        return html2plaintext(summary.body)

    def _create(self, values, **more):
        return self._create_lead(self.user_sales_manager, **values, **more)

    @users("user_sales_manager")
    def test_leads_that_differ_everywhere(self):
        first, second = (self._create(values) for values in self.values)
        lead_fields = [
            field
            for field in self.env["crm.lead"]._get_fields_to_merge()
            if field.type in ("char", "text")
        ]
        texts = [
            lead[field.name]
            for lead in (first | second)
            for field in lead_fields
            if lead[field.name]
        ]
        self.assertGreater(len(texts), 30)
        kept, summary = self._merge(first, second)
        now = " ".join(
            str(kept[field.name]) for field in lead_fields if kept[field.name]
        )
        for text in texts:
            with self.subTest(text=text):
                self.assertTrue(text in now or text in summary)
        left_out = summary.split("Values that were not taken over")[1]
        gone = 2 if kept.company_phone.endswith("1") else 1
        for text in (
            f"+1 202 555 011{gone}",
            f"+1 202 555 012{gone}",
            f"skype{gone}",
            f"acme{gone}",
            f"mornings{gone}",
            "Toys" if gone == 1 else "Rockets",
            "Lukewarm" if gone == 1 else "Frosty",
            f"5,000,00{gone}",
            f"400{gone}",
            f"1,00{gone}",
        ):
            with self.subTest(text=text):
                self.assertIn(text, left_out)
        self.assertNotIn(f"Notes{gone}", left_out, "it is in the notes")

    @users("user_sales_manager")
    def test_values_of_the_lead_that_is_left_are_told_as_well(self):
        """Native takes the fullest address as a whole, whoever has it."""
        kept = self._create(
            {"street": "9 Lost Lane", "expected_revenue": 5}, probability=90
        )
        other = self._create(
            {
                "street": "1 Main Street",
                "city": "Springfield",
                "zip": "12345",
                "country_id": self.env.ref("base.us").id,
            },
            probability=10,
        )
        merged, summary = self._merge(kept, other)
        self.assertEqual(merged.street, "1 Main Street")
        self.assertIn("9 Lost Lane", summary)

    @users("user_sales_manager")
    def test_equal_leads_leave_nothing_out(self):
        first, second = (self._create(self.values[0]) for _number in range(2))
        _kept, summary = self._merge(first, second)
        self.assertNotIn("Values that were not taken over", summary)

    @users("user_sales_manager")
    def test_tags_are_joined_and_properties_told(self):
        team = (
            self.env["crm.team"]
            .sudo()
            .create(
                {
                    "name": "Undo team",
                    "lead_properties_definition": [
                        {"name": "colour", "type": "char", "string": "Colour"}
                    ],
                }
            )
        )
        tags = self.env["crm.tag"].create([{"name": "Tag one"}, {"name": "Tag two"}])
        first, second = (
            self._create(
                {"tag_ids": [Command.set(tag.ids)], "team_id": team.id},
                lead_properties={"colour": f"teal{tag.id}"},
            )
            for tag in tags
        )
        kept, summary = self._merge(first, second)
        self.assertEqual(kept.tag_ids, tags)
        colours = kept._get_properties_to_merge()
        for tag in tags:
            self.assertTrue(
                ("Colour", f"teal{tag.id}") in colours or f"teal{tag.id}" in summary
            )

    @users("user_sales_manager")
    def test_a_value_of_a_field_nobody_here_knows(self):
        self.env["ir.model.fields"].sudo().create(
            {
                "name": "x_colour",
                "field_description": "Favourite colour",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "ttype": "char",
            }
        )
        self.addCleanup(self.registry.reset_changes)
        first = self._create({}, x_colour="teal")
        second = self._create({}, x_colour="mauve")
        kept, summary = self._merge(first, second)
        gone = "mauve" if kept.x_colour == "teal" else "teal"
        if not kept.x_colour:
            self.assertIn("teal", summary)
        self.assertIn(f"Favourite colour: {gone}", summary)

    @users("user_sales_manager")
    def test_the_dialog_says_beforehand_what_is_left_out(self):
        first, second = (self._create(values) for values in self.values)
        wizard = (
            self.env["crm.merge.opportunity"]
            .with_context(active_ids=(first | second).ids)
            .create({})
        )
        expected = html2plaintext(wizard.left_out)
        self.assertIn("+1 202 555 011", expected)
        wizard.action_merge()
        kept = (first | second).exists()
        summary = self._get_summary(kept)
        told = summary[summary.index("Values that were not taken over") :]
        for line in expected.splitlines():
            with self.subTest(line=line):
                self.assertIn(line.strip(), told)
