from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged, users

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon

from ..models.crm_lead_bulk import job_start as job_module


def in_batches_of(size):
    """Patch bulk jobs to do so many leads in one transaction."""
    return patch.object(job_module.CrmLeadBulkJob, "_get_batch_size", lambda _job: size)


class TestBulkCommon(TestLeadManagementCommon):
    """Leads to work on: `leads` are the salesman's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leads = cls._create_leads(cls.user_sales_salesman, 6)
        cls.call = cls.env.ref("lead_management.utm_source_call")
        cls.web = cls.env.ref("lead_management.utm_source_web_site")

    @classmethod
    def _create_leads(cls, user, count, **values):
        leads = (
            cls.env["crm.lead"]
            .with_user(user)
            .create(
                [
                    {"type": "lead", "partner_name": f"Bulk {number}", **values}
                    for number in range(count)
                ]
            )
        )
        return leads.with_env(cls.env)

    def _set_source(self, source):
        return {
            "changes": [{"field": "source_id", "way": "set", "value": source.id}],
        }

    def _start(self, user, operation, values, leads):
        return (
            self.env["crm.lead.bulk.job"]
            .with_user(user)
            ._start(operation, values, [("id", "in", leads.ids)])
        )

    def _work(self):
        with self.enter_registry_test_mode():
            cron = self.env.ref("lead_management_bulk.ir_cron_bulk_job")
            cron.sudo().method_direct_trigger()
        self.env.invalidate_all()


@tagged("post_install", "-at_install", "lead_bulk")
class TestBulkJob(TestBulkCommon):
    """What is true of every bulk job, whatever it does."""

    def test_few_leads_are_done_at_once(self):
        job = self._start(
            self.user_sales_salesman, "update", self._set_source(self.web), self.leads
        )
        self.assertEqual(job.state, "done")
        self.assertEqual(job.changed_count, 6)
        self.assertEqual(job.progress, 100)
        self.assertEqual(self.leads.source_id, self.web)
        self.assertIn("Web Site", job.description)

    @in_batches_of(2)
    @patch.object(job_module, "AT_ONCE", 3)
    def test_many_leads_are_done_by_the_scheduled_action(self):
        job = self._start(
            self.user_sales_salesman, "update", self._set_source(self.web), self.leads
        )
        self.assertEqual(job.state, "open")
        self.assertEqual(job.sudo().batch_ids.mapped("size"), [2, 2, 2])
        self.assertFalse(self.leads.source_id)
        self._work()
        self.assertEqual(job.state, "done")
        self.assertEqual(job.done_count, 6)
        self.assertEqual(self.leads.source_id, self.web)
        self.assertTrue(job.date_end)

    @users("user_sales_salesman")
    @in_batches_of(2)
    @patch.object(job_module, "AT_ONCE", 3)
    def test_who_is_archived_works_on_nothing(self):
        values = self._set_source(self.web)
        job = self._start(self.env.user, "update", values, self.leads).sudo()
        job.batch_ids[0]._do()
        self.user_sales_salesman.active = False
        self._work()
        self.assertEqual(job.state, "done")
        self.assertEqual(self.leads[:2].source_id, self.web)
        self.assertFalse(self.leads[2:].source_id)
        failed = sorted(job.failure_ids.mapped("lead_res_id"))
        self.assertEqual(failed, self.leads[2:].ids)
        left = self.leads.sudo().search(job.action_open_failed_leads()["domain"])
        self.assertEqual(left, self.leads[2:])
        [reason] = set(job.failure_ids.mapped("reason"))
        self.assertIn("was archived", reason)

    @in_batches_of(2)
    @patch.object(job_module, "AT_ONCE", 3)
    def test_both_ways_write_the_same(self):
        values = self._set_source(self.web)
        few = self._start(self.user_sales_salesman, "update", values, self.leads[:3])
        many = self._start(
            self.user_sales_salesman,
            "update",
            values,
            self._create_leads(self.user_sales_salesman, 4),
        )
        self._work()
        self.assertEqual((few.state, many.state), ("done", "done"))
        self.assertEqual(few.changed_count, 3)
        self.assertEqual(many.changed_count, 4)
        trackings = self.leads[:3].message_ids.tracking_value_ids
        self.assertEqual(
            trackings.create_uid | self.user_sales_salesman, self.user_sales_salesman
        )

    @patch.object(job_module, "AT_ONCE", 3)
    def test_user_is_told_when_it_is_over(self):
        self._start(
            self.user_sales_salesman, "update", self._set_source(self.web), self.leads
        )
        self._work()
        messages = self.env["bus.bus"].search([]).mapped("message")
        told = [text for text in messages if "Leads changed: 6 of 6" in text]
        self.assertTrue(told)

    @in_batches_of(2)
    @patch.object(job_module, "AT_ONCE", 3)
    def test_cancelled_job_leaves_the_rest_alone(self):
        job = self._start(
            self.user_sales_salesman, "update", self._set_source(self.web), self.leads
        )
        job.sudo().batch_ids[0]._do()
        job.action_cancel()
        self._work()
        self.assertEqual(job.state, "cancelled")
        self.assertEqual(job.done_count, 2)
        self.assertEqual(self.leads[:2].source_id, self.web)
        self.assertFalse(self.leads[2:].source_id)

    def test_works_with_the_rights_of_its_user(self):
        foreign = self._create_leads(self.user_sales_leads, 2)
        job = self._start(
            self.user_sales_salesman,
            "update",
            self._set_source(self.web),
            self.leads | foreign,
        )
        # Those the salesman can't see are not even part of it.
        self.assertEqual(job.total, 6)
        self.assertFalse(foreign.source_id)

    @patch.object(job_module, "AT_ONCE", 3)
    def test_rights_are_those_at_the_moment_of_the_work(self):
        job = self._start(
            self.user_sales_salesman, "update", self._set_source(self.web), self.leads
        )
        self.leads[0].user_id = self.user_sales_leads
        self.leads[1].unlink()
        self._work()
        self.assertEqual(job.changed_count, 4)
        self.assertFalse(self.leads[0].source_id)
        reasons = job.failure_ids.mapped("reason")
        self.assertEqual(len(reasons), 2)
        self.assertIn("may not change", " ".join(reasons))
        self.assertIn("deleted", " ".join(reasons))
        # The name of a lead that isn't theirs any more is not told.
        self.assertNotIn("Bulk 0", " ".join(job.failure_ids.mapped("lead_name")))

    def test_failed_leads_can_be_tried_again(self):
        self.leads[2].company_id = self.company_main
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "bulk_stranger",
            "sales_team.group_sale_salesman",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.leads.company_id = False
        self.leads[2].company_id = self.company_main
        job = self._start(
            self.user_sales_manager, "owner", {"user_id": stranger.id}, self.leads
        )
        self.assertEqual(job.changed_count, 5)
        self.assertEqual(job.failure_ids.lead_res_id, self.leads[2].id)
        self.leads[2].company_id = False
        action = job.action_retry_failed()
        retry = self.env["crm.lead.bulk.job"].browse(action["res_id"])
        self.assertEqual(retry.changed_count, 1)
        self.assertEqual(retry.retry_of_id, job)
        with self.assertRaises(UserError):
            retry.with_user(self.user_sales_manager).action_retry_failed()

    def test_domain_stands_for_all_leads_of_a_list(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.active_ids_limit", "2")
        self.leads[5].active = False
        action = (
            self.env["crm.lead"]
            .with_user(self.user_sales_salesman)
            .with_context(
                active_ids=self.leads[:2].ids,
                active_domain=[("partner_name", "=like", "Bulk %")],
            )
            ._open_bulk_dialog("update")
        )
        self.assertFalse(action["context"]["active_ids"])
        dialog = self.env["crm.lead.bulk"].browse(action["res_id"])
        self.assertEqual(
            self.env["crm.lead"]
            .with_user(self.user_sales_salesman)
            .search_count(dialog._get_domain()),
            5,
        )

    def test_ids_stand_for_themselves(self):
        action = (
            self.env["crm.lead"]
            .with_user(self.user_sales_salesman)
            .with_context(active_ids=self.leads[:2].ids, active_domain=[])
            ._open_bulk_dialog("update")
        )
        dialog = self.env["crm.lead.bulk"].browse(action["res_id"])
        self.assertEqual(
            self.env["crm.lead"].search(dialog._get_domain()), self.leads[:2][::-1]
        )

    def test_nothing_selected_is_said(self):
        with self.assertRaisesRegex(UserError, "Select leads"):
            self.env["crm.lead"]._open_bulk_dialog("update")
        with self.assertRaisesRegex(UserError, "None of these leads"):
            self._start(
                self.user_sales_salesman,
                "update",
                self._set_source(self.web),
                self.env["crm.lead"],
            )

    def test_nobody_starts_a_job_in_another_name(self):
        values = {
            "operation": "delete",
            "user_id": self.env.ref("base.user_admin").id,
        }
        for user in (self.user_sales_salesman, self.user_sales_manager):
            with self.assertRaises(AccessError):
                self.env["crm.lead.bulk.job"].with_user(user).create(values)

    def test_employees_without_leads_start_nothing(self):
        employee = new_test_user(self.env, "bulk_employee", "base.group_user")
        with self.assertRaises(AccessError):
            self._start(employee, "update", self._set_source(self.web), self.leads)

    @patch.object(job_module, "AT_ONCE", 0)
    def test_jobs_are_seen_by_their_user_and_managers(self):
        job = self._start(
            self.user_sales_salesman, "update", self._set_source(self.web), self.leads
        )
        jobs = self.env["crm.lead.bulk.job"]
        self.assertIn(job, jobs.with_user(self.user_sales_manager).search([]))
        self.assertNotIn(job, jobs.with_user(self.user_sales_leads).search([]))
        with self.assertRaises(AccessError):
            job.with_user(self.user_sales_leads).action_cancel()
        job.with_user(self.user_sales_manager).action_cancel()
        self.assertEqual(job.state, "cancelled")

    @patch.object(job_module, "AT_ONCE", 0)
    def test_jobs_stay_in_their_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        manager = new_test_user(
            self.env,
            "bulk_manager_b",
            "sales_team.group_sale_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        job = self._start(
            self.user_sales_salesman, "update", self._set_source(self.web), self.leads
        )
        self.assertNotIn(
            job, self.env["crm.lead.bulk.job"].with_user(manager).search([])
        )

    @in_batches_of(2)
    @patch.object(job_module, "AT_ONCE", 0)
    def test_estimates_the_time_left(self):
        job = self._start(
            self.user_sales_salesman, "update", self._set_source(self.web), self.leads
        )
        self.assertFalse(job.time_left)
        self.assertTrue(job.is_waiting)
        first = job.sudo().batch_ids[0]
        first._do()
        # However long it waited before, the pace is that since the work began.
        self.env.cr.execute(
            "UPDATE crm_lead_bulk_job SET create_date = create_date - INTERVAL '9h'"
        )
        for ago, text in (
            (timedelta(hours=1), "02:00"),
            (timedelta(minutes=5), "10 min"),
            (timedelta(seconds=10), "minute"),
            # A moment's work is no measure.
            (timedelta(seconds=1), False),
        ):
            first.date_taken = fields.Datetime.now() - ago
            job.invalidate_recordset()
            self.assertFalse(job.is_waiting)
            if text:
                self.assertIn(text, job.time_left)
            else:
                self.assertFalse(job.time_left)

    @patch.object(job_module, "AT_ONCE", 0)
    def test_the_first_batch_is_small(self):
        leads = self._create_leads(self.user_sales_salesman, 30)
        job = self._start(
            self.user_sales_salesman, "update", self._set_source(self.web), leads
        )
        self.assertEqual(job.sudo().batch_ids.mapped("size"), [20, 10])

    def test_who_waits_for_all_waits_for_one_batch(self):
        leads = self._create_leads(self.user_sales_salesman, 30)
        job = self._start(
            self.user_sales_salesman, "update", self._set_source(self.web), leads
        )
        self.assertEqual(job.state, "done")
        self.assertEqual(job.sudo().batch_ids.mapped("size"), [30])

    def test_old_jobs_are_cleaned_up(self):
        job = self._start(
            self.user_sales_salesman, "update", self._set_source(self.web), self.leads
        )
        jobs = self.env["crm.lead.bulk.job"]
        jobs._gc_old_jobs()
        self.assertTrue(job.exists())
        job.sudo().date_end = fields.Datetime.now() - timedelta(days=91)
        jobs._gc_old_jobs()
        self.assertFalse(job.exists())

    def _count_queries(self, leads):
        job = self.env["crm.lead.bulk.job"]
        with patch.object(job_module, "AT_ONCE", 0):
            job = self._start(
                self.user_sales_salesman, "update", self._set_source(self.web), leads
            )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        job.sudo().batch_ids._do()
        return self.env.cr.sql_log_count - before

    @in_batches_of(2)
    @patch.object(job_module, "AT_ONCE", 3)
    def test_a_batch_that_is_done_leaves_nothing_in_memory(self):
        changes = [{"field": "expected_revenue", "way": "set", "value": 7}]
        job = self._start(
            self.user_sales_salesman, "update", {"changes": changes}, self.leads
        )
        for batch in job.sudo().batch_ids:
            batch._do()
            for model in ("crm.lead", "mail.message", "mail.tracking.value"):
                for field in self.env[model]._fields.values():
                    self.assertFalse(field._get_cache(self.env), field)
            self.assertNotIn("mail.tracking.crm.lead", self.env.cr.precommit.data)

    @patch.object(job_module, "FIRST_BATCH", 200)
    def test_queries_do_not_grow_with_the_leads(self):
        self._count_queries(self._create_leads(self.user_sales_salesman, 2))
        few = self._count_queries(self._create_leads(self.user_sales_salesman, 10))
        many = self._count_queries(self._create_leads(self.user_sales_salesman, 100))
        self.assertLessEqual(many, few + 2)
        self.assertLess(many, 60)
