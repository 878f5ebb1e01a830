import datetime

from odoo import api, fields, models
from odoo.tools import email_normalize

from .submission import OPEN_STATES

DEFAULT_KEPT_DAYS = 365
PURGE_BATCH = 1_000


class CrmLeadCaptureSubmission(models.Model):
    """How submissions go: after a time, or when the person asks for it.

    The module `privacy_lookup` finds them by name and e-mail address on its own.
    """

    _inherit = "crm.lead.capture.submission"

    @api.autovacuum
    def _gc_submissions(self):
        """Delete what is older than the days it is kept. What may still become a lead
        stays. Return how many were deleted, and whether there may be more."""
        days = self._get_kept_days()
        if not days:
            return 0, False
        old = self.search(
            [
                ("create_date", "<", fields.Datetime.now() - datetime.timedelta(days)),
                ("state", "not in", OPEN_STATES),
            ],
            limit=PURGE_BATCH,
            order="create_date",
        )
        old.unlink()
        return len(old), len(old) == PURGE_BATCH

    def _get_kept_days(self):
        return self.env["ir.config_parameter"]._get_lead_number(
            "lead_management.capture_kept_days", DEFAULT_KEPT_DAYS
        )

    @api.model
    def erase_email(self, email):
        """Delete all that was sent from an e-mail address, whatever became of it, and
        what is kept of its leads to take something back. The leads stay: they are
        deleted as leads are.

        :return: how many were deleted
        :raise AccessError: the user may not delete submissions
        """
        self.check_access("unlink")
        normalized = isinstance(email, str) and email_normalize(email)
        if not normalized:
            return 0
        submissions = self.search([("email_normalized", "=", normalized)])
        submissions.unlink()
        self.env["crm.lead"]._forget_person(normalized)
        return len(submissions)
