from odoo import models


class MailComposeMessage(models.TransientModel):
    """Mailings for a purpose leave out who has not agreed to it, as those who are on
    the blacklist."""

    _inherit = "mail.compose.message"

    def _process_mail_values_state(self, mail_values_dict):
        result = super()._process_mail_values_state(mail_values_dict)
        purpose = self.mass_mailing_id.sudo().consent_purpose_id
        if not purpose or not self._is_mass_mailing():
            return result
        recipients = {
            res_id: set(data["mail_to_normalized"])
            for res_id, data in self._get_recipients_data(result).items()
        }
        agreed = self.env["crm.lead.consent.state"]._get_agreed_emails(
            purpose, set().union(*recipients.values())
        )
        for res_id, values in result.items():
            is_left_out = values.get("state") in ("cancel", "exception")
            if not is_left_out and not recipients[res_id] <= agreed:
                values |= {
                    "state": "cancel",
                    "failure_type": "mail_no_consent",
                    # Not said in the chatter that it was sent
                    "is_notification": False,
                }
        return result
