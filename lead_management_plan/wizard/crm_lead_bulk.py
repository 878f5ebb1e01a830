from odoo import fields, models


class CrmLeadBulk(models.TransientModel):
    _inherit = "crm.lead.bulk"

    # Start a plan
    plan_id = fields.Many2one(
        "mail.activity.plan",
        "Follow-up Plan",
        domain=[("res_model", "=", "crm.lead"), ("template_ids", "!=", False)],
    )

    def _get_preview_fields(self):
        return [*super()._get_preview_fields(), "plan_id"]
