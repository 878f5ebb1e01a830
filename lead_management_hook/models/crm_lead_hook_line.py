from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmLeadHookLine(models.Model):
    """What becomes of one value of a call."""

    _name = "crm.lead.hook.line"
    _description = "Webhook Value"
    _inherit = ["lead.guard.mixin", "lead.cached.mixin"]
    _order = "sequence, id"
    _rec_name = "path"

    hook_id = fields.Many2one(
        "crm.lead.hook", "Webhook", required=True, index=True, ondelete="cascade"
    )
    form_id = fields.Many2one(related="hook_id.form_id")
    sequence = fields.Integer(default=100)
    path = fields.Char(
        "Value", required=True, help="Where the value stands in what the service sends"
    )
    example = fields.Char(readonly=True, help="What stands there in the sample")
    use = fields.Selection(
        [
            ("field", "Answers a question"),
            ("name", "Full name"),
            ("consent", "Consent"),
            ("message", "Goes to the message"),
            ("nothing", "Left out"),
        ],
        "Becomes",
        default="field",
        required=True,
    )
    field_id = fields.Many2one(
        "crm.lead.capture.field",
        "Question",
        domain="[('form_id', '=', form_id), ('is_constant', '=', False)]",
        index="btree_not_null",
        ondelete="cascade",
    )
    consent_id = fields.Many2one(
        "crm.lead.capture.consent",
        domain="[('form_id', '=', form_id)]",
        index="btree_not_null",
        ondelete="cascade",
    )

    _path_unique = models.Constraint(
        "UNIQUE(hook_id, path)", "A value can be used only once."
    )

    @api.constrains("use", "field_id", "consent_id")
    def _check_target(self):
        for line in self:
            is_missing = (line.use == "field" and not line.field_id) or (
                line.use == "consent" and not line.consent_id
            )
            if is_missing:
                raise ValidationError(
                    self.env._(
                        "“%(path)s” of the webhook “%(hook)s”: choose the question or"
                        " the consent, or “Left out”.",
                        path=line.path,
                        hook=line.hook_id.name,
                    )
                )
