from datetime import timedelta

from odoo import models

from odoo.addons.lead_management.tools.account_key import company_key

from ...tools.learned import DIFFERENT, FORMER

# A renaming that is taken back so soon was a mistake.
TAKEN_BACK = timedelta(days=7)


class CrmAccountAlias(models.Model):
    """The names that accounts had before they were renamed or merged."""

    _inherit = "crm.account.alias"

    def _keep_former_names(self, names):
        """Keep the names that accounts had before they got another one, but not one
        that an account had by mistake for a few days."""
        renamed = {
            account: name
            for account, name in names.items()
            if company_key(name) != company_key(account.name)
        }
        if renamed:
            accounts = self.env["res.partner"].concat(*renamed)
            known, returned = self._drop_own_names(accounts)
            names = [row for row in renamed.items() if row[0] not in returned]
            self._create_former(names, known, "rename")

    def _follow_merge(self, merged, kept):
        """Note that accounts are about to be merged, while all of them are there.

        Their lines go to the one that is left, and their names are former ones of it.
        Who said of one that it is not the other was wrong, says who merges them.
        """
        kept = kept.sudo()
        if not kept.is_company or kept.parent_id:
            return
        names = [
            (kept, account.name)
            for account in merged.sudo()
            if account.is_company and not account.parent_id
        ]
        lines = self.sudo().search([("partner_id", "in", (merged | kept).ids)])
        lines.filtered(lambda line: line.partner_id != kept).partner_id = kept
        keys = {company_key(name) for _kept, name in [*names, (kept, kept.name)]}
        lines.filtered(
            lambda line: line.kind == DIFFERENT and line.account_key in keys
        ).unlink()
        known, _returned = self._drop_own_names(kept)
        self._create_former(names, known, "merge")

    def _drop_own_names(self, accounts):
        """Take away the names that accounts have themselves; return the ids of accounts
        with the keys of the names that are left, and the accounts that had got another
        name for a few days only."""
        lines = self.sudo().search(
            [("partner_id", "in", accounts.ids), ("kind", "!=", DIFFERENT)]
        )
        own = lines.filtered(
            lambda line: line.account_key == company_key(line.partner_id.name)
        )
        left = {(line.partner_id.id, line.account_key) for line in lines - own}
        since = self.env.cr.now() - TAKEN_BACK
        returned = own.filtered(
            lambda line: line.kind == FORMER and line.create_date >= since
        ).partner_id
        own.unlink()
        return left, returned

    def _create_former(self, names, known, origin):
        """Keep names that are neither known nor the account's own.

        :param names: tuples of an account and a name it had
        :param set known: as of `_drop_own_names`
        """
        vals_list = {}
        for account, name in names:
            key = company_key(name)
            if key and key != company_key(account.name):
                vals_list.setdefault(
                    (account.id, key),
                    {
                        "name": name,
                        "partner_id": account.id,
                        "kind": FORMER,
                        "user_id": self.env.uid,
                        "origin": origin,
                    },
                )
        self.sudo().create(
            [vals for place, vals in vals_list.items() if place not in known]
        )
