from odoo.tests import tagged

from .test_import import ImportCase

TITLES = ["contact_name", "email_from", "phone"]


@tagged("-at_install", "post_install", "lead_import")
class TestImportAdded(ImportCase):
    """Rows of people of whom a lead is open are added to it, if that is chosen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._create_lead(
            cls.user_sales_salesman,
            contact_first_name="Jo",
            contact_last_name="Quick",
            email_from="jo@quibblecorp.example",
        )

    def _add(self, *rows, lead=None, **options):
        lead = self.lead if lead is None else lead
        rows_added = {str(lead.id): list(range(len(rows)))}
        return self._import([TITLES, *rows], lead_add=rows_added, **options)

    def test_rows_fill_blanks_and_are_told(self):
        before = self.env["crm.lead"].search_count([])
        result = self._add(
            ["Jo Quick", "jo@other.example", "+1 202 555 0143"],
            ["Jo Quick", "jo@third.example", ""],
        )
        self.assertEqual((result["messages"], result["ids"]), ([], []))
        self.assertEqual(self.env["crm.lead"].search_count([]), before)
        self.assertEqual(self.lead.phone, "+1 202 555 0143", "it had none")
        self.assertEqual(self.lead.email_from, "jo@quibblecorp.example")
        said = "".join(self.lead.message_ids.mapped("body"))
        for text in ("In an imported file", "jo@other.example", "jo@third.example"):
            self.assertIn(text, said)
        lead_import = self.env["crm.lead.import"].browse(result["lead_import_id"])
        self.assertEqual((lead_import.created_count, lead_import.added_count), (0, 2))

    def test_other_rows_are_created(self):
        result = self._import(
            [TITLES, ["Jo Quick", "", "+1 202 555 0143"], ["Ann Slow", "", ""]],
            lead_add={str(self.lead.id): [0]},
        )
        created = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(created.mapped("contact_name"), ["Ann Slow"])

    def test_a_lead_that_may_not_be_changed_is_no_choice(self):
        self.lead.user_id = self.user_sales_leads
        result = self._add(["Jo Quick", "", "+1 202 555 0143"])
        self.assertIn("not yours to change", result["messages"][0]["message"])
        self.assertFalse(self.lead.phone)

    def test_adding_asks_no_more_for_many(self):
        self._add(["Jo Quick", "", ""])
        counts = []
        for size in (2, 30):
            rows = [(self.lead.id, {"contact_name": f"Jo {n}"}) for n in range(size)]
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["crm.lead"]._add_rows(rows)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
