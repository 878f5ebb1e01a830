from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.lead_management_bulk.models.crm_lead_bulk.operation import TIMES

from ..crm_lead.queue_history import QUEUE_MOVE, QueueMove


class CrmLeadBulkOperationOwner(models.AbstractModel):
    """Leads that get an owner leave their queue, and go back there."""

    _inherit = "crm.lead.bulk.operation.owner"

    def _get_kept_fields(self, values):
        return [*super()._get_kept_fields(values), "queue_id"]


class CrmLeadBulkOperationQueue(models.AbstractModel):
    """Put leads in a queue, or take them off theirs.

    `values`: `queue_id`, False for none, and the `reason` for the queue's history. What
    it means to the owner is in `crm.lead`: a lead in a queue has none.
    """

    _name = "crm.lead.bulk.operation.queue"
    _inherit = "crm.lead.bulk.operation"
    _description = "Change of Queue of Leads"

    def _read_dialog(self, dialog):
        if dialog.no_queue:
            return {"queue_id": False}
        return {
            "queue_id": dialog.queue_id.id,
            "is_given": True,
            "reason": dialog.queue_reason,
        }

    def _get_queue(self, values):
        return self.env["crm.lead.queue"].browse(values["queue_id"] or ()).exists()

    def _check_values(self, values):
        if (values["queue_id"] or values.get("is_given")) and not self._get_queue(
            values
        ):
            raise UserError(self.env._("Choose the queue."))

    def _describe(self, values):
        if not values["queue_id"]:
            return [self.env._("The leads are taken off their queues.")]
        queue = self._get_queue(values)
        return [
            self.env._(
                "The leads wait in the queue %(queue)s for somebody to claim them.",
                queue=queue.name,
            )
        ]

    def _preview_changes(self, domain, values):
        lines = self._describe(values)
        leads = self.env["crm.lead"].with_context(active_test=False)
        if values["queue_id"] and (
            owned := leads.search_count(domain & Domain("user_id", "!=", False))
        ):
            lines.append(self.env._("They lose their owner: %(count)s.", count=owned))
        return lines

    def _get_refusals(self, values):
        queue = self._get_queue(values)
        if not queue:
            return []
        refusals = [
            (
                Domain("type", "=", "opportunity"),
                self.env._("It is an opportunity: only leads wait in queues."),
            ),
            (
                Domain("active", "=", False) | Domain("won_status", "!=", "pending"),
                self.env._("It is closed. Restore it first."),
            ),
        ]
        if company := queue.sudo().company_id:
            refusals.append(
                (
                    Domain("company_id", "not in", [False, company.id]),
                    self.env._("The queue is another company's."),
                )
            )
        return refusals

    def _get_unchanged_domain(self, values):
        return Domain("queue_id", "=", values["queue_id"])

    def _get_kept_fields(self, values):
        return ["queue_id", "user_id", "team_id", "status_id", *TIMES]

    def _apply(self, leads, values):
        if reason := values.get("reason"):
            move = QueueMove("queued", reason)
            leads = leads.with_context(**{QUEUE_MOVE: move})
        leads.write({"queue_id": values["queue_id"]})


class CrmLeadBulkJob(models.Model):
    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("queue", "Change queue")], ondelete={"queue": "cascade"}
    )
