from odoo import api, fields, models


class CrmTag(models.Model):
    """Tags of leads, which accounts have under the same names: in the user's language,
    else in another one."""

    _inherit = "crm.tag"

    partner_category_id = fields.Many2one(
        "res.partner.category",
        "Contact Tag",
        compute="_compute_partner_category_id",
        help="The tag of contacts that has the same name",
    )

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_partner_category_id(self):
        self.partner_category_id = False
        codes = [code for code, __ in self.env["res.lang"].get_installed()]
        for lang in dict.fromkeys((self.env.lang or "en_US", "en_US", *codes)):
            tags = self.filtered(lambda tag: not tag.partner_category_id)
            if not tags:
                break
            named = tags.with_context(lang=lang)
            found = named._find_partner_categories(named.mapped("name"))
            by_name = {it.name: it.id for it in found.sorted(reverse=True)}
            for tag, tag_named in zip(tags, named, strict=True):
                tag.partner_category_id = by_name.get(tag_named.name)

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
