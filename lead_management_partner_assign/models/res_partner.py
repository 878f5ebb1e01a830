from odoo import models


class ResPartner(models.Model):
    """Odoo's resellers ask for the opportunities of an account in a way of their own,
    which forgets what other addons leave out."""

    _inherit = "res.partner"

    def _get_contact_opportunities_domain(self):
        return [
            *super()._get_contact_opportunities_domain(),
            *self._get_opportunities_only_domain(),
        ]
