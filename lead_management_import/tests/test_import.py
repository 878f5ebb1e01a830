import csv
import io

import openpyxl

from odoo import fields
from odoo.tests import tagged
from odoo.tools.misc import file_open, file_path

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon

COMPANY_LIST = "lead_management_import/tests/data/company_list.csv"
# The screen's options for a file with a comma as thousands separator.
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "advanced": True,
    "limit": 2000,
    "skip": 0,
}
# The rows of the list that are reported, and the part of the message that says why.
REPORTED = {
    (7, "country_id"): "Georgia is a country and also a state of United States.",
    (19, "annual_revenue"): "the digits of “0 11” are grouped in an unusual way.",
    (26, "employee_count"): "“Nidec Corporation: 2,392” is not understood.",
    (29, "country_id"): "there is no such country here.",
    (33, "employee_count"): "“: 2” is not understood.",
    (33, "annual_revenue"): "“: 20” is not understood.",
    (35, "annual_revenue"): "its currency can be any of DKK, ISK, NOK, SEK.",
    (39, "employee_count"): "“Non-consolidated : 8,034” is not understood.",
    (40, "annual_revenue"): "it has several numbers (88.561; 7.712).",
    (41, "employee_count"): "it is a range (6,000 – 8,000).",
    (47, "employee_count"): "it has several numbers (7,737; 15,468).",
    (48, "country_id"): "Puerto Rico is a country and also a state of United States.",
    (50, "annual_revenue"): "the digits of “0 700” are grouped in an unusual way.",
}


class ImportCase(TestLeadManagementCommon):
    """A company in the United States that counts in dollars, at round rates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.usd = cls._set_rate("USD", None)
        cls.env.company.currency_id = cls.usd
        cls.env.company.country_id = cls.env.ref("base.us")
        for code, rate in (
            ("EUR", 0.5),
            ("GBP", 0.25),
            ("JPY", 100),
            ("CHF", 1),
            ("SEK", 10),
        ):
            cls._set_rate(code, rate)

    @classmethod
    def _set_rate(cls, code, rate):
        """Activate a currency and give it one rate, or none."""
        currency = (
            cls.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "=", code)])
        )
        currency.active = True
        cls.env["res.currency.rate"].search(
            [("currency_id", "=", currency.id)]
        ).unlink()
        if rate:
            cls.env["res.currency.rate"].create(
                {
                    "currency_id": currency.id,
                    "company_id": cls.env.company.id,
                    "name": fields.Date.today(),
                    "rate": rate,
                }
            )
        return currency

    def _start(self, content, model="crm.lead", file_name="list.csv", user=None):
        if isinstance(content, list):
            text = io.StringIO()
            csv.writer(text).writerows(content)
            content = text.getvalue()
        return (
            self.env["base_import.import"]
            .with_user(user or self.user_sales_salesman)
            .with_context(default_type="lead", tracking_disable=True)
            .create(
                {
                    "res_model": model,
                    "file": content.encode() if isinstance(content, str) else content,
                    "file_name": file_name,
                    "file_type": "text/csv" if file_name.endswith("csv") else False,
                }
            )
        )

    def _import(self, rows, mapping=None, dryrun=False, model="crm.lead", **options):
        """Import rows of cells, whose first row names the fields, as the screen does.

        :return: what the import answers
        """
        wizard = self._start(rows, model=model)
        return wizard.execute_import(
            mapping or rows[0], rows[0], {**OPTIONS, **options}, dryrun=dryrun
        )

    def _import_leads(self, rows, **options):
        """Import rows that are expected to be clean."""
        result = self._import(rows, **options)
        self.assertEqual(result["messages"], [])
        return self.env["crm.lead"].browse(result["ids"])

    def assertReported(self, result, *expected):
        self.assertFalse(result.get("ids"))
        messages = [message["message"] for message in result["messages"]]
        self.assertEqual(len(messages), len(expected), messages)
        for message, text in zip(messages, expected, strict=True):
            self.assertIn(text, message)


@tagged("-at_install", "post_install", "lead_import")
class TestCompanyList(ImportCase):
    """A list of companies as found in the wild, imported by a salesman."""

    def setUp(self):
        super().setUp()
        with file_open(COMPANY_LIST) as file:
            self.rows = list(csv.reader(file))

    def _preview(self, rows):
        wizard = self._start(rows)
        preview = wizard.parse_preview(dict(OPTIONS))
        self.assertNotIn("error", preview)
        mapping = [
            "/".join(preview["matches"].get(index, ())) or False
            for index in range(len(preview["headers"]))
        ]
        return wizard, mapping

    def _execute(self, wizard, mapping, dryrun=False, **options):
        return wizard.execute_import(
            mapping, self.rows[0], {**OPTIONS, **options}, dryrun=dryrun
        )

    def test_titles_of_the_list_are_mapped(self):
        __, mapping = self._preview(self.rows)
        self.assertEqual(
            dict(zip(self.rows[0], mapping, strict=True)),
            {
                "company": "partner_name",
                "website": "website",
                "country": "country_id",
                "industries": "description",
                "employees": "employee_count",
                "revenue": "annual_revenue",
                "headquarters": "street",
                "expected_account_cik": False,
            },
        )

    def test_what_the_person_chose_before_goes_first(self):
        self.env["base_import.mapping"].create(
            {
                "res_model": "crm.lead",
                "column_name": "company",
                "field_name": "contact_name",
            }
        )
        __, mapping = self._preview(self.rows)
        self.assertEqual(mapping[0], "contact_name")

    def test_other_models_keep_their_suggestions(self):
        wizard = self._start(self.rows, model="res.partner")
        matches = wizard.parse_preview(dict(OPTIONS))["matches"]
        self.assertEqual(matches[0], ["company_id"])

    def test_unreadable_cells_are_reported_by_row_and_nothing_is_imported(self):
        wizard, mapping = self._preview(self.rows)
        before = self.env["crm.lead"].search_count([])
        for dryrun in (True, False):
            result = self._execute(wizard, mapping, dryrun=dryrun)
            self.assertFalse(result["ids"])
            reported = {
                (message["rows"]["from"] + 2, message["field"]): message["message"]
                for message in result["messages"]
            }
            self.assertEqual(reported.keys(), REPORTED.keys())
            for (row, field_name), text in REPORTED.items():
                message = reported[row, field_name]
                self.assertIn(f"Row {row} ({self.rows[row - 1][0]})", message)
                self.assertIn(text, message)
                value = self.rows[row - 1][mapping.index(field_name)]
                self.assertIn(value[:70], message)
            self.assertEqual(self.env["crm.lead"].search_count([]), before)

    def test_messages_find_their_column_in_the_screen(self):
        wizard, mapping = self._preview(self.rows)
        for message in self._execute(wizard, mapping, dryrun=True)["messages"]:
            self.assertEqual(message["type"], "error")
            self.assertEqual(message["field_path"], [message["field"]])
            self.assertEqual(message["record"], message["rows"]["to"])
            self.assertTrue(message["is_explained"])

    def test_list_is_imported_once_the_rows_are_fixed(self):
        for row, field_name in REPORTED:
            column = {"country_id": 2, "employee_count": 4, "annual_revenue": 5}
            self.rows[row - 1][column[field_name]] = ""
        wizard, mapping = self._preview(self.rows)
        test = self._execute(wizard, mapping, dryrun=True)
        self.assertEqual(test["messages"], [])
        result = self._execute(wizard, mapping)
        self.assertEqual(result["messages"], [])
        leads = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(len(leads), len(self.rows) - 1)
        self.assertEqual(leads.mapped("type"), ["lead"] * len(leads))
        self.assertEqual(leads.user_id, self.user_sales_salesman)
        self.assertEqual(leads.status_id, self.status_assigned)
        by_company = leads.grouped("partner_name")
        for company, values in {
            "ASM International": ("NL", False, False, 4200, 34e8),
            "EZCorp": ("US", "Texas", "Austin", 6500, 822810000),
            "Lennar": ("US", "Florida", "Miami", 12532, 3419e7),
            "SolarEdge": ("IL", False, "Herzliya", 5285, 196e7),
            "Spirax Group": ("GB", False, False, 10000, 66608e5),
            "Nippon Yusen": ("JP", False, False, 35711, 1829e7),
            "SCA": ("SE", False, False, 3450, 20232e5),
            "Sonova": ("CH", False, False, 17990, 3627e6),
            "Capitol Federal Savings Bank": ("US", "Kansas", "Topeka", 649, 1883e5),
            "Baycurrent Inc.": (False, False, False, 0, 0),
        }.items():
            lead = by_company[company]
            with self.subTest(company=company):
                self.assertEqual(
                    (
                        lead.country_id.code,
                        lead.state_id.name,
                        lead.city,
                        lead.employee_count,
                        lead.annual_revenue,
                    ),
                    values,
                )
                self.assertEqual(lead.name, company)
        lead = by_company["ASM International"]
        self.assertEqual(lead.street, "Almere , Netherlands")
        self.assertIn("Semiconductor industry; Technology", lead.description)


@tagged("-at_install", "post_install", "lead_import")
class TestMessyNumberImport(ImportCase):
    def test_separators_chosen_in_the_screen_are_followed(self):
        rows = [["partner_name", "employee_count", "annual_revenue"]]
        english = self._import_leads([*rows, ["Acme", "4,200", "1,234.5"]])
        german = self._import_leads(
            [*rows, ["Acme", "4.200", "1.234,5"]],
            float_thousand_separator=".",
            float_decimal_separator=",",
        )
        for lead in english | german:
            self.assertEqual((lead.employee_count, lead.annual_revenue), (4200, 1234.5))

    def test_nothing_said_leaves_the_field_empty(self):
        lead = self._import_leads(
            [
                ["partner_name", "employee_count", "annual_revenue"],
                ["Acme", "n/a", "–"],
            ]
        )
        self.assertEqual((lead.employee_count, lead.annual_revenue), (0, 0))

    def test_problems_of_a_later_batch_stop_the_first(self):
        rows = [["partner_name", "employee_count"]]
        rows += [[f"Acme {number}", "5"] for number in range(4)]
        rows += [["Acme 4", "5 or 6"], ["Acme 5", "5"], ["Acme 6", "6-7"]]
        before = self.env["crm.lead"].search_count([])
        for dryrun in (True, False):
            result = self._import(rows, dryrun=dryrun, limit=2)
            self.assertReported(result, "Row 6 (Acme 4)", "Row 8 (Acme 6)")
            self.assertEqual(result["messages"][0]["rows"], {"from": 4, "to": 4})
            self.assertEqual(result["messages"][0]["field_path"], ["employee_count"])
        self.assertEqual(self.env["crm.lead"].search_count([]), before)

    def test_rows_are_counted_from_the_top_of_the_file(self):
        rows = [["partner_name", "employee_count"], ["A", "5"], ["B", "5"], ["C", "x"]]
        self.assertReported(self._import(rows, skip=2), "Row 4 (C)")

    def test_problems_of_all_columns_are_reported_together(self):
        result = self._import(
            [
                ["partner_name", "employee_count", "annual_revenue", "source_id"],
                ["Acme", "x", "-5", "Nowhere"],
            ]
        )
        self.assertEqual(
            {message["field"] for message in result["messages"]},
            {"employee_count", "annual_revenue", "source_id"},
        )

    def test_percent_sign_in_a_value(self):
        self.assertReported(
            self._import([["partner_name", "employee_count"], ["Acme", "5 %s"]]),
            "Row 2 (Acme), Employees “5 %s”: “%s” is not understood. Write the number"
            " alone, such as 4200.",
        )

    def test_currency_that_is_not_usable_is_reported_with_the_way_out(self):
        self._set_rate("EUR", None)
        self._set_rate("GBP", 1).active = False
        self.env["res.currency"].with_context(active_test=False).search(
            [("name", "=", "ISK")]
        ).name = "ISX"
        self.assertReported(
            self._import(
                [
                    ["partner_name", "annual_revenue"],
                    ["One", "€5"],
                    ["Two", "£5"],
                    ["Three", "5 ISK"],
                ]
            ),
            "Row 2 (One), Annual Revenue “€5”: the currency EUR has no rate.",
            "the currency GBP is not active. Ask an administrator to activate it and"
            " to enter its rate (Configuration ‣ Currencies), or write the amount in"
            " USD.",
            "the currency ISK doesn't exist here. Write the amount in USD.",
        )

    def test_rows_of_one_unusable_currency_are_told_together(self):
        self._set_rate("EUR", None)
        rows = [["partner_name", "annual_revenue"]]
        rows += [[f"Acme {number}", f"€ {number}"] for number in range(14)]
        rows += [["Other", "5 or 6"]]
        messages = self._import(rows)["messages"]
        self.assertEqual(len(messages), 15)
        [together, other] = dict.fromkeys(message["message"] for message in messages)
        self.assertIn(
            "Rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 2 more, Annual Revenue:"
            " the currency EUR has no rate.",
            together,
        )
        self.assertIn("Row 16 (Other)", other)

    def test_currencies_take_one_round_of_queries(self):
        rows = [["partner_name", "annual_revenue"]]
        wizard = self._start(rows)
        counts = []
        for size in (5, 5, 500):
            data = [[f"Acme {number}", f"€ {number}"] for number in range(size)]
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            wizard._parse_import_data(data, rows[0], OPTIONS)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertEqual(data[200], ["Acme 200", "400.0"])

    def test_dates_and_floats_of_spreadsheets(self):
        book = openpyxl.Workbook()
        book.active.append(["partner_name", "employee_count", "annual_revenue"])
        book.active.append(["Acme", 4200.0, 1234.5])
        book.active.append(["Date", fields.Date.to_date("2026-02-01"), "5"])
        content = io.BytesIO()
        book.save(content)
        wizard = self._start(content.getvalue(), file_name="list.xlsx")
        mapping = ["partner_name", "employee_count", "annual_revenue"]
        result = wizard.execute_import(mapping, mapping, dict(OPTIONS))
        self.assertReported(
            result, "Row 3 (Date), Employees “2026-02-01”: it is a date."
        )

    def test_amounts_of_deals_are_read_alike(self):
        rows = [["partner_name", "expected_revenue"], ["Acme", "5 million"]]
        self.assertEqual(self._import_leads(rows).expected_revenue, 5_000_000)
        lead = self._import_leads([rows[0], ["Acme", "$5,000.5"]])
        self.assertEqual(lead.expected_revenue, 5000.5)

    def test_other_numbers_are_read_as_ever(self):
        rows = [["partner_name", "probability"], ["Acme", "high"]]
        self.assertReported(
            self._import(rows), "Row 2 (Acme), Probability “high”: it is no number."
        )
        rows[1][1] = "12,5"
        self.assertEqual(self._import_leads(rows).probability, 12.5)


@tagged("-at_install", "post_install", "lead_import")
class TestPlaceImport(ImportCase):
    def test_places_fill_country_state_and_city(self):
        leads = self._import_leads(
            [
                ["partner_name", "country_id"],
                ["One", "Austin, Texas"],
                ["Two", "U.S."],
                ["Three", "DE"],
                ["Four", ""],
            ]
        )
        self.assertEqual(leads.mapped("country_id.code"), ["US", "DE"])
        self.assertEqual(leads[0].state_id, self.env.ref("base.state_us_44"))
        self.assertEqual(leads.mapped("city"), ["Austin", False, False, False])

    def test_city_of_the_row_is_kept(self):
        rows = [
            ["partner_name", "country_id", "city"],
            ["One", "Austin, Texas", ""],
            ["Two", "Austin, Texas", "Dallas"],
        ]
        self.assertReported(
            self._import(rows),
            "Row 3 (Two), Country “Austin, Texas”: the row has a city already"
            " (Dallas).",
        )
        lead = self._import_leads(rows[:2])
        self.assertEqual(lead.city, "Austin")

    def test_state_column_of_the_file_is_kept(self):
        rows = [
            ["partner_name", "country_id", "state_id"],
            ["One", "Herzliya, Israel", ""],
            ["Two", "U.S.", "Texas"],
        ]
        leads = self._import_leads(rows)
        self.assertEqual(leads[0].city, "Herzliya")
        self.assertEqual(leads[1].state_id.name, "Texas")
        rows.append(["Three", "Austin, Texas", "Texas"])
        self.assertReported(
            self._import(rows), "the file has a column for the state. Write the country"
        )

    def test_choices_of_the_screen_for_values_without_a_match(self):
        rows = [
            ["partner_name", "country_id"],
            ["One", "Atlanta, Georgia"],
            ["Two", "France"],
        ]
        self.assertReported(
            self._import(rows),
            "Row 2 (One), Country “Atlanta, Georgia”: Georgia is a country and also a"
            " state of United States. Add the country, such as “Atlanta, Georgia,"
            " United States”.",
        )
        leads = self._import_leads(rows, import_set_empty_fields=["country_id"])
        self.assertEqual(leads.mapped("country_id.code"), ["FR"])
        leads = self._import_leads(rows, import_skip_records=["country_id"])
        self.assertEqual(leads.mapped("partner_name"), ["Two"])

    def test_state_of_several_countries_is_the_home_country_s(self):
        rows = [["partner_name", "country_id"], ["One", "Miami, Florida"]]
        self.assertEqual(self._import_leads(rows).country_id.code, "US")
        self.env.company.country_id = self.env.ref("base.de")
        self.assertReported(
            self._import(rows), "Florida is a state of Uruguay and United States."
        )


@tagged("-at_install", "post_install", "lead_import")
class TestImportTemplate(ImportCase):
    def test_required_values_are_not_asked_of_an_import(self):
        leads = self._import_leads(
            [
                [
                    "contact_first_name",
                    "contact_last_name",
                    "partner_name",
                    "email_from",
                ],
                ["Ada", "Sample", "Acme", ""],
                ["", "", "", "ada@example.com"],
                ["", "Sample", "", ""],
            ]
        )
        self.assertEqual(
            leads.mapped("name"), ["Acme – Ada Sample", "ada@example.com", "Sample"]
        )

    def test_template_is_offered_first(self):
        template = self.env["crm.lead"].get_import_templates()[0]["template"]
        self.assertTrue(file_path(template.lstrip("/")))

    def test_template_is_mapped_by_its_titles_and_imported(self):
        template = self.env["crm.lead"].get_import_templates()[0]["template"]
        with file_open(template.lstrip("/"), "rb") as file:
            wizard = self._start(file.read(), file_name="leads.xlsx")
        preview = wizard.parse_preview(dict(OPTIONS))
        labels = {
            name: values["string"]
            for name, values in self.env["crm.lead"].fields_get([], ["string"]).items()
        }
        # The OCA's crm_industry calls it “Main Industry”; it is found all the same.
        labels["industry_id"] = "Industry"
        titles = preview["headers"]
        mapping = ["/".join(preview["matches"][index]) for index in range(len(titles))]
        self.assertEqual([labels[name] for name in mapping], titles)
        for name in (
            "contact_first_name",
            "contact_last_name",
            "partner_name",
            "employee_count",
            "annual_revenue",
            "quote_deadline",
        ):
            self.assertIn(name, mapping)
        result = wizard.execute_import(mapping, titles, preview["options"])
        self.assertEqual(result["messages"], [])
        leads = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(leads.mapped("employee_count"), [4200, 350])
        self.assertEqual(leads[0].quote_deadline, fields.Date.to_date("2030-06-30"))
        self.assertEqual(leads[0].state_id.name, "Texas")
        self.assertEqual(leads.mapped("contact_last_name"), ["Sample", "Example"])
