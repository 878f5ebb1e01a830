from odoo import models


class CrmLeadConsentPurpose(models.Model):
    _inherit = "crm.lead.consent.purpose"

    def _get_usage_fields(self):
        return [
            *super()._get_usage_fields(),
            ("mail.activity.plan.template", "consent_purpose_id"),
            ("crm.lead.plan.step", "consent_purpose_id"),
        ]
