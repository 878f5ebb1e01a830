from odoo.fields import Command
from odoo.tests import tagged

from .test_import import OPTIONS, ImportCase

TITLES = ["partner_name", "contact_name", "email_from"]


@tagged("-at_install", "post_install", "lead_import")
class TestImportDuplicates(ImportCase):
    """A test of a file tells which rows are there already; one chooses for each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.env["res.partner"].create(
            {"name": "Zephyrtronic GmbH", "is_company": True}
        )
        cls.lead = cls._create_lead(
            cls.user_sales_salesman,
            partner_name="Quibblecorp",
            contact_first_name="Jo",
            contact_last_name="Quick",
            email_from="Jo Quick <jo@quibblecorp.example>",
        )

    def _test_file(self, *rows, user=None, limit=2000, titles=TITLES, **options):
        """Test a file in batches, as the screen does.

        :return: what is told of its rows
        """
        wizard = self._start([titles, *rows], user=user)
        self.env.flush_all()  # else native's rollback takes it for the test's
        found, skip = [], 0
        while True:
            result = wizard.execute_import(
                titles,
                titles,
                {**OPTIONS, "limit": limit, "skip": skip, **options},
                dryrun=True,
            )
            found += result["lead_duplicates"]
            skip = result["nextrow"]
            if not skip:
                return found

    def test_new_rows_are_no_duplicates(self):
        before = self.env["crm.lead"].search_count([])
        self.assertEqual(self._test_file(["New Inc", "Jane", "jane@new.example"]), [])
        self.assertEqual(self.env["crm.lead"].search_count([]), before)

    def test_row_of_a_known_account(self):
        [found] = self._test_file(["Zephyrtronic Ltd", "Jane", ""])
        self.assertEqual(found["kind"], "account")
        self.assertEqual((found["row"], found["number"]), (0, 2))
        self.assertEqual(found["label"], "Zephyrtronic Ltd – Jane")
        self.assertEqual(found["account"]["id"], self.account.id)
        self.assertTrue(found["account"]["reasons"])
        self.assertTrue(found["is_sure"])

    def test_row_of_an_open_lead(self):
        for row in (
            ["", "", "JO@quibblecorp.example"],
            ["Quibblecorp Inc.", "jo  QUICK", ""],
            ["Quibblecorp", "Jo Quick", "other@quibblecorp.example"],
        ):
            with self.subTest(row=row):
                [found] = self._test_file(row)
                self.assertEqual(found["kind"], "lead")
                self.assertEqual(found["lead"]["id"], self.lead.id)
                self.assertEqual(found["lead"]["owner"], self.user_sales_salesman.name)

    def test_row_of_a_person_of_whom_more_is_known(self):
        self.lead.phone = "+1 202 555 0143"
        for row in (
            ["", "", "jo+fair@quibblecorp.example", ""],
            ["", "Quick, Jo", "", "+12025550143"],
        ):
            with self.subTest(row=row):
                [found] = self._test_file(row, titles=[*TITLES, "phone"])
                self.assertEqual(found["lead"]["id"], self.lead.id)
                self.assertTrue(found["lead"]["can_add"])
                self.assertFalse(found["adds"], "by the policy, nothing is added")

    def test_company_of_a_list_that_was_imported_before(self):
        self._import([TITLES, ["Quokkaworks", "", ""]])
        [found] = self._test_file(["QUOKKAWORKS Ltd", "", ""])
        self.assertEqual(found["kind"], "lead")

    def test_another_person_of_the_company_is_new(self):
        self.assertEqual(
            self._test_file(
                ["Quibblecorp", "Ann Slow", "ann@quibblecorp.example"],
                ["Quibblecorp", "", ""],
            ),
            [],
        )

    def test_closed_leads_do_not_count(self):
        self.lead.action_set_lost()
        self.assertEqual(self._test_file(["Quibblecorp", "Jo Quick", ""]), [])

    def test_row_that_comes_twice(self):
        rows = [
            ["One", "Jane", "jane@one.example"],
            ["Two", "", ""],
            ["", "", "Jane <JANE@one.example>"],
            ["TWO Ltd.", "", ""],
            ["Two", "", "info@two.example"],
        ]
        for limit in (2000, 1, 2):
            with self.subTest(limit=limit):
                found = self._test_file(*rows, limit=limit)
                self.assertEqual(
                    [(row["number"], row["kind"], row["first"]) for row in found],
                    [(4, "row", 2), (5, "row", 3)],
                )

    def test_rows_of_an_earlier_file_do_not_count(self):
        wizard = self._start([TITLES, ["One", "Jane", ""]])
        for __ in range(2):
            result = wizard.execute_import(TITLES, TITLES, dict(OPTIONS), dryrun=True)
            self.assertEqual(result["lead_duplicates"], [])

    def test_rows_that_update_leads_are_no_duplicates(self):
        rows = [["id", *TITLES], ["fair_1", "One", "Jane", ""]]
        self._import(rows)
        self.assertEqual(
            self._test_file(*rows[1:], titles=rows[0]),
            [],
        )

    def test_files_with_errors_tell_duplicates_too(self):
        found = self._test_file(
            ["Zephyrtronic Ltd", "x"], titles=["partner_name", "employee_count"]
        )
        self.assertEqual(len(found), 1)

    def test_what_may_not_be_read_is_counted_and_not_named(self):
        self.env.ref("base.res_partner_rule").active = True
        self.lead.user_id = self.user_sales_leads
        company = self.env["res.company"].create({"name": "Other"})
        self.account.company_id = company
        lead, account = self._test_file(
            ["Quibblecorp", "Jo Quick", ""], ["Zephyrtronic", "", ""]
        )
        self.assertEqual(
            (lead["kind"], lead["lead"], lead["hidden"]), ("lead", False, 1)
        )
        self.assertEqual(
            (account["kind"], account["account"], account["hidden"]),
            ("account", False, 1),
        )

    def test_leads_of_another_company_do_not_count(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.user_sales_salesman.company_ids = [Command.link(company.id)]
        self.lead.write({"team_id": False, "company_id": company.id})
        self.assertEqual(self._test_file(["Quibblecorp", "Jo Quick", ""]), [])

    def test_accounts_are_not_looked_for_when_the_policy_is_off(self):
        self.env["ir.config_parameter"].set_param(
            "lead_management.duplicate_policy", "off"
        )
        self.assertEqual(self._test_file(["Zephyrtronic Ltd", "Jane", ""]), [])

    def test_choices_are_followed_in_every_batch(self):
        rows = [
            TITLES,
            ["New Inc", "", ""],
            ["Quibblecorp", "Jo Quick", ""],
            ["Zephyrtronic", "Jane", ""],
            ["Zephyrtronic", "John", ""],
            ["Quibblecorp", "Jo Quick", ""],
        ]
        for limit in (1, 2, 3, 2000):
            with self.subTest(limit=limit):
                wizard = self._start(rows)
                ids, skip = [], 0
                while True:
                    result = wizard.execute_import(
                        TITLES,
                        TITLES,
                        {
                            **OPTIONS,
                            "limit": limit,
                            "skip": skip,
                            "lead_skip": [1, 4],
                            "lead_link": {str(self.account.id): [2]},
                        },
                    )
                    self.assertEqual(result["messages"], [])
                    ids += result["ids"]
                    skip = result["nextrow"]
                    if not skip:
                        break
                leads = self.env["crm.lead"].browse(ids)
                self.assertEqual(leads.mapped("contact_name"), [False, "Jane", "John"])
                self.assertEqual(
                    [lead.account_id.id for lead in leads],
                    [False, self.account.id, False],
                )
                lead_import = leads.import_id
                self.assertEqual(len(lead_import), 1)
                self.assertEqual(lead_import.created_count, 3)
                self.assertEqual(lead_import.skipped_count, 2)
                self.assertEqual(lead_import.linked_count, 1)

    def test_all_rows_left_out(self):
        rows = [TITLES, ["Quibblecorp", "Jo Quick", ""]]
        result = self._import(rows, lead_skip=[0])
        self.assertEqual((result["ids"], result["messages"]), ([], []))
        lead_import = self.env["crm.lead.import"].browse(result["lead_import_id"])
        self.assertEqual((lead_import.created_count, lead_import.skipped_count), (0, 1))

    def test_account_that_may_not_be_read_is_no_choice(self):
        self.env.ref("base.res_partner_rule").active = True
        self.account.company_id = self.env["res.company"].create({"name": "Other"})
        result = self._import(
            [TITLES, ["Zephyrtronic", "", ""]],
            lead_link={str(self.account.id): [0]},
        )
        self.assertIn("not yours", result["messages"][0]["message"])
        self.assertFalse(result.get("ids"))

    def test_queries_do_not_grow_with_the_rows(self):
        counts = []
        wizard = self._start([TITLES])
        for size in (3, 3, 60):
            values = [
                {"partner_name": f"Zephyrtronic {number}", "contact_name": "Jo"}
                for number in range(size)
            ]
            keys = [wizard._get_lead_keys(row) for row in values]
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            wizard._find_same_leads(values)
            wizard._find_same_rows(range(size), keys, is_first=True)
            wizard._find_row_accounts(values)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
