from collections import defaultdict, namedtuple

from odoo import api, models
from odoo.tools import SQL

from ...tools.account_key import company_key
from ...tools.match_score import COMMON, evidence

CANDIDATES = 20  # of one company and way of looking
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

# One way of looking accounts up: its name; what is looked up, as tuples of a query's
# number and two texts; and a query for one such tuple, named `wanted (number, first,
# last)`, that gives an account's id, a text and how many accounts share the evidence.
Probe = namedtuple("Probe", "name rows select")


class ResPartner(models.Model):
    """Looking accounts up in the database: one query for each kind of evidence.

    There are three: names, misspelt names, and addresses with numbers (domains, e-mail,
    phone, tax ID). All companies asked about go into each query together, as arrays of
    what is looked up; each is looked up on an index, and only so many rows of it are
    taken as can matter. So the time hardly grows with the number of accounts.

    Names are compared afterwards; the queries find those that are worth it: with the
    same key, with or without spaces or the words that tell little; that begin the same
    way; that share a telling word, or have one that a typing mistake makes of it.

    Mistakes are looked up by writing out all words that are one mistake away, some
    hundreds, in one scan of the index of words. Trigram similarity would find the same
    names in ten to thirty times the time: its index has to be asked for every three
    letters of the name, and most of them are in tens of thousands of names.
    """

    _inherit = "res.partner"

    @api.model
    def _find_account_candidates(self, queries, misspelt=True):
        """Look up accounts that companies may be.

        :param list queries: `MatchQuery` objects
        :param bool misspelt: those that have a typing mistake in their only telling
            word as well; it is what takes longest
        :return: two lists with an entry for each query: a dictionary of what evidence
            there is beyond the name, by the account's id, and a `frozenset` of words of
            its name that many accounts have
        """
        self.flush_model([*PROBED_FIELDS, *ACCOUNT_FIELDS])
        found = [defaultdict(list) for _query in queries]
        common = [set() for _query in queries]
        known = set()  # numbers of the queries that have an account of the same name
        for name, number, account_id, text, shared in self._run_probes(
            self._get_name_probes(queries)
        ):
            pieces = found[number][account_id]
            if name == "key" and text == queries[number].key:
                known.add(number)
            elif name == "word" and shared >= COMMON:
                common[number].add(text)
            elif name == "spelled":
                pieces.append(evidence("domain_name", text, shared))
            elif name == "initials" or (
                # an account that is written as initials, like "IBM"
                name == "own_initials"
                and text[: len(queries[number].own_initials)].isupper()
            ):
                initials = queries[number].as_initials or queries[number].own_initials
                pieces.append(evidence("initials", initials, shared))
        probes = self._get_misspelling_probes(queries, known) if misspelt else []
        for _name, number, account_id, *_rest in self._run_probes(probes):
            found[number][account_id]
        for name, number, account_id, text, shared in self._run_probes(
            self._get_address_probes(queries)
        ):
            found[number][account_id].append(evidence(name, text, shared))
        return found, [frozenset(words) for words in common]

    @api.model
    def _run_probes(self, probes):
        """Look up what several probes want, with one query.

        :return: rows of a probe's name, a query's number, an account's id, a text and
            how many accounts share the evidence
        """
        probes = [probe for probe in probes if probe.rows]
        if not probes:
            return []
        self.env.cr.execute(self._get_probe_query(probes))
        return self.env.cr.fetchall()

    @api.model
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
            account["account_key"] = account["account_key"] or company_key(
                account["name"]
            )
        return {account["id"]: account for account in accounts}

    # ------------------------------------------------------------
    # Names
    # ------------------------------------------------------------

    @api.model
    def _get_name_probes(self, queries):
        """Return how accounts are looked up by names."""
        numbered = list(enumerate(queries))
        return [
            Probe(
                "key",
                [(n, key, "") for n, query in numbered for key in query.equal_keys],
                self._select_equal(SQL("account_key")),
            ),
            Probe(
                "compact",
                [(n, key, "") for n, query in numbered for key in query.equal_compacts],
                self._select_equal(COMPACT),
            ),
            Probe(
                "spelled",
                [(n, name, "") for n, query in numbered for name in query.domain_names],
                self._select_equal(COMPACT),
            ),
            Probe(
                "beginning",
                [(n, *ends) for n, query in numbered for ends in query.key_prefixes],
                self._select_by_beginning(SQL("account_key")),
            ),
            Probe(
                "compact_beginning",
                [
                    (n, *ends)
                    for n, query in numbered
                    for ends in query.compact_prefixes
                ],
                self._select_by_beginning(COMPACT),
            ),
            Probe(
                "word",
                [
                    (n, word, "")
                    for n, query in numbered
                    for word in query.telling_words
                ],
                self._select_by_words(SQL("@>")),
            ),
            Probe(
                "pair",
                [(n, pair, "") for n, query in numbered for pair in query.word_pairs],
                self._select_by_words(SQL("@>")),
            ),
            Probe(
                "initials",
                [(n, q.as_initials, "") for n, q in numbered if q.as_initials],
                SQL(
                    "SELECT id, '', COUNT(*) OVER () FROM res_partner"
                    " WHERE %s LIMIT %s",
                    self._has_wanted_initials(),
                    LOOKED_AT,
                ),
            ),
            Probe(
                "own_initials",
                [(n, q.own_initials, "") for n, q in numbered if q.own_initials],
                # Many with the same initials make the one with that name a weak match.
                SQL(
                    """
                    SELECT id, name::text,
                           (SELECT COUNT(*) FROM (SELECT 1 FROM res_partner
                                                   WHERE %s LIMIT %s) AS initials)
                      FROM res_partner WHERE account_key = wanted.first LIMIT %s
                    """,
                    self._has_wanted_initials(),
                    LOOKED_AT,
                    CANDIDATES,
                ),
            ),
        ]

    @api.model
    def _get_misspelling_probes(self, queries, known):
        """Return how accounts are looked up that have a word one typing mistake away.

        :param set known: the numbers of the queries that need no such look
        """
        rows = [
            (number, words, "")
            for number, query in enumerate(queries)
            if number not in known
            for words in query.misspelt_words
        ]
        return [Probe("misspelling", rows, self._select_by_words(SQL("&&")))]

    @api.model
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

    @api.model
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

    @api.model
    def _select_by_words(self, operator):
        """Return the shortest names with certain words. Of words that are in very many
        names, the first names the index gives are taken: sorting all takes too long."""
        return SQL(
            """
            SELECT id, wanted.first, COUNT(*) OVER ()
              FROM (SELECT id, account_key FROM res_partner
                     WHERE %s %s string_to_array(wanted.first, ' ')
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
    def _has_wanted_initials(self):
        # LIKE, as the index is of names of three words or more
        return SQL("%s = wanted.first AND account_key LIKE '%% %% %%'", INITIALS)

    # ------------------------------------------------------------
    # Addresses and numbers
    # ------------------------------------------------------------

    @api.model
    def _get_address_probes(self, queries):
        """Return how accounts are looked up by what is the company's or a contact's."""
        numbered = list(enumerate(queries))
        web = [(n, domain, "") for n, query in numbered for domain in query.web_domains]
        mail = [(n, q.email_domain, "") for n, q in numbered if q.email_domain]
        by_domain = self._select_equal(SQL("account_domain"))
        return [
            Probe("website", web, by_domain),
            Probe("email_domain", mail, by_domain),
            Probe(
                "email_domain",
                list(dict.fromkeys(web + mail)),
                self._select_by_contact(
                    SQL("account_email_domain"), SQL("wanted.first")
                ),
            ),
            Probe(
                "email",
                [(n, query.email, "") for n, query in numbered if query.email],
                self._select_by_contact(SQL("email_normalized")),
            ),
            Probe(
                "phone",
                [(n, query.phone, "") for n, query in numbered if query.phone],
                self._select_by_contact(SQL("phone_sanitized")),
            ),
            Probe(
                "vat",
                [(n, vat, "") for n, query in numbered for vat in sorted(query.vats)],
                self._select_by_contact(VAT),
            ),
        ]

    @api.model
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
