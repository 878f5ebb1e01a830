from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang


class CrmLeadBulk(models.TransientModel):
    """The dialog of everything the Actions menu does to many leads.

    It holds the selection and the fields of all operations, of which it shows those of
    its own. The preview and the work are the operation's, `crm.lead.bulk.operation`.
    """

    _name = "crm.lead.bulk"
    _description = "Bulk Action on Leads"
    _inherit = ["lead.guard.mixin"]

    operation = fields.Selection(
        lambda self: (
            self.env["crm.lead.bulk.job"]
            ._fields["operation"]
            ._description_selection(self.env)
        ),
        required=True,
        readonly=True,
    )
    selection = fields.Json(
        "Domain of the Selection", required=True, readonly=True, default=list
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    can_start = fields.Boolean(compute="_compute_preview")

    # Mass update
    changes = fields.Json(default=list)
    # Change owner
    user_id = fields.Many2one(
        "res.users", "New Owner", domain="[('share', '=', False)]"
    )
    no_owner = fields.Boolean("Nobody", help="Take the leads from their owners")
    # Set status
    status_id = fields.Many2one("crm.lead.status", "New Status")
    status_category = fields.Selection(related="status_id.category")
    lost_reason_id = fields.Many2one("crm.lost.reason")
    recycle_date = fields.Date(
        "Reopen on",
        default=lambda self: self.env["crm.lead"]._get_default_recycle_date(),
    )
    recycle_reason = fields.Char(
        "Recycled Because", help="Shown to whoever picks the leads up again"
    )

    def _get_operation(self):
        return self.env[f"crm.lead.bulk.operation.{self.operation}"]

    def _get_preview_fields(self):
        """Return the names of the fields on which the preview depends."""
        names = ["changes", "user_id", "no_owner", "status_id", "lost_reason_id"]
        names += ["recycle_date", "recycle_reason"]
        return ["operation", "selection", *names]

    @api.depends(lambda self: self._get_preview_fields())
    def _compute_preview(self):
        for dialog in self:
            operation, problem, preview = dialog._get_operation(), "", None
            values = operation._read_dialog(dialog)
            try:
                operation._check_values(values)
            except UserError as error:
                problem = str(error)
            else:
                preview = operation._preview(dialog._get_domain(), values)
            dialog.can_start = bool(preview and preview.will_change)
            dialog.preview = self.env["ir.qweb"]._render(
                "lead_management_bulk.crm_lead_bulk_preview",
                dialog._get_preview_values(preview, problem),
            )

    def _get_preview_values(self, preview, problem):
        """Return what the template shows."""
        leads = self.env["crm.lead"].with_context(active_test=False)
        limit = self.env["crm.lead.bulk.job"]._get_at_once_limit()
        total = preview.total if preview else leads.search_count(self._get_domain())

        def number(value):
            return formatLang(self.env, value, digits=0)

        return {
            "total": total,
            "preview": preview,
            "will_change": preview
            and self._get_operation()._tell_will_change(
                number(preview.will_change), number(total)
            ),
            "problem": problem,
            "in_background": total > limit,
            "number": number,
        }

    def _get_domain(self):
        """Return which leads are selected."""
        return self.env["crm.lead"]._read_selection(self.selection)

    def action_convert(self):
        """Open the dialog that converts the selected leads."""
        self.ensure_one()
        leads = self.env["crm.lead"].search(self._get_domain())
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management.crm_lead_action_mass_convert"
        )
        action["context"] = {
            "default_result": "account",
            "active_model": leads._name,
            "active_ids": leads.ids,
        }
        return action

    @api.model
    def get_updatable_fields(self):
        """Return the fields that a mass update can change, for the dialog.

        :return: descriptions as of `fields_get`, by name
        """
        return self.env["crm.lead.bulk.operation.update"]._get_fields()

    def action_start(self):
        """Start the work, and say what became of it.

        :return: a message with Undo when all is done, else the job
        """
        self.ensure_one()
        values = self._get_operation()._read_dialog(self)
        job = self.env["crm.lead.bulk.job"]._start(
            self.operation, values, self._get_domain()
        )
        return job._get_action_after()
