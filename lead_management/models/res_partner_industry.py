from odoo import fields, models


class ResPartnerIndustry(models.Model):
    _name = "res.partner.industry"
    _inherit = ["res.partner.industry", "lead.picklist.mixin"]
    _order = "sequence, name"

    sequence = fields.Integer(default=10)

    def _get_usage_fields(self):
        return [
            *super()._get_usage_fields(),
            ("crm.lead", "industry_id"),
            ("res.partner", "industry_id"),
        ]
