from odoo import api, fields, models


class CrmTag(models.Model):
    """Tags of leads, which accounts have under the same names."""

    _inherit = "crm.tag"

    partner_category_id = fields.Many2one(
        "res.partner.category",
        "Contact Tag",
        compute="_compute_partner_category_id",
        help="The tag of contacts that has the same name",
    )

    @api.depends("name")
    def _compute_partner_category_id(self):
        found = self._find_partner_categories(self.mapped("name"))
        by_name = {category.name: category for category in found.sorted(reverse=True)}
        for tag in self:
            tag.partner_category_id = by_name.get(tag.name)

    def _find_partner_categories(self, names):
        return self.env["res.partner.category"].search([("name", "in", names)])

    def _get_partner_categories(self, names):
        """Return the contact tags of these names, made where there are none."""
        categories = self._find_partner_categories(names)
        missing = set(names) - set(categories.mapped("name"))
        made = categories.create([{"name": name} for name in sorted(missing)])
        if made:
            self.invalidate_model(["partner_category_id"])
        return categories | made
