import datetime
import logging
from functools import partial
from typing import NamedTuple

import psycopg2.errors

from odoo import fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL

from odoo.addons.lead_management.models.in_parts import (
    CONFLICTS,
    PASSED_ON,
    do_in_parts,
    do_or_log,
    retry_on_conflict,
)

_logger = logging.getLogger(__name__)

BATCH = 100
MAX_ATTEMPTS = 5
# For so long a submission belongs to who took it. When that process was killed, it is
# free again afterwards.
LEASE = datetime.timedelta(seconds=60)
# What is taken, or put off, for longer than this was so before the clock was set back.
# Clocks of several servers may differ by less.
LONGEST = datetime.timedelta(minutes=15)


class Work(NamedTuple):
    """What there is to do: how many may be taken now, up to a batch; whether some wait
    for another day; whether some are in quarantine."""

    due: int
    is_waiting: bool
    has_quarantine: bool


class TakenNumberError(ConcurrencyError):
    """Leads of the same form are being made at the same time."""


class CrmLeadCaptureSubmission(models.Model):
    """How leads are made of submissions: by a scheduled action, in batches.

    1. What waits goes back to `new`, as far as the day has room.
    2. A batch is *claimed*: `attempts` is counted and `next_attempt` set, committed.
    3. The batch becomes leads in one transaction, which also writes the outcome. When
       the process is killed on the way, none of it has happened, and the claim runs
       out: the same rows are tried again, then one by one, so that one row which kills
       the process doesn't hold up the others.
    4. When Odoo refuses a batch, its halves are tried, down to the row it refuses.

    What is wrong with one form or its company holds up no other: its own submissions
    are set to failed, and the form says so.
    """

    _inherit = "crm.lead.capture.submission"

    def _cron_process(self):
        """Make leads of what has come in, until there is nothing more."""
        progress = self.env["ir.cron"]
        work = self._look_for_work()
        if work.is_waiting:
            do_or_log(self._get_waiting_forms(), self._wake_waiting)
            progress._commit_progress()
            work = self._look_for_work()
        while work.due and (batch := self._claim()):
            batch._process_claimed()
            # Who posts meanwhile wakes nobody, as this looks again after the commit.
            progress._commit_progress(len(batch))
            work = self._look_for_work(between=True)
            if work.due and not progress._commit_progress(remaining=work.due):
                break
        if work.is_waiting:
            do_or_log(self._get_waiting_forms(), self._send_limit_notices)
        if work.has_quarantine:
            self._trim_quarantines()

    def _look_for_work(self, between=False):
        """Return what there is to do, in one query, as most runs make one lead.

        :param bool between: batches, where what isn't due matters when nothing else is:
            among thousands that are due it takes a while to find
        """
        now = fields.Datetime.now()
        self.flush_model(["state", "next_attempt"])
        self.env.cr.execute(
            SQL(
                """
                SELECT due.number,
                       CASE WHEN due.number <= %(most)s
                            THEN EXISTS(SELECT 1 FROM %(table)s
                                         WHERE state IN ('new', 'waiting')
                                           AND state = 'waiting') END,
                       CASE WHEN due.number <= %(most)s
                            THEN EXISTS(SELECT 1 FROM %(table)s
                                         WHERE state = 'quarantine') END
                  FROM (SELECT COUNT(*) AS number
                          FROM (SELECT 1 FROM %(table)s
                                 WHERE state = 'new' AND %(may_take)s
                                 LIMIT %(limit)s) AS rows) AS due
                """,
                table=SQL.identifier(self._table),
                may_take=self._get_free_condition(now),
                limit=BATCH,
                most=0 if between else BATCH,
            )
        )
        return Work(*self.env.cr.fetchone())

    def _get_free_condition(self, now):
        return SQL(
            "(next_attempt IS NULL OR next_attempt <= %s OR next_attempt > %s)",
            now,
            now + LONGEST,
        )

    # ------------------------------------------------------------
    # TAKING
    # ------------------------------------------------------------

    def _get_waiting_forms(self):
        """Return the forms of which some wait, without going through all of these."""
        self.flush_model(["form_id", "state"])
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM crm_lead_capture_form AS form
                 WHERE EXISTS(SELECT 1 FROM %s
                               WHERE form_id = form.id
                                 AND state IN ('new', 'waiting')
                                 AND state = 'waiting')
              ORDER BY id
                """,
                SQL.identifier(self._table),
            )
        )
        return self.form_id.browse(row_id for (row_id,) in self.env.cr.fetchall())

    def _wake_waiting(self, forms):
        """Put back to `new` what waits and has room today, the oldest first."""
        for form in forms:
            room = form.daily_limit - self._count_today(form)
            if room > 0:
                self.search(
                    [("form_id", "=", form.id), ("state", "=", "waiting")],
                    order="id",
                    limit=room,
                )._put_back()

    def _claim(self):
        """Take submissions to make leads of, so that nobody else does; return a batch
        of new ones, or a single one that was tried before."""
        for condition, limit in ((SQL("= 0"), BATCH), (SQL("> 0"), 1)):
            # A person may have released or deleted one of them.
            claim = partial(self._claim_rows, condition, limit)
            if batch := retry_on_conflict(self.env, claim):
                return batch
        return self.browse()

    def _claim_rows(self, condition, limit):
        now = fields.Datetime.now()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s
                   SET attempts = attempts + 1,
                       next_attempt = %(until)s
                 WHERE id IN (
                           SELECT id FROM %(table)s
                            WHERE state = 'new' AND attempts %(condition)s
                              AND %(may_take)s
                         ORDER BY id
                            LIMIT %(limit)s
                       FOR UPDATE SKIP LOCKED)
             RETURNING id
                """,
                table=SQL.identifier(self._table),
                until=now + LEASE,
                condition=condition,
                may_take=self._get_free_condition(now),
                limit=limit,
            ),
            log_exceptions=False,
        )
        ids = sorted(row_id for (row_id,) in self.env.cr.fetchall())
        self.invalidate_model(["attempts", "next_attempt"])
        if ids:
            self.env["ir.cron"]._commit_progress()
        return self.browse(ids)

    # ------------------------------------------------------------
    # PROCESSING
    # ------------------------------------------------------------

    def _process_claimed(self):
        """Make leads of claimed submissions, and write what became of them."""
        submissions = self._check_recaptcha()
        try:
            # A deadlock, or somebody changed what the leads refer to
            retry_on_conflict(self.env, submissions._process)
        except CONFLICTS as error:
            # They are free again when the claim has run out.
            self.env.cr.rollback()
            _logger.info("Making leads is tried again later: %r", error)

    def _process(self):
        # A person may have released or deleted one of them.
        submissions = self.search(
            [("id", "in", self.ids), ("state", "=", "new")], order="id"
        )
        exhausted = submissions.filtered(
            lambda submission: submission.attempts > MAX_ATTEMPTS
        )
        exhausted._set_failed(
            self.env._(
                "Odoo was stopped %s times while it was creating this lead.",
                MAX_ATTEMPTS,
            )
        )
        for of_form in (submissions - exhausted).grouped("form_id").values():
            try:
                with self.env.cr.savepoint():
                    of_form._process_form()
            except PASSED_ON:
                raise
            except Exception as error:
                for submission in of_form:
                    submission._set_failed(submission._explain_failure(error))

    def _process_form(self):
        """Make leads of submissions of one form, as far as the day has room. What is
        added to a lead needs none."""
        form, left = self.form_id, self.sorted("id")
        while left and (room := form.daily_limit - self._count_today(form)) > 0:
            left[:room]._make_leads()
            left = left[room:]
        if not left:
            return
        known = left._filter_known()
        known._make_leads()
        waiting = left - known
        waiting.write({"state": "waiting", "next_attempt": False})
        waiting._note_outcome("waiting", limit=form.daily_limit)

    def _make_leads(self):
        """Make leads of submissions of one form; set those that fail aside."""

        def create(submissions):
            try:
                submissions._create_leads()
            except psycopg2.errors.UniqueViolation as error:
                # Somebody else has just made a lead with the day's number.
                if error.diag.constraint_name == f"{self._table}_counted_uniq":
                    raise TakenNumberError from error
                raise

        for submission, error in do_in_parts(self, create).items():
            submission._set_failed(submission._explain_failure(error))

    def _explain_failure(self, error):
        """Return why Odoo refused a lead, for the person who mends it."""
        if isinstance(error, UserError):
            return str(error)
        _logger.warning("Submission %s of a web form failed", self.id, exc_info=error)
        return f"{type(error).__name__}: {error}"

    def _set_failed(self, explanation):
        self.write({"state": "failed", "error": explanation, "next_attempt": False})
        self._note_outcome("failed")
