from odoo import fields, models


class CrmLeadBulk(models.TransientModel):
    """What the dialog asks to change the queue."""

    _inherit = "crm.lead.bulk"

    queue_id = fields.Many2one("crm.lead.queue", "New Queue")
    no_queue = fields.Boolean("None", help="Take the leads off their queues")
    queue_reason = fields.Char("Reason", help="Told in the history of the queue")

    def _get_preview_fields(self):
        return [*super()._get_preview_fields(), "queue_id", "no_queue"]
