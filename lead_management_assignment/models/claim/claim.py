import psycopg2.errors

from odoo import models
from odoo.exceptions import AccessError

from odoo.addons.lead_management.models.lead_notice import (
    WITH_NOTICE,
)

from ...exceptions import ClaimRefused
from ...tools.lead_index import BEST_FIRST
from ..crm_lead.queue_history import QUEUE_MOVE, QueueMove
from .rivals import TRIES

CANDIDATES = 200  # that are tried one by one


class CrmLead(models.Model):
    """Claiming leads that are named.

    Two people who claim one lead meet at its row: the first to lock it gets the lead,
    the other is told who won. See `_lock_free`.
    """

    _inherit = "crm.lead"

    def action_claim(self):
        """Make the current user the owner of leads that nobody has, in a queue or not.

        :return: the action that says how many leads the user has got, and which not
            and why; when it was one lead, False, or with the context of a button the
            action that says so
        :raise UserError: the user has got none of them; says why, and who was first
        :raise AccessError: the user is no member of a lead's queue, nor sales manager
        """
        before = self.sudo().exists()._get_before_claims()
        claimed, refusals = self._claim()
        if not claimed:
            raise ClaimRefused(self._join_refusals(refusals))
        if len(self) == 1:
            if not self.env.context.get(WITH_NOTICE):
                return False
            return self._get_claim_notice(before)
        return claimed._get_claims_notice(before, refusals)

    def _claim(self):
        """Lock the leads and take those that are still free.

        :return: the leads the user has got, and for each other one a text that says why
        :raise AccessError: the user may not know of a lead
        """
        readable = self._filtered_access("read")
        refusals = (self - readable)._get_lost_races()
        leads = readable.sudo().exists()
        self.env.flush_all()
        free, rivals = leads._lock_free()
        for lead in leads - free:
            refusals.append(lead._get_rival_refusal(rivals.get(lead.id)))
        free.invalidate_recordset()
        granted, refused, counted = free._split_by_claim(self.env.user, free)
        if granted:
            self.browse(granted.ids)._take_from_queue(counted)
        return self.browse(granted.ids), refused + refusals

    def _take_from_queue(self, counted):
        """Make the current user the owner of locked leads.

        The chatter gets one message for each, written for all at once, instead of
        native's tracking, which is lead by lead.
        """
        user, known = self.env.user, self.sudo()
        bodies = {
            lead.id: self.env._(
                "Claimed from the queue “%(queue)s” by %(user)s.",
                queue=lead.queue_id.name,
                user=user.name,
            )
            if lead.queue_id
            else self.env._("Claimed by %s.", user.name)
            for lead in known
        }
        claiming = self.with_context(
            mail_notrack=True,
            mail_auto_subscribe_no_notify=True,
            **{QUEUE_MOVE: QueueMove("claimed", counted=counted)},
        )
        unqueued = known.filtered(lambda lead: not lead.queue_id)
        own_teams = known.team_id.filtered(
            lambda team: user in team.member_ids | team.user_id
        )
        in_own_team = known.filtered(lambda lead: lead.team_id in own_teams)
        if in_own_team:
            claiming.browse(in_own_team.ids).write({"user_id": user.id})
        if others := claiming - in_own_team:
            # Native's compute would look for the same team once for each lead.
            team = self.env["crm.team"]._get_default_team_id(
                user_id=user.id, domain=[("use_leads", "=", True)]
            )
            others.write({"user_id": user.id, "team_id": team.id})
        unqueued._log_counted(user, counted)
        self._message_log_batch(bodies=bodies)
        # What is to be done for whoever takes the lead
        known.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("user_id", "=", False),
            ]
        ).with_context(mail_activity_quick_update=True).write({"user_id": user.id})


class CrmLeadQueue(models.Model):
    """Claiming whatever is best of a queue."""

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
        lead, before = self._claim_next()
        action = lead._get_records_action(context={})
        if not self.env.context.get(WITH_NOTICE):
            return action
        return lead._get_claim_notice(before, next_action=action)

    def _claim_next(self):
        """Make the current user the owner of the best lead of the queue; return the
        lead, and what it had before; see `_get_before_claims`."""
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
        known = lead.sudo()
        _granted, refusals, counted = known._split_by_claim(self.env.user, known)
        if refusals:
            raise ClaimRefused(refusals[0])
        before = known._get_before_claims()
        lead._take_from_queue(counted)
        return lead, before

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

    def _lock_best_lead(self):
        """Lock the best free lead and return it, empty when there is none.

        A lead that was claimed since this transaction began still looks free in it, and
        locking it fails. Only then the candidates that are free by now are tried one by
        one.
        """
        leads = self.env["crm.lead"]
        domain = self._get_next_domain()
        query = leads._search(domain, order=BEST_FIRST, limit=1)
        try:
            return leads.browse(leads._lock_rows(query.select()))
        except psycopg2.errors.SerializationFailure as error:
            stale = error
        candidates = leads.search(domain, order=BEST_FIRST, limit=CANDIDATES)
        for _try in range(TRIES):
            has_changed = False
            for lead in leads.browse(self._get_free_now(candidates.ids)):
                try:
                    if locked := lead._lock_known():
                        return locked
                except psycopg2.errors.SerializationFailure:
                    has_changed = True  # and may still be free
            if not has_changed and len(candidates) < CANDIDATES:
                return leads
        # The server runs the request again, with what has happened in the meantime.
        raise stale
