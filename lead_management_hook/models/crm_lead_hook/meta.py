import hashlib
import hmac
import json
import re
import secrets

from odoo import api, fields, models

from odoo.addons.lead_management_capture.tools.capture_body import (
    MALFORMED,
    BodyError,
)

from ...tools import fetching, payload
from .hook import FULL_NAME

GRAPH = "https://graph.facebook.com/v23.0"
ASKED = "id,created_time,form_id,campaign_name,ad_name,is_organic,field_data"
CHALLENGE = re.compile(r"[\w-]{1,200}")
LEAD_ID = re.compile("[0-9]{1,40}")
SIGNATURE_HEADER = "X-Hub-Signature-256"
# Questions of a form by the fields of Meta's lead forms, as Meta names them
# (developers.facebook.com/docs/marketing-api/guides/lead-ads)
FIELDS = {
    "full_name": FULL_NAME,
    "first_name": "first_name",
    "last_name": "last_name",
    "email": "email",
    "work_email": "email",
    "phone_number": "phone",
    "work_phone_number": "company_phone",
    "company_name": "company",
    "job_title": "job_title",
    "street_address": "street",
    "post_code": "zip",
    "zip_code": "zip",
    "city": "city",
    "state": "state",
    "province": "state",
    "country": "country",
}


class CrmLeadHook(models.Model):
    """Meta Lead Ads: Meta asks once whether the address is ours, signs each call, and
    tells in it only which leads there are. What they say is fetched."""

    _inherit = "crm.lead.hook"

    platform = fields.Selection(
        selection_add=[("meta", "Meta Lead Ads")], ondelete={"meta": "set default"}
    )
    meta_verify_token = fields.Char(
        "Verify Token",
        copy=False,
        help="Enter the same token at Meta, beside the address",
    )
    meta_app_secret = fields.Char(
        "App Secret",
        copy=False,
        help="Of the app at Meta. Calls that are not signed with it are refused.",
    )
    meta_access_token = fields.Char(
        "Access Token",
        copy=False,
        help="Of the page at Meta, with the right to read its leads",
    )

    @api.onchange("platform")
    def _onchange_meta(self):
        if self.platform == "meta" and not self.meta_verify_token:
            self.meta_verify_token = secrets.token_urlsafe(12)

    def _get_ready_paths(self):
        if self.platform != "meta":
            return super()._get_ready_paths()
        return {
            f"field_data[name={name}].values[0]": key for name, key in FIELDS.items()
        }

    def _get_ready_touches(self):
        if self.platform != "meta":
            return super()._get_ready_touches()
        return {"campaign_name": "last_utm_campaign", "ad_name": "last_utm_content"}

    def _answer_challenge(self, query):
        if self.platform != "meta":
            return super()._answer_challenge(query)
        challenge = query.get("hub.challenge", "")
        token, known = query.get("hub.verify_token", ""), self.meta_verify_token or ""
        is_right = (
            known
            and query.get("hub.mode") == "subscribe"
            and CHALLENGE.fullmatch(challenge)
            and hmac.compare_digest(token.encode(), known.encode())
        )
        return (challenge, "text/plain") if is_right else None

    def _is_signed(self, data, headers):
        if self.platform != "meta":
            return super()._is_signed(data, headers)
        secret = (self.meta_app_secret or "").encode()
        right = hmac.new(secret, data, hashlib.sha256).hexdigest()
        given = headers.get(SIGNATURE_HEADER, "").encode()
        return bool(secret) and hmac.compare_digest(given, f"sha256={right}".encode())

    def _split(self, data):
        if self.platform != "meta":
            return super()._split(data)
        try:
            entries = payload.read(payload.decode(data))["entry"]
            changes = [change for entry in entries for change in entry["changes"]]
            leads = [c["value"] for c in changes if c["field"] == "leadgen"]
            # Only what tells the lead: Meta repeats a call with another time in it.
            ids = [str(lead["leadgen_id"]) for lead in leads]
        except (KeyError, TypeError) as error:
            raise BodyError(MALFORMED) from error
        return [json.dumps({"leadgen_id": lead_id}).encode() for lead_id in ids]

    def _is_asked(self):
        return self.platform == "meta" or super()._is_asked()

    def _ask(self, body):
        if self.platform != "meta":
            return super()._ask(body)
        token, secret = self.meta_access_token or "", self.meta_app_secret or ""
        proof = hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        answer = fetching.get(
            f"{GRAPH}/{self._read_lead_id(body, 'leadgen_id', LEAD_ID)}",
            params={"fields": ASKED, "appsecret_proof": proof},
            headers={"Authorization": f"Bearer {token}"},
        )
        if not fetching.is_good(answer):
            raise ValueError(
                self.env._(
                    "Meta does not give the lead (%(status)s). %(message)s",
                    status=answer.status_code,
                    message=fetching.read_message(answer, "error", "message"),
                ).strip()
            )
        return answer.text.replace("\0", "")
