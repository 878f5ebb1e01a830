from odoo import api, fields, models


class CrmLead(models.Model):
    """Where a lead of a web form came from, and what its visitor agreed to."""

    _inherit = "crm.lead"

    capture_form_id = fields.Many2one(
        "crm.lead.capture.form",
        "Web Form",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The form with which the lead was made",
    )
    capture_touches = fields.Json(readonly=True, copy=False)
    capture_origin = fields.Text(
        "Way to the Form",
        compute="_compute_capture_origin",
        help="The page the visitor came from and what was advertised there, the first"
        " and the last time",
    )
    consent_ids = fields.One2many("crm.lead.consent", "lead_id", "Consents")

    @api.depends("capture_touches")
    def _compute_capture_origin(self):
        for lead in self:
            lead.capture_origin = "\n".join(
                f"{name.replace('_', ' ').capitalize()}: {value}"
                for name, value in (lead.capture_touches or {}).items()
            )

    def _merge_get_fields(self):
        return [*super()._merge_get_fields(), "capture_form_id", "capture_touches"]

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        opportunities.sudo().consent_ids.write({"lead_id": self.id})
        return result
