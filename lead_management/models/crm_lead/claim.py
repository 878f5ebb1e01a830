from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_datetime

from ..lead_notice import WITH_NOTICE, get_notice
from .queue import QUEUE_MOVE, QueueMove
from .status import OPEN_CATEGORIES

SHOWN_REFUSALS = 5
# For so long the members of a queue are told who claimed a lead.
TOLD_FOR = timedelta(days=1)


class CrmLead(models.Model):
    """Taking leads from a queue, and giving them back.

    Two people who claim one lead meet at its row: the first to lock it gets the lead.
    The other waits until the first has committed; the snapshot of that transaction is
    too old then, PostgreSQL says so, the server runs the request again, and the lead
    has an owner. Rows are locked in the order of their ids, so that those who claim
    many never wait for each other in a circle.
    """

    _inherit = "crm.lead"

    can_claim = fields.Boolean(
        compute="_compute_can_claim",
        search="_search_can_claim",
        help="Open, nobody has it, and it is in no queue, or in one of the current"
        " user's, or the user is a sales manager",
    )
    can_return = fields.Boolean(
        compute="_compute_can_claim",
        help="The current user owns it, or is a sales manager",
    )

    def _compute_can_claim(self):
        is_manager = self.env.user.has_group("sales_team.group_sale_manager")
        for lead in self:
            lead.can_claim = (
                lead.type == "lead"
                and not lead.user_id
                and lead.active
                and lead.status_id.category in OPEN_CATEGORIES
                and bool(is_manager or not lead.queue_id or lead.queue_id.is_member)
            )
            lead.can_return = bool(
                lead.type == "lead"
                and lead.user_id
                and (is_manager or lead.user_id == self.env.user)
            )

    def _search_can_claim(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain(
            [
                ("type", "=", "lead"),
                ("user_id", "=", False),
                ("active", "=", True),
                ("status_id.category", "in", OPEN_CATEGORIES),
            ]
        )
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            domain &= Domain("queue_id", "=", False) | Domain(
                "is_in_my_queue", "=", True
            )
        return domain if True in value else ~domain

    def write(self, vals):
        if not self._is_move_of_a_member(vals):
            return super().write(vals)
        # A refusal names leads.
        self.check_access("write")
        queued = self.sudo().filtered("queue_id")
        if not vals.get("user_id") and vals.get("type") != "opportunity":
            raise UserError(
                self.env._(
                    "“%(lead)s” leaves “%(queue)s” when somebody claims it. Claim it,"
                    " or ask a sales manager to take it off.",
                    lead=queued[0].display_name,
                    queue=queued[0].queue_id.name,
                )
            )
        _granted, refusals = queued._split_by_claim()
        if refusals:
            raise UserError("\n".join(self._shorten_refusals(refusals)))
        claiming = self.with_context(**{QUEUE_MOVE: QueueMove("claimed")})
        return super(CrmLead, claiming).write(vals)

    def _is_move_of_a_member(self, vals):
        """Tell whether values take leads off a queue for the current user or for
        nobody, or make opportunities of them, so that no list, no conversion and no API
        call leads around the limits of claims. Managers have none, moves of this
        addon's own have been asked already, and giving a lead to somebody else is no
        claim."""
        takes = (
            vals.get("user_id") == self.env.uid
            or vals.get("type") == "opportunity"
            or (not vals.get("queue_id", True) and not vals.get("user_id"))
        )
        return (
            takes
            and not self.env.su
            and not isinstance(self.env.context.get(QUEUE_MOVE), QueueMove)
            and any(lead.queue_id for lead in self.sudo())
            and not self.env.user.has_group("sales_team.group_sale_manager")
        )

    def action_claim(self):
        """Make the current user the owner of leads that nobody has, in a queue or not.

        :return: the action that says how many leads the user has got, and which not
            and why; when it was one lead, False, or with the context of a button the
            action that says so
        :raise UserError: the user has got none of them; says why, and who was first
        :raise AccessError: the user is no member of a lead's queue, nor sales manager
        """
        claimed, refusals = self._claim()
        if not claimed:
            raise UserError("\n".join(self._shorten_refusals(refusals)))
        if len(self) == 1:
            if not self.env.context.get(WITH_NOTICE):
                return False
            return get_notice(self.env._("“%s” is yours now.", self.display_name))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if refusals else "success",
                "sticky": bool(refusals),
                "title": self.env._("%s leads are yours now", len(claimed)),
                "message": "\n".join(self._shorten_refusals(refusals)),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _shorten_refusals(self, refusals):
        """Return the first refusals, and how many there are beyond."""
        shown = refusals[:SHOWN_REFUSALS]
        if len(refusals) > len(shown):
            shown.append(self.env._("… and %s more.", len(refusals) - len(shown)))
        return shown

    def _claim(self):
        """Lock the leads and take those that are still free.

        :return: the leads the user has got, and for each other one a text that says why
        :rtype: tuple
        :raise AccessError: the user may not know of a lead
        """
        readable = self._filtered_access("read")
        refusals = (self - readable)._get_lost_races()
        leads = readable.sudo().exists()
        self.env.flush_all()
        # Being too late is no error worth a line in the log: the server tries again.
        self.env.cr.execute(
            SQL(
                "SELECT id FROM crm_lead WHERE id IN %s ORDER BY id FOR NO KEY UPDATE",
                tuple(leads.ids) or (0,),
            ),
            log_exceptions=False,
        )
        leads.invalidate_recordset()
        granted, refused = leads._split_by_claim()
        if granted:
            self.browse(granted.ids)._take_from_queue()
        return self.browse(granted.ids), refused + refusals

    def _split_by_claim(self):
        """Tell which leads the current user may take now.

        :return: these leads, and for each other one a text that says why
        :rtype: tuple
        """
        left = {queue: queue._lock_claims_left() for queue in self.queue_id}
        granted, refusals = self.browse(), []
        for lead in self:
            if reason := lead._get_claim_refusal(left):
                refusals.append(reason)
            else:
                if lead.queue_id:
                    left[lead.queue_id] -= 1
                granted += lead
        return granted, refusals

    def _take_from_queue(self):
        """Make the current user the owner of locked leads.

        The chatter gets one message for each, written for all at once, instead of
        native's tracking, which is lead by lead.
        """
        bodies = {
            lead.id: self.env._(
                "Claimed from the queue “%(queue)s” by %(user)s.",
                queue=lead.sudo().queue_id.name,
                user=self.env.user.name,
            )
            if lead.sudo().queue_id
            else self.env._("Claimed by %s.", self.env.user.name)
            for lead in self
        }
        claiming = self.with_context(
            mail_notrack=True,
            mail_auto_subscribe_no_notify=True,
            **{QUEUE_MOVE: QueueMove("claimed")},
        )
        in_own_team = claiming._filter_in_own_team()
        if in_own_team:
            in_own_team.write({"user_id": self.env.uid})
        if others := claiming - in_own_team:
            # Native's compute would look for the same team once for each lead.
            team = self.env["crm.team"]._get_default_team_id(
                user_id=self.env.uid, domain=[("use_leads", "=", True)]
            )
            others.write({"user_id": self.env.uid, "team_id": team.id})
        self._message_log_batch(bodies=bodies)
        # What is to be done for whoever takes the lead
        self.env["mail.activity"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("user_id", "=", False),
            ]
        ).with_context(mail_activity_quick_update=True).write({"user_id": self.env.uid})

    def _filter_in_own_team(self):
        """Return the leads that are in a team of the current user already."""
        user = self.env.user
        teams = self.sudo().team_id.filtered(
            lambda team: user in team.member_ids | team.user_id
        )
        return self.filtered(lambda lead: lead.sudo().team_id in teams)

    def _get_lost_races(self):
        """Say who has claimed leads that the user sees no more: members of a queue see
        its leads until somebody takes them. The leads' names are not theirs any more.

        :return: a text for each lead
        :rtype: list[str]
        :raise AccessError: a lead was claimed from none of the user's queues of late
        """
        if not self:
            return []
        claims = (
            self.env["crm.lead.queue.event"]
            .sudo()
            .search(
                [
                    ("lead_id", "in", self.ids),
                    ("kind", "=", "claimed"),
                    ("date", ">", fields.Datetime.now() - TOLD_FOR),
                    ("queue_id.user_ids", "in", self.env.uid),
                ],
                order="id",
            )
        )
        # The last one of each lead
        claims = {claim.lead_id.id: claim for claim in claims}
        self.filtered(lambda lead: lead.id not in claims).check_access("read")
        return [
            self.env._(
                "A lead from “%(queue)s” was claimed by %(user)s on %(date)s.",
                queue=claims[lead.id].queue_id.name,
                user=claims[lead.id].owner_id.name,
                date=self._format_moment(claims[lead.id].date),
            )
            for lead in self
        ]

    def _get_claim_refusal(self, left):
        """Return why the user can't have the lead, or an empty text.

        :param dict left: how many leads of each queue the user may still claim today
        """
        self.ensure_one()
        queue = self.queue_id
        if self.user_id:
            return self._get_lateness()
        if self.type != "lead" or self.status_category not in OPEN_CATEGORIES:
            return self.env._(
                "“%(lead)s” is closed. Restore it before you claim it.",
                lead=self.display_name,
            )
        if not self.active:
            return self.env._("“%s” is archived.", self.display_name)
        if queue and left[queue] <= 0:
            return self.env._(
                "“%(lead)s” stays: you have claimed your %(limit)s leads of today from"
                " “%(queue)s”.",
                lead=self.display_name,
                limit=queue.claim_limit,
                queue=queue.name,
            )
        if self._is_cooling_down():
            until = self.queue_date + timedelta(hours=queue.cooldown_hours)
            return self.env._(
                "“%(lead)s” was yours: leave it to others until %(until)s.",
                lead=self.display_name,
                until=self._format_moment(until),
            )
        return ""

    def _get_lateness(self):
        """Return the text that says who was first, and when."""
        if self.user_id.id == self.env.uid:
            return self.env._("“%s” is yours already.", self.display_name)
        return self.env._(
            "“%(lead)s” was claimed by %(user)s on %(date)s.",
            lead=self.display_name,
            user=self.user_id.name,
            date=self._format_moment(self.date_open or self.write_date),
        )

    def _is_cooling_down(self):
        queue = self.queue_id
        return bool(
            queue
            and self.queue_last_user_id.id == self.env.uid
            and queue.cooldown_hours
            and not self.env.user.has_group("sales_team.group_sale_manager")
            and self.queue_date + timedelta(hours=queue.cooldown_hours)
            > fields.Datetime.now()
        )

    def _format_moment(self, moment):
        """Return a point in time as the user's clock shows it."""
        return format_datetime(self.env, moment, dt_format="short")

    # ------------------------------------------------------------
    # RETURN
    # ------------------------------------------------------------

    def _put_in_queue(self, queue, kind, reason=False):
        """Put leads in a queue, with an entry of a kind in the history."""
        self.with_context(**{QUEUE_MOVE: QueueMove(kind, reason)}).write(
            {"queue_id": queue.id}
        )

    def _can_return_to_last_queue(self):
        """Tell whether the lead's last queue is in use, and is for the company that the
        lead belongs to by now: a queue takes leads into its own company."""
        self.ensure_one()
        queue = self.sudo().last_queue_id
        return queue.active and queue.company_id.id in (False, self.company_id.id)

    def action_return_to_queue(self):
        """Return the dialog that asks for the queue and the reason."""
        leads = self.filtered(lambda lead: lead._can_return_to_last_queue())
        queue = leads.sudo().last_queue_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Put in a queue"),
            "res_model": "crm.lead.queue.return",
            "view_mode": "form",
            "target": "new",
            "context": {
                "dialog_size": "medium",
                "default_lead_ids": self.ids,
                "default_queue_id": queue.id if len(queue) == 1 else False,
            },
        }
