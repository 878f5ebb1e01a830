from odoo import models


class ResPartner(models.Model):
    """Contacts show the consents of their address."""

    _name = "res.partner"
    _inherit = ["res.partner", "lead.consent.mixin"]

    def _get_consent_lang(self):
        return self.lang
