import io

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import file_layout
from .examples import SAME
from .test_import_columns import ColumnsCase

GERMAN = "Firma;Straße;Bemerkung\nMüller & Söhne;Größe 5;Käse für Österreich\n"
# As Salesforce prints a report
REPORT = [
    ["Lead Report"],
    ["As of 2026-11-20 by Marc Demo"],
    [],
    ["First Name", "Last Name", "Company / Account", "Annual Revenue"],
    ["Ann", "One", "Acme", "1,500"],
    [],
    ["Bob", "Two", "Beta", "2,500.50"],
    ["Total", "", "", "4,000.50"],
    ["Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."],
    ["Confidential Information - Do Not Distribute"],
]


@tagged("post_install", "-at_install", "lead_import")
class TestFileLayout(BaseCase):
    def test_encodings(self):
        for encoding in (
            *("utf-8", "utf-8-sig", "windows-1252", "mac_roman", "cp850"),
            *("utf-16", "utf-16-le", "utf-16-be"),
        ):
            with self.subTest(encoding=encoding):
                data = GERMAN.encode(encoding)
                guess = file_layout.guess_encoding(data)
                self.assertEqual(data.decode(guess), GERMAN)
        text = "Компания;Имя\nООО Ромашка;Анна Иванова из Москвы\n" * 5
        data = text.encode("windows-1251")
        self.assertEqual(data.decode(file_layout.guess_encoding(data)), text)

    @SAME
    @given(st.text())
    def test_what_is_utf_8_stays_so(self, text):
        text = text.replace("\0", "")
        guess = file_layout.guess_encoding(text.encode())
        self.assertEqual(text.encode().decode(guess), text.removeprefix("\ufeff"))

    def test_separators(self):
        for text, separator in {
            GERMAN: ";",
            'a,b\n"x;y;z",1\n': ",",
            "a\tb, c\tx\n1\t2, 3\t4\n": "\t",
            "a|b\n1,5|2\n": "|",
            "sep=;\na,b;c\n": ";",
            "Report, all leads\nName;Mail;Ort\nA;b;c\nD;e;f\n": ";",
            "one\ntwo\nthree\na;b\nc;d\n": ";",
            "a,b;c\nd;e\n": ";",
            '"sep=\t"\na;b': "\t",
            "": ",",
            "abc": ",",
        }.items():
            with self.subTest(text=text):
                self.assertEqual(file_layout.guess_separator(text), separator)

    def test_a_sign_that_makes_cells_too_long_is_none(self):
        """Python reads no cell of more than 131,072 letters."""
        long = f"{'x' * 70_000};{'y' * 70_000}"
        text = "\n".join(["Leads", long, *["a;b"] * 8])
        self.assertEqual(file_layout.guess_separator(text), ";")

    def test_titles_below_a_heading(self):
        rows = [row for row in REPORT if row]
        self.assertEqual(file_layout.find_titles(rows), 2)
        self.assertEqual(file_layout.find_titles(rows[2:]), 0)
        self.assertEqual(file_layout.find_titles([["a", "b"], ["Email", "x"]]), 0)
        unknown = [["Leads"], ["aa", "bb", "cc"], ["1", "2", "3"]]
        self.assertEqual(file_layout.find_titles(unknown), 1)

    def test_which_row_has_the_titles(self):
        known, wide = ["Email", "Phone"], ["1", "2", "3", "4", "5"]
        for index, rows in (
            (0, []),
            # Three words may be titles, two are a heading of what is wider.
            (0, [["aa", "bb", "cc"], wide]),
            (1, [["aa", "bb"], ["1", "2", "3", "4"]]),
            (0, [["a"], ["b", "c"]]),
            (1, [["Leads"], ["a", "b", "c"], wide]),
            # More than twice as many that are known
            (1, [["Foo", "Bar", "Baz"], [*known, "x"]]),
            (0, [["Email", "x", "y"], [*known, "x"]]),
            (1, [["Email"], [*known, "City"]]),
            (1, [[5, None], known]),
            # Nobody writes more above them.
            (19, [*[["x"]] * 19, known]),
            (0, [*[["x"]] * 20, known]),
        ):
            with self.subTest(rows=rows[-2:], index=index):
                self.assertEqual(file_layout.find_titles(rows), index)

    def test_which_rows_are_below(self):
        titles = ["A", "B", "C"]
        for count, rows in (
            (0, []),
            (0, [["Total", "5"]]),
            (1, [["Total", "5"], ["Total", "6"]]),
            (1, [titles, ["Total"]]),
            (1, [titles, ["Summe: 3"]]),
            (0, [titles, ["Summe 3", "x"]]),
            (0, [["A", "B"], ["page 1"]]),
            (1, [titles, ["page 1", "x"]]),
            (0, [titles, ["page 1", "x", "y"]]),
            (1, [titles, ["Total", "5"], ["Acme", "", ""], ["page 1"]]),
            (0, [titles, ["", ""]]),
            (15, [titles, *[["page 1"]] * 16]),
        ):
            with self.subTest(rows=rows[:4]):
                self.assertEqual(file_layout.count_rows_below(rows), count)

    def test_what_stands_below(self):
        rows = [row for row in REPORT if row][2:]
        self.assertEqual(file_layout.count_rows_below(rows), 3)

    def test_leads_are_no_totals(self):
        titles = ["Company", "Contact", "Email"]
        for row in (
            ["Total", "Jane Doe", "jane@total.example"],
            ["Acme"],
            ["Summe GmbH", "", "5"],
            ["Copyright Agency", "Jane", "j@x.example"],
        ):
            with self.subTest(row=row):
                self.assertEqual(file_layout.count_rows_below([titles, row]), 0)


@tagged("-at_install", "post_install", "lead_import")
class TestImportLayout(ColumnsCase):
    """A report with a heading above and a total below."""

    def _preview(self, content, file_name):
        wizard = self._start(content, file_name=file_name)
        options = {"has_headers": True, "quoting": '"', "limit": 2000, "skip": 0}
        preview = wizard.parse_preview(options)
        self.assertNotIn("error", preview)
        return wizard, preview

    def _get_book(self):
        book = openpyxl.Workbook()
        for row in REPORT:
            book.active.append(row)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def _get_text(self):
        lines = [";".join(f'"{cell}"' for cell in row) for row in REPORT]
        return "\r\n".join(lines).encode("windows-1252")

    def test_titles_and_totals_are_found_and_told(self):
        for content, name in (
            (self._get_book(), "report.xlsx"),
            (self._get_text(), "report.csv"),
        ):
            with self.subTest(name=name):
                wizard, preview = self._preview(content, name)
                self.assertEqual(preview["headers"], REPORT[3])
                self.assertEqual(preview["options"]["lead_title_row"], 4)
                self.assertIn("Titles are in row 4;", preview["lead_layout"])
                self.assertIn("Total 4,000.50", preview["lead_layout"])
                mapping = ["/".join(preview["matches"][index]) for index in range(4)]
                result = wizard.execute_import(mapping, REPORT[3], preview["options"])
                leads = self.env["crm.lead"].browse(result["ids"])
                self.assertEqual(leads.mapped("partner_name"), ["Acme", "Beta"])
                self.assertEqual(leads.mapped("annual_revenue"), [1500, 2500.5])

    def test_connections_of_linkedin(self):
        text = """Notes:
"When exporting your connection data, you may notice that some emails are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ada,Sample,https://www.linkedin.com/in/ada,,"Acme, Inc.",CTO,12 Nov 2026
"""
        wizard, preview = self._preview(text, "Connections.csv")
        self.assertEqual(preview["options"]["lead_title_row"], 4)
        mapping = ["/".join(preview["matches"][index]) for index in range(7)]
        self.assertEqual(mapping[2], "social_url")
        result = wizard.execute_import(mapping, preview["headers"], preview["options"])
        lead = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(lead.social_url, "https://www.linkedin.com/in/ada")
        self.assertEqual((lead.partner_name, lead.function), ("Acme, Inc.", "CTO"))
        self.assertIn("Connected On: 12 Nov 2026", lead.description)

    def test_lead_ads_of_meta(self):
        titles = ["id", "created_time", "campaign_id", "campaign_name", "platform"]
        titles += ["full_name", "phone_number", "email", "company_name", "budget?"]
        cells = ["l:1", "2026-11-20T10:00:00+01:00", "c:7", "Autumn", "fb"]
        cells += ["Ada Sample", "p:+4930123456", "ada@x.example", "Acme", "5.000 €"]
        text = "\n".join("\t".join(row) for row in (titles, cells))
        self.env["utm.campaign"].create({"name": "Autumn"})
        wizard, preview = self._preview(text.encode("utf-16"), "leads.csv")
        mapping = ["/".join(preview["matches"].get(i, ())) or False for i in range(10)]
        self.assertEqual(mapping[:5], [False, False, False, "campaign_id", False])
        self.assertEqual(mapping[9], "bant_budget_amount")
        options = {**preview["options"], "lead_notes_fields": ["bant_budget_amount"]}
        result = wizard.execute_import(mapping, titles, options)
        self.assertEqual(result["messages"], [])
        lead = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(lead.phone, "+4930123456")
        self.assertEqual(lead.campaign_id.name, "Autumn")

    def test_rows_are_counted_as_in_the_spreadsheet(self):
        rows = [*REPORT[:6], ["Bob", "Two", "Beta", "many"]]
        text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
        wizard, preview = self._preview(text, "report.csv")
        mapping = ["contact_first_name", "contact_last_name"]
        mapping += ["partner_name", "annual_revenue"]
        result = wizard.execute_import(
            mapping, REPORT[3], preview["options"], dryrun=True
        )
        self.assertReported(result, "Row 7 (Beta), Annual Revenue “many”")
        self.assertEqual(result["messages"][0]["number"], 7)

    def test_a_person_knows_better(self):
        wizard = self._start([["Email", "Company"], ["a", "b"], ["c", "d"]])
        preview = wizard.parse_preview(
            {"has_headers": True, "quoting": '"', "lead_title_row": 2}
        )
        self.assertEqual(preview["headers"], ["a", "b"])

    def test_files_of_contacts_are_read_as_ever(self):
        wizard = self._start(self._get_text(), model="res.partner")
        options = {"has_headers": True, "quoting": '"', "separator": ";"}
        preview = wizard.parse_preview({**options, "encoding": "windows-1252"})
        self.assertEqual(preview["headers"], ["Lead Report"])
        self.assertNotIn("lead_layout", preview)
