import os
import signal
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, sql_db
from odoo.exceptions import UserError
from odoo.tests import get_db_name, tagged

from odoo.addons.lead_management.tests.at_once import AtOnceCase

from ..models.crm_lead_bulk import batch as batch_module
from ..models.crm_lead_bulk import job_start as job_module
from .test_bulk_job import TestBulkCommon, in_batches_of


@tagged("post_install", "-at_install", "lead_bulk")
class TestBulkTurns(TestBulkCommon):
    """Whose batch is next."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.batches = cls.env["crm.lead.bulk.job.batch"]

    def setUp(self):
        super().setUp()
        # Every row is the same transaction's here, and turns are a matter of commits.
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 1)

    @in_batches_of(1)
    @patch.object(job_module, "AT_ONCE", 0)
    def test_users_take_turns_whatever_the_number_of_their_jobs(self):
        values = self._set_source(self.web)
        for _number in range(3):
            leads = self._create_leads(self.user_sales_leads, 5)
            self._start(self.user_sales_leads, "update", values, leads)
        mine = self._start(self.user_sales_salesman, "update", values, self.leads[:4])
        order = []
        for _turn in range(8):
            batch = self.batches._take()
            order.append(batch.job_id.user_id)
            batch._do()
        expected = [self.user_sales_leads, self.user_sales_salesman] * 4
        self.assertEqual(order, expected)
        self.assertEqual(mine.state, "done")

    @in_batches_of(2)
    @patch.object(job_module, "AT_ONCE", 0)
    def test_leads_are_done_in_their_order(self):
        self._start(
            self.user_sales_salesman, "update", self._set_source(self.web), self.leads
        )
        done = []
        while batch := self.batches._take():
            batch._do()
            done += batch.lead_ids
        self.assertEqual(done, sorted(self.leads.ids))

    @in_batches_of(2)
    @patch.object(job_module, "AT_ONCE", 0)
    def test_batch_that_kills_the_server_is_given_up(self):
        job = self._start(
            self.user_sales_salesman, "update", self._set_source(self.web), self.leads
        )
        for _crash in range(batch_module.MAX_TRIES):
            first = self.batches._take()
        self.assertEqual(first, job.sudo().batch_ids[0])
        with self.assertLogs(batch_module.__name__, "WARNING"):
            self.batches._take()._do()
        self.assertEqual(job.failed_count, 2)
        self.assertIn("server stopped", job.failure_ids[0].reason)
        while batch := self.batches._take():
            batch._do()
        self.assertEqual(job.changed_count, 4)


@tagged("post_install", "-at_install", "lead_bulk")
class TestBulkCrash(AtOnceCase):
    """Workers with connections of their own, one of which is killed.

    What they work on is committed, and deleted at the end.
    """

    LEADS = 40
    BATCH = 5

    def setUp(self):
        super().setUp()
        with self.environment() as env:
            leads = env["crm.lead"].create(
                [
                    {"type": "lead", "name": f"Crash {number}", "expected_revenue": 0}
                    for number in range(self.LEADS)
                ]
            )
            self.lead_ids = leads.ids
            self.users = env.ref("base.user_root") | env.ref("base.user_admin")
            self.user_ids = self.users.ids
        self.job_ids = []

    def _delete_all(self):
        with self.environment(active_test=False) as env:
            env["crm.lead.bulk.job"].browse(self.job_ids).unlink()
            env["crm.lead"].search([("name", "=like", "Crash %")]).unlink()

    def _start(self, lead_ids, user_id=SUPERUSER_ID):
        changes = [{"field": "city", "way": "set", "value": "Rome"}]
        with (
            self.environment(user_id) as env,
            in_batches_of(self.BATCH),
            patch.object(job_module, "AT_ONCE", 0),
        ):
            job = env["crm.lead.bulk.job"]._start(
                "update", {"changes": changes}, [("id", "in", lead_ids)]
            )
            self.job_ids.append(job.id)
            return job.id

    def _facts(self, env):
        """Return how often each lead was written, as its chatter tells."""
        env.cr.execute(
            "SELECT id, expected_revenue FROM crm_lead WHERE id = ANY(%s)",
            [self.lead_ids],
        )
        return dict(env.cr.fetchall())

    def _count_writes(self):
        """Make each write of a lead leave a mark, that a second one would double."""
        update = self.registry["crm.lead.bulk.operation.update"]
        apply = update._apply

        def apply_and_count(operation, leads, values):
            apply(operation, leads, values)
            for lead in leads:
                lead.expected_revenue += 1

        return patch.object(update, "_apply", apply_and_count)

    def test_killed_worker_leaves_whole_batches_and_the_rest_is_done_once(self):
        self._start(self.lead_ids)
        pid = os.fork()
        if not pid:
            self._work_until_killed()
        self.assertTrue(os.WIFSIGNALED(os.waitpid(pid, 0)[1]))

        with self.environment() as env:
            job = env["crm.lead.bulk.job"].browse(self.job_ids)
            self.assertEqual(job.done_count, 2 * self.BATCH)
            self.assertEqual(sum(self._facts(env).values()), 2 * self.BATCH)
            self.assertEqual(job.batch_ids.mapped("tries"), [1, 1, 1] + [0] * 5)

        with self.environment() as env, self._count_writes():
            env["crm.lead.bulk.job.batch"]._cron_work()
            job = env["crm.lead.bulk.job"].browse(self.job_ids)
            self.assertEqual((job.state, job.changed_count), ("done", self.LEADS))
            self.assertEqual(set(self._facts(env).values()), {1})

    def _work_until_killed(self):
        """Do two batches, and die in the third when its leads are written."""
        try:
            # The connections are the parent's; closing them would be heard there.
            self.inherited_pool, sql_db._Pool = sql_db._Pool, None
            self.registry._db = sql_db.db_connect(get_db_name())
            update = self.registry["crm.lead.bulk.operation.update"]
            done = []

            with self._count_writes():
                apply = update._apply

                def apply_and_die(operation, leads, values):
                    apply(operation, leads, values)
                    operation.env.flush_all()
                    done.append(leads)
                    if len(done) == 3:
                        os.kill(os.getpid(), signal.SIGKILL)

                with (
                    patch.object(update, "_apply", apply_and_die),
                    self.environment() as env,
                ):
                    env["crm.lead.bulk.job.batch"]._cron_work()
        finally:
            os._exit(1)

    def test_job_is_undone_once(self):
        """Also for who began to press before the first had ended."""
        job_id = self._start(self.lead_ids[: self.BATCH])

        def undo(env):
            job = env["crm.lead.bulk.job"].browse(job_id)
            with patch.object(job_module, "AT_ONCE", 0):
                self.job_ids.append(job.action_undo()["res_id"])

        with self.environment() as env:
            env["crm.lead.bulk.job.batch"]._cron_work()
        with self.environment() as late:
            late.cr.execute("SELECT 1 FROM crm_lead LIMIT 1")  # the snapshot
            with self.environment() as env:
                undo(env)
            with self.assertRaises(SerializationFailure):
                undo(late)
            late.cr.rollback()
        with self.environment() as env, self.assertRaisesRegex(UserError, "undone"):
            undo(env)

    def test_conflicts_are_no_tries(self):
        self._start(self.lead_ids[: self.BATCH])
        update = self.registry["crm.lead.bulk.operation.update"]
        apply, conflicts = update._apply, []

        def apply_after_conflicts(operation, leads, values):
            if len(conflicts) <= batch_module.MAX_TRIES:
                conflicts.append(leads)
                raise SerializationFailure
            apply(operation, leads, values)

        with (
            patch.object(update, "_apply", apply_after_conflicts),
            self.environment() as env,
        ):
            env["crm.lead.bulk.job.batch"]._cron_work()
        with self.environment() as env:
            job = env["crm.lead.bulk.job"].browse(self.job_ids)
            self.assertEqual((job.failed_count, job.changed_count), (0, self.BATCH))
            self.assertEqual(job.batch_ids.tries, 1)

    def test_workers_share_the_jobs_and_do_nothing_twice(self):
        half = self.LEADS // 2
        self._start(self.lead_ids[:half], self.user_ids[0])
        self._start(self.lead_ids[half:], self.user_ids[1])
        with self._count_writes():
            self.do_at_once(
                *[lambda env: env["crm.lead.bulk.job.batch"]._cron_work()] * 3
            )
        with self.environment() as env:
            jobs = env["crm.lead.bulk.job"].browse(self.job_ids)
            # A worker that meets nothing but locked rows goes home; one stays.
            self.assertEqual(jobs.mapped("state"), ["done", "done"])
            self.assertEqual(set(self._facts(env).values()), {1})
