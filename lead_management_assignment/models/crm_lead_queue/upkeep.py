from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.lead_management.models.in_parts import do_or_log
from odoo.addons.lead_management.models.lead_decision_mixin import Decision

BATCH_SIZE = 500


class CrmLeadQueue(models.Model):
    """Leads that come back by themselves, and queues that are given up."""

    _inherit = "crm.lead.queue"

    # ------------------------------------------------------------
    # RETURN OF UNTOUCHED LEADS
    # ------------------------------------------------------------

    def _cron_return_untouched(self):
        """Return claimed leads on which nothing was done in their queue's hours."""
        queues = self.search([("return_hours", ">", 0)])
        self.env["ir.cron"]._commit_progress(remaining=len(queues))
        for queue in queues:
            last_id = 0
            while leads := queue._get_untouched_leads(last_id):
                last_id = leads[-1].id
                do_or_log(leads, queue._take_back_untouched)
                if not self.env["ir.cron"]._commit_progress():
                    return
            self.env["ir.cron"]._commit_progress(1)

    def _take_back_untouched(self, leads):
        hours = self.return_hours
        if hours == 1:
            reason = self.env._("Nothing was done for an hour")
        else:
            reason = self.env._("Nothing was done for %s hours", hours)
        leads._put_in_queue(self, "expired", reason)
        leads._note_decisions("queue", dict.fromkeys(leads, Decision("expired")))

    def _get_untouched_leads(self, last_id=0):
        """Return some of the leads whose owner has had them for too long and has done
        nothing: no change, message or activity since the lead was given to them.

        :param int last_id: the last lead that was tried; it may have been refused
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id
                  FROM crm_lead
                 WHERE last_queue_id = %s
                   AND id > %s
                   AND queue_id IS NULL
                   AND user_id IS NOT NULL
                   AND active
                   AND type = 'lead'
                   AND (%s::int4 IS NULL OR company_id = %s)
                   AND status_id = ANY(%s)
                   AND date_open < now() at time zone 'utc' - %s * interval '1 hour'
                   AND date_last_touch <= date_open
                 ORDER BY id
                 LIMIT %s
                   FOR NO KEY UPDATE SKIP LOCKED
                """,
                self.id,
                last_id,
                self.company_id.id or None,
                self.company_id.id or None,
                self.env["crm.lead.status"]
                .search([("category", "in", ("new", "assigned"))])
                .ids,
                self.return_hours,
                BATCH_SIZE,
            )
        )
        return self.env["crm.lead"].browse(lead_id for (lead_id,) in rows)

    # ------------------------------------------------------------
    # ARCHIVING
    # ------------------------------------------------------------

    def write(self, vals):
        if vals.get("active", True) is False:
            self._check_empty()
        return super().write(vals)

    def _check_empty(self):
        """Refuse to archive queues with leads, which nobody would see any more."""
        counts = dict(
            self.env["crm.lead"]
            .sudo()
            ._read_group([("queue_id", "in", self.ids)], ["queue_id"], ["__count"])
        )
        for queue, count in counts.items():
            raise UserError(
                self.env._(
                    "“%(queue)s” still holds leads (%(count)s). Move them to another"
                    " queue first: Archive in the action menu of the queue offers it.",
                    queue=queue.display_name,
                    count=count,
                )
            )

    def action_archive(self):
        """Archive the queues, or return the dialog that moves their leads first."""
        if not self.env["crm.lead"].sudo().search_count([("queue_id", "in", self.ids)]):
            return super().action_archive()
        return self.env["crm.lead.queue.archive"]._get_records_action(
            name=self.env._("Archive queue"),
            target="new",
            context={"dialog_size": "medium", "default_queue_ids": self.ids},
        )
