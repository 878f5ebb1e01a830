import unittest

from odoo.fields import Command
from odoo.tests import tagged, users

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon
from odoo.addons.lead_management_assignment.tests.common_rules import archive_rules

from .test_batch_capture import MANY, PROVEN, BatchCommon, repeat, st
from .test_good_guest import OPTIONS

COLUMNS = [
    "partner_name",
    "contact_first_name",
    "contact_last_name",
    "email_from",
    "country_id",
    "employee_count",
    "annual_revenue",
    "tag_ids",
    "description",
]


def _rows():
    """Return a strategy of rows as people write them."""
    cell = st.sampled_from
    return st.tuples(
        cell(("Acme", "ACME Corp.", "N/A", "-", "Umbrella Ltd", "李")),
        cell(("Jane", "", "Anna Maria")),
        cell(("Doe", "\u200b", "van der Berg")),
        cell(("", "a@acme.example", "b@umbrella.example")),
        cell(("", "Germany", "Austin, Texas", "USA")),
        cell(("", "12", "c. 70,000", "n/a")),
        cell(("", "5 million", "1,200.50")),
        cell(("", "Product", "Product,Software")),
        cell(("", "A note", "Two, words")),
    )


@unittest.skipUnless(st, "hypothesis is not installed")
@tagged("post_install", "-at_install", "lead_batch", "lead_long")
class TestBatchImport(BatchCommon, TestLeadManagementCommon):
    """Leads of a file are the same whatever the size of the batches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_past()
        tags = cls.env["crm.tag"]
        for name in ("Product", "Software"):
            if not tags.search([("name", "=", name)]):
                tags.create({"name": name})
        rules = cls.env["crm.lead.assignment.rule"]
        archive_rules(cls.env)
        rules.create(
            {
                "name": "By kind",
                "company_id": cls.env.company.id,
                "entry_ids": [
                    Command.create(
                        {
                            "name": "Entry",
                            "domain": "[('employee_count', '>', 100)]",
                            "target": "user",
                            "user_id": cls.user_sales_leads.id,
                        }
                    ),
                    Command.create(
                        {
                            "name": "Entry",
                            "domain": "[('partner_name', '=', 'Acme')]",
                            "target": "user",
                            "user_id": cls.user_sales_salesman.id,
                        }
                    ),
                ],
            }
        )

    def _import(self, rows, limit, owner):
        lines = [COLUMNS, *rows]
        text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
        wizard = self.env["base_import.import"].create(
            {
                "res_model": "crm.lead",
                "file": text.encode(),
                "file_name": "leads.csv",
                "file_type": "text/csv",
            }
        )
        options, skip, ids = {**OPTIONS, "lead_owner": owner, "limit": limit}, 0, []
        with self._watch() as calls:
            while True:
                with self._request():
                    result = wizard.execute_import(
                        COLUMNS, COLUMNS, {**options, "skip": skip}
                    )
                self.assertEqual(result["messages"], [])
                ids += result["ids"]
                skip = result.get("nextrow")
                if not skip:
                    break
            self.env.flush_all()
        self.env.invalidate_all()
        past = self.env["crm.lead.import"].browse(result["lead_import_id"])
        return (
            self._describe(self.env["crm.lead"].browse(ids), calls),
            (past.created_count, past.updated_count, past.skipped_count),
        )

    @users("user_sales_manager")
    def test_the_size_of_batches_makes_no_difference(self):
        def attempt(rows, limit, owner):
            single = self._undone(lambda: self._import(rows, 1, owner))
            batch = self._undone(lambda: self._import(rows, limit, owner))
            self.maxDiff = None
            self.assertEqual(batch, single)
            self.assertEqual(len(single[0]), len(rows))

        repeat(
            attempt,
            rows=st.lists(_rows(), min_size=2, max_size=4),
            limit=st.sampled_from((2, 3, 2000)),
            owner=st.sampled_from(("file", "me", "rules")),
        )
        rows = [
            ("Acme", "Jane", f"Doe {number}", "", "USA", str(number * 5), "", "", "")
            for number in range(MANY)
        ]
        self._check_sizes(rows[:PROVEN], 1, (2, 49, PROVEN))
        self._check_sizes(rows, PROVEN, (MANY,))

    def _check_sizes(self, rows, step, sizes):
        """Compare rows in batches of some sizes with so many at a time."""
        steps = self._undone(lambda: self._import(rows, step, "rules"))
        for size in sizes:
            batch = self._undone(lambda size=size: self._import(rows, size, "rules"))
            self.assertEqual(batch, steps, size)
