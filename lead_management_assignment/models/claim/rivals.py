from contextlib import suppress
from typing import NamedTuple

import psycopg2.errors
from psycopg2.pool import PoolError

from odoo import models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

TRIES = 3
PATIENCE = "2s"  # for whoever has locked a lead and not committed yet


class Rival(NamedTuple):
    """Who has got a lead since this transaction began, and when."""

    user_id: int
    date: object


class CrmLead(models.Model):
    """Leads that several people want at once.

    The first to lock a lead's row gets it. The others pass it over, and look with new
    eyes at who that was: this transaction still sees the lead as it was when it began,
    another one sees what has been committed since. So nobody's request has to be run
    again, which the server does after up to two seconds.
    """

    _inherit = "crm.lead"

    def _lock_free(self):
        """Lock those of the leads that nobody else has locked or got meanwhile.

        :return: these leads; and of the others, the `Rival`s who have them now, by id
        :raise ConcurrencyError: the leads change faster than that
        """
        wanted, rivals = self, {}
        for _try in range(TRIES):
            locked = wanted._try_lock()
            if len(locked) == len(wanted):
                return locked, rivals
            rivals.update(wanted._get_rivals(is_waiting=not locked))
            if locked:
                return locked, rivals
            wanted = wanted.filtered(lambda lead: lead.id not in rivals)
        raise ConcurrencyError(f"Leads change all the time: {wanted.ids}")

    def _try_lock(self):
        """Lock those of the leads that nobody else has locked; none where one has
        changed since this transaction began."""
        if not self:
            return self
        try:
            return self._lock_known()
        except psycopg2.errors.SerializationFailure:
            return self.browse()

    def _lock_known(self):
        """Lock those of the leads that nobody else has locked. See `_lock_rows`."""
        query = SQL("SELECT id FROM crm_lead WHERE id IN %s", self._ids)
        return self.browse(self._lock_rows(query))

    def _lock_rows(self, query):
        """Lock the leads of a query that nobody else has locked; return their ids.

        :raise SerializationFailure: one has changed since this transaction began; the
            transaction can go on
        """
        with self.env.cr.savepoint(flush=False):
            self.env.cr.execute(
                SQL("%s FOR NO KEY UPDATE OF crm_lead SKIP LOCKED", query),
                log_exceptions=False,
            )
            return [lead_id for (lead_id,) in self.env.cr.fetchall()]

    def _get_rivals(self, is_waiting):
        """Return who has got which of the leads, as of now.

        :param bool is_waiting: let whoever has locked them commit first. Only for who
            has locked none: of two who wait for each other, both would wait in vain.
        """
        ids = tuple(self.ids)
        try:
            with self.env.registry.cursor() as cr:
                if is_waiting:
                    self._wait_for(cr, ids)
                cr.execute(
                    """
                    SELECT id, user_id, COALESCE(date_open, write_date)
                      FROM crm_lead
                     WHERE id IN %s AND user_id IS NOT NULL
                    """,
                    [ids],
                )
                return {lead_id: Rival(*facts) for lead_id, *facts in cr.fetchall()}
        except PoolError as error:  # no connection to spare
            raise ConcurrencyError(str(error)) from error

    def _wait_for(self, cr, ids):
        """Wait until nobody has locked leads, or one of them has changed."""
        cr.execute(SQL("SET LOCAL lock_timeout = %s", PATIENCE))
        query = SQL("SELECT id FROM crm_lead WHERE id IN %s ORDER BY id FOR SHARE", ids)
        with suppress(
            psycopg2.errors.SerializationFailure, psycopg2.errors.LockNotAvailable
        ):
            cr.execute(query, log_exceptions=False)
        cr.rollback()

    def _get_rival_refusal(self, rival):
        """Return the text that says why a lead that could not be locked is lost."""
        self.ensure_one()
        if not rival:
            return self.env._(
                "“%s” is being changed by somebody else right now. Try again in a"
                " moment.",
                self.display_name,
            )
        user = self.env["res.users"].sudo().browse(rival.user_id).exists()
        return self._say_lateness(user, rival.date)


class CrmLeadQueue(models.Model):
    _inherit = "crm.lead.queue"

    def _get_free_now(self, lead_ids):
        """Return which leads wait in the queue as of now.

        :param list lead_ids: in the order in which they are returned
        """
        try:
            with self.env.registry.cursor() as cr:
                cr.execute(
                    "SELECT id FROM crm_lead WHERE id = ANY(%s) AND queue_id = %s",
                    [lead_ids, self.id],
                )
                free = {lead_id for (lead_id,) in cr.fetchall()}
        except PoolError:  # no connection to spare
            return lead_ids
        return [lead_id for lead_id in lead_ids if lead_id in free]
