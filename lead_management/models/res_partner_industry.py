from odoo import fields, models


class ResPartnerIndustry(models.Model):
    _name = "res.partner.industry"
    _inherit = ["res.partner.industry", "lead.picklist.mixin"]
    _picklist_order = "sequence, name, id"

    sequence = fields.Integer(default=10)

    def _get_usage_fields(self):
        return [*super()._get_usage_fields(), ("crm.lead", "industry_id")]
