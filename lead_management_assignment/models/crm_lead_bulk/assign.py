from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CrmLeadBulkOperationAssign(models.AbstractModel):
    """Let the assignment rules find owners and queues for leads."""

    _name = "crm.lead.bulk.operation.assign"
    _inherit = "crm.lead.bulk.operation"
    _description = "Assignment of Leads by Rules"

    def _check_values(self, values):
        self.env["crm.lead"]._check_may_assign_by_rules()

    def _describe(self, values):
        return [self.env._("The assignment rules choose the owner or the queue.")]

    def _preview_changes(self, domain, values):
        leads = self.env["crm.lead"].with_context(active_test=False)
        lines = self._describe(values)
        if owned := leads.search_count(domain & Domain("user_id", "!=", False)):
            lines.append(
                self.env._(
                    "With an owner, who may change: %(count)s. Entries that keep the"
                    " owner leave theirs.",
                    count=owned,
                )
            )
        return lines

    def _get_refusals(self, values):
        assignable = self.env["crm.lead"]._get_assignable_domain()
        return [(~assignable, self.env._("It is not an open lead."))]

    def _apply(self, leads, values):
        result = leads.run_assignment_rules()
        done = result["assigned"] + result["unmatched"]
        if done < len(leads):
            # Tried again one by one, this names those that are locked.
            raise UserError(
                self.env._("Somebody else is changing it right now. Try it again.")
            )


class CrmLeadBulkJob(models.Model):
    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("assign", "Assign by rules")], ondelete={"assign": "cascade"}
    )
