from odoo import fields, models


class CrmLeadQueueReturn(models.TransientModel):
    """Put leads back in a queue, and say why."""

    _name = "crm.lead.queue.return"
    _description = "Put Leads in a Queue"
    _inherit = ["lead.guard.mixin"]

    lead_ids = fields.Many2many("crm.lead", string="Leads", required=True)
    queue_id = fields.Many2one("crm.lead.queue", required=True)
    reason = fields.Char(
        required=True, help="What the next owner should know; kept in the history"
    )

    def action_apply(self):
        """Put the leads in the queue, for others to claim."""
        self.ensure_one()
        self.lead_ids._put_in_queue(self.queue_id, "returned", self.reason)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Now in the queue “%s”.", self.queue_id.name),
                # The lead itself may be out of sight now.
                "next": self.env["ir.actions.actions"]._for_xml_id(
                    "crm.crm_lead_all_leads"
                )
                | {"target": "main"},
            },
        }
