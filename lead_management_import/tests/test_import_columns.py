from odoo.tests import tagged

from .test_import import OPTIONS, ImportCase

HUBSPOT = [
    [
        *("Record ID", "First Name", "Last Name", "Email", "Phone Number"),
        *("Mobile Phone Number", "Company Name", "Contact owner", "Lifecycle Stage"),
    ],
    [
        *("151", "Maria", "Sample", "maria@hub.example", "", "+1 617 555 0101"),
        *("Hub Sample", "", "lead"),
    ],
    [
        *("152", "Brian", "Example", "bh@hub.example", "+1 617 555 0100"),
        *("+1 617 555 0199", "Hub Sample", "", "customer"),
    ],
]


class ColumnsCase(ImportCase):
    def _suggest(self, rows, user=None, **context):
        """Return a file and the fields that are suggested for its columns."""
        wizard = self._start(rows, user=user).with_context(**context)
        preview = wizard.parse_preview(dict(OPTIONS))
        self.assertNotIn("error", preview)
        matches = preview["matches"] or {}
        return wizard, [
            "/".join(matches.get(index, ())) or False for index in range(len(rows[0]))
        ]

    def _import_suggested(self, rows, **options):
        wizard, mapping = self._suggest(rows)
        result = wizard.execute_import(mapping, rows[0], {**OPTIONS, **options})
        self.assertEqual(result["messages"], [])
        return self.env["crm.lead"].browse(result["ids"])


@tagged("-at_install", "post_install", "lead_import")
class TestImportColumns(ColumnsCase):
    """A salesman brings a file of another system."""

    def test_fields_that_are_not_stored_are_not_offered(self):
        wizard, mapping = self._suggest(HUBSPOT)
        offered = {info["name"] for info in wizard.get_fields_tree("crm.lead")}
        self.assertIn("phone", offered)
        self.assertNotIn("phone_mobile_search", offered)
        self.assertEqual(mapping[4:6], ["phone", "phone"])
        self.assertEqual(mapping[7:], ["user_id", "description"])
        partners = self._start(HUBSPOT, model="res.partner")
        native = {info["name"] for info in partners.get_fields_tree("res.partner")}
        self.assertIn("phone_mobile_search", native)

    def test_second_number_fills_the_first_or_goes_into_the_notes(self):
        leads = self._import_suggested(HUBSPOT)
        self.assertEqual(leads.mapped("phone"), ["+1 617 555 0101", "+1 617 555 0100"])
        maria, brian = leads
        self.assertNotIn("Mobile", maria.description)
        self.assertIn("Mobile Phone Number: +1 617 555 0199", brian.description)
        self.assertIn("Lifecycle Stage: customer", brian.description)

    def test_parts_of_a_value_are_written_in_their_order(self):
        lead = self._import_suggested(
            [
                ["Voornaam", "Tussenvoegsel", "Achternaam", "Straat", "Huisnummer"],
                ["Jan", "van der", "Berg", "Dam", "5a"],
            ]
        )
        self.assertEqual(lead.contact_last_name, "van der Berg")
        self.assertEqual(lead.street, "Dam 5a")

    def test_columns_chosen_by_hand_for_one_field_are_joined(self):
        rows = [["one", "two"], ["Acme", "Inc"]]
        result = self._import(rows, mapping=["partner_name", "partner_name"])
        lead = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(lead.partner_name, "Acme Inc")

    def test_notes_stay_as_they_were_typed(self):
        text = "Jane <jane@x.example>, call back\nsecond line & more"
        lead = self._import_suggested([["Company", "Notes"], ["Acme", text]])
        self.assertIn("Jane &lt;jane@x.example&gt;, call back<br>", lead.description)
        self.assertIn("second line &amp; more", lead.description)
        lead = self._import_suggested(
            [["Company", "Notes"], ["Acme", "<p>a <b>b</b></p>"]]
        )
        self.assertIn("<p>a <b>b</b></p>", lead.description)

    def test_cells_tell_what_a_title_does_not(self):
        rows = [["c1", "c2", "c3", "c4", "c5", "c6"]]
        rows += [
            [
                *("x", f"a{n}@x.example", f"+49 30 123456{n}", "https://x.example"),
                *("France", f"0000{n}123456"),
            ]
            for n in range(5)
        ]
        __, mapping = self._suggest(rows)
        self.assertEqual(
            mapping, [False, "email_from", "phone", "website", "country_id", False]
        )

    def test_technical_names_of_an_export(self):
        rows = [["id", "name", "partner_name", "email_from", "country_id/id"]]
        rows += [["__export__.lead_1", "Deal", "Acme", "a@x.example", "base.de"]]
        __, mapping = self._suggest(rows)
        self.assertEqual(mapping, rows[0])

    def test_own_fields_are_known_by_their_labels_in_every_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        field = self.env["ir.model.fields"].create(
            {
                "name": "x_fleet",
                "field_description": "Size of the fleet",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "ttype": "integer",
            }
        )
        field.with_context(lang="de_DE").field_description = "Größe des Fuhrparks"
        for title in ("Size of the fleet", "GRÖSSE DES FUHRPARKS"):
            rows = [["Firma", title], ["Acme", "7"]]
            __, mapping = self._suggest(rows)
            self.assertEqual(mapping, ["partner_name", "x_fleet"])
            self.assertEqual(self._import_suggested(rows).x_fleet, 7)

    def test_corrections_are_learned_and_nothing_else(self):
        rows = [["firma", "wer"], ["Acme", "Jane Doe"]]
        wizard, mapping = self._suggest(rows)
        self.assertEqual(mapping, ["partner_name", False])
        wizard.execute_import(["partner_name", "contact_name"], rows[0], dict(OPTIONS))
        learned = self.env["base_import.mapping"].search(
            [("res_model", "=", "crm.lead"), ("column_name", "in", rows[0])]
        )
        self.assertEqual(learned.mapped("column_name"), ["wer"])
        __, mapping = self._suggest(rows)
        self.assertEqual(mapping, ["partner_name", "contact_name"])

    def test_what_was_left_out_stays_out(self):
        rows = [["firma", "mitarbeiter"], ["Acme", "7"]]
        wizard, mapping = self._suggest(rows)
        self.assertEqual(mapping, ["partner_name", "employee_count"])
        wizard.execute_import(["partner_name", False], rows[0], dict(OPTIONS))
        self.assertEqual(self._suggest(rows)[1], ["partner_name", False])

    def test_programs_need_not_tell_the_titles(self):
        wizard, mapping = self._suggest([["firma"], ["Acme"]])
        self.assertTrue(wizard.execute_import(mapping, [], dict(OPTIONS))["ids"])

    def test_one_of_two_columns_with_a_title_is_left_out(self):
        rows = [["firma", "telefon", "telefon"], ["Acme", "+32 2 555 01 02", "5"]]
        wizard, mapping = self._suggest(rows)
        self.assertTrue(mapping[1] and mapping[2])
        wizard.execute_import([*mapping[:2], False], rows[0], dict(OPTIONS))
        self.assertEqual(self._suggest(rows)[1], mapping)

    def test_what_was_not_known_natively_was_not_left_out(self):
        self.env["base_import.mapping"].create(
            {
                "res_model": "crm.lead",
                "column_name": "mitarbeiter",
                "field_name": False,
                "company_id": False,
            }
        )
        rows = [["firma", "mitarbeiter"], ["Acme", "7"]]
        self.assertEqual(self._suggest(rows)[1], ["partner_name", "employee_count"])

    def test_the_rest_of_a_known_file_goes_into_the_notes(self):
        rows = [
            ["Company", "First Name", "Last Name", "Email", "Colour", "Flag", "Key"]
        ]
        rows += [["Acme", "Ann", "Lee", "a@x.example", "green", "false", ""]]
        rows += [["Bolt", "Bo", "Orr", "b@x.example", "", "0", ""]]
        self.assertEqual(self._suggest(rows)[1][4:], ["description", False, False])
        leads = self._import_suggested(rows)
        self.assertEqual(leads[0].description, "<p>Colour: green</p>")
        self.assertFalse(leads[1].description)
        few = [[row[0], *row[4:]] for row in rows]
        self.assertEqual(self._suggest(few)[1][1:], [False] * 3)

    def test_a_town_is_that_of_the_street(self):
        rows = [["Company", "Person City", "Company Street", "Company City"]]
        rows += [["Acme", "Leeds", "1 Queen St", "London"]]
        rows += [["Bolt", "Leeds", "2 Queen St", ""]]
        leads = self._import_suggested(rows)
        self.assertEqual(leads.mapped("city"), ["London", "Leeds"])
        self.assertIn("Person City: Leeds", leads[0].description)

    def test_a_sign_of_percent_is_no_problem(self):
        rows = [["Company", "Probability"], ["Acme", "60 %"], ["Bolt", "12.5%"]]
        leads = self._import_suggested(rows)
        self.assertEqual(leads.mapped("probability"), [60, 12.5])

    def test_another_company_learns_for_itself(self):
        rows = [["wer", "firma"], ["Jane Doe", "Acme"]]
        self._import(rows, mapping=["contact_name", "partner_name"])
        other = self.env["res.company"].create({"name": "Other"})
        user = self.user_sales_salesman
        user.company_ids |= other
        elsewhere = {"allowed_company_ids": other.ids}
        self.assertFalse(self._suggest(rows, **elsewhere)[1][0])
        self.assertEqual(self._suggest(rows)[1][0], "contact_name")
        wizard = self._suggest(rows, **elsewhere)[0]
        wizard.execute_import(["function", "partner_name"], rows[0], dict(OPTIONS))
        self.assertEqual(self._suggest(rows, **elsewhere)[1][0], "function")
        self.assertEqual(self._suggest(rows)[1][0], "contact_name")

    def test_what_was_learned_for_a_field_that_is_gone_is_forgotten(self):
        for name in ("phone_mobile_search", "x_gone"):
            self.env["base_import.mapping"].create(
                {
                    "res_model": "crm.lead",
                    "column_name": "phone number",
                    "field_name": name,
                    "company_id": self.env.company.id,
                }
            )
        self.assertEqual(self._suggest(HUBSPOT)[1][4], "phone")

    def test_countries_in_other_languages(self):
        rows = [["Firma", "Land"], ["A", "Österreich"], ["B", "Pays-Bas"]]
        rows += [["C", "Alemania"], ["D", "Regno Unito"], ["E", "Zwitserland"]]
        leads = self._import_suggested(rows)
        self.assertEqual(
            leads.mapped("country_id.code"), ["AT", "NL", "DE", "GB", "CH"]
        )
