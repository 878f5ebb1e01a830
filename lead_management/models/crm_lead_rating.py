from odoo import fields, models


class CrmLeadRating(models.Model):
    """What became of the business that a lead stands for, in the company's own words.

    It says what is, where stars say how good it looks.
    """

    _name = "crm.lead.rating"
    _description = "Lead Rating"
    _inherit = ["lead.picklist.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="Archived ratings stay on their leads but can't be chosen"
    )

    def _get_usage_fields(self):
        return [*super()._get_usage_fields(), ("crm.lead", "rating_id")]
