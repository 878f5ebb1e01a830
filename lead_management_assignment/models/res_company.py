from odoo import api, fields, models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["lead.guard.mixin", "res.company"]

    lead_default_owner_id = fields.Many2one(
        "res.users",
        "Default Lead Owner",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="Gets the leads that no entry of the assignment rules takes. Without one,"
        " they stay without an owner.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env["crm.lead.assignment.rule"]._ship_for(companies)
        return companies
