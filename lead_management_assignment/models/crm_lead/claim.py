from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_datetime

from odoo.addons.lead_management.models.crm_lead.status import OPEN_CATEGORIES
from odoo.addons.lead_management.models.lead_notice import WITH_NOTICE, get_notice

from ...exceptions import ClaimRefused
from .queue import QUEUE_MOVE, QueueMove

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

    The limits of queues count the leads a person got in a day, whatever the way: by
    claiming, by becoming the owner of them, from a colleague too, by converting them
    or by merging them into another lead. A lead counts for the queue it is in, for
    those it was in today, and for those it has waited in since it last had an owner.
    It counts once for each person. What sales managers do and have does not count, nor
    what rules assign.
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
        vals = self._read_holder_values(vals)
        leads = self.sudo()
        taker = self.env.user
        if vals.get("user_id"):
            taker = taker.browse(vals["user_id"])
            taken = leads.filtered(lambda lead: lead.user_id != taker)
        elif vals.get("type") == "opportunity":
            taken = leads.filtered(lambda lead: not lead.user_id)
        else:
            if not vals.get("queue_id", True):
                self._check_not_queued()
            return super().write(vals)
        # Giving a lead to somebody else is no claim, but counts for them.
        claimed = taken.filtered("queue_id") if taker == self.env.user else taken[:0]
        _granted, refusals, counted = taken._split_by_claim(taker, claimed)
        if refusals:
            self.check_access("write")  # a refusal names leads
            raise UserError("\n".join(self._shorten_refusals(refusals)))
        moving = self
        if claimed or counted:
            move = QueueMove(bool(claimed) and "claimed", counted=counted)
            moving = self.with_context(**{QUEUE_MOVE: move})
        unqueued = taken.filtered(lambda lead: lead.id in counted and not lead.queue_id)
        result = super(CrmLead, moving).write(vals)
        unqueued._log_counted(taker, counted)
        return result

    def _is_move_of_a_member(self, vals):
        """Tell whether values may give leads that are or were in a queue to somebody,
        take them off it or make opportunities of them, so that no list, no conversion
        and no API call leads around the limits of claims."""
        return (
            bool(vals.keys() & {"queue_id", "user_id", "type"})
            and any(lead.queue_id or lead.last_queue_id for lead in self.sudo())
            and not self._is_free_to_move()
        )

    def copy(self, default=None):
        queued = self.sudo().filtered("queue_id")
        if queued and not self._is_free_to_move():
            self.check_access("read")
            raise UserError(
                self.env._(
                    "“%(lead)s” waits in “%(queue)s”. Claim it before you duplicate it,"
                    " or ask a sales manager.",
                    lead=queued[0].display_name,
                    queue=queued[0].queue_id.name,
                )
            )
        return super().copy(default)

    def _is_free_to_move(self):
        """Tell whether leads may be moved as one likes: sales managers have no limits,
        and moves of this addon's own have been asked already."""
        return (
            self.env.su
            or isinstance(self.env.context.get(QUEUE_MOVE), QueueMove)
            or self.env.user.has_group("sales_team.group_sale_manager")
        )

    def _check_not_queued(self):
        """Refuse to take leads off their queues for nobody.

        :raise UserError: names the first
        """
        queued = self.sudo().filtered("queue_id")
        if not queued:
            return
        self.check_access("write")
        raise UserError(
            self.env._(
                "“%(lead)s” leaves “%(queue)s” when somebody claims it. Claim it,"
                " or ask a sales manager to take it off.",
                lead=queued[0].display_name,
                queue=queued[0].queue_id.name,
            )
        )

    # ------------------------------------------------------------
    # WHAT COUNTS AS TAKEN
    # ------------------------------------------------------------

    def _get_limiting_queues(self, taker):
        """Return the queues whose limits taking the leads counts for, by lead."""
        none = self.env["crm.lead.queue"].sudo()
        limiting = dict.fromkeys(self, none)
        if taker.has_group("sales_team.group_sale_manager"):
            return limiting
        events = self.env["crm.lead.queue.event"].sudo()
        were_queued = self.filtered(lambda lead: lead.queue_id or lead.last_queue_id)
        if were_queued:
            events = events.search(
                [("lead_id", "in", were_queued.ids)], order="id desc"
            )
        day = {queue: queue._get_start_of_day() for queue in events.queue_id}
        for lead, history in events.grouped("lead_id").items():
            waits = not lead.user_id
            for event in history:
                if event.kind == "removed":
                    break  # by a sales manager, who wants it to be free
                waits &= event.kind not in ("claimed", "assigned")
                if waits or event.date >= day[event.queue_id]:
                    limiting[lead.with_env(self.env)] |= event.queue_id
        return {
            lead: (queues | lead.sudo().queue_id).filtered("claim_limit")
            for lead, queues in limiting.items()
        }

    def _log_counted(self, taker, counted):
        """Note in the history what counts for somebody and has left no queue now.

        :param dict counted: of `_split_by_claim`
        """
        self.env["crm.lead.queue.event"].sudo().create(
            [
                {
                    "lead_id": lead.id,
                    "queue_id": counted[lead.id]["queues"][0],
                    "user_id": self.env.uid,
                    "owner_id": taker.id,
                    "kind": "claimed" if taker == self.env.user else "assigned",
                    "counted": counted[lead.id],
                }
                for lead in self
                if lead.id in counted
            ]
        )

    def _take(self, taker, claimed):
        """Count leads that somebody gets without becoming their owner.

        :param claimed: which of them the current user claims
        :return: the leads as the history notes them, see `_split_by_claim`
        :raise UserError: the limit of a queue is reached
        """
        if self._is_free_to_move():
            return {}
        taken = self.sudo().filtered(lambda lead: lead.user_id != taker)
        _granted, refusals, counted = taken._split_by_claim(taker, claimed.sudo())
        if refusals:
            raise UserError("\n".join(self._shorten_refusals(refusals)))
        return counted

    def _become_archived(self, plans):
        leads = self.browse([plan.lead.id for plan in plans])
        leads = leads.filtered(lambda lead: not lead.user_id)
        counted = leads._take(self.env.user, leads.sudo().filtered("queue_id"))
        result = super()._become_archived(plans)
        leads.sudo()._log_counted(self.env.user, counted)
        return result

    def _merge_dependences(self, opportunities):
        taker = self.user_id or self.env.user
        counted = opportunities._take(taker, self.browse())
        result = super()._merge_dependences(opportunities)
        for entry in counted.values():
            self.sudo()._log_counted(taker, {self.id: entry})
        return result

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
            raise ClaimRefused("\n".join(self._shorten_refusals(refusals)))
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
                "title": self.env._("Leads that are yours now: %s", len(claimed)),
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
        granted, refused, counted = leads._split_by_claim(self.env.user, leads)
        if granted:
            self.browse(granted.ids)._take_from_queue(counted)
        return self.browse(granted.ids), refused + refusals

    def _split_by_claim(self, taker, claimed):
        """Tell which leads somebody may get now.

        :param taker: the user who gets them
        :param claimed: which of them the current user claims
        :return: these leads; for each other one a text that says why; and what the
            history notes of those that count, by their ids: the lead's id, which a
            merged lead keeps, and the ids of the `queues`
        :rtype: tuple
        """
        limiting = self._get_limiting_queues(taker)
        queues = self.env["crm.lead.queue"].sudo().union(*limiting.values())
        taken = {queue: queue._lock_taken_today(taker) for queue in queues.sorted("id")}
        granted, refusals, counted = self.browse(), [], {}
        for lead in self:
            reason = lead._get_claim_refusal() if lead in claimed else ""
            for queue in limiting[lead]:
                reason = reason or lead._get_limit_refusal(queue, taker, taken[queue])
            if reason:
                refusals.append(reason)
                continue
            granted += lead
            if limiting[lead]:
                counted[lead.id] = {"lead": lead.id, "queues": limiting[lead].ids}
            for queue in limiting[lead]:
                taken[queue].add(lead.id)
        return granted, refusals, counted

    def _get_limit_refusal(self, queue, taker, taken):
        """Return why somebody can't have the lead today, or an empty text.

        :param set taken: the ids of the leads they have got of the queue today
        """
        self.ensure_one()
        if self.id in taken or len(taken) < queue.claim_limit:
            return ""
        if taker == self.env.user:
            return self.env._(
                "“%(lead)s” stays: you have reached your daily claim limit of"
                " “%(queue)s” (%(limit)s).",
                lead=self.display_name,
                limit=queue.claim_limit,
                queue=queue.name,
            )
        return self.env._(
            "“%(lead)s” stays: %(user)s has reached their daily claim limit of"
            " “%(queue)s” (%(limit)s). Give it to somebody else, or ask a sales"
            " manager.",
            lead=self.display_name,
            user=taker.name,
            limit=queue.claim_limit,
            queue=queue.name,
        )

    def _take_from_queue(self, counted):
        """Make the current user the owner of locked leads.

        :param dict counted: of `_split_by_claim`

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
            **{QUEUE_MOVE: QueueMove("claimed", counted=counted)},
        )
        unqueued = self.sudo().filtered(lambda lead: not lead.queue_id)
        in_own_team = claiming._filter_in_own_team()
        if in_own_team:
            in_own_team.write({"user_id": self.env.uid})
        if others := claiming - in_own_team:
            # Native's compute would look for the same team once for each lead.
            team = self.env["crm.team"]._get_default_team_id(
                user_id=self.env.uid, domain=[("use_leads", "=", True)]
            )
            others.write({"user_id": self.env.uid, "team_id": team.id})
        unqueued._log_counted(self.env.user, counted)
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
        its leads until somebody takes them, and just have seen these.

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
                "“%(lead)s” from “%(queue)s” was claimed by %(user)s on %(date)s.",
                lead=claims[lead.id].lead_id.display_name,
                queue=claims[lead.id].queue_id.name,
                user=claims[lead.id].owner_id.name,
                date=self._format_moment(claims[lead.id].date),
            )
            for lead in self
        ]

    def _get_claim_refusal(self):
        """Return why the user can't claim the lead, or an empty text."""
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
