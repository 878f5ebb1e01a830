from odoo import models


class CrmLead(models.Model):
    """Of a lead is kept, and told, what decided its values."""

    _name = "crm.lead"
    _inherit = ["lead.decision.mixin", "crm.lead"]
