from datetime import timedelta
from math import ceil

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_duration, formatLang

# So long work has to last before it says how long the rest takes.
MEASURED_SECONDS = 3
KEPT_DAYS = 90


class CrmLeadBulkJob(models.Model):
    """Work on many leads.

    SPECIFICATION

    Which leads: those the selection matched for the user at the moment of the start.
    Their ids are kept in batches, filled by one statement in the database, so a job of
    100,000 leads is never in memory. Leads that match later are not part of it.

    Whose rights: those of the user who started it, as they are when a lead's turn
    comes, in the companies that were active at the start. Only the user themselves
    starts a job in their name; once they are archived, what is left fails. Nothing
    about a job can be changed afterwards but that it is cancelled.

    When: up to `lead_management.bulk_at_once` leads (200) while the user waits, more in
    the background by a scheduled action. Both do the same: `batch._do()`. How a batch
    is chosen and survives a crash: `crm.lead.bulk.job.batch`. What is done to the
    leads, and what happens to those that can't be changed: `crm.lead.bulk.operation`.

    A cancelled job ends with the batch at hand; what is done stays done. The leads that
    failed can be tried again, in a job of their own.
    """

    _name = "crm.lead.bulk.job"
    _description = "Bulk Job"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    operation = fields.Selection([], required=True, readonly=True)
    values = fields.Json(readonly=True, default=dict)
    description = fields.Text("Changes", readonly=True)
    user_id = fields.Many2one(
        "res.users", "Started By", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    user_context = fields.Json(readonly=True, default=dict)
    state = fields.Selection(
        [("open", "In Progress"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    total = fields.Integer("Leads", readonly=True)
    date_end = fields.Datetime("Ended", readonly=True)
    retry_of_id = fields.Many2one(
        "crm.lead.bulk.job", readonly=True, index="btree_not_null"
    )
    batch_ids = fields.One2many("crm.lead.bulk.job.batch", "job_id", readonly=True)
    failure_ids = fields.One2many("crm.lead.bulk.job.failure", "job_id", readonly=True)
    # Counted from the batches, which only managers may read
    done_count = fields.Integer("Done", compute="_compute_progress", compute_sudo=True)
    changed_count = fields.Integer(
        "Changed", compute="_compute_progress", compute_sudo=True
    )
    unchanged_count = fields.Integer(
        "No Change Needed", compute="_compute_progress", compute_sudo=True
    )
    failed_count = fields.Integer(
        "Not Changed", compute="_compute_progress", compute_sudo=True
    )
    failed_lead_count = fields.Integer(
        "Leads Not Changed", compute="_compute_failed_lead_count"
    )
    progress = fields.Float(
        compute="_compute_progress", compute_sudo=True, help="Percent of the leads"
    )
    is_waiting = fields.Boolean(
        "Waiting for Its Turn", compute="_compute_progress", compute_sudo=True
    )
    time_left = fields.Char(compute="_compute_progress", compute_sudo=True)

    @api.depends("operation", "total")
    @api.depends_context("lang")
    def _compute_name(self):
        labels = dict(self._fields["operation"]._description_selection(self.env))
        for job in self:
            operation = labels.get(job.operation, job.operation)
            if job.total == 1:
                job.name = self.env._("%(operation)s: 1 lead", operation=operation)
            else:
                job.name = self.env._(
                    "%(operation)s: %(count)s leads",
                    operation=operation,
                    count=formatLang(self.env, job.total, digits=0),
                )

    @api.depends("batch_ids.state", "total", "state")
    def _compute_progress(self):
        batches = self.env["crm.lead.bulk.job.batch"]
        of_jobs = Domain("job_id", "in", self.ids)
        groups = batches._read_group(
            of_jobs & Domain("state", "=", "done"),
            ["job_id"],
            ["size:sum", "changed:sum", "failed:sum"],
        )
        done = {job.id: counts for job, *counts in groups}
        # Before the first is taken, the job waits for a worker.
        begun = batches._read_group(of_jobs, ["job_id"], ["date_taken:min"])
        begun = {job.id: date for job, date in begun}
        for job in self:
            size, changed, failed = done.get(job.id, (0, 0, 0))
            job.done_count = size
            job.changed_count = changed
            job.failed_count = failed
            job.unchanged_count = size - changed - failed
            job.progress = 100 * size / job.total if job.total else 100
            job.is_waiting = job.state == "open" and not begun.get(job.id)
            job.time_left = job._estimate_time_left(size, begun.get(job.id))

    @api.depends("failure_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_failed_lead_count(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        for job in self:
            job.failed_lead_count = leads.search_count(job._get_failed_domain())

    def _get_failed_domain(self):
        return [("id", "in", self.failure_ids.mapped("lead_res_id"))]

    def _estimate_time_left(self, done, begun):
        """Return how long the rest takes at the pace until now, in words.

        The pace is that since the work began: what a job waited for its turn before is
        no measure, and neither is less than a few seconds' work.
        """
        if self.state != "open" or not begun or not done:
            return False
        seconds = (fields.Datetime.now() - begun).total_seconds()
        if seconds < MEASURED_SECONDS:
            return False
        minutes = seconds / done * (self.total - done) / 60
        if minutes < 1:
            return self.env._("less than a minute")
        if minutes < 60:
            return self.env._("about %(minutes)s min", minutes=ceil(minutes))
        return self.env._("about %(hours)s h", hours=format_duration(minutes / 60))

    # ------------------------------------------------------------
    # WORK
    # ------------------------------------------------------------

    def _get_operation(self):
        """Return the operation, with the rights and context of who started the job."""
        self.ensure_one()
        env = self.env(user=self.user_id.id, su=False, context=self.user_context or {})
        return env[f"crm.lead.bulk.operation.{self.operation}"]

    def _finish(self):
        """Close the job and tell its user."""
        self.write({"state": "done", "date_end": fields.Datetime.now()})
        self._get_operation()._after_job(self)
        if self.total > self._get_at_once_limit():
            told = self.with_env(self.env(context=self.user_context or {}))
            self.user_id._bus_send(
                "simple_notification",
                {
                    "type": "warning" if self.failed_count else "success",
                    "title": told.name,
                    "message": told._get_summary(),
                },
            )

    def _get_summary(self):
        """Return what became of the leads, in a sentence."""
        self.ensure_one()
        work = self.env[self._get_operation()._name]
        parts = [work._tell_changed(**self._get_counts())]
        if self.unchanged_count:
            parts.append(self.env._("no change needed: %s", self.unchanged_count))
        if self.failed_count:
            parts.append(self.env._("not changed: %s", self.failed_count))
        return self.env._("%s.", ", ".join(parts))

    def _get_counts(self):
        return {"count": self.changed_count, "total": self.total}

    # ------------------------------------------------------------
    # WHAT PEOPLE DO WITH JOBS
    # ------------------------------------------------------------

    def get_progress(self):
        """Return how far the jobs are, for the moving bar."""
        return self.read(
            [
                *("state", "is_waiting", "done_count", "total", "progress"),
                *("failed_count", "time_left"),
            ]
        )

    def action_cancel(self):
        """Stop after the batch at hand.

        :raise AccessError: somebody else's job, and the user is no manager
        """
        for job in self:
            job._check_may_cancel()
            if job.state == "open":
                job.sudo().write(
                    {"state": "cancelled", "date_end": fields.Datetime.now()}
                )
        return True

    def _check_may_cancel(self):
        self.check_access("read")
        if self.user_id != self.env.user and not self.env.user.has_group(
            "sales_team.group_sale_manager"
        ):
            raise AccessError(
                self.env._(
                    "“%(job)s” is %(user)s's: ask them, or a sales manager, to cancel"
                    " it.",
                    job=self.name,
                    user=self.user_id.name,
                )
            )

    def action_retry_failed(self):
        """Try the leads that failed again, in a new job of the current user.

        :return: the action that opens it
        :raise UserError: no lead has failed
        """
        self.ensure_one()
        lead_ids = list(filter(None, self.failure_ids.mapped("lead_res_id")))
        if not lead_ids:
            raise UserError(
                self.env._("No lead of “%(job)s” has failed.", job=self.name)
            )
        job = self._start(self.operation, self.values or {}, [("id", "in", lead_ids)])
        job.sudo().retry_of_id = self
        return job.action_open()

    def action_open(self):
        """Return the action that opens the job."""
        self.ensure_one()
        return self._get_records_action(name=self.name, context={})

    def action_open_failed_leads(self):
        """Open the list of the leads that were not changed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("crm.crm_lead_all_leads")
        action.update(
            name=self.env._("Leads not changed"),
            domain=self._get_failed_domain(),
            context={"active_test": False},
        )
        return action

    @api.autovacuum
    def _gc_old_jobs(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        jobs = self.search(
            [("state", "!=", "open"), ("date_end", "<", limit)], limit=1000
        )
        jobs.unlink()
        return len(jobs), len(jobs) == 1000
