from odoo import models


class UtmCampaign(models.Model):
    """Campaigns that web forms give their leads can't be deleted."""

    _name = "utm.campaign"
    _inherit = ["utm.campaign", "lead.picklist.mixin"]

    def _get_usage_fields(self):
        return [*super()._get_usage_fields(), ("crm.lead.capture.form", "campaign_id")]
