from odoo import models
from odoo.tools import SQL

from odoo.addons.lead_management.tools.match_score import evidence

from ...tools.learned import FORMER, REFUSED, SAME


class ResPartner(models.Model):
    """Accounts are found by the names that were learned of them as by their own."""

    _inherit = "res.partner"

    def _find_account_candidates(self, queries, likely=True):
        found, common = super()._find_account_candidates(queries, likely)
        learned = self.env["crm.account.alias"]._judge_names(
            {query.key for query in queries},
            refusals=not self.env.context.get("refused_accounts"),
        )
        for query, pieces in zip(queries, found, strict=True):
            for account_id, verdict in learned.get(query.key, {}).items():
                if verdict == REFUSED:
                    pieces.pop(account_id, None)
                    continue
                pieces[account_id].append(
                    evidence("name", verdict.kind, strength=verdict.strength)
                )
        return found, common

    def _get_name_reason(self, kind, query, account):
        if kind == SAME:
            return self.env._("also known as “%(name)s”", name=query.name)
        if kind == FORMER:
            return self.env._("formerly “%(name)s”", name=query.name)
        return super()._get_name_reason(kind, query, account)

    def _find_first_accounts(self, vals_list):
        # A second account is made by who may decide so, and not by who says that the
        # first one is another company.
        partners = self.with_context(refused_accounts=True)
        return super(ResPartner, partners)._find_first_accounts(vals_list)

    def _get_possible_account_condition(self):
        return SQL(
            "%s AND NOT %s",
            super()._get_possible_account_condition(),
            self.env["crm.account.alias"]._get_refused_condition(),
        )

    def _get_possible_account_links(self):
        self.env["crm.account.alias"].flush_model(["account_key", "partner_id", "kind"])
        return [
            *super()._get_possible_account_links(),
            SQL(
                """
                JOIN crm_account_alias AS alias
                  ON alias.account_key = lead.account_key AND alias.kind IN (%s, %s)
                JOIN res_partner AS account ON account.id = alias.partner_id
                """,
                SAME,
                FORMER,
            ),
        ]
