from odoo import api, models
from odoo.tools.mail import email_split_tuples

from odoo.addons.lead_management.models.in_parts import CONFLICTS

# The context value of a lead to which an e-mail is added; no client can send it.
ADDED = object()


class CrmLead(models.Model):
    """E-mails of people of whom a lead is open are posted on that lead.

    Not those of colleagues: what they forward is of many customers.
    """

    _inherit = "crm.lead"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        lead = self.browse()
        if self._get_open_lead_policy("mail") == "add":
            try:
                with self.env.cr.savepoint():
                    lead = self._add_mail(msg_dict, custom_values)
            except CONFLICTS:
                # A mail server hands an e-mail over once: rather a second lead than
                # one that is lost.
                lead = self.browse()
        if not lead:
            return super().message_new(msg_dict, custom_values)
        return lead.with_context(lead_mail_added=ADDED)

    def _add_mail(self, msg_dict, custom_values):
        """Add an e-mail to the open lead of who has sent it; return the lead, an empty
        one if there is none."""
        # What a program answers for somebody is of them, too.
        mails = self.with_context(lead_automatic_mail=False)
        if not mails._is_written_by_person(msg_dict):
            return self.browse()
        values = self._get_values_of_mail(msg_dict, custom_values)
        [lead] = self._get_leads_to_add_to([values], "mail")
        lead = lead.with_env(self.env)
        if lead:
            lead.message_update(msg_dict)
            lead._add_to_leads([(lead, values)])
        return lead

    def _get_values_of_mail(self, msg_dict, custom_values):
        """Return the values of a lead by which an e-mail is compared, and which it adds
        to an open one."""
        values = dict(custom_values or {})
        # The lead would be of the company of the team whose address it was sent to.
        team = self.env["crm.team"].sudo().browse(values.get("team_id") or ())
        values.setdefault("company_id", team.company_id.id)
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
