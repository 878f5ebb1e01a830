from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_list

from odoo.addons.lead_management.models.lead_notice import (
    RELOAD,
    WITH_NOTICE,
    get_notice,
)

from ..crm_lead.queue_history import QUEUE_MOVE, QueueMove

BEFORE_CLAIM = "lead_before_claim"  # the key of the context
UNDO_MINUTES = 10
SHOWN_NAMES = 3
WAITING = ("queued", "returned", "expired")  # the kinds of events that begin a wait


class CrmLead(models.Model):
    """Saying that a lead was claimed, and taking that back.

    What the lead had before goes to the client and comes back with the button: it is
    no more than what its owner may write anyway.
    """

    _inherit = "crm.lead"

    def _get_before_claims(self):
        """Return what claiming changes on leads, and undoing that puts back, by id as
        JSON has it."""
        return {
            str(lead.id): {"queue_id": lead.queue_id.id, "team_id": lead.team_id.id}
            for lead in self
        }

    def _get_claim_notice(self, before, next_action=None):
        """Return the action that says that the lead is the user's now."""
        message = self.env._("“%s” is yours now.", self.display_name)
        return get_notice(message, [self._get_undo_of_claims(before)], next_action)

    def _get_claims_notice(self, before, refusals):
        """Return the action that says which leads are the user's now, and which not."""
        told = self.env._("Leads that are yours now: %s", len(self))
        return get_notice(
            "\n".join(filter(None, (told, self._join_refusals(refusals)))),
            [self._get_undo_of_claims(before)],
            next_action=RELOAD,
            is_warning=bool(refusals),
            is_sticky=bool(refusals),
        )

    def _get_undo_of_claims(self, before):
        known = {str(lead_id) for lead_id in self.ids}
        return {
            "name": self.env._("Undo"),
            "model": self._name,
            "method": "action_undo_claim",
            "ids": self.ids,
            "context": {
                BEFORE_CLAIM: {key: had for key, had in before.items() if key in known}
            },
        }

    def action_undo_claim(self):
        """Give back leads that the user has claimed, to their queue or to nobody.

        :return: False, or with the context of a button the action that says so and
            reads the page anew
        :raise UserError: a lead is no open one of the user
        """
        self.check_access("write")
        self._check_claimed()
        names = self.mapped("display_name")
        for (queue, team), leads in self.grouped(
            lambda lead: lead._get_holders_before()
        ).items():
            values = {"queue_id": queue.id} if queue else {"user_id": False}
            move = QueueMove("returned")
            moving = leads.with_context(**{QUEUE_MOVE: move})
            moving.write({**values, "team_id": team.id})
        self.sudo().filtered("queue_id")._go_on_waiting()
        if not self or not self.env.context.get(WITH_NOTICE):
            return False
        if len(names) > SHOWN_NAMES:
            text = self.env._("Leads that are free again: %s", len(names))
        else:
            text = self.env._("“%s” is free again.", format_list(self.env, names))
        return get_notice(text, next_action=RELOAD)

    def _check_claimed(self):
        """Refuse leads that are no open ones of the user."""
        for lead in self:
            is_mine = lead.user_id == self.env.user
            if lead.type != "lead" or not is_mine or not lead.active:
                raise UserError(
                    self.env._(
                        "“%s” is no open lead of yours, so there is no claim to undo.",
                        lead.display_name,
                    )
                )

    def _go_on_waiting(self):
        """Let leads whose claim a moment ago was undone wait as if there had been none:
        they have their place in the queue, and may be claimed again. In sudo."""
        places = {lead.id: place for lead in self if (place := lead._get_place())}
        if not places:
            return
        names = ("queue_date", "queue_last_user_id")
        self.flush_recordset(names)
        dates, owners = zip(*places.values(), strict=True)
        # In one statement, as each has a time of its own
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_lead
                   SET queue_date = place.date, queue_last_user_id = place.user_id
                  FROM unnest(%s, %s::timestamp[], %s::int[])
                       AS place (id, date, user_id)
                 WHERE crm_lead.id = place.id
             RETURNING crm_lead.id
                """,
                list(places),
                list(dates),
                list(owners),
            )
        )
        self.invalidate_recordset(names)

    def _get_place(self):
        """Return since when the lead had waited in its queue before it was claimed, and
        the id of its last owner; nothing if it was not claimed by the user just now."""
        events = self.queue_event_ids.sorted("id", reverse=True)
        claimed = events[1:2]
        waits = events[2:].filtered(lambda event: event.kind in WAITING)
        since = fields.Datetime.now() - timedelta(minutes=UNDO_MINUTES)
        if (
            self.queue_id
            and self.queue_id == waits[:1].queue_id
            and claimed.kind == "claimed"
            and claimed.owner_id == self.env.user
            and claimed.date >= since
        ):
            return waits[0].date, waits.owner_id[:1].id or None
        return None

    def _get_holders_before(self):
        """Return the queue and the team that the lead had before it was claimed."""
        before = self.env.context.get(BEFORE_CLAIM)
        before = before.get(str(self.id)) if isinstance(before, dict) else {}
        before = before if isinstance(before, dict) else {}
        queue = self._get_before("crm.lead.queue", before.get("queue_id"))
        team = self._get_before("crm.team", before.get("team_id"))
        return queue, team or self.team_id

    def _get_before(self, model_name, record_id):
        """Return a record that is in use still, by the id that came from a client."""
        records = self.env[model_name].browse(
            record_id if type(record_id) is int else ()
        )
        return records.exists().filtered("active")
