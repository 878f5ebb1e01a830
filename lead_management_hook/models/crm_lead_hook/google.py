import secrets
from hmac import compare_digest

from odoo import api, fields, models

from .hook import FULL_NAME

# Questions of a form by the columns of Google's lead forms, as Google names them
# (developers.google.com/google-ads/webhook/docs/implementation)
COLUMNS = {
    "FULL_NAME": FULL_NAME,
    "FIRST_NAME": "first_name",
    "LAST_NAME": "last_name",
    "EMAIL": "email",
    "WORK_EMAIL": "email",
    "PHONE_NUMBER": "phone",
    "WORK_PHONE": "company_phone",
    "COMPANY_NAME": "company",
    "JOB_TITLE": "job_title",
    "STREET_ADDRESS": "street",
    "POSTAL_CODE": "zip",
    "CITY": "city",
    "REGION": "state",
    "COUNTRY": "country",
}


class CrmLeadHook(models.Model):
    """Lead forms of Google Ads: a key stands in each call, and a mark in those that are
    sent to try the address."""

    _inherit = "crm.lead.hook"

    platform = fields.Selection(
        selection_add=[("google", "Google Ads lead form")],
        ondelete={"google": "set default"},
    )
    google_key = fields.Char(
        copy=False,
        help="Enter the same key in Google Ads, beside the address. Calls with another"
        " one wait.",
    )

    @api.onchange("platform")
    def _onchange_google(self):
        if self.platform == "google" and not self.google_key:
            self.google_key = secrets.token_urlsafe(12)

    def _get_ready_paths(self):
        if self.platform != "google":
            return super()._get_ready_paths()
        return {
            f"user_column_data[column_id={column}].string_value": key
            for column, key in COLUMNS.items()
        }

    def _get_ready_touches(self):
        if self.platform != "google":
            return super()._get_ready_touches()
        return {"gcl_id": "last_gclid"}

    def _find_refusal(self, values):
        if self.platform == "google" and self.google_key:
            given = values.get("google_key", "")
            if not compare_digest(given.encode(), self.google_key.encode()):
                return self.env._(
                    "It came with another key than the one of the webhook."
                )
        return super()._find_refusal(values)

    def _is_test(self, values):
        if self.platform == "google":
            return bool(values.get("is_test"))
        return super()._is_test(values)
