import base64
import csv
import io
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_import import OPTIONS, ImportCase

ROWS = [
    ["Company", "Employees", "Source", "Country", "Twitter"],
    ["Good", "5", "", "Germany", "@good"],
    ["Range", "5-7", "", "Germany", ""],
    ["Unknown", "7", "Wishing well", "Narnia", "not a handle!"],
    ["Good too", "9", "", "", ""],
]
PATHS = ["partner_name", "employee_count", "source_id", "country_id", "twitter"]


@tagged("-at_install", "post_install", "lead_import")
class TestImportProblems(ImportCase):
    """What is wrong in a row stops no other, and nothing is lost."""

    def _execute(self, rows=ROWS, user=None, limit=2000, **options):
        wizard = self._start(rows, user=user, file_name="fair.csv")
        options = {**OPTIONS, "limit": limit, **options}
        ids, skip = [], 0
        while True:
            result = wizard.execute_import(PATHS, rows[0], {**options, "skip": skip})
            ids += result.get("ids") or []
            skip = result.get("nextrow")
            if not skip:
                return result, self.env["crm.lead"].browse(ids)

    def test_text_goes_into_the_notes_where_chosen(self):
        fields = ["employee_count", "source_id", "country_id"]
        result, leads = self._execute(lead_notes_fields=fields)
        self.assertEqual(result["messages"], [])
        self.assertEqual(leads.mapped("partner_name"), [row[0] for row in ROWS[1:]])
        self.assertEqual(leads.mapped("employee_count"), [5, 0, 7, 9])
        self.assertFalse(leads[0].description)
        self.assertIn("Employees: 5-7", leads[1].description)
        for text in (
            "Source: Wishing well",
            "Country: Narnia",
            "Twitter: not a handle!",
        ):
            self.assertIn(text, leads[2].description)

    def test_every_column_has_its_choice(self):
        result, leads = self._execute(
            import_skip_records=["employee_count"],
            import_set_empty_fields=["country_id"],
            name_create_enabled_fields={"source_id": True},
        )
        self.assertEqual(result["messages"], [])
        self.assertEqual(leads.mapped("partner_name"), ["Good", "Unknown", "Good too"])
        self.assertEqual(leads[1].source_id.name, "Wishing well")
        self.assertFalse(leads[1].country_id)

    def test_a_test_follows_the_choices_too(self):
        wizard = self._start(ROWS)
        options = {"import_skip_records": ["employee_count"]}
        options["lead_notes_fields"] = ["source_id", "country_id"]
        result = wizard.execute_import(
            PATHS, ROWS[0], {**OPTIONS, **options}, dryrun=True
        )
        self.assertEqual(result["messages"], [])

    @mute_logger("odoo.sql_db")
    def test_a_row_among_many_alike_is_found(self):
        rows = [["partner_name", "probability", "twitter"]]
        rows += [[f"Acme {number}", "100", ""] for number in range(60)]
        rows[41][1] = "250"
        result = self._import(rows, dryrun=True)
        self.assertEqual(result["messages"][-1]["rows"], {"from": 40, "to": 40})
        rows[41][1] = "90"
        created = []
        create = type(self.env["crm.lead"]).create

        def count(records, vals_list):
            created.extend(vals_list)
            return create(records, vals_list)

        with patch.object(type(self.env["crm.lead"]), "create", count):
            self.assertFalse(self._import(rows, dryrun=True)["messages"])
        self.assertLess(len(created), 60)

    def test_good_rows_now_and_the_others_as_a_file(self):
        for limit in (2000, 1):
            with self.subTest(limit=limit):
                result, leads = self._execute(lead_only_good=True, limit=limit)
                self.assertEqual(result["messages"], [])
                self.assertEqual(leads.mapped("partner_name"), ["Good", "Good too"])
                self.assertEqual(result["lead_left_out"], 2)
                lead_import = self.env["crm.lead.import"].search([], limit=1)
                self.assertEqual(lead_import.created_count, 2)
                self.assertEqual(lead_import.left_out_count, 2)
                self.assertFalse(lead_import.skipped_count)
                text = base64.b64decode(lead_import.left_out_file).decode("utf-8-sig")
                left = list(csv.reader(io.StringIO(text)))
                self.assertEqual(left[0], [*ROWS[0], "Why it was left out"])
                self.assertEqual([row[:5] for row in left[1:]], ROWS[2:4])
                self.assertIn("it is a range (5 – 7)", left[1][5])
                for word in ("Wishing well", "no such country"):
                    self.assertIn(word, left[2][5])

    def test_rows_left_out_are_corrected_and_imported(self):
        self._execute(lead_only_good=True)
        lead_import = self.env["crm.lead.import"].search([], limit=1)
        content = base64.b64decode(lead_import.left_out_file)
        for wrong, right in (
            *((b"5-7", b"6"), (b"Narnia", b"Spain"), (b"Wishing well", b"")),
        ):
            content = content.replace(b"," + wrong + b",", b"," + right + b",", 1)
        wizard = self._start(content)
        preview = wizard.parse_preview(
            {"has_headers": True, "quoting": '"', "limit": 2000, "skip": 0}
        )
        mapping = [
            "/".join(preview["matches"].get(index, ())) or False for index in range(6)
        ]
        self.assertEqual(mapping, [*PATHS, False])
        result = wizard.execute_import(mapping, preview["headers"], preview["options"])
        self.assertEqual(result["messages"], [])
        leads = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(leads.mapped("partner_name"), ["Range", "Unknown"])

    def test_an_administrator_activates_a_currency(self):
        currency = self._set_rate("GBP", 0.25)
        currency.active = False
        rows = [["partner_name", "annual_revenue"], ["A", "£5"]]
        chosen = {"lead_activate_currencies": ["annual_revenue"]}
        self.assertReported(self._import(rows), "the currency GBP is not active")
        with self.assertRaises(AccessError):
            self._import(rows, **chosen)
        admin = self.env.ref("base.user_admin")
        admin.group_ids |= self.env.ref("sales_team.group_sale_manager")
        wizard = self._start(rows, user=admin)
        wizard = wizard.with_context(allowed_company_ids=self.env.company.ids)
        result = wizard.execute_import(rows[0], rows[0], {**OPTIONS, **chosen})
        self.assertEqual(result["messages"], [])
        self.assertTrue(currency.active)
        lead = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(lead.annual_revenue, 20)

    def test_a_file_without_a_good_row(self):
        result, leads = self._execute([ROWS[0], *ROWS[2:4]], lead_only_good=True)
        self.assertFalse(leads)
        self.assertEqual(result["lead_left_out"], 2)

    def test_names_are_known_however_they_are_written(self):
        source = self.env["utm.source"].create({"name": "Organic Search 7"})
        rows = [["Company", "n", "Source", "Owner", "t"]]
        rows += [["A", "", "ORGANIC_SEARCH_7", self.user_sales_salesman.email, ""]]
        wizard = self._start(rows)
        paths = ["partner_name", False, "source_id", "user_id", False]
        result = wizard.execute_import(paths, rows[0], dict(OPTIONS))
        self.assertEqual(result["messages"], [])
        lead = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(lead.source_id, source)
        self.assertEqual(lead.user_id, self.user_sales_salesman)

    def test_states_are_known_by_what_people_call_them(self):
        called = {
            "TH": ("DE", "DE-TH"),
            "Bavaria": ("DE", "DE-BY"),
            "Castellón": ("ES", "CS"),
            "Zürich": ("CH", "ZH"),
            "Kanton Bern": ("CH", "BE"),
        }
        rows = [["partner_name", "state_id", "country_id"]]
        rows += [[f"Of {name}", name, called[name][0]] for name in called]
        leads = self._import_leads(rows)
        found = [(lead.state_id.country_id.code, lead.state_id.code) for lead in leads]
        self.assertEqual(found, list(called.values()))

    def test_states_are_of_the_country_of_their_row(self):
        rows = [["partner_name", "state_id", "country_id"]]
        rows += [["A", "FL", "USA"], ["B", "Florida", "Uruguay"], ["C", "CA", ""]]
        leads = self._import_leads(rows)
        self.assertEqual(leads[0].state_id, self.env.ref("base.state_us_10"))
        self.assertEqual(leads[1].state_id.country_id.code, "UY")
        self.assertEqual(leads[2].state_id.country_id.code, "US")
        rows = [rows[0], ["A", "Bavaria", "USA"]]
        self.assertReported(
            self._import(rows), "“Bavaria” is no state of US that is known here."
        )

    def test_rows_do_not_multiply_the_searches(self):
        titles = ["partner_name", "source_id", "country_id", "state_id", "tag_ids"]
        cells = ["A", "Newsletter", "USA", "Texas", "Product"]

        def count(width, size):
            rows = [titles[:width], *[cells[:width]] * size]
            wizard = self._start(rows)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            wizard.execute_import(rows[0], rows[0], dict(OPTIONS), dryrun=True)
            return self.env.cr.sql_log_count - before

        count(5, 3)
        few = count(5, 3) - count(1, 3)
        many = count(5, 60) - count(1, 60)
        self.assertLess(many, few + 57)
