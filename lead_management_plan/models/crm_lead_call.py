from odoo import api, models

from odoo.addons.lead_management.models.crm_lead.unread import SAME_MOMENT
from odoo.addons.lead_management_call.models.crm_lead_call.call import REACHED


class CrmLeadCall(models.Model):
    """A call that reaches somebody ends the plan of the lead."""

    _inherit = "crm.lead.call"

    @api.model_create_multi
    def create(self, vals_list):
        calls = super().create(vals_list)
        reached = calls.filtered(lambda call: call.kind in REACHED)
        reached.lead_id._stop_plans("call")
        return calls

    def _undo_activities(self):
        activity_id = (self.effects or {}).get("activity_id")
        result = super()._undo_activities()
        self.env["crm.lead.plan.step"]._open_again(activity_id or [])
        return result

    def _undo_lead(self):
        result = super()._undo_lead()
        if self.kind in REACHED:
            self.lead_id._go_on_with_plans("call", since=self.date - SAME_MOMENT)
        return result
