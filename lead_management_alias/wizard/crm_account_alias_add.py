from odoo import fields, models


class CrmAccountAliasAdd(models.TransientModel):
    """Ask for another name by which an account is known."""

    _name = "crm.account.alias.add"
    _inherit = ["lead.guard.mixin"]
    _description = "Add an Account Name"

    partner_id = fields.Many2one(
        "res.partner", "Account", required=True, ondelete="cascade"
    )
    name = fields.Char("Also Known As", required=True)

    def action_add(self):
        """Keep the name.

        :raise UserError: it is none, or leads to the account already
        """
        self.ensure_one()
        self.partner_id.add_account_name(self.name)
        return {"type": "ir.actions.act_window_close"}
