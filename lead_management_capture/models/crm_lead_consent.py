from odoo import fields, models


class CrmLeadConsent(models.Model):
    """What a visitor of a web form agreed to, when, and how it read then.

    It is evidence, so it keeps its own copy of the text and nobody changes it.
    """

    _name = "crm.lead.consent"
    _description = "Consent of a Lead"
    _inherit = ["lead.access.mixin"]
    _order = "agreed_date desc, id desc"

    lead_id = fields.Many2one(
        "crm.lead", required=True, readonly=True, index=True, ondelete="cascade"
    )
    consent_id = fields.Many2one(
        "crm.lead.capture.consent",
        "Consent Asked For",
        readonly=True,
        index="btree_not_null",
    )
    form_id = fields.Many2one(
        "crm.lead.capture.form", "Web Form", readonly=True, index="btree_not_null"
    )
    name = fields.Char("Purpose", required=True, readonly=True)
    text = fields.Text(required=True, readonly=True)
    policy_url = fields.Char("Privacy Policy", readonly=True)
    agreed_date = fields.Datetime("Agreed On", required=True, readonly=True)
