import base64
import csv
import io
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.lead_management_bulk.tests.test_bulk_job import in_batches_of

from ..models.base_import import lead_import as lead_import_module
from .test_import import OPTIONS, ImportCase

ROWS = [
    ["Title", "Company", "Employees", "Twitter"],
    *([f"Lead {number}", f"Company {number}", "7", ""] for number in range(7)),
]
PATHS = ["name", "partner_name", "employee_count", "twitter"]


@tagged("-at_install", "post_install", "lead_import")
class TestImportBackground(ImportCase):
    """A large file, imported while its user goes on working."""

    def _start_job(self, rows=ROWS, user=None, **options):
        wizard = self._start(rows, user=user, file_name="fair.csv")
        action = wizard.start_in_background(PATHS, rows[0], {**OPTIONS, **options})
        self.assertEqual(action["res_model"], "crm.lead.bulk.job")
        return self.env["crm.lead.bulk.job"].browse(action["res_id"])

    def _get_import(self, job):
        return self.env["crm.lead.import"].search([("job_id", "=", job.id)])

    def _work(self):
        with self.enter_registry_test_mode():
            cron = self.env.ref("lead_management_bulk.ir_cron_bulk_job")
            cron.sudo().method_direct_trigger()
        self.env.invalidate_all()

    def test_large_files_only(self):
        self.env["ir.config_parameter"].set_param("lead_management.import_at_once", "7")
        preview = self._start(ROWS).parse_preview(dict(OPTIONS))
        self.assertTrue(preview["lead_in_background"])
        preview = self._start(ROWS[:6]).parse_preview(dict(OPTIONS))
        self.assertFalse(preview["lead_in_background"])

    @in_batches_of(3)
    def test_all_rows_of_one_import_with_what_was_chosen(self):
        tag = self.env["crm.tag"].create({"name": "Background"})
        job = self._start_job(lead_all_rows={"tag_ids": tag.ids}, lead_skip=[4])
        self.assertEqual((job.state, job.total), ("open", 7))
        self.assertIn("fair.csv", job.description)
        lead_import = self._get_import(job)
        self.assertFalse(lead_import.lead_ids)
        self._work()
        self.assertEqual(job.state, "done")
        self.assertEqual((job.changed_count, job.unchanged_count), (6, 1))
        names = [f"Lead {number}" for number in (0, 1, 2, 3, 5, 6)]
        leads = lead_import.lead_ids.sorted("id")
        self.assertEqual(leads.mapped("name"), names)
        self.assertEqual(leads.tag_ids, tag)
        self.assertEqual(leads.user_id, self.user_sales_salesman)
        self.assertEqual(leads.create_uid, self.user_sales_salesman)
        self.assertEqual((lead_import.created_count, lead_import.skipped_count), (6, 1))
        self.assertFalse(lead_import.sudo().source_file)
        lead_import.with_user(self.user_sales_salesman).action_undo()
        self.assertFalse(leads.exists())

    def test_what_was_chosen_and_left_out_is_learned(self):
        titles = ["titel", "firma", "mitarbeiter"]
        wizard = self._start([titles, ["A lead", "Acme", "7"]])
        wizard.parse_preview(dict(OPTIONS))
        paths = ["name", "partner_name", False]
        self.assertEqual(wizard.lead_suggested[1:], ["partner_name", "employee_count"])
        wizard.start_in_background(paths, titles, dict(OPTIONS))
        self._work()
        learned = self.env["base_import.mapping"].search(
            [("res_model", "=", "crm.lead"), ("column_name", "in", titles[1:])]
        )
        self.assertEqual(learned.mapped("column_name"), ["mitarbeiter"])
        self.assertFalse(learned.field_name)

    @in_batches_of(3)
    def test_rows_with_problems_are_told_and_kept(self):
        rows = [list(row) for row in ROWS]
        rows[2][2], rows[6][2] = "5-7", "many"
        job = self._start_job(rows)
        self._work()
        self.assertEqual((job.changed_count, job.failed_count), (5, 2))
        self.assertEqual(job.failure_ids.mapped("lead_name"), ["Row 3", "Row 7"])
        self.assertIn("it is a range", job.failure_ids[0].reason)
        self.assertFalse(job.failed_lead_count)
        with self.assertRaisesRegex(UserError, "has failed"):
            job.action_retry_failed()
        lead_import = self._get_import(job)
        text = base64.b64decode(lead_import.left_out_file).decode("utf-8-sig")
        kept = list(csv.reader(io.StringIO(text)))
        self.assertEqual([row[0] for row in kept[1:]], ["Lead 1", "Lead 5"])
        action = job.action_open_import()
        self.assertEqual(action["res_id"], lead_import.id)

    @in_batches_of(3)
    def test_what_can_not_be_imported_together_is_in_parts(self):
        rows = [list(row) for row in ROWS]
        with patch.object(lead_import_module, "MAX_ROUNDS", 0):
            rows[4][2] = "5-7"
            job = self._start_job(rows)
            self._work()
        self.assertEqual((job.changed_count, job.failed_count), (6, 1))

    @in_batches_of(3)
    def test_all_batches_read_a_column_in_one_way(self):
        rows = [["Company", "Annual Revenue"]]
        rows += [["One", "2.750,00"], *([f"More {n}", "1.500"] for n in range(6))]
        wizard = self._start(rows)
        paths = ["partner_name", "annual_revenue"]
        action = wizard.start_in_background(paths, rows[0], dict(OPTIONS))
        find = self.registry["base_import.import"]._find_separators
        found = []

        def count(records, path, cells, options):
            found.append(path)
            return find(records, path, cells, options)

        with patch.object(
            self.registry["base_import.import"], "_find_separators", count
        ):
            self._work()
        job = self.env["crm.lead.bulk.job"].browse(action["res_id"])
        leads = self._get_import(job).lead_ids
        self.assertEqual(sorted(leads.mapped("annual_revenue")), [1500] * 6 + [2750])
        self.assertEqual(found, ["annual_revenue"])

    @in_batches_of(3)
    def test_a_killed_worker_leaves_no_row_twice(self):
        job = self._start_job()
        wizard = self.registry["base_import.import"]
        finish = wizard._finish_import_batch
        batches = []

        def die(records, run, result, options):
            batches.append(run.offset)
            finish(records, run, result, options)
            if len(batches) == 2:
                raise KeyboardInterrupt

        job.batch_ids[0]._do()
        with (
            patch.object(wizard, "_finish_import_batch", die),
            self.assertRaises(KeyboardInterrupt),
            self.cr.savepoint(),
        ):
            batches.append(0)
            job.batch_ids[1]._do()
        self.env.invalidate_all()
        self._work()
        lead_import = self._get_import(job)
        self.assertEqual(
            sorted(lead_import.lead_ids.mapped("name")),
            [f"Lead {number}" for number in range(7)],
        )
        self.assertEqual(lead_import.created_count, 7)

    @in_batches_of(3)
    def test_cancelled_between_batches(self):
        job = self._start_job()
        lead_import = self._get_import(job)
        job.batch_ids[0]._do()
        mine = lead_import.with_user(self.user_sales_salesman)
        with self.assertRaisesRegex(UserError, "still being imported"):
            mine.action_undo()
        job.with_user(self.user_sales_salesman).action_cancel()
        self.assertFalse(lead_import.sudo().source_file)
        self._work()
        self.assertEqual(lead_import.created_count, 3)
        mine.action_undo()
        self.assertEqual(lead_import.state, "undone")

    def test_what_is_wrong_is_told_before(self):
        wizard = self._start(ROWS)
        for paths, options in (
            (PATHS, {"lead_owner": "nobody"}),
            (PATHS, {"skip": 99}),
            (PATHS, {"skip": "x"}),
            ([False, False, False, False], {}),
            (PATHS[:2], {}),
        ):
            with self.subTest(options=options), self.assertRaises(UserError):
                wizard.start_in_background(paths, ROWS[0], {**OPTIONS, **options})
        partners = self._start([["name"], ["One"]], model="res.partner")
        with self.assertRaises(UserError):
            partners.start_in_background(["name"], ["name"], dict(OPTIONS))

    def test_file_is_nobodys_to_read(self):
        lead_import = self._get_import(self._start_job())
        for user in (self.user_sales_salesman, self.user_sales_manager):
            with self.assertRaises(AccessError):
                lead_import.with_user(user).read(["source_file"])
