from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.lead_management.models.lead_notice import get_notification


class CrmLeadQueueReturn(models.TransientModel):
    """Put leads back in a queue, and say why."""

    _name = "crm.lead.queue.return"
    _description = "Put Leads in a Queue"
    _inherit = ["lead.guard.mixin"]

    # Archived leads too, so that they are refused and not passed over.
    lead_ids = fields.Many2many(
        "crm.lead", string="Leads", required=True, context={"active_test": False}
    )
    queue_id = fields.Many2one("crm.lead.queue", required=True)
    reason = fields.Char(
        required=True, help="What the next owner should know; kept in the history"
    )

    def action_apply(self):
        """Put the leads in the queue, for others to claim.

        :raise UserError: a lead is in that queue, where the reason would tell nothing,
            or is closed
        """
        self.ensure_one()
        for lead in self.lead_ids:
            if lead.queue_id == self.queue_id:
                raise UserError(
                    self.env._(
                        "“%(lead)s” waits in “%(queue)s” already. Choose another queue,"
                        " or leave the lead out.",
                        lead=lead.display_name,
                        queue=self.queue_id.name,
                    )
                )
        self.lead_ids._put_in_queue(self.queue_id, "returned", self.reason)
        # The lead itself may be out of sight now.
        leads = self.env["ir.actions.actions"]._for_xml_id("crm.crm_lead_all_leads")
        return get_notification(
            self.env._("Now in the queue “%s”.", self.queue_id.name),
            next_action=leads | {"target": "main"},
        )
