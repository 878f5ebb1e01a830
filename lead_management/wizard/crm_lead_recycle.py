from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmLeadRecycle(models.TransientModel):
    """Lay leads aside until a day, and say why."""

    _name = "crm.lead.recycle"
    _description = "Recycle Leads"
    _inherit = ["lead.guard.mixin"]

    # Archived leads too, so that they are refused and not passed over.
    lead_ids = fields.Many2many(
        "crm.lead", string="Leads", required=True, context={"active_test": False}
    )
    status_id = fields.Many2one("crm.lead.status", required=True)
    recycle_date = fields.Date(
        "Reopen on",
        required=True,
        default=lambda self: self.env["crm.lead"]._get_default_recycle_date(),
    )
    recycle_reason = fields.Char(
        "Reason", required=True, help="Shown to whoever picks the lead up again"
    )

    @api.constrains("recycle_date")
    def _check_recycle_date(self):
        for wizard in self:
            if wizard.recycle_date <= fields.Date.context_today(wizard):
                raise ValidationError(
                    self.env._("Choose a day from tomorrow onwards to reopen the lead.")
                )

    def action_apply(self):
        """Move the leads to the status Recycled, with date and reason."""
        self.ensure_one()
        self.lead_ids.write(
            {
                "status_id": self.status_id.id,
                "recycle_date": self.recycle_date,
                "recycle_reason": self.recycle_reason,
            }
        )
