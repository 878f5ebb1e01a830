from odoo import fields, models


class CrmLeadQueueArchive(models.TransientModel):
    """Archive queues and say where their leads go."""

    _name = "crm.lead.queue.archive"
    _description = "Archive Queues"
    _inherit = ["lead.guard.mixin"]

    queue_ids = fields.Many2many(
        "crm.lead.queue",
        string="Queues",
        required=True,
        context={"active_test": False},
    )
    target_id = fields.Many2one(
        "crm.lead.queue",
        "Move Leads to",
        domain="[('id', 'not in', queue_ids)]",
        help="Left empty, the leads have neither queue nor owner afterwards",
    )
    lead_count = fields.Integer("Leads", compute="_compute_lead_count")

    def _compute_lead_count(self):
        for wizard in self:
            wizard.lead_count = self.env["crm.lead"].search_count(
                [("queue_id", "in", wizard.queue_ids.ids)]
            )

    def action_apply(self):
        """Move the leads, then archive the queues."""
        self.ensure_one()
        self.queue_ids.check_access("write")
        leads = (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .search([("queue_id", "in", self.queue_ids.ids)])
        )
        leads.write({"queue_id": self.target_id.id})
        return self.queue_ids.action_archive()
