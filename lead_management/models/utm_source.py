from odoo import fields, models


class UtmSource(models.Model):
    """A lead source is a UTM source that sales people may choose.

    Mailings, events and campaigns create UTM sources of their own by the hundred; the
    flag keeps those out of the picklist while every lead keeps one source field.
    """

    _name = "utm.source"
    _inherit = ["utm.source", "lead.picklist.mixin"]
    _picklist_order = "sequence, id"

    is_lead_source = fields.Boolean(
        "Lead Source", help="Offer this source in the lead source picklist"
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)

    def write(self, vals):
        result = super().write(vals)
        if "is_lead_source" in vals:
            # The rule that keeps lead sources to sales managers looks at a source
            # before it is written; this is the look after.
            self.check_access("write")
        return result

    def _get_usage_fields(self):
        if not any(self.mapped("is_lead_source")):
            return super()._get_usage_fields()
        return [
            *super()._get_usage_fields(),
            ("crm.lead", "source_id"),
            ("res.partner", "lead_source_id"),
        ]
