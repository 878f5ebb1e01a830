from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_list


class CrmLeadBulkOperationStatus(models.AbstractModel):
    """Move leads along the status path.

    `values`: `status_id`, and `lost_reason_id` for a Dead one. The moves are those that
    the user may make one by one; see `_check_status_transition` of `crm.lead`.
    """

    _name = "crm.lead.bulk.operation.status"
    _inherit = "crm.lead.bulk.operation"
    _description = "Change of Status of Leads"
    _batch_size = 1000

    def _read_dialog(self, dialog):
        return {
            "status_id": dialog.status_id.id,
            "lost_reason_id": dialog.status_category == "dead"
            and dialog.lost_reason_id.id,
        }

    def _get_status(self, values):
        return self.env["crm.lead.status"].browse(values["status_id"] or ()).exists()

    def _check_values(self, values):
        status = self._get_status(values)
        if not status:
            raise UserError(self.env._("Choose the new status."))
        if status.category == "converted":
            raise UserError(
                self.env._(
                    "A lead becomes %(status)s when it is converted: use “Convert to"
                    " opportunities” or “Convert to accounts” in the Actions menu.",
                    status=status.name,
                )
            )
        if status.category == "dead" and not values.get("lost_reason_id"):
            raise UserError(
                self.env._(
                    "A lead becomes %(status)s with a lost reason.", status=status.name
                )
            )

    def _describe(self, values):
        status = self._get_status(values)
        lines = [self.env._("The status becomes %(status)s.", status=status.name)]
        if values.get("lost_reason_id"):
            reason = self.env["crm.lost.reason"].browse(values["lost_reason_id"])
            lines.append(self.env._("The lost reason is “%s”.", reason.name))
        return lines

    def _preview_changes(self, domain, values):
        groups = (
            self.env["crm.lead"]
            .with_context(active_test=False)
            ._read_group(domain, ["status_id"], ["__count"])
        )
        return self._describe(values) + [
            self.env._("Now %(status)s: %(count)s.", status=status.name, count=count)
            for status, count in groups
            if status
        ]

    def _get_refusals(self, values):
        target = self._get_status(values)
        refusals = [
            (
                Domain("type", "=", "opportunity"),
                self.env._("It is an opportunity: move it by its stage."),
            ),
            (
                Domain("status_id.category", "=", "converted"),
                self.env._("It is converted: undo the conversion first."),
            ),
        ]
        if self.env.su or self.env.user.has_group("sales_team.group_sale_manager"):
            return refusals
        statuses = self.env["crm.lead.status"].with_context(active_test=False)
        return refusals + [
            (Domain("status_id", "=", status.id), self._explain_refusal(status))
            for status in statuses.search([("category", "!=", "converted")])
            if status != target and target not in status.next_status_ids
        ]

    def _explain_refusal(self, status):
        if not status.next_status_ids:
            return self.env._(
                "It is %(status)s. Only a sales manager can move it from there.",
                status=status.name,
            )
        return self.env._(
            "It is %(status)s. From there it can go to %(others)s.",
            status=status.name,
            others=format_list(
                self.env, status.next_status_ids.mapped("name"), style="or"
            ),
        )

    def _get_unchanged_domain(self, values):
        return Domain("status_id", "=", values["status_id"])

    def _apply(self, leads, values):
        vals = {"status_id": values["status_id"]}
        if values.get("lost_reason_id"):
            vals["lost_reason_id"] = values["lost_reason_id"]
        leads.write(vals)


class CrmLeadBulkJob(models.Model):
    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("status", "Set status")], ondelete={"status": "cascade"}
    )
