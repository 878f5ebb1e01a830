from odoo import api, models
from odoo.tools.mail import email_split_tuples

# The context value of a lead to which an e-mail is added; no client can send it.
ADDED = object()


class CrmLead(models.Model):
    """E-mails of people of whom a lead is open are posted on that lead."""

    _inherit = "crm.lead"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        values = self._get_values_of_mail(msg_dict, custom_values)
        [lead] = self._get_leads_to_add_to([values], "mail")
        if not lead:
            return super().message_new(msg_dict, custom_values)
        lead = lead.with_env(self.env)
        lead.message_update(msg_dict)
        lead._add_to_leads([(lead, values)])
        return lead.with_context(lead_mail_added=ADDED)

    @api.model
    def _get_values_of_mail(self, msg_dict, custom_values):
        """Return the values of a lead by which an e-mail is compared, and which it adds
        to an open one."""
        values = dict(custom_values or {})
        sender = msg_dict.get("from") or ""
        values.setdefault("email_from", sender)
        name = next((name for name, _address in email_split_tuples(sender) if name), "")
        if name:
            values.setdefault("contact_name", name)
        return {name: value for name, value in values.items() if value}

    def _creation_subtype(self):
        if self.env.context.get("lead_mail_added") is ADDED:
            return self.env.ref("mail.mt_comment")
        return super()._creation_subtype()
