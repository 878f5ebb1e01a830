from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lead_management.tools.account_key import company_key

from ...tools.learned import DIFFERENT

MAX_NAME = 255


class ResPartner(models.Model):
    """The names by which an account is known, and by which it was once."""

    _inherit = "res.partner"

    alias_ids = fields.One2many(
        "crm.account.alias",
        "partner_id",
        "Also Known As",
        groups="sales_team.group_sale_salesman",
        help="Names that were learned of the account",
    )

    def write(self, vals):
        # Where no changes are tracked, names aren't either.
        if "name" not in vals or self.env.context.get("tracking_disable"):
            return super().write(vals)
        names = {
            account: account.name
            for account in self.sudo()
            if account.is_company and not account.parent_id
        }
        result = super().write(vals)
        self.env["crm.account.alias"]._keep_former_names(names)
        return result

    def refuse_account_name(self, name):
        """Remember that the user says: the company of this name is not this account.

        The account is not shown any more for the name to the user; to others it is,
        until a second person says so.

        :param str name: the company's name, as it was typed
        :return: the id of the line, which `crm.account.alias.action_forget` takes away
        :rtype: int
        :raise UserError: there is no name, or not one account
        :raise AccessError: the user may not read the account, or is no salesperson
        """
        if len(self) != 1 or not self.exists():
            raise UserError(
                self.env._("Choose the one account that the company is not.")
            )
        self.check_access("read")
        aliases = self.env["crm.account.alias"]
        aliases.check_access("read")
        if not isinstance(name, str) or not company_key(name[:MAX_NAME]):
            raise UserError(self.env._("Enter the name of the company first."))
        return (
            aliases.sudo()
            .create(
                {
                    "name": name[:MAX_NAME].strip(),
                    "partner_id": self.commercial_partner_id.id,
                    "kind": DIFFERENT,
                    "user_id": self.env.uid,
                    "origin": "lead",
                }
            )
            .id
        )

    @api.model
    def _cron_fill_account_keys(self):
        self.env["crm.account.alias"]._renew_keys()
        return super()._cron_fill_account_keys()
