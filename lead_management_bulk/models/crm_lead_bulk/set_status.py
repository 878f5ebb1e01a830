from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, format_list

from .operation import TIMES


class CrmLeadBulkOperationStatus(models.AbstractModel):
    """Move leads along the status path.

    `values`: `status_id`, `lost_reason_id` for a Dead one, `recycle_date` and
    `recycle_reason` for a Recycled one. The moves are those that the user may make one
    by one; see `_check_status_transition` of `crm.lead`.
    """

    _name = "crm.lead.bulk.operation.status"
    _inherit = "crm.lead.bulk.operation"
    _description = "Change of Status of Leads"

    def _read_dialog(self, dialog):
        values = {"status_id": dialog.status_id.id}
        if dialog.status_category == "dead":
            values["lost_reason_id"] = dialog.lost_reason_id.id
        elif dialog.status_category == "recycled":
            values["recycle_date"] = fields.Date.to_string(dialog.recycle_date)
            values["recycle_reason"] = dialog.recycle_reason
        return values

    def _get_status(self, values):
        return self.env["crm.lead.status"].browse(values["status_id"] or ()).exists()

    def _check_values(self, values):
        status = self._get_status(values)
        if not status:
            raise UserError(self.env._("Choose the new status."))
        if status.category == "converted":
            raise UserError(
                self.env._(
                    "A lead becomes %(status)s when it is converted: use “Convert” in"
                    " the Actions menu.",
                    status=status.name,
                )
            )
        if status.category == "dead" and not values.get("lost_reason_id"):
            raise UserError(
                self.env._(
                    "A lead becomes %(status)s with a lost reason.", status=status.name
                )
            )

        if status.category == "recycled":
            self._check_recycling(status, values)

    def _check_recycling(self, status, values):
        """Ask for what the dialog of a single lead asks for."""
        day = fields.Date.to_date(values.get("recycle_date") or False)
        if not day or not (values.get("recycle_reason") or "").strip():
            raise UserError(
                self.env._(
                    "A lead becomes %(status)s with a reason and a day to reopen it.",
                    status=status.name,
                )
            )
        if day <= fields.Date.context_today(self):
            raise UserError(
                self.env._("Choose a day from tomorrow onwards to reopen the lead.")
            )

    def _describe(self, values):
        status = self._get_status(values)
        lines = [self.env._("The status becomes %(status)s.", status=status.name)]
        if values.get("recycle_date"):
            lines.append(
                self.env._(
                    "They are reopened on %(date)s: %(reason)s",
                    date=format_date(self.env, values["recycle_date"]),
                    reason=values["recycle_reason"],
                )
            )
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

    def _get_kept_fields(self, values):
        names = ["status_id", "active", "lost_reason_id", "recycle_date"]
        return [*names, "recycle_reason", *TIMES]

    def _apply(self, leads, values):
        needs = ("lost_reason_id", "recycle_date", "recycle_reason")
        given = {name: values[name] for name in needs if values.get(name)}
        leads.write({"status_id": values["status_id"], **given})


class CrmLeadBulkJob(models.Model):
    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("status", "Set status")], ondelete={"status": "cascade"}
    )
