from odoo import models


class CrmLeadQueue(models.Model):
    """Queues that web forms put their leads into can't be deleted."""

    _inherit = "crm.lead.queue"

    def _get_usage_fields(self):
        return [*super()._get_usage_fields(), ("crm.lead.capture.form", "queue_id")]
