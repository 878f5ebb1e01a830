from odoo import models
from odoo.tools.mail import email_normalize_all


class CrmLead(models.Model):
    """Who may not get the emails of plans."""

    _inherit = "crm.lead"

    def _get_addresses_to_mail(self):
        """Return the addresses that emails to leads go to: that of the contact, if it
        has one. It need not be what the lead says. Sets of normalized addresses, by
        lead."""
        recipients = self._message_get_default_recipients()
        partners = self.env["res.partner"]
        partners = partners.browse(
            {id_ for values in recipients.values() for id_ in values["partner_ids"]}
        )
        emails = {partner.id: partner.email_normalized for partner in partners}
        return {
            lead: {
                *email_normalize_all(recipients[lead.id]["email_to"] or ""),
                *(emails[id_] for id_ in recipients[lead.id]["partner_ids"]),
            }
            - {False}
            for lead in self
        }

    def _get_leads_not_to_mail(self):
        """Return the leads that no plan may write to, by the reason, one of
        `skip_reason` of `crm.lead.plan.step`. Extend for more. In sudo."""
        addresses = self._get_addresses_to_mail()
        asked = set().union(*addresses.values())
        blacklist = self.env["mail.blacklist"].search([("email", "in", list(asked))])
        blocked = set(blacklist.mapped("email"))
        return {
            "no_address": self.filtered(lambda lead: not addresses[lead]),
            "blacklist": self.filtered(
                lambda lead: lead.is_blacklisted or addresses[lead] & blocked
            ),
        }
