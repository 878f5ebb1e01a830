from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from ...tools.match_score import COMMON, evidence
from .account_key import COMPACT, VAT, WORDS
from .account_probe import ACCOUNT_FIELDS, PROBED_FIELDS, WANTED_WORDS, Probe


def list_wanted(queries, name):
    """Return what is looked up of a property of queries, be it a text, several of them,
    or several beginnings and ends: the rows of a `Probe`."""
    rows = []
    for number, query in enumerate(queries):
        found = getattr(query, name)
        for wanted in (found,) if isinstance(found, str) else found:
            if wanted:
                pair = wanted if isinstance(wanted, tuple) else (wanted, "")
                rows.append((number, *pair))
    return rows


class ResPartner(models.Model):
    """The evidence in the database that a company is an account, by kinds.

    There are three: names, misspelt names, and addresses with numbers (domains, e-mail,
    phone, tax ID). The queries are in `account_probe.py`.

    Names are compared afterwards; the queries find those that are worth it: with the
    same key, with or without spaces or the words that tell little; that begin the same
    way; that share a telling word, or have one that a typing mistake makes of it; that
    sound the same in another script.

    Mistakes are looked up by writing out all words that are one mistake away, some
    hundreds, in one scan of the index of words. Trigram similarity would find the same
    names in ten to thirty times the time: its index has to be asked for every three
    letters of the name, and most of them are in tens of thousands of names.
    """

    _inherit = "res.partner"

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

    def _get_name_probes(self, queries):
        """Return how accounts are looked up by names."""
        by_key = self._select_equal(SQL("account_key"))
        by_compact = self._select_equal(SQL(COMPACT))
        by_beginning = self._select_by_beginning(SQL("account_key"))
        by_compact_beginning = self._select_by_beginning(SQL(COMPACT))
        by_words = self._select_shortest(SQL("%s @> %s", SQL(WORDS), WANTED_WORDS))
        by_sound = self._select_shortest(SQL("account_sound = ANY(%s)", WANTED_WORDS))
        by_sound_beginning = self._select_by_beginning(SQL("account_sound"))
        return [
            Probe(kind, list_wanted(queries, name), select)
            for kind, name, select in (
                ("key", "equal_keys", by_key),
                ("compact", "equal_compacts", by_compact),
                ("spelled", "domain_names", by_compact),
                ("beginning", "key_prefixes", by_beginning),
                ("compact_beginning", "compact_prefixes", by_compact_beginning),
                ("sound", "sounds", by_sound),
                ("sound_beginning", "sound_prefixes", by_sound_beginning),
                ("word", "telling_words", by_words),
                ("pair", "word_pairs", by_words),
                ("initials", "as_initials", self._select_by_initials()),
                ("own_initials", "own_initials", self._select_with_initials()),
            )
        ]

    def _get_misspelling_probes(self, queries, known):
        """Return how accounts are looked up that have a word one typing mistake away.

        :param set known: the numbers of the queries that need no such look
        """
        rows = list_wanted(queries, "misspelt_words")
        rows = [row for row in rows if row[0] not in known]
        by_words = self._select_shortest(SQL("%s && %s", SQL(WORDS), WANTED_WORDS))
        return [Probe("misspelling", rows, by_words)]

    def _get_address_probes(self, queries):
        """Return how accounts are looked up by what is the company's or a contact's."""
        web = list_wanted(queries, "web_domains")
        mail = list_wanted(queries, "email_domain")
        by_domain = self._select_equal(SQL("account_domain"))
        by_email_domain = self._select_by_contact(
            SQL("account_email_domain"), SQL("wanted.first")
        )
        return [
            Probe("website", web, by_domain),
            Probe("email_domain", mail, by_domain),
            Probe("email_domain", list(dict.fromkeys(web + mail)), by_email_domain),
            *(
                Probe(kind, list_wanted(queries, name), self._select_by_contact(column))
                for kind, name, column in (
                    ("email", "email", SQL("email_normalized")),
                    ("phone", "phone", SQL("phone_sanitized")),
                    ("vat", "vats", SQL(VAT)),
                )
            ),
        ]
