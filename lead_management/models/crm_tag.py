from odoo import models


class CrmTag(models.Model):
    _inherit = "crm.tag"

    def _get_partner_categories(self):
        """Return the contact tags of the same names, made where there are none."""
        categories = self.env["res.partner.category"].search(
            [("name", "in", self.mapped("name"))]
        )
        missing = set(self.mapped("name")) - set(categories.mapped("name"))
        return categories | categories.create(
            [{"name": name} for name in sorted(missing)]
        )
