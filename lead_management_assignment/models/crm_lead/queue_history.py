from collections import defaultdict

from odoo import fields, models

# The context value under which leads leave or enter a queue for a known reason
QUEUE_MOVE = "lead_queue_move"


class QueueMove:
    """Why leads leave or enter a queue; a client can't send one.

    :param str kind: a kind of `crm.lead.queue.event`; by what is written, if empty
    :param dict counted: what counts for the daily limit of who takes them, by lead
    """

    def __init__(self, kind, reason=False, counted=None):
        self.kind = kind
        self.reason = reason
        self.counted = counted or {}


class CrmLead(models.Model):
    """What becomes of leads that have changed between a queue and an owner."""

    _inherit = "crm.lead"

    queue_event_ids = fields.One2many(
        "crm.lead.queue.event", "lead_id", "Queue History", readonly=True
    )

    def _follow_queue(self, before):
        """Note what changed between queue and owner, in the leads and in the history.

        :param dict before: queue and owner of each lead before the change
        """
        # Who puts a lead in a queue may be unable to see it any more.
        moved = self.sudo().filtered(lambda lead: lead.queue_id != before[lead][0])
        if not moved:
            return
        move = self.env.context.get(QUEUE_MOVE)
        if not isinstance(move, QueueMove):
            move = None
        vals_list = []
        leads_by_values = defaultdict(moved.browse)
        for lead in moved:
            queue, owner = before[lead]
            vals_list.append(lead._prepare_queue_event(queue, owner, move))
            if lead.queue_id:
                last_owner = owner or lead.queue_last_user_id
                leads_by_values[lead.queue_id, last_owner] += lead
        now = self.env.cr.now()
        for (queue, last_owner), leads in leads_by_values.items():
            leads.write(
                {
                    "queue_date": now,
                    "last_queue_id": queue.id,
                    "queue_last_user_id": last_owner.id if last_owner else False,
                }
            )
        moved._free_activities({lead: before[lead][1] for lead in moved})
        moved.env["crm.lead.queue.event"].create(vals_list)
        if any(vals["to_tell"] for vals in vals_list):
            self.env["crm.lead.queue"]._tell_arrivals_soon()

    def _free_activities(self, owners):
        """Take from the former owners what they had planned on leads that wait in a
        queue now: it is for whoever claims the lead, and the lead's name is no longer
        theirs to see. In sudo.

        :param dict owners: who owned each lead before, in sudo
        """
        owned = self.filtered(lambda lead: lead.queue_id and owners[lead])
        if not owned:
            return
        planned = self.env["mail.activity"].search(
            [("res_model", "=", self._name), ("res_id", "in", owned.ids)]
        )
        by_lead = {lead.id: owners[lead] for lead in owned}
        theirs = planned.filtered(
            lambda activity: activity.user_id == by_lead[activity.res_id]
        )
        if theirs:
            theirs.write({"user_id": False})

    def _prepare_queue_event(self, queue_before, owner_before, move):
        """Return the values of the history's line about the lead's last change."""
        queue = self.queue_id or queue_before
        if self.queue_id:
            kind = "queued"
        elif self.user_id:
            kind = "assigned"
        else:
            kind = "removed"
        owner = owner_before if self.queue_id else self.user_id
        if move and move.kind == "claimed":
            owner = self.env.user  # who converts it need not own the opportunity
        return {
            "lead_id": self.id,
            "queue_id": queue.id,
            "user_id": self.env.uid,
            "owner_id": owner.id if owner else False,
            "kind": (move and move.kind) or kind,
            "reason": move.reason if move else False,
            "counted": move.counted.get(self.id) if move else None,
            "to_tell": bool(self.queue_id) and queue.notify != "none",
        }

    def _get_rare_fields(self):
        return super()._get_rare_fields() | {
            "queue_event_ids": ("crm.lead.queue.event", "lead_id", "id"),
        }

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        opportunities.sudo().queue_event_ids.lead_id = self
        return result
