import logging

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lead_management.models.in_parts import retry_on_conflict

_logger = logging.getLogger(__name__)

# So often a batch is begun before its leads are thought to be what kills the server.
MAX_TRIES = 5


class CrmLeadBulkJobBatch(models.Model):
    """A part of a bulk job: the leads that are done in one transaction.

    SPECIFICATION

    A batch is done, and known to be done, by one and the same commit. A worker that is
    killed leaves it as it was, and the next worker does it.

    Taking a batch: of every open job only the first batch that is left can be taken, so
    that a job's leads are done in order, by one worker at a time. Of these goes first
    that of the user who has waited longest since one of theirs was taken: users take
    turns, whatever the number and size of their jobs. The row is locked; a worker that
    comes upon a locked row goes on to the next job.

    A batch that was begun `MAX_TRIES` times and never ended is thought to kill the
    server: its leads are listed as failed, and the job goes on. A batch that meets a
    conflict is done again, and was begun once.
    """

    _name = "crm.lead.bulk.job.batch"
    _description = "Part of a Bulk Job"
    _rec_name = "job_id"

    job_id = fields.Many2one(
        "crm.lead.bulk.job", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(
        [("todo", "To Do"), ("done", "Done")], default="todo", required=True
    )
    lead_ids = fields.Json(
        "IDs of Leads", help="Or the numbers of what becomes leads, such as rows"
    )
    size = fields.Integer()
    changed = fields.Integer()
    failed = fields.Integer()
    tries = fields.Integer()
    date_taken = fields.Datetime()

    _todo = models.Index("(job_id, id) WHERE state = 'todo'")

    # ------------------------------------------------------------
    # WORKERS
    # ------------------------------------------------------------

    def _cron_work(self):
        """Do batches until the scheduled action's time is over or nothing is left."""
        while self._work_on_next():
            pass

    def _work_on_next(self):
        """Do the batch that is next, if there is one; return whether there may be more
        to do, and time left for it."""
        batch = retry_on_conflict(self.env, self._take)
        if not batch:
            # What is left, if anything, is another worker's at the moment.
            self.env["ir.cron"]._commit_progress(remaining=0)
            return False
        # A conflict is no try: who meets many of them does not kill the server.
        return retry_on_conflict(self.env, batch._work)

    def _work(self):
        """Do the batch, unless another worker has it now; return whether there is time
        left."""
        done = self.size if self._lock_todo() else 0
        if done:
            self._do()
        [[left]] = self._read_group(
            [("state", "=", "todo"), ("job_id.state", "=", "open")],
            aggregates=["size:sum"],
        )
        return self.env["ir.cron"]._commit_progress(done, remaining=left)

    def _take(self):
        """Choose the batch that is next, and note that it was begun; return a batch,
        empty when there is none that another worker hasn't taken."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH first_batch AS (
                    SELECT job.user_id, MIN(batch.id) AS id
                      FROM crm_lead_bulk_job_batch AS batch
                      JOIN crm_lead_bulk_job AS job ON job.id = batch.job_id
                     WHERE batch.state = 'todo' AND job.state = 'open'
                     GROUP BY job.id
                ), served AS (
                    SELECT job.user_id, MAX(batch.date_taken) AS last
                      FROM crm_lead_bulk_job_batch AS batch
                      JOIN crm_lead_bulk_job AS job ON job.id = batch.job_id
                     WHERE job.user_id IN (SELECT user_id FROM first_batch)
                     GROUP BY job.user_id
                )
                SELECT batch.id
                  FROM crm_lead_bulk_job_batch AS batch
                  JOIN first_batch ON first_batch.id = batch.id
                  JOIN served ON served.user_id = first_batch.user_id
                 ORDER BY served.last NULLS FIRST, batch.id
                 LIMIT 1
                   FOR UPDATE OF batch SKIP LOCKED
                """
            ),
            log_exceptions=False,
        )
        batch = self.browse(row[0] for row in self.env.cr.fetchall())
        if batch:
            # Committed ahead of the work, or a killed worker would leave no trace. The
            # time is the clock's, as turns are shorter than the seconds the ORM knows.
            self.env.execute_query(
                SQL(
                    """
                    UPDATE crm_lead_bulk_job_batch
                       SET tries = COALESCE(tries, 0) + 1,
                           date_taken = clock_timestamp() AT TIME ZONE 'UTC'
                     WHERE id = %s
                 RETURNING id
                    """,
                    batch.id,
                )
            )
            batch.invalidate_recordset(["tries", "date_taken"])
            self.env["ir.cron"]._commit_progress()
        return batch

    def _lock_todo(self):
        """Lock the batch for the work; return whether it is still to be done."""
        self.env.cr.execute(
            SQL(
                """
                SELECT batch.id
                  FROM crm_lead_bulk_job_batch AS batch
                  JOIN crm_lead_bulk_job AS job ON job.id = batch.job_id
                 WHERE batch.id = %s AND batch.state = 'todo' AND job.state = 'open'
                   FOR UPDATE OF batch SKIP LOCKED
                """,
                self.id,
            ),
            log_exceptions=False,
        )
        return bool(self.env.cr.fetchall())

    # ------------------------------------------------------------
    # WORK
    # ------------------------------------------------------------

    def _do(self):
        """Do the work on the leads and note what became of them."""
        self.ensure_one()
        job = self.job_id
        reason = None
        if self.tries > MAX_TRIES:
            _logger.warning("%s: batch %s was given up", job.display_name, self.id)
            reason = self.env._("The server stopped each time it reached this lead.")
        elif not (job.user_id.active or job.user_id._is_superuser()):
            reason = self.env._("%s, who started it, was archived.", job.user_id.name)
        if reason:
            changed, failures, kept = 0, dict.fromkeys(self.lead_ids, reason), None
        else:
            changed, _unchanged, failures, kept = job._get_operation()._run_batch(
                self.lead_ids, job.values or {}
            )
        # Tracking and mails belong to the user, and to this transaction.
        self.env.cr.flush()
        self.write(
            {
                "state": "done",
                "changed": changed,
                "failed": len(failures),
                "kept": kept or False,
            }
        )
        self._note_failures(failures)
        if not self.search_count(
            Domain("job_id", "=", job.id) & Domain("state", "=", "todo"), limit=1
        ):
            job._finish()
        self.env.invalidate_all()

    def _note_failures(self, failures):
        told = self.job_id._get_operation()._name_failed(list(failures))
        self.env["crm.lead.bulk.job.failure"].create(
            [
                {
                    "job_id": self.job_id.id,
                    "lead_res_id": told[number][0],
                    "lead_name": told[number][1],
                    "reason": reason,
                }
                for number, reason in failures.items()
            ]
        )
