from odoo import models
from odoo.tools import SQL, groupby

from ...tools.learned import DIFFERENT, FORMER, SAME, SETTLED, Said, judge

# The context value by which the system asks on behalf of a person
ASKED_FOR = "learned_names_for"


class CrmAccountAlias(models.Model):
    """What follows from the lines for the user, in one query for all names."""

    _inherit = "crm.account.alias"

    def _judge_names(self, keys, refusals=True):
        """Return what names say for accounts, for the current user; for nobody in
        particular where the system asks, so that a rule decides the same whoever runs
        it.

        :param bool refusals: whether *Not the same* counts
        :return: a `learned.Verdict` by account's id, by key
        """
        keys = sorted({key for key in keys if key})
        if not keys:
            return {}
        self.flush_model(["account_key", "partner_id", "kind", "user_id"])
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        # An account may have become part of another one since.
        rows = self.env.execute_query(
            SQL(
                """
                SELECT alias.account_key, account.commercial_partner_id, alias.kind,
                       alias.user_id
                  FROM crm_account_alias AS alias
                  JOIN res_partner AS account ON account.id = alias.partner_id
                 WHERE alias.account_key = ANY(%s) AND (%s OR alias.kind <> %s)
                 ORDER BY alias.account_key, alias.id
                """,
                keys,
                refusals,
                DIFFERENT,
            )
        )
        return {
            key: judge([Said(*row[1:]) for row in said], self._get_asking_user_id())
            for key, said in groupby(rows, lambda row: row[0])
        }

    def _get_asking_user_id(self):
        """Return whose own word counts most; None for nobody's."""
        if self.env.su:
            return self.env.context.get(ASKED_FOR)
        return self.env.uid

    def _get_refused_condition(self):
        """Return whether an account is refused for a lead's name, as SQL that names
        them `account` and `lead`: what `learned.judge` says, in the database."""
        self.flush_model(["account_key", "partner_id", "kind", "user_id"])
        return SQL(
            """
            EXISTS (
                SELECT FROM (
                    SELECT DISTINCT ON (user_id) user_id, kind
                      FROM crm_account_alias
                     WHERE account_key = lead.account_key AND partner_id = account.id
                       AND kind <> %(former)s AND user_id IS NOT NULL
                     ORDER BY user_id, id DESC
                ) AS word
                HAVING bool_or(user_id = %(uid)s AND kind = %(different)s)
                    OR (NOT bool_or(user_id = %(uid)s)
                        AND COUNT(*) FILTER (WHERE kind = %(different)s) >= %(settled)s
                        AND COUNT(*) FILTER (WHERE kind = %(different)s)
                          > COUNT(*) FILTER (WHERE kind = %(same)s) + (
                            SELECT COUNT(DISTINCT kind) FROM crm_account_alias
                             WHERE account_key = lead.account_key
                               AND partner_id = account.id
                               AND kind = %(same)s AND user_id IS NULL))
            )
            """,
            former=FORMER,
            different=DIFFERENT,
            same=SAME,
            settled=SETTLED,
            uid=self._get_asking_user_id() or 0,
        )
