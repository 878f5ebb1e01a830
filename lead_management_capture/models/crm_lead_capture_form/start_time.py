import binascii
import time
from datetime import datetime, timezone

from odoo import models
from odoo.tools.misc import hash_sign, verify_hash_signed

SCOPE = "lead_management.capture_start"
VALID_HOURS = 24


class CrmLeadCaptureForm(models.Model):
    """When the form's page was served, so that robots are known by their haste."""

    _inherit = "crm.lead.capture.form"

    def _sign_start(self):
        """Return the moment of now as text that only this server can write, for the
        `started` input of the page."""
        return hash_sign(
            self.env(su=True),
            SCOPE,
            [self.id, int(time.time())],
            expiration_hours=VALID_HOURS,
        )

    def _read_start(self, signed):
        """Return when the page was served to the visitor.

        :param signed: the `started` input as it came back
        :return: naive UTC; None when it wasn't signed by this server for this form, or
            more than a day ago
        """
        try:
            values = verify_hash_signed(self.env(su=True), SCOPE, signed or "")
            form_id, timestamp = values
        except (binascii.Error, OverflowError, TypeError, UnicodeError, ValueError):
            return None
        if form_id != self.id:
            return None
        return datetime.fromtimestamp(timestamp, timezone.utc).replace(tzinfo=None)
