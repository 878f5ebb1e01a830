from odoo import models


class ResPartner(models.Model):
    """Of an account is told what decides about it: extended by who decides."""

    _name = "res.partner"
    _inherit = ["lead.decision.mixin", "res.partner"]
