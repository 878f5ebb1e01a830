import datetime
import json
import time

import psycopg2.errors

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

from .process import LEASE

DEDUP_SCOPE = "lead_management.capture_dedup"
DEDUP_TIME = datetime.timedelta(minutes=5)
# How long a program may repeat what it isn't sure to have sent
ONCE_TIME = datetime.timedelta(days=1)
# After so many seconds, whoever was woken may have been killed.
WAKE_AGAIN = 10
# A batch that was taken longer ago may have been taken by who was killed. What is put
# off, until reCAPTCHA is reached, is put off for less than the rest of a lease.
TAKEN_JUST_NOW = datetime.timedelta(seconds=WAKE_AGAIN)

# When this process has woken the scheduled action, by database
_woken = {}


class CrmLeadCaptureSubmission(models.Model):
    """How a submission is kept: one row, and whoever makes leads is woken."""

    _inherit = "crm.lead.capture.submission"

    def _get_dedup_key(self, values, once="", digests=()):
        """Return what tells the same answers, consents and files from others, whatever
        their letter case and space; or what a program says is the same."""
        sent = [values["address_hash"], once]
        if not once:
            answers = values["answers"].items()
            same = {key: " ".join(text.casefold().split()) for key, text in answers}
            agreed = sorted(consent["id"] for consent in values["consents"] or ())
            sent = [same, agreed, *digests]
        message = json.dumps([values["form_id"], *sent], sort_keys=True)
        return hmac(self.env(su=True), DEDUP_SCOPE, message)

    def _store(self, values, once="", digests=()):
        """Insert a row, unless the same was sent in the last minutes. What was put in
        quarantine then, and is now sent as a person does, is taken out of it.

        Two requests at once can't both insert it: the second waits for the first at
        the unique index, and then finds it there.

        :param str once: as `_receive` has it
        :return: the id of the new row, None when it was sent before
        """
        key = self._get_dedup_key(values, once, digests)
        values = {**values, "dedup_key": key}
        if row_id := self._insert(values):
            return row_id
        self.env.cr.execute(
            SQL(
                """
                UPDATE %s SET dedup_key = NULL
                 WHERE dedup_key = %s AND create_date <= %s
                """,
                SQL.identifier(self._table),
                key,
                fields.Datetime.now() - (ONCE_TIME if once else DEDUP_TIME),
            )
        )
        if self.env.cr.rowcount:
            return self._insert(values)
        if values["state"] == "new":
            self._free_twin(key)
        return None

    def _free_twin(self, key):
        """Take the row of a key out of quarantine, if it is in there."""
        twin = self.search([("dedup_key", "=", key), ("state", "=", "quarantine")])
        if twin:
            twin.write({"reason": False})
            twin._put_back()
            self.env.cr.postcommit.add(self._wake_processing(twin.id))

    def _insert(self, values):
        # Not `create`: a unique index that refuses would end the transaction there,
        # and write an error to the log.
        now = fields.Datetime.now()
        columns = {
            name: json.dumps(value) if isinstance(value, (dict, list)) else value
            for name, value in values.items()
        }
        columns |= {"create_date": now, "write_date": now}
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(
                    SQL(
                        """
                        INSERT INTO %s (%s) VALUES %s
                        ON CONFLICT (dedup_key) DO NOTHING
                        RETURNING id
                        """,
                        SQL.identifier(self._table),
                        SQL(", ").join(map(SQL.identifier, columns)),
                        tuple(columns.values()),
                    ),
                    log_exceptions=False,
                )
                row = self.env.cr.fetchone()
        except psycopg2.errors.SerializationFailure:
            # Another request has just stored the same.
            return None
        if row and values["state"] == "new":
            self.env.cr.postcommit.add(self._wake_processing(row[0]))
        if row and values["state"] == "quarantine":
            self.env.cr.postcommit.add(self._trim_afterwards(values["form_id"]))
        return row and row[0]

    def _wake_processing(self, row_id):
        """Return what to do once a new row is there: wake the scheduled action, unless
        it will come upon the row by itself. It goes on until it finds nothing more, so
        a burst of posts costs one wake-up.

        But a process wakes it every few seconds all the same, in case it was killed.
        """

        def wake():
            # On the connection that has just stored the row, whose transaction is over
            now = time.monotonic()
            since = now - _woken.get(self.env.cr.dbname, float("-inf"))
            if since < WAKE_AGAIN and self._is_awake(row_id):
                return
            _woken[self.env.cr.dbname] = now
            self._trigger_processing()
            self.env["ir.cron"]._commit_progress()

        return wake

    def _is_awake(self, row_id):
        """Tell whether the scheduled action will find a row that is committed: it has
        been woken for an older one that it has not taken yet, or has taken others just
        now. Once it has committed what became of these, it looks again."""
        self.env.cr.execute(
            SQL(
                """
                SELECT EXISTS(SELECT 1 FROM %(table)s
                               WHERE state = 'new' AND attempts = 0 AND id < %(id)s)
                    OR EXISTS(SELECT 1 FROM %(table)s
                               WHERE state = 'new' AND attempts = 1
                                 AND next_attempt > %(taken_since)s)
                """,
                table=SQL.identifier(self._table),
                id=row_id,
                taken_since=fields.Datetime.now() + LEASE - TAKEN_JUST_NOW,
            )
        )
        return self.env.cr.fetchone()[0]
