from odoo import models


class CrmLead(models.Model):
    """Leads show the consents of their address, and carry withdrawals along."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "lead.consent.mixin"]

    def _get_lead_action_ranks(self):
        return {
            **super()._get_lead_action_ranks(),
            "lead_management_consent.crm_lead_consent_ask_action_lead": 404,
        }

    def _get_rare_fields(self):
        email = "email_normalized"
        return super()._get_rare_fields() | {
            "consent_state_ids": ("crm.lead.consent.state", email, email),
        }

    def _get_consent_lang(self):
        return self.lang_id.code

    def _merge_dependences(self, opportunities):
        emails = (self | opportunities).sudo().mapped("email_normalized")
        self.env["crm.lead.consent.state"]._carry_withdrawals([emails], "merge")
        return super()._merge_dependences(opportunities)

    def _execute_conversions(self, plans):
        emails = [plan.lead.email_normalized for plan in plans]
        conversions = super()._execute_conversions(plans)
        self.env["crm.lead.consent.state"]._carry_withdrawals(
            [
                (email, plan.contact.sudo().email_normalized)
                for email, plan in zip(emails, plans, strict=True)
                if plan.contact
            ],
            "conversion",
        )
        return conversions
