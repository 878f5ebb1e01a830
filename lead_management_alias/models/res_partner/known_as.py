from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.lead_management.tools.account_key import company_key

from ...tools.learned import DIFFERENT, SAME

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
        :raise UserError: there is no name, or not one account
        :raise AccessError: the user may not read the account, or is no salesperson
        """
        if len(self) != 1 or not self.exists():
            raise UserError(
                self.env._("Choose the one account that is a different company.")
            )
        self._check_may_name(name)
        return self._keep_name(name, DIFFERENT, "lead").id

    def add_account_name(self, name):
        """Keep that the account is known by a name.

        :param str name: another name of the company
        :return: the id of the line, which `crm.account.alias.action_forget` takes away
        :raise UserError: there is no name, or it leads to the account already; or there
            is not one account
        :raise AccessError: the user may not read the account, or is no salesperson
        """
        if len(self) != 1 or not self.exists():
            raise UserError(
                self.env._("Choose the one account that is known by this name.")
            )
        self._check_may_name(name)
        account = self.commercial_partner_id
        key, aliases = company_key(name[:MAX_NAME]), self.env["crm.account.alias"]
        if not account.is_company or key == company_key(account.name):
            raise UserError(
                self.env._("“%s” is found by this name anyway.", account.display_name)
            )
        if aliases._is_own_word(aliases._judge_names([key]), key, account.id):
            raise UserError(
                self.env._(
                    "You have said already that “%(account)s” is known as “%(name)s”.",
                    account=account.display_name,
                    name=name.strip(),
                )
            )
        return account._keep_name(name, SAME, "hand").id

    def _check_may_name(self, name):
        """Refuse who may not say anything of the account, and what is no name."""
        self.check_access("read")
        self.env["crm.account.alias"].check_access("read")
        if not isinstance(name, str) or not company_key(name[:MAX_NAME]):
            raise UserError(self.env._("Enter the name of the company first."))

    def _keep_name(self, name, kind, origin):
        """Return the line that keeps what the user says of a name and the account."""
        return (
            self.env["crm.account.alias"]
            .sudo()
            .create(
                {
                    "name": name[:MAX_NAME].strip(),
                    "partner_id": self.commercial_partner_id.id,
                    "kind": kind,
                    "user_id": self.env.uid,
                    "origin": origin,
                }
            )
        )

    def _cron_fill_account_keys(self):
        self.env["crm.account.alias"]._renew_keys()
        return super()._cron_fill_account_keys()
