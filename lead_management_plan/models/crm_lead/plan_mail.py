from odoo import models


class CrmLead(models.Model):
    """Who may not get the emails of plans."""

    _inherit = "crm.lead"

    def _get_leads_not_to_mail(self):
        """Return the leads that no plan may write to, by the reason, one of
        `skip_reason` of `crm.lead.plan.step`. Extend for more. In sudo.

        :rtype: dict
        """
        return {
            "no_address": self.filtered(
                lambda lead: not (lead.email_normalized or lead.partner_id.email)
            ),
            "blacklist": self.filtered("is_blacklisted"),
        }
