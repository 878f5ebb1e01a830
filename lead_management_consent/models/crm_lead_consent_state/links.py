import binascii
import datetime

from odoo import fields, models
from odoo.tools.misc import hash_sign, verify_hash_signed

CONFIRM_SCOPE = "lead_management.consent_confirm"
WITHDRAW_SCOPE = "lead_management.consent_withdraw"
CONFIRM_PATH = "/lead/consent/confirm/"
WITHDRAW_PATH = "/lead/consent/withdraw/"
MAX_TOKEN = 1000


class CrmLeadConsentState(models.Model):
    """The links by which a person confirms and withdraws, without a login.

    Whoever has a link is the person. So only the system makes them, for an e-mail to
    the address: for everybody else who writes a template or previews one, they are
    empty.
    """

    _inherit = "crm.lead.consent.state"

    def _get_confirm_url(self):
        """Return the link that confirms all that was asked for in one e-mail."""
        self.ensure_one()
        if not self.env.su or not self.asked_key:
            return ""
        token = hash_sign(
            self.env,
            CONFIRM_SCOPE,
            [self.asked_key],
            expiration=datetime.timedelta(days=self.purpose_id.link_days),
        )
        return f"{self.get_base_url()}{CONFIRM_PATH}{token}"

    def _get_withdraw_url(self):
        """Return the link that withdraws these consents. It doesn't expire."""
        if not self.env.su or not self:
            return ""
        token = hash_sign(self.env, WITHDRAW_SCOPE, self.ids)
        return f"{self[0].get_base_url()}{WITHDRAW_PATH}{token}"

    def _get_asked_together(self):
        """Return the consents that are asked for in the same e-mail."""
        self.ensure_one()
        if not self.env.su or not self.asked_key:
            return self
        return self.search([("asked_key", "=", self.asked_key)])

    def _find_asked(self, token):
        """Return the consents that a link is to confirm, in sudo; none when it was
        forged, has expired, or was overtaken by a withdrawal or a later e-mail."""
        states = self.sudo()
        values = states._read_token(CONFIRM_SCOPE, token)
        if not values or not isinstance(values[0], str):
            return states.browse()
        return states.search(
            [
                ("asked_key", "=", values[0]),
                "|",
                ("expires_date", ">=", fields.Datetime.now()),
                ("state", "=", "confirmed"),
            ]
        )

    def _find_to_withdraw(self, token):
        """Return the consents that a link is to withdraw, in sudo; none when it was
        forged, or when they are gone."""
        states = self.sudo()
        return states.browse(states._read_token(WITHDRAW_SCOPE, token)).exists()

    def _read_token(self, scope, token):
        """Return the values that this server has signed, an empty list otherwise."""
        if not isinstance(token, str) or len(token) > MAX_TOKEN:
            return []
        try:
            values = verify_hash_signed(self.env(su=True), scope, token)
        except (binascii.Error, OverflowError, TypeError, UnicodeError, ValueError):
            return []
        return values if isinstance(values, list) else []
