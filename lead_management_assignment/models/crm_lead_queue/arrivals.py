from collections import defaultdict
from datetime import timedelta

from odoo import fields, models

# Leads that come within so many seconds are told of in one e-mail.
COLLECTING_SECONDS = 60
NAMED_LEADS = 20


class CrmLeadQueue(models.Model):
    _inherit = "crm.lead.queue"

    def _tell_arrivals_soon(self):
        at = fields.Datetime.now() + timedelta(seconds=COLLECTING_SECONDS)
        self.env.ref(
            "lead_management_assignment.ir_cron_tell_queue_arrivals"
        ).sudo()._trigger(at)

    def _cron_tell_arrivals(self):
        """Tell members by e-mail of the leads that have arrived: one e-mail per queue,
        however many leads. Leads that were claimed meanwhile are left out."""
        queues = [
            queue
            for (queue,) in self.env["crm.lead.queue.event"]._read_group(
                [("to_tell", "=", True)], ["queue_id"]
            )
        ]
        self.env["ir.cron"]._commit_progress(remaining=len(queues))
        for queue in queues:
            queue._tell_arrivals()
            self.env["ir.cron"]._commit_progress(1)

    def _tell_arrivals(self):
        """Send the e-mail about all leads that have arrived since the last one."""
        events = self.env["crm.lead.queue.event"].search(
            [("queue_id", "=", self.id), ("to_tell", "=", True)]
        )
        waiting = events.lead_id.filtered_domain([("queue_id", "=", self.id)])
        events.to_tell = False
        if not waiting:
            return
        leads = waiting.sorted("id", reverse=True)
        if self.notify == "address":
            company = self.company_id or self.env.company
            self._mail_arrivals(
                leads, company.partner_id.lang, email_to=self.notify_email
            )
        elif self.notify == "members":
            # Who brought all of them knows.
            bringers = events.user_id
            members = self.user_ids - (bringers if len(bringers) == 1 else bringers[:0])
            for readable, users in self._group_by_readable(members, leads).items():
                for lang, partners in users.partner_id.grouped("lang").items():
                    self._mail_arrivals(
                        readable, lang, partners=partners.filtered("email")
                    )

    def _group_by_readable(self, members, leads):
        """Return which members may read which of the leads.

        Members of a queue without company may have no access to a lead's. Access is
        asked once for all who work in the same of the leads' companies and have the
        same groups, which is what the rules on leads look at.

        :return: members by the leads they may read, without those who may read none
        """
        alike = members.grouped(
            lambda user: (user.company_ids & leads.company_id, user.all_group_ids)
        )
        users_by_leads = defaultdict(members.browse)
        # Not the companies of who runs the scheduled action by hand
        anywhere = leads.with_context(allowed_company_ids=[])
        for users in alike.values():
            readable = anywhere.with_user(users[0])._filtered_access("read")
            if readable:
                users_by_leads[readable.with_env(self.env)] |= users
        return users_by_leads

    def _mail_arrivals(self, leads, lang, partners=None, email_to=False):
        """Queue one e-mail; with `partners`, each gets one of their own."""
        if not partners and not email_to:
            return
        queue = self.with_context(lang=lang)
        values = {
            "queue": queue,
            "leads": leads[:NAMED_LEADS].with_context(lang=lang),
            "count": len(leads),
            "more": max(len(leads) - NAMED_LEADS, 0),
            "base_url": self.get_base_url(),
        }
        body = queue.env["ir.qweb"]._render(
            "lead_management_assignment.crm_lead_queue_mail_arrivals", values
        )
        self.env["mail.mail"].create(
            {
                "subject": queue.env._(
                    "%(queue)s: %(count)s new leads to claim",
                    queue=queue.name,
                    count=len(leads),
                )
                if len(leads) > 1
                else queue.env._(
                    "%(queue)s: a new lead to claim, %(lead)s",
                    queue=queue.name,
                    lead=leads.display_name,
                ),
                "body_html": body,
                "recipient_ids": partners.ids if partners else False,
                "email_to": email_to,
                "auto_delete": True,
            }
        )
