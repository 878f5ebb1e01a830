from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from odoo.addons.lead_management.models.lead_notice import get_notification


class CrmLeadCaptureErase(models.TransientModel):
    """Delete what a person sent with web forms, when they ask for it."""

    _name = "crm.lead.capture.erase"
    _description = "Erase a Person's Submissions"

    email = fields.Char(required=True, default=lambda self: self._default_email())

    def _default_email(self):
        """Return the address of the submissions that were selected, if it is one."""
        if self.env.context.get("active_model") != "crm.lead.capture.submission":
            return False
        selected = self.env["crm.lead.capture.submission"].browse(
            self.env.context.get("active_ids")
        )
        emails = set(selected.mapped("email_normalized"))
        return emails.pop() if len(emails) == 1 else False

    def action_erase(self):
        """Delete the submissions, and say how many there were.

        :raise UserError: it is no e-mail address
        """
        self.ensure_one()
        if not email_normalize(self.email):
            raise UserError(
                self.env._(
                    "“%s” is not a valid email address. Check the spelling.", self.email
                )
            )
        count = self.env["crm.lead.capture.submission"].erase_email(self.email)
        return get_notification(
            self.env._(
                "Submissions from %(email)s erased: %(count)s. Their leads are"
                " still there; delete or anonymize them as leads.",
                count=count,
                email=self.email,
            )
        )
