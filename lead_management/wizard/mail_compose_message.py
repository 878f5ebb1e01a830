from odoo import fields, models

from ..models.lead_notice import get_notice


class MailComposeMessage(models.TransientModel):
    """Say to how many leads an e-mail went."""

    _inherit = "mail.compose.message"

    lead_mail_count = fields.Integer(
        store=False, help="How many emails to leads were sent, or will be"
    )

    def _action_send_mail(self, auto_commit=False):
        mails, messages = super()._action_send_mail(auto_commit=auto_commit)
        if len(self) == 1 and self._is_to_many_leads():
            stopped = mails.exists().filtered(
                lambda mail: mail.state in ("cancel", "exception")
            )
            self.lead_mail_count = len(mails - stopped)
        return mails, messages

    def action_send_mail(self):
        action = super().action_send_mail()
        if len(self) != 1 or not self._is_to_many_leads():
            return action
        count = self.lead_mail_count
        return get_notice(
            self.env._("Emails on their way to leads: %s.", count)
            if count
            else self.env._(
                "No email was sent: these leads have no address, or are on the"
                " blacklist."
            ),
            next_action=action,
            is_warning=not count,
        )

    def _is_to_many_leads(self):
        return self.model == "crm.lead" and self.composition_mode == "mass_mail"
