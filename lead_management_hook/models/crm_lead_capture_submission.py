import re

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize
from odoo.tools.sql import escape_psql


class CrmLeadCaptureSubmission(models.Model):
    """Erasing what a person sent: also what came of them by a webhook."""

    _inherit = "crm.lead.capture.submission"

    @api.model
    def erase_email(self, email):
        count = super().erase_email(email)
        if not (normalized := isinstance(email, str) and email_normalize(email)):
            return count
        pattern = f"%{escape_psql(normalized)}%"
        found = self.env["crm.lead.hook.call"].search(
            Domain("body", "=ilike", pattern) | Domain("fetched", "=ilike", pattern)
        )
        # Not those of somebody whose address only ends or begins like it.
        whole = re.compile(
            rf"(?<![\w.+-]){re.escape(normalized)}(?![\w-]|\.\w)", re.IGNORECASE
        )
        calls = found.filtered(
            lambda call: whole.search(f"{call.body or ''} {call.fetched or ''}")
        )
        calls.unlink()
        return count + len(calls)
