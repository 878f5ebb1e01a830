from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, groupby

# An account that came so lately, nobody could know of who converts a lead now.
NEW_FOR = timedelta(minutes=10)
KEPT_FOR = timedelta(days=1)


class CrmAccountKey(models.Model):
    """The companies of which accounts are being made, the people of accounts of whom
    contacts are, and others of whom there is to be one record: one at a time each.

    Whoever is about to make an account writes the row of its key first. Of two at once,
    the second waits until the first has committed; its own snapshot is too old then,
    PostgreSQL says so, the server runs the request again, and the first one's account
    is there to be found. Where the first fails, the second goes on. Rows are written in
    the order of their keys, so that those who make many never wait in a circle.
    """

    _name = "crm.account.key"
    _description = "Account Being Created"
    _log_access = False
    _rec_name = "key"

    key = fields.Char(required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True, index=True)

    _key_once = models.UniqueIndex("(key)")

    def _lock(self, keys):
        """Have these keys for the rest of the transaction.

        :raise SerializationFailure: somebody else has made an account of one of them
            since this transaction began
        """
        if keys := sorted({key for key in keys if key}):
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO crm_account_key (key, date)
                    SELECT key, clock_timestamp() AT TIME ZONE 'UTC'
                      FROM unnest(%s::varchar[]) AS key
                        ON CONFLICT (key) DO UPDATE SET date = EXCLUDED.date
                    """,
                    keys,
                ),
                log_exceptions=False,
            )

    def _find_new(self, keys, since=None):
        """Return the accounts of keys that other transactions made of late.

        :param since: count from this moment, if it is longer ago
        :return: accounts that the user may change, the oldest first, by key
        """
        now = self.env.cr.now()
        partners = self.env["res.partner"]
        partners.flush_model(["account_key", "is_company", "parent_id", "active"])
        self.env.cr.execute(
            SQL(
                """
                SELECT account_key, id
                  FROM res_partner
                 WHERE account_key = ANY(%(keys)s)
                   AND is_company AND parent_id IS NULL AND active
                   AND create_date >= %(since)s AND create_date <> %(now)s
                 ORDER BY id
                """,
                keys=list(keys),
                since=min(now - NEW_FOR, since or now),
                now=now,
            )
        )
        rows = self.env.cr.fetchall()
        usable = partners.browse([row[1] for row in rows])._filtered_access("write")
        return {
            key: usable & partners.browse([row[1] for row in found])
            for key, found in groupby(rows, lambda row: row[0])
        }

    @api.autovacuum
    def _gc_old(self):
        """Forget the keys of accounts that everybody sees by now."""
        self.search([("date", "<", fields.Datetime.now() - KEPT_FOR)]).unlink()
