from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.lead_management.models.crm_team import FOUND_TEAMS, FoundTeams

from .operation import TIMES


class CrmLeadBulkOperationOwner(models.AbstractModel):
    """Give leads to a salesperson, or take them from theirs.

    `values`: `user_id`, False for no owner. The team follows the owner, as it does in
    the form. The new owner is told once, not lead by lead.
    """

    _name = "crm.lead.bulk.operation.owner"
    _inherit = "crm.lead.bulk.operation"
    _description = "Change of Owner of Leads"

    def _read_dialog(self, dialog):
        if dialog.no_owner:
            return {"user_id": False}
        return {"user_id": dialog.user_id.id, "is_given": True}

    def _check_values(self, values):
        user = self._get_owner(values)
        if values.get("is_given") and not user:
            raise UserError(self.env._("Choose the new owner."))
        if values["user_id"] and (not user or user.share or not user.active):
            raise UserError(
                self.env._(
                    "%(user)s can't own leads: choose an active employee.",
                    user=user.name or values["user_id"],
                )
            )

    def _get_owner(self, values):
        return self.env["res.users"].browse(values["user_id"] or ()).exists()

    def _describe(self, values):
        if not values["user_id"]:
            return [self.env._("The leads get no owner.")]
        return [
            self.env._("The owner becomes %(user)s.", user=self._get_owner(values).name)
        ]

    def _preview_changes(self, domain, values):
        groups = (
            self.env["crm.lead"]
            .with_context(active_test=False)
            ._read_group(domain, ["user_id"], ["__count"])
        )
        nobody = self.env._("nobody")
        return self._describe(values) + [
            self.env._(
                "Now %(user)s's: %(count)s.", user=user.name or nobody, count=count
            )
            for user, count in groups
        ]

    def _get_refusals(self, values):
        owner = self._get_owner(values)
        if not owner:
            return []
        return [
            (
                Domain("company_id", "not in", [False, *owner.sudo().company_ids.ids]),
                self.env._(
                    "%(user)s does not work in the lead's company.", user=owner.name
                ),
            )
        ]

    def _get_unchanged_domain(self, values):
        return Domain("user_id", "=", values["user_id"])

    def _get_kept_fields(self, values):
        return ["user_id", "team_id", "status_id", *TIMES]

    def _apply(self, leads, values):
        leads.with_context(
            mail_auto_subscribe_no_notify=True, **{FOUND_TEAMS: FoundTeams()}
        ).write({"user_id": values["user_id"]})

    def _after_job(self, job):
        owner = self._get_owner(job.values)
        if not owner.active or owner == job.user_id or not job.changed_count:
            return
        self.env["mail.thread"]._notify_in_their_language(
            owner,
            lambda env: env._("Leads for you: %s", job.changed_count),
            lambda env: (
                Markup("<p>%s</p>")
                % env._(
                    "Leads that %(user)s gave you: %(count)s.",
                    user=job.user_id.name,
                    count=job.changed_count,
                )
            ),
        )


class CrmLeadBulkJob(models.Model):
    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("owner", "Change owner")], ondelete={"owner": "cascade"}
    )
