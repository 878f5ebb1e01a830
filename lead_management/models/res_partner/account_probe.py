from collections import namedtuple

from odoo import models
from odoo.tools import SQL

from ...tools.account_key import company_key
from .account_key import HAS_INITIALS, INITIALS

CANDIDATES = 20  # of one company and way of looking
LOOKED_AT = 100  # accounts with the same word, before the shortest names are taken
CONTACTS_LOOKED_AT = 200  # partners with the same e-mail domain, phone …
PROBED_FIELDS = (
    *("account_key", "account_sound", "account_domain", "account_email_domain"),
    "commercial_partner_id",
    *("email_normalized", "phone_sanitized", "vat"),
)
LEAD_EVIDENCE = ("account_key", "account_domain")  # stored on leads as well
ACCOUNT_FIELDS = ("name", "is_company", "active", "country_id", "vat", "account_domain")

WANTED_WORDS = SQL("string_to_array(wanted.first, ' ')")

# Of names that may be two words with an "and" between
JOINED_NAME = SQL("name ~ '[&+]| (and|und|et|y|e|og|och) '")

# One way of looking accounts up: its name; what is looked up, as tuples of a query's
# number and two texts; and a query for one such tuple, named `wanted (number, first,
# last)`, that gives an account's id, a text and how many accounts share the evidence.
Probe = namedtuple("Probe", "name rows select")


class ResPartner(models.Model):
    """Looking accounts up in the database: the queries, each on an index.

    All companies asked about go into a query together, as arrays of what is looked up;
    only so many rows of an index are taken as can matter. So the time hardly grows with
    the number of accounts.
    """

    _inherit = "res.partner"

    def _run_probes(self, probes):
        """Look up what several probes want, with one query.

        :return: rows of a probe's name, a query's number, an account's id, a text and
            how many accounts share the evidence
        """
        probes = [probe for probe in probes if probe.rows]
        if not probes:
            return []
        return self.env.execute_query(self._get_probe_query(probes))

    def _get_probe_query(self, probes):
        return SQL(" UNION ALL ").join(
            SQL(
                "SELECT %s, wanted.number, found.*"
                " FROM unnest(%s::int[], %s::text[], %s::text[])"
                " AS wanted (number, first, last)"
                " CROSS JOIN LATERAL (%s) AS found (id, text, shared)",
                probe.name,
                *(list(column) for column in zip(*probe.rows, strict=True)),
                probe.select,
            )
            for probe in probes
        )

    def _read_match_accounts(self, ids):
        """Return the columns of accounts that are compared, by their ids."""
        if not ids:
            return {}
        accounts = self.env.execute_query_dict(
            SQL(
                """
                SELECT id, name, account_key, is_company, active, country_id, vat,
                       account_domain
                  FROM res_partner
                 WHERE id = ANY(%s)
                """,
                list(ids),
            )
        )
        for account in accounts:
            # pending, and found by something else than its name
            account["account_key"] = account["account_key"] or company_key(
                account["name"]
            )
        return {account["id"]: account for account in accounts}

    def _select_leads_of_accounts(self, lead_ids=None):
        """Return the query of the leads (of some, or all) that may have an account."""
        self.flush_model(["is_company", *LEAD_EVIDENCE])
        self.env["crm.lead"].flush_model(["partner_id", "account_id", *LEAD_EVIDENCE])
        condition = self._get_possible_account_condition()
        queries = [
            SQL(
                """
                SELECT lead.id
                  FROM crm_lead lead
                  %(link)s
                 WHERE account.is_company
                   AND lead.partner_id IS NULL
                   AND lead.account_id IS NULL
                   AND %(condition)s
                   AND %(leads)s
                """,
                link=link,
                condition=condition,
                leads=SQL("TRUE")
                if lead_ids is None
                else SQL("lead.id = ANY(%s)", list(lead_ids)),
            )
            for link in self._get_possible_account_links()
        ]
        return SQL(" UNION ").join(queries)

    def _get_possible_account_links(self):
        """Return how leads lead to the accounts they may be of.

        Extend it by what else is stored and indexed on both sides.

        :return: SQL that joins each `lead` with an `account`, a way each
        """
        return [
            SQL(
                "JOIN res_partner account ON account.%(column)s = lead.%(column)s",
                column=SQL.identifier(column),
            )
            for column in LEAD_EVIDENCE
        ]

    def _get_possible_account_condition(self):
        """Return the condition, as SQL, on which a `lead` may be of an `account` it
        leads to. Extend it by what speaks against it."""
        return SQL("TRUE")

    # ------------------------------------------------------------
    # One such query
    # ------------------------------------------------------------

    def _select_equal(self, column):
        """Return the oldest accounts that have a text in a column. The limit inside
        keeps the database from going through all accounts by age instead."""
        return SQL(
            """
            SELECT id, wanted.first, COUNT(*) OVER ()
              FROM (SELECT id FROM res_partner
                     WHERE %(column)s = wanted.first AND %(column)s IS NOT NULL
                       AND account_key IS NOT NULL
                     LIMIT %(looked_at)s) AS account
             ORDER BY id LIMIT %(limit)s
            """,
            column=column,
            looked_at=LOOKED_AT,
            limit=CANDIDATES,
        )

    def _select_by_beginning(self, key):
        """Return the first names between two ends, in the order of the index."""
        return SQL(
            """
            SELECT id, '', 1 FROM res_partner
             WHERE %(key)s ~>=~ wanted.first AND %(key)s ~<~ wanted.last
               AND account_key IS NOT NULL
             ORDER BY %(key)s USING ~<~, id LIMIT %(limit)s
            """,
            key=key,
            limit=CANDIDATES,
        )

    def _select_shortest(self, condition):
        """Return the shortest names that meet a condition. Of very many that do, the
        first ones the index gives are taken: sorting all takes too long."""
        return SQL(
            """
            SELECT id, wanted.first, COUNT(*) OVER ()
              FROM (SELECT id, account_key FROM res_partner
                     WHERE %s AND account_key IS NOT NULL
                     LIMIT %s) AS account
             ORDER BY length(account_key), id LIMIT %s
            """,
            condition,
            LOOKED_AT,
            CANDIDATES,
        )

    def _select_by_contact(self, column, text=None):
        """Return the accounts of the partners that have a text in a column.

        :param SQL text: what to return beside; if not given, "contact" where only
            contacts of the account have it
        """
        return SQL(
            """
            SELECT account.id, %s, COUNT(*) OVER ()
              FROM (SELECT commercial_partner_id AS id,
                           bool_or(contact.id = commercial_partner_id) AS own
                      FROM (SELECT id, commercial_partner_id FROM res_partner
                             WHERE %s = wanted.first
                             ORDER BY commercial_partner_id LIMIT %s) AS contact
                     GROUP BY commercial_partner_id) AS account
            """,
            text or SQL("CASE WHEN own THEN '' ELSE 'contact' END"),
            column,
            CONTACTS_LOOKED_AT,
        )

    def _select_by_initials(self, condition=None):
        """Return accounts that have certain initials, with their names.

        :param SQL condition: what else holds for them
        """
        return SQL(
            """
            SELECT id, name::text, COUNT(*) OVER () FROM res_partner
             WHERE %s AND %s LIMIT %s
            """,
            self._has_wanted_initials(),
            condition or SQL("TRUE"),
            LOOKED_AT,
        )

    def _select_with_initials(self):
        """Return accounts whose whole name is certain initials. Many names with the
        same initials make the one that is written so a weak match."""
        return SQL(
            """
            SELECT id, name::text,
                   (SELECT COUNT(*) FROM (SELECT 1 FROM res_partner
                                           WHERE %s LIMIT %s) AS initials)
              FROM res_partner WHERE account_key = wanted.first LIMIT %s
            """,
            self._has_wanted_initials(),
            LOOKED_AT,
            CANDIDATES,
        )

    def _has_wanted_initials(self):
        condition = HAS_INITIALS.replace("%", "%%")
        return SQL("%s = wanted.first AND %s", SQL(INITIALS), SQL(condition))
