from datetime import datetime, time

import pytz

from odoo import models


class CrmLead(models.Model):
    """The daily limits of queues.

    They count the leads a person got in a day, whatever the way: by claiming, by
    becoming the owner of them, from a colleague too, by converting them or by merging
    them into another lead. A lead counts for the queue it is in, for those it was in
    today, and for those it has waited in since it last had an owner. It counts once for
    each person. What sales managers do and have does not count, nor what rules assign.

    Leads and queues come here in sudo.
    """

    _inherit = "crm.lead"

    def _split_by_claim(self, taker, claimed):
        """Tell which leads somebody may get now.

        :param claimed: which of them the current user claims
        :return: these leads; for each other one a text that says why; and what the
            history notes of those that count, by their ids: the lead's id, which a
            merged lead keeps, and the ids of the `queues`
        """
        limiting = self._get_limiting_queues(taker)
        queues = self.env["crm.lead.queue"].union(*limiting.values())
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

    def _get_limiting_queues(self, taker):
        """Return the queues whose limits taking the leads counts for, by lead."""
        limiting = dict.fromkeys(self, self.env["crm.lead.queue"])
        if taker.has_group("sales_team.group_sale_manager"):
            return limiting
        queues = self.env["crm.lead.queue"].with_context(active_test=False)
        if not queues.search_count([("claim_limit", ">", 0)], limit=1):
            return limiting
        events = self.env["crm.lead.queue.event"]
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
                    limiting[lead] |= event.queue_id
        return {
            lead: (queues | lead.queue_id).filtered("claim_limit")
            for lead, queues in limiting.items()
        }

    def _get_limit_refusal(self, queue, taker, taken):
        """Return why somebody can't have the lead today, or an empty text."""
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

    def _log_counted(self, taker, counted):
        """Note in the history what counts for somebody and has left no queue now."""
        self.env["crm.lead.queue.event"].create(
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


class CrmLeadQueue(models.Model):
    _inherit = "crm.lead.queue"

    def _lock_taken_today(self, taker):
        """Return which leads of the queue somebody has got today.

        The membership is locked and touched until the transaction ends: of two of the
        user's claims at once, PostgreSQL lets the later one begin anew, and it counts
        the first.

        :return: the ids of the leads, before they were merged into others
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
        events = self.env["crm.lead.queue.event"].search(
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
        company = self.company_id or self.env.ref("base.main_company")
        name = company.partner_id.tz or company.resource_calendar_id.tz or "UTC"
        try:
            timezone = pytz.timezone(name)
        except pytz.UnknownTimeZoneError:
            timezone = pytz.utc
        midnight = datetime.combine(datetime.now(timezone).date(), time.min)
        return timezone.localize(midnight).astimezone(pytz.utc).replace(tzinfo=None)
