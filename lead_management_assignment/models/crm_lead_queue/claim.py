from datetime import datetime, time, timedelta

import psycopg2.errors
import pytz

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lead_management.models.crm_lead.status import OPEN_CATEGORIES
from odoo.addons.lead_management.models.lead_notice import WITH_NOTICE, get_notice

from ...exceptions import ClaimRefused

# The best lead first; the index of crm.lead has the same order.
BEST_FIRST = "stars desc, bant_score desc, queue_date, id"
CANDIDATES = 200


class CrmLeadQueue(models.Model):
    _inherit = "crm.lead.queue"

    def action_claim_next(self):
        """Make the current user the owner of the best lead of the queue.

        The best has the most stars, then the highest qualification score, then has
        waited longest. Leads that somebody else is claiming right now are passed over
        without waiting for them.

        :return: the action that opens the lead; with the context of a button, that says
            so before
        :raise UserError: there is none to claim; says why
        :raise AccessError: the user is neither a member nor sales manager
        """
        self.ensure_one()
        lead = self._claim_next()
        action = {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": lead.id,
            "views": [(False, "form")],
        }
        if not self.env.context.get(WITH_NOTICE):
            return action
        return get_notice(
            self.env._("“%s” is yours now.", lead.display_name), next_action=action
        )

    def _claim_next(self):
        """Return the best lead of the queue, which is the current user's now."""
        self._check_may_claim()
        self.env.flush_all()
        is_limited = self.claim_limit and not self.env.user.has_group(
            "sales_team.group_sale_manager"
        )
        if is_limited and self.claim_limit <= len(
            self.sudo()._lock_taken_today(self.env.user)
        ):
            raise ClaimRefused(
                self.env._(
                    "You have reached your daily claim limit of “%(queue)s”"
                    " (%(limit)s).",
                    limit=self.claim_limit,
                    queue=self.name,
                )
            )
        lead = self._lock_best_lead()
        if not lead:
            raise ClaimRefused(
                self.env._(
                    "There is nothing to claim in “%s” right now: its leads have been"
                    " taken, or you had them last and leave them to others.",
                    self.name,
                )
            )
        _granted, refusals, counted = lead.sudo()._split_by_claim(
            self.env.user, lead.sudo()
        )
        if refusals:
            raise ClaimRefused(refusals[0])
        lead._take_from_queue(counted)
        return lead

    def _check_may_claim(self):
        if self.is_member or self.env.user.has_group("sales_team.group_sale_manager"):
            return
        raise AccessError(
            self.env._(
                "Only members of “%s” and sales managers claim its leads. Ask a sales"
                " manager to make you a member.",
                self.name,
            )
        )

    def _lock_taken_today(self, taker):
        """Return which leads of the queue somebody has got today.

        The membership is locked and touched until the transaction ends: of two of the
        user's claims at once, PostgreSQL lets the later one begin anew, and it counts
        the first.

        :return: the ids of the leads, before they were merged into others
        :rtype: set
        """
        self.ensure_one()
        self.env.cr.execute(
            """
            UPDATE crm_lead_queue_user_rel
               SET queue_id = queue_id
             WHERE queue_id = %s AND user_id = %s
            """,
            [self.id, taker.id],
            log_exceptions=False,
        )
        events = self.env["crm.lead.queue.event"].sudo()
        events = events.search(
            [
                ("owner_id", "=", taker.id),
                ("counted", "!=", False),
                ("date", ">=", self._get_start_of_day()),
            ]
        )
        return {
            event.counted["lead"]
            for event in events
            if self.id in event.counted["queues"]
        }

    def _get_start_of_day(self):
        """Return when the day of the queue's company began, in UTC; of a queue of all
        companies, the day of the first one."""
        company = self.sudo().company_id or self.env.ref("base.main_company").sudo()
        name = company.partner_id.tz or company.resource_calendar_id.tz or "UTC"
        try:
            timezone = pytz.timezone(name)
        except pytz.UnknownTimeZoneError:
            timezone = pytz.utc
        midnight = datetime.combine(datetime.now(timezone).date(), time.min)
        return timezone.localize(midnight).astimezone(pytz.utc).replace(tzinfo=None)

    def _get_next_domain(self):
        """Return which leads of the queue “Claim next” may give to the user."""
        domain = Domain(
            [
                ("queue_id", "=", self.id),
                ("type", "=", "lead"),
                ("status_id.category", "in", OPEN_CATEGORIES),
            ]
        )
        if self.cooldown_hours and not self.env.user.has_group(
            "sales_team.group_sale_manager"
        ):
            cool = fields.Datetime.now() - timedelta(hours=self.cooldown_hours)
            domain &= Domain("queue_last_user_id", "!=", self.env.uid) | Domain(
                "queue_date", "<=", cool
            )
        return domain

    def _lock_best_lead(self):
        """Lock the best free lead and return it, empty when there is none.

        A lead that was claimed since this transaction began still looks free in it, and
        locking it fails. Only then the candidates are tried one by one.
        """
        leads = self.env["crm.lead"]
        domain = self._get_next_domain()
        query = leads._search(domain, order=BEST_FIRST, limit=1)
        try:
            return leads.browse(self._lock(query.select()))
        except psycopg2.errors.SerializationFailure as error:
            stale = error
        for lead_id in leads.search(domain, order=BEST_FIRST, limit=CANDIDATES).ids:
            try:
                locked = self._lock(
                    SQL("SELECT id FROM crm_lead WHERE id = %s", lead_id)
                )
            except psycopg2.errors.SerializationFailure:
                continue
            if locked:
                return leads.browse(locked)
        # The server runs the request again, with what has happened in the meantime.
        raise stale

    def _lock(self, query):
        """Lock the rows of a query that nobody else has locked; return their ids."""
        with self.env.cr.savepoint(flush=False):
            self.env.cr.execute(
                SQL("%s FOR NO KEY UPDATE OF crm_lead SKIP LOCKED", query),
                log_exceptions=False,
            )
            return [lead_id for (lead_id,) in self.env.cr.fetchall()]
