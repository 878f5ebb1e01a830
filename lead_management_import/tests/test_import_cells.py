import datetime

from odoo.tests import tagged

from .test_import import ImportCase


@tagged("-at_install", "post_install", "lead_import")
class TestImportCells(ImportCase):
    """How a cell is read is decided by all cells of its column."""

    def _revenues(self, *cells, **options):
        rows = [["partner_name", "annual_revenue"]]
        rows += [[f"Acme {number}", cell] for number, cell in enumerate(cells)]
        return self._import_leads(rows, **options).mapped("annual_revenue")

    def test_decimal_comma_of_one_cell_holds_for_the_column(self):
        self.assertEqual(
            self._revenues("1.234.567,50", "1.500", "2.750,00"), [1234567.5, 1500, 2750]
        )
        self.assertEqual(
            self._revenues("1,500", "2,750.00", "12.5 million"), [1500, 2750, 125e5]
        )

    def test_every_batch_decides_alike(self):
        rows = [["partner_name", "annual_revenue"], ["A", "1.234,50"]]
        rows += [[f"B {number}", "1.500"] for number in range(3)]
        wizard = self._start(rows)
        options = {"has_headers": True, "quoting": '"', "separator": ",", "limit": 2}
        result = wizard.execute_import(rows[0], rows[0], {**options, "skip": 2})
        leads = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(leads.mapped("annual_revenue"), [1500, 1500])

    def test_doubtful_column_alone_is_reported(self):
        rows = [["partner_name", "annual_revenue"], ["Acme", "1.500"]]
        self.assertReported(self._import(rows), "it can be read in two ways")

    def test_other_columns_and_semicolons_tell_too(self):
        rows = [["partner_name", "annual_revenue", "expected_revenue"]]
        lead = self._import_leads([*rows, ["Acme", "1.500", "12,50"]])
        self.assertEqual((lead.annual_revenue, lead.expected_revenue), (1500, 12.5))
        text = "partner_name;annual_revenue\nAcme;1.500\n"
        wizard = self._start(text)
        options = {"has_headers": True, "quoting": '"', "separator": ";"}
        titles = ["partner_name", "annual_revenue"]
        result = wizard.execute_import(titles, titles, options)
        lead = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(lead.annual_revenue, 1500)

    def test_employees_are_whole(self):
        rows = [["partner_name", "employee_count"], ["A", "1.200"], ["B", "85"]]
        self.assertEqual(self._import_leads(rows).mapped("employee_count"), [1200, 85])

    def test_day_and_month_by_the_column_then_the_file_then_the_language(self):
        first, second = datetime.date(2026, 11, 2), datetime.date(2026, 2, 11)
        self.user_sales_salesman.lang = "en_US"
        mapping = ["partner_name", "date_deadline", False]
        for others, expected in (
            (["B", "30/11/2026", ""], first),
            (["B", "11/30/2026", ""], second),
            (["B", "", "30/11/2026"], first),
            (["B", "", ""], second),
        ):
            with self.subTest(others=others):
                rows = [["a", "b", "c"], ["A", "2/11/2026", ""], others]
                result = self._import(rows, mapping=mapping)
                leads = self.env["crm.lead"].browse(result["ids"])
                self.assertEqual(leads[0].date_deadline, expected)

    def test_date_that_is_none_is_reported_by_its_row(self):
        rows = [
            ["partner_name", "date_deadline"],
            ["A", "31. Januar 2027"],
            ["B", "soon"],
        ]
        self.assertReported(self._import(rows), "Row 3 (B), Expected Closing “soon”")
        lead = self._import_leads(rows[:2])
        self.assertEqual(lead.date_deadline, datetime.date(2027, 1, 31))

    def test_what_programs_load_is_converted_as_ever(self):
        partners, converter = self.env["res.partner"], self.env["ir.fields.converter"]
        convert = converter.to_field(partners, partners._fields["ref"], savepoint=None)
        self.assertEqual(convert(["A", "B"]), (["A", "B"], []))

    def test_phones_that_a_spreadsheet_had(self):
        leads = self._import_leads(
            [["partner_name", "phone"], ["A", "3.8099E+11"], ["B", "'+380 99 1234567"]]
        )
        self.assertEqual(leads.mapped("phone"), ["380990000000", "+380 99 1234567"])
        self.assertIn("phone: 3.8099E+11", leads[0].description)
