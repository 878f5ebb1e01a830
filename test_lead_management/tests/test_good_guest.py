from odoo.exceptions import UserError
from odoo.tests import tagged, users

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon
from odoo.addons.lead_management_import.tests.test_import import OPTIONS


@tagged("post_install", "-at_install")
class TestGoodGuest(TestLeadManagementCommon):
    """What belongs to others works as it does without this module."""

    def _import(self, model, rows):
        """Return what the import screen answers, and what it does natively."""
        text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
        wizard = self.env["base_import.import"].create(
            {
                "res_model": model,
                "file": text.encode(),
                "file_name": "rows.csv",
                "file_type": "text/csv",
            }
        )
        answer = wizard.execute_import(rows[0], rows[0], dict(OPTIONS), dryrun=True)
        native = self.env[model].load(rows[0], [list(row) for row in rows[1:]])
        self.env[model].browse(native["ids"] or []).unlink()
        keys = ("message", "type")
        return [
            [{key: message[key] for key in keys} for message in result["messages"]]
            for result in (answer, native)
        ]

    def test_other_imports_are_neither_refused_nor_rewritten(self):
        for model, rows in (
            ("res.partner", [["name", "country_id"], ["A", "Austin, Texas"]]),
            ("res.partner", [["name", "country_id"], ["A", "Georgia"]]),
            ("res.partner", [["name", "country_id"], ["A", "USA"]]),
            ("res.partner", [["name", "country_id"], ["A", "Nowhere"]]),
            ("res.partner", [["name", "employee_count"], ["A", "5 or 6"]]),
            ("res.partner", [["name", "employee_count"], ["A", "c. 70"]]),
            (
                "res.partner",
                [
                    ["name", "child_ids/name", "child_ids/country_id"],
                    ["A", "B", "Austin, Texas"],
                ],
            ),
            ("res.country.state", [["name", "code", "country_id"], ["A", "B", "USA"]]),
            ("res.partner.industry", [["name"], ["N/A"]]),
            ("utm.source", [["name"], ["Call"]]),
        ):
            with self.subTest(model=model, rows=rows):
                ours, native = self._import(model, rows)
                self.assertEqual(ours, native)

    def test_leads_are_read_as_people_write(self):
        ours, _native = self._import(
            "crm.lead",
            [["name", "country_id", "employee_count"], ["A", "Austin, Texas", "c. 70"]],
        )
        self.assertEqual(ours, [])

    def test_an_industry_of_contacts_can_be_deleted(self):
        industry = self.env["res.partner.industry"].create({"name": "Toys"})
        partner = self.env["res.partner"].create(
            {"name": "Acme", "industry_id": industry.id}
        )
        industry.unlink()
        self.assertFalse(partner.industry_id)

    def test_an_industry_of_leads_is_kept(self):
        industry = self.env["res.partner.industry"].create({"name": "Toys"})
        self.lead_own.industry_id = industry
        with self.assertRaises(UserError):
            industry.unlink()

    def test_others_records_keep_their_order(self):
        first = self.env["utm.source"].create({"name": "A later one", "sequence": 9})
        self.assertEqual(self.env["utm.source"].search([])[-1], first)
        industries = self.env["res.partner.industry"]
        industries.create({"name": "Aardvarks", "sequence": 1000})
        native = industries.search([], order="name, id")
        self.assertEqual(industries.search([]).ids, native.ids)

    @users("user_sales_salesman")
    def test_leads_offer_options_in_the_managers_order(self):
        for model in ("utm.source", "res.partner.industry"):
            options = self.env[model].sudo()
            options.search([]).sequence = 50
            options.create({"name": "Zoo", "sequence": 1})
            options.create({"name": "Aardvarks", "sequence": 90})
            offered = self.env[model].with_context(picklist_order=True)
            names = [name for _id, name in offered.name_search("")]
            self.assertEqual((names[0], names[-1]), ("Zoo", "Aardvarks"))
