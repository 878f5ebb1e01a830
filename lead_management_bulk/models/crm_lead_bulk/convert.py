from itertools import chain

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_list

from odoo.addons.lead_management.models.crm_lead.conversion_plan import TARGETS

from .operation import SHOWN_NAMES


class CrmLeadBulkOperationConvert(models.AbstractModel):
    """Convert leads to accounts, and to opportunities if asked.

    The native mass wizard starts it, when there are many leads, and does the work:
    `values` are what was chosen there. `target` is as `crm.lead.convert_lead` takes it.
    """

    _name = "crm.lead.bulk.operation.convert"
    _inherit = "crm.lead.bulk.operation"
    _description = "Conversion of Leads"

    def _check_values(self, values):
        if values.get("target") not in TARGETS:
            raise UserError(self.env._("Choose what the leads are converted to."))

    def _describe(self, values):
        if values["target"] == "opportunity":
            return [
                self.env._(
                    "Each lead becomes an opportunity, with the account and the contact"
                    " found for it, or new ones."
                )
            ]
        return [
            self.env._(
                "Each lead goes to the account and the contact found for it, or to new"
                " ones, and is archived."
            )
        ]

    def _get_refusals(self, values):
        return [
            (
                Domain("type", "=", "opportunity"),
                self.env._("It is an opportunity."),
            ),
            (
                Domain("conversion_ids", "any", [("undone_date", "=", False)]),
                self.env._("It is converted."),
            ),
            (
                Domain("active", "=", False) | Domain("won_status", "=", "lost"),
                self.env._("It is closed. Restore it before you convert it."),
            ),
        ]

    def _after_job(self, job):
        """Tell of the leads that can't have the team, as theirs is another company."""
        team = self.env["crm.team"].browse(job.values.get("team_id") or [])
        company = team.sudo().company_id
        if not (job.values.get("user_ids") and company):
            return
        leads = self.env["crm.lead"].search(
            [
                ("id", "in", [*chain(*job.sudo().batch_ids.mapped("lead_ids"))]),
                ("type", "=", "opportunity"),
                ("company_id", "not in", [False, company.id]),
            ]
        )
        if leads:
            names = leads[:SHOWN_NAMES].mapped("display_name")
            if len(leads) > len(names):
                names.append(self.env._("%s more", len(leads) - len(names)))
            told = self.env._(
                "Not with the sales team “%(team)s”, as they belong to another company"
                " than it: %(leads)s.",
                team=team.display_name,
                leads=format_list(self.env, names),
            )
            job.sudo().description = f"{job.description}\n{told}"

    def _apply(self, leads, values):
        self.env["crm.lead2opportunity.partner.mass"]._convert_batch(leads, values)


class CrmLeadBulkJob(models.Model):
    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("convert", "Convert")], ondelete={"convert": "cascade"}
    )
