from odoo import models


class CrmLeadQueue(models.Model):
    _inherit = "crm.lead.queue"

    def _get_usage_fields(self):
        return [
            *super()._get_usage_fields(),
            ("crm.lead.assignment.rule.entry", "queue_id"),
        ]
