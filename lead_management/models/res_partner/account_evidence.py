from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from ...tools.account_key import company_key
from ...tools.match_score import COMMON, evidence
from ...tools.name_initials import are_joined, stands_for
from .account_key import COMPACT, VAT, WORDS
from .account_probe import (
    ACCOUNT_FIELDS,
    JOINED_NAME,
    PROBED_FIELDS,
    WANTED_WORDS,
    Probe,
)


def list_wanted(queries, name, numbers=None):
    """Return what is looked up of a property of queries, be it a text, several of them,
    or several beginnings and ends: the rows of a `Probe`.

    :param numbers: the queries of which it is; None for all
    """
    rows = []
    for number in range(len(queries)) if numbers is None else numbers:
        found = getattr(queries[number], name)
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
    sound the same in another script; that have the lead's name for initials.

    Mistakes are looked up by writing out all words that are one mistake away, some
    hundreds, in one scan of the index of words. Trigram similarity would find the same
    names in ten to thirty times the time: its index has to be asked for every three
    letters of the name, and most of them are in tens of thousands of names.
    """

    _inherit = "res.partner"

    def _find_account_candidates(self, queries, likely=True):
        """Look up accounts that companies may be.

        :param list queries: `MatchQuery` objects
        :param bool likely: those whose names are alike as well; else, where no address
            and no number leads to an account, only those that have one company's name:
            it takes a third of the time
        :return: two lists with an entry for each query: a dictionary of what evidence
            there is beyond the name, by the account's id, and a `frozenset` of words of
            its name that many accounts have
        """
        self.flush_model([*PROBED_FIELDS, *ACCOUNT_FIELDS])
        found = [defaultdict(list) for _query in queries]
        for name, number, account_id, text, shared in self._run_probes(
            self._get_address_probes(queries)
        ):
            kind = "domain_name" if name == "spelled" else name
            found[number][account_id].append(evidence(kind, text, shared))
        by_name = [
            number
            for number, query in enumerate(queries)
            if likely or found[number] or not query.is_told_by_words
        ]
        common, known = self._find_by_names(queries, by_name, found)
        rest = sorted({*range(len(queries))}.difference(by_name))
        for _name, number, account_id, *_rest in self._run_probes(
            self._get_same_name_probes(queries, rest)
        ):
            found[number][account_id]
        probes = self._get_misspelling_probes(queries, known) if likely else []
        for _name, number, account_id, *_rest in self._run_probes(probes):
            found[number][account_id]
        return found, [frozenset(words) for words in common]

    def _find_by_names(self, queries, numbers, found):
        """Look up accounts whose names may be alike, and add them to what is found.

        :param numbers: the queries they are looked up for
        :return: for each query the words that many accounts have; and the numbers of
            those of which there is an account of the same name
        """
        common = [set() for _query in queries]
        short_for = defaultdict(set)
        known = set()
        for name, number, account_id, text, shared in self._run_probes(
            self._get_name_probes(queries, numbers)
        ):
            pieces, query = found[number][account_id], queries[number]
            if name == "key" and text == query.key:
                known.add(number)
            elif name == "word" and shared >= COMMON:
                common[number].add(text)
            elif name == "word" and shared == 1 and text == query.only_word:
                pieces.append(evidence("word", text))
            elif (
                name == "joined_initials" and are_joined(text, company_key(text))
            ) or (
                name == "longer_initials"
                and stands_for(query.as_initials, company_key(text))
            ):
                short_for[number].add(account_id)
            elif name == "initials" or (
                # an account that is written as initials, like "IBM"
                name == "own_initials" and text[: len(query.own_initials)].isupper()
            ):
                initials = query.as_initials or query.own_initials
                pieces.append(evidence("initials", initials, shared))
        for number, ids in short_for.items():
            piece = evidence("initials", queries[number].name.strip(), len(ids))
            for account_id in ids:
                found[number][account_id].append(piece)
        return common, known

    def _get_same_name_probes(self, queries, numbers):
        """Return how accounts are looked up that have the same words as the queries of
        these numbers, or no other ones that tell something."""
        return [
            Probe(kind, list_wanted(queries, name, numbers), select)
            for kind, name, select in (
                ("key", "equal_keys", self._select_equal(SQL("account_key"))),
                ("compact", "equal_compacts", self._select_equal(SQL(COMPACT))),
                (
                    *("beginning", "key_prefixes"),
                    self._select_by_beginning(SQL("account_key")),
                ),
                (
                    *("compact_beginning", "compact_prefixes"),
                    self._select_by_beginning(SQL(COMPACT)),
                ),
                (
                    *("words", "all_telling_words"),
                    self._select_shortest(SQL("%s @> %s", SQL(WORDS), WANTED_WORDS)),
                ),
            )
        ]

    def _get_name_probes(self, queries, numbers=None):
        """Return how accounts are looked up by names.

        :param numbers: the queries they are looked up for; None for all
        """
        by_key = self._select_equal(SQL("account_key"))
        by_compact = self._select_equal(SQL(COMPACT))
        by_beginning = self._select_by_beginning(SQL("account_key"))
        by_compact_beginning = self._select_by_beginning(SQL(COMPACT))
        by_initials = self._select_by_initials()
        by_joined_initials = self._select_by_initials(JOINED_NAME)
        by_words = self._select_shortest(SQL("%s @> %s", SQL(WORDS), WANTED_WORDS))
        by_sound = self._select_shortest(SQL("account_sound = ANY(%s)", WANTED_WORDS))
        by_sound_beginning = self._select_by_beginning(SQL("account_sound"))
        return [
            Probe(kind, list_wanted(queries, name, numbers), select)
            for kind, name, select in (
                ("key", "equal_keys", by_key),
                ("compact", "equal_compacts", by_compact),
                ("beginning", "key_prefixes", by_beginning),
                ("compact_beginning", "compact_prefixes", by_compact_beginning),
                ("sound", "sounds", by_sound),
                ("sound_beginning", "sound_prefixes", by_sound_beginning),
                ("word", "telling_words", by_words),
                ("pair", "word_pairs", by_words),
                ("initials", "as_initials", by_initials),
                ("longer_initials", "longer_initials", by_initials),
                ("and_rest", "initials_and_rest", by_initials),
                ("joined_initials", "joined_initials", by_joined_initials),
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
        spelled = list_wanted(queries, "domain_names")
        return [
            Probe("spelled", spelled, self._select_equal(SQL(COMPACT))),
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
