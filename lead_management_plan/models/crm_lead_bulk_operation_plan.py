from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CrmLeadBulkOperationPlan(models.AbstractModel):
    """Start a plan on leads.

    `values`: `plan_id`. The steps are for the owner of each lead, unless the plan names
    somebody. A plan that a lead has stops.
    """

    _name = "crm.lead.bulk.operation.plan"
    _inherit = "crm.lead.bulk.operation"
    _description = "Start of a Plan on Leads"

    def _read_dialog(self, dialog):
        return {"plan_id": dialog.plan_id.id}

    def _get_plan(self, values):
        plan = self.env["mail.activity.plan"].browse(values.get("plan_id") or ())
        return plan.exists()

    def _check_values(self, values):
        plan = self._get_plan(values)
        if not plan or plan.res_model != "crm.lead" or not plan.template_ids:
            raise UserError(self.env._("Choose the plan."))

    def _describe(self, values):
        plan = self._get_plan(values)
        return [self.env._("The plan “%s” starts.", plan.name)]

    def _preview_changes(self, domain, values):
        running = Domain("plan_run_ids", "any", [("state", "=", "running")])
        leads = self.env["crm.lead"].with_context(active_test=False)
        lines = self._describe(values)
        if count := leads.search_count(domain & running):
            lines.append(self.env._("Plans that stop for it: %s.", count))
        return lines

    def _get_refusals(self, values):
        refusals = [
            (Domain("type", "=", "opportunity"), self.env._("It is an opportunity.")),
            (
                Domain("active", "=", False)
                | Domain("status_id.category", "in", ("converted", "dead")),
                self.env._("It is closed."),
            ),
        ]
        if company := self._get_plan(values).company_id:
            refusals.append(
                (
                    Domain("company_id", "not in", (False, company.id)),
                    self.env._("The plan is of another company."),
                )
            )
        return refusals

    def _apply(self, leads, values):
        leads._start_plan(self._get_plan(values))


class CrmLeadBulkJob(models.Model):
    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("plan", "Start a plan")], ondelete={"plan": "cascade"}
    )
