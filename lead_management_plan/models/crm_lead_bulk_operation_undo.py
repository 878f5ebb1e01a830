from odoo import models

from odoo.addons.lead_management.models.crm_lead.unread import SAME_MOMENT


class CrmLeadBulkOperationUndo(models.AbstractModel):
    """Plans that a job has ended go on when the job is undone."""

    _inherit = "crm.lead.bulk.operation.undo"

    def _run(self, leads, values):
        outcome = super()._run(leads, values)
        if job := self._get_job(values):
            there = leads.exists()
            undone = there.filtered(lambda lead: lead.id not in outcome.failures)
            undone._go_on_with_plans(
                *("dead", "recycled", "archived", "company"),
                since=job.create_date - SAME_MOMENT,
            )
        return outcome
