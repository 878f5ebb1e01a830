from odoo import api, fields, models


class BaseImportMapping(models.Model):
    """Learn the titles of files of leads per company: another company's files say other
    things by the same words."""

    _name = "base_import.mapping"
    _inherit = ["lead.guard.mixin", "base_import.mapping"]

    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Whose files of leads have the title. Titles of other files are every"
        " company's.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("res_model") == "crm.lead":
                vals.setdefault("company_id", self.env.company.id)
        return super().create(vals_list)
