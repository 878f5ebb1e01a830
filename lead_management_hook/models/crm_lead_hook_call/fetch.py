import datetime
import hashlib
import hmac
import re

import requests

from odoo import api, fields, models

from odoo.addons.lead_management_capture.tools.capture_body import BodyError

from ...tools import payload

GRAPH = "https://graph.facebook.com/v23.0"
ASKED = "id,created_time,form_id,campaign_name,ad_name,is_organic,field_data"
LEAD_ID = re.compile("[0-9]{1,40}")
TIMEOUT = 10  # seconds
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
        if self.hook_id.platform != "meta" or self.fetched:
            return super()._take_one()
        self.write({"state": "fetching", "reason": False, "attempts": 0})
        self.env.ref("lead_management_hook.ir_cron_fetch").sudo()._trigger()
        return None

    def _get_body(self):
        return self.fetched or super()._get_body()

    @api.model
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
            self.fetched = self._ask_graph()
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

    def _ask_graph(self):
        """Return what Meta knows of the lead of a call, as JSON.

        :raise requests.RequestException: nobody answered, or a server failed
        :raise ValueError: Meta refuses; says why
        """
        hook = self.hook_id
        lead_id = self._read_lead_id()
        token, secret = hook.meta_access_token or "", hook.meta_app_secret or ""
        proof = hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        answer = requests.get(
            f"{GRAPH}/{lead_id}",
            params={"fields": ASKED, "appsecret_proof": proof},
            headers={"Authorization": f"Bearer {token}"},
            timeout=TIMEOUT,
            allow_redirects=False,
        )
        if answer.status_code >= 500 or answer.status_code == 429:
            answer.raise_for_status()
        if answer.status_code != 200 or len(answer.content) > payload.MAX_BODY:
            raise ValueError(self._explain_answer(answer))
        return answer.text.replace("\0", "")

    def _read_lead_id(self):
        try:
            lead_id = payload.flatten(payload.read(self.body))["leadgen_id"]
        except (BodyError, KeyError):
            lead_id = ""
        if not LEAD_ID.fullmatch(lead_id):
            raise ValueError(self.env._("The call names no lead."))
        return lead_id

    def _explain_answer(self, answer):
        try:
            message = answer.json()["error"]["message"]
        except (ValueError, KeyError, TypeError):
            message = ""
        return self.env._(
            "Meta does not give the lead (%(status)s). %(message)s",
            status=answer.status_code,
            message=str(message)[:500],
        ).strip()
