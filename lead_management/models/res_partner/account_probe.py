from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...tools.account_key import account_key
from ...tools.match_score import COMMON, evidence

CANDIDATES = 20  # of one company and kind of evidence
LOOKED_AT = 100  # accounts with the same word, before the shortest names are taken
CONTACTS_LOOKED_AT = 200  # partners with the same e-mail domain, phone …
PROBED_FIELDS = (
    *("account_key", "account_domain", "account_email_domain", "commercial_partner_id"),
    *("email_normalized", "phone_sanitized", "vat"),
)
ACCOUNT_FIELDS = ("name", "is_company", "active", "country_id", "vat", "account_domain")

WORDS = SQL("string_to_array(account_key, ' ')")
COMPACT = SQL("replace(account_key, ' ', '')")
INITIALS = SQL(r"regexp_replace(account_key, '([^ ])[^ ]* ?', '\1', 'g')")
VAT = SQL("regexp_replace(upper(vat), '[^A-Z0-9]', '', 'g')")


class ResPartner(models.Model):
    """Looking accounts up in the database: one query for each kind of evidence.

    All companies asked about go into each query together, as arrays of their numbers and
    of what is looked up; each is looked up on an index, and only so many rows of it are
    taken as can matter. So the time doesn't grow with the number of accounts.

    Names are compared afterwards; these queries find those that are worth it: with the
    same key, with or without spaces or the words that tell little; that begin the same
    way; that share a telling word, or have one that a typing mistake makes of it.

    Mistakes are looked up by writing out all words that are one mistake away, some
    hundreds, in one scan of the index of words. Trigram similarity would find the same
    names in ten to thirty times the time: its index has to be asked for every three
    letters of the name, and most of them are in tens of thousands of names.
    """

    _inherit = "res.partner"

    @api.model
    def _find_account_candidates(self, queries):
        """Look up accounts that companies may be.

        :param list queries: `MatchQuery` objects
        :return: two lists with an entry for each query: a dictionary of what evidence
            there is beyond the name, by the account's id, and a `frozenset` of words of
            its name that many accounts have
        """
        self.flush_model([*PROBED_FIELDS, *ACCOUNT_FIELDS])
        found = [defaultdict(list) for _query in queries]
        named = [set() for _query in queries]  # numbers of accounts of the same name
        self._probe_equal_names(queries, found, named)
        self._probe_beginnings(queries, found)
        common = self._probe_words(queries, found)
        self._probe_misspellings(queries, found, named)
        self._probe_initials(queries, found)
        self._probe_domains(queries, found)
        self._probe_contact_details(queries, found)
        return found, common

    @api.model
    def _read_match_accounts(self, ids):
        """Return the columns of accounts that are compared, by their ids."""
        if not ids:
            return {}
        self.env.cr.execute(
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
        accounts = self.env.cr.dictfetchall()
        for account in accounts:
            # pending, and found by something else than its name
            account["account_key"] = account["account_key"] or account_key(
                account["name"]
            )
        return {account["id"]: account for account in accounts}

    @api.model
    def _probe(self, columns, rows, select):
        """Look up many texts with one query.

        :param str columns: the columns of `rows` after the first one, all texts
        :param list rows: tuples of a query's number and the texts to look up
        :param SQL select: a query for one row, of the columns of `wanted`
        :return: the rows of the result, each beginning with a query's number
        """
        if not rows:
            return []
        names = ["number", *columns.split()]
        self.env.cr.execute(
            SQL(
                "SELECT wanted.number, found.* FROM unnest(%s) AS wanted (%s)"
                " CROSS JOIN LATERAL (%s) AS found",
                SQL(", ").join(
                    SQL("%s::int[]" if name == "number" else "%s::text[]", list(values))
                    for name, values in zip(names, zip(*rows, strict=True), strict=True)
                ),
                SQL(", ").join(SQL.identifier(name) for name in names),
                select,
            )
        )
        return self.env.cr.fetchall()

    # ------------------------------------------------------------
    # Names
    # ------------------------------------------------------------

    @api.model
    def _probe_equal_names(self, queries, found, named):
        """Find accounts by the key, and by the key without spaces; note which queries
        have an account of the same name."""
        rows = [
            (number, key)
            for number, query in enumerate(queries)
            for key in sorted(query.equal_keys)
        ]
        select = SQL(
            "SELECT id, account_key FROM res_partner WHERE account_key = wanted.key"
            " ORDER BY id LIMIT %s",
            CANDIDATES,
        )
        for number, account_id, key in self._probe("key", rows, select):
            found[number][account_id]
            if key == queries[number].key:
                named[number].add(account_id)
        rows = [
            (number, key, "")
            for number, query in enumerate(queries)
            for key in sorted(query.equal_compacts)
        ]
        rows += [
            (number, name, name)
            for number, query in enumerate(queries)
            for name in sorted(query.domain_names)
        ]
        select = SQL(
            "SELECT id, COUNT(*) OVER (), wanted.spelled FROM res_partner"
            " WHERE %s = wanted.key AND account_key IS NOT NULL ORDER BY id LIMIT %s",
            COMPACT,
            CANDIDATES,
        )
        for number, account_id, shared, name in self._probe("key spelled", rows, select):
            pieces = found[number][account_id]
            if name:
                pieces.append(evidence("domain_name", name, shared))

    @api.model
    def _probe_beginnings(self, queries, found):
        """Find accounts whose names go on where the lead's ends."""
        rows = [
            (number, *border)
            for number, query in enumerate(queries)
            for border in query.key_prefixes
        ]
        select = SQL(
            """
            SELECT id FROM res_partner
             WHERE account_key ~>=~ wanted.first AND account_key ~<~ wanted.last
               AND account_key IS NOT NULL
             ORDER BY account_key USING ~<~, id LIMIT %s
            """,
            CANDIDATES,
        )
        for number, account_id in self._probe("first last", rows, select):
            found[number][account_id]
        rows = [
            (number, *query.compact_prefix)
            for number, query in enumerate(queries)
            if query.compact_prefix
        ]
        select = SQL(
            """
            SELECT id FROM res_partner
             WHERE %(compact)s ~>=~ wanted.first AND %(compact)s ~<~ wanted.last
               AND account_key IS NOT NULL
             ORDER BY %(compact)s USING ~<~, id LIMIT %(limit)s
            """,
            compact=COMPACT,
            limit=CANDIDATES,
        )
        for number, account_id in self._probe("first last", rows, select):
            found[number][account_id]

    @api.model
    def _probe_words(self, queries, found):
        """Find accounts that share telling words; return those that many share."""
        rows = [
            (number, words)
            for number, query in enumerate(queries)
            for words in query.word_groups
        ]
        common = [set() for _query in queries]
        for number, account_id, words, shared in self._probe(
            "words", rows, self._select_by_words(SQL("@>"))
        ):
            found[number][account_id]
            if shared >= COMMON and " " not in words:
                common[number].add(words)
        return [frozenset(words) for words in common]

    @api.model
    def _probe_misspellings(self, queries, found, named):
        """Find accounts with a word that is a typing mistake away, where there is none
        of the same name."""
        rows = [
            (number, words)
            for number, query in enumerate(queries)
            if not named[number]
            for words in query.misspelt_words
        ]
        for number, account_id, *_rest in self._probe(
            "words", rows, self._select_by_words(SQL("&&"))
        ):
            found[number][account_id]

    @api.model
    def _select_by_words(self, operator):
        """Return the shortest names with certain words. Of words that are in very many
        names, the first names the index gives are taken: sorting all takes too long."""
        return SQL(
            """
            SELECT id, wanted.words, COUNT(*) OVER ()
              FROM (SELECT id, account_key FROM res_partner
                     WHERE %s %s string_to_array(wanted.words, ' ')
                       AND account_key IS NOT NULL
                     LIMIT %s) AS account
             ORDER BY length(account_key), id LIMIT %s
            """,
            WORDS,
            operator,
            LOOKED_AT,
            CANDIDATES,
        )

    @api.model
    def _probe_initials(self, queries, found):
        """Find accounts whose initials the lead's name is, or the other way round. How
        many accounts have the same initials tells what they are worth."""
        rows = [
            (number, initials, key)
            for number, query in enumerate(queries)
            for initials, key in (
                (query.as_initials, ""),
                (query.own_initials, query.own_initials),
            )
            if initials
        ]
        select = SQL(
            """
            SELECT id, account_key, name, wanted.initials, COUNT(*) OVER ()
              FROM ((SELECT id, account_key, name FROM res_partner
                      WHERE %s = wanted.initials AND account_key LIKE '%% %% %%'
                      LIMIT %s)
                    UNION ALL
                    (SELECT id, account_key, name FROM res_partner
                      WHERE account_key = wanted.key AND account_key IS NOT NULL
                      ORDER BY id LIMIT %s)) AS account
             ORDER BY id
            """,
            INITIALS,
            LOOKED_AT,
            CANDIDATES,
        )
        for number, account_id, key, name, initials, shared in self._probe(
            "initials key", rows, select
        ):
            if initials == queries[number].as_initials:
                matches = key != initials
            else:
                matches = key == initials and name[: len(key)].isupper()
            if matches:
                found[number][account_id].append(evidence("initials", initials, shared))

    # ------------------------------------------------------------
    # Addresses
    # ------------------------------------------------------------

    @api.model
    def _probe_domains(self, queries, found):
        """Find accounts by the domains of web sites and e-mail addresses."""
        rows = []
        for number, query in enumerate(queries):
            rows += [(number, domain, "website") for domain in query.web_domains]
            if query.email_domain:
                rows.append((number, query.email_domain, "email_domain"))
        select = SQL(
            "SELECT id, wanted.domain, wanted.kind, COUNT(*) OVER () FROM res_partner"
            " WHERE account_domain = wanted.domain ORDER BY id LIMIT %s",
            LOOKED_AT,
        )
        for number, account_id, domain, kind, shared in self._probe(
            "domain kind", rows, select
        ):
            found[number][account_id].append(evidence(kind, domain, shared))
        select = SQL(
            """
            SELECT id, wanted.domain, COUNT(*) OVER ()
              FROM (SELECT DISTINCT commercial_partner_id AS id
                      FROM (SELECT commercial_partner_id FROM res_partner
                             WHERE account_email_domain = wanted.domain
                             ORDER BY commercial_partner_id LIMIT %s) AS contact
                   ) AS account
             ORDER BY id
            """,
            CONTACTS_LOOKED_AT,
        )
        rows = list(dict.fromkeys((number, domain) for number, domain, _kind in rows))
        for number, account_id, domain, shared in self._probe("domain", rows, select):
            found[number][account_id].append(evidence("email_domain", domain, shared))

    @api.model
    def _probe_contact_details(self, queries, found):
        """Find accounts by e-mail address, phone number or tax ID, be it a contact's."""
        asked = (
            ("email", SQL("email_normalized"), lambda query: filter(None, [query.email])),
            ("phone", SQL("phone_sanitized"), lambda query: filter(None, [query.phone])),
            ("vat", VAT, lambda query: sorted(query.vats)),
        )
        for kind, column, get_texts in asked:
            rows = [
                (number, text)
                for number, query in enumerate(queries)
                for text in get_texts(query)
            ]
            select = SQL(
                """
                SELECT id, own, COUNT(*) OVER ()
                  FROM (SELECT commercial_partner_id AS id,
                               bool_or(id = commercial_partner_id) AS own
                          FROM (SELECT id, commercial_partner_id FROM res_partner
                                 WHERE %s = wanted.text LIMIT %s) AS contact
                         GROUP BY commercial_partner_id) AS account
                 ORDER BY id
                """,
                column,
                CONTACTS_LOOKED_AT,
            )
            for number, account_id, own, shared in self._probe("text", rows, select):
                detail = "" if own else "contact"
                found[number][account_id].append(evidence(kind, detail, shared))
