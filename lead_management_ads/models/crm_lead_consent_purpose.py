from odoo import models


class CrmLeadConsentPurpose(models.Model):
    _inherit = "crm.lead.consent.purpose"

    def _get_usage_fields(self):
        return [*super()._get_usage_fields(), ("crm.lead.ad.goal", "purpose_id")]
