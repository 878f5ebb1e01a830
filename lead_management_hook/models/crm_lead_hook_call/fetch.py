import datetime

import requests

from odoo import fields, models

MAX_ATTEMPTS = 5
BATCH = 20


class CrmLeadHookCall(models.Model):
    """Fetching what a call only tells of, by a scheduled action: whoever calls does not
    wait for it."""

    _inherit = "crm.lead.hook.call"

    state = fields.Selection(
        selection_add=[("fetching", "To Be Fetched")],
        ondelete={"fetching": "set default"},
    )
    fetched = fields.Text(
        readonly=True, help="What the platform said when it was asked"
    )
    attempts = fields.Integer(readonly=True, aggregator=None)
    next_attempt = fields.Datetime(readonly=True)

    def _take_one(self):
        if self.fetched or not self.hook_id.sudo()._is_asked():
            return super()._take_one()
        self.write({"state": "fetching", "reason": False, "attempts": 0})
        self.env.ref("lead_management_hook.ir_cron_fetch").sudo()._trigger()
        return None

    def _get_body(self):
        return self.fetched or super()._get_body()

    def _cron_fetch(self):
        """Fetch what there is to fetch, the oldest first."""
        due = [
            ("state", "=", "fetching"),
            "|",
            ("next_attempt", "=", False),
            ("next_attempt", "<=", fields.Datetime.now()),
        ]
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=self.search_count(due))
        while calls := self.search(due, order="id", limit=BATCH):
            for call in calls:
                call.with_company(call.company_id)._fetch()
                if not progress._commit_progress(1):
                    return

    def _fetch(self):
        """Ask the platform for a lead, and take it."""
        try:
            self.fetched = self.hook_id.sudo()._ask(self.body)
        except requests.RequestException as error:
            self._put_off(type(error).__name__)
        except ValueError as error:
            self.write({"state": "waiting", "reason": str(error)})
        else:
            self.write({"state": "waiting", "next_attempt": False})
            self._take()

    def _put_off(self, why):
        """Try again later; after some times, a person has to."""
        attempts = self.attempts + 1
        values = {"attempts": attempts}
        if attempts >= MAX_ATTEMPTS:
            values["state"] = "waiting"
            values["reason"] = self.env._(
                "The lead could not be fetched (%s). Check the connection, then try"
                " again.",
                why,
            )
        else:
            delay = datetime.timedelta(minutes=2**attempts)
            values["next_attempt"] = fields.Datetime.now() + delay
            self.env.ref("lead_management_hook.ir_cron_fetch").sudo()._trigger(
                at=values["next_attempt"]
            )
        self.write(values)
