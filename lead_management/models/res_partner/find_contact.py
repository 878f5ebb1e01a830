import re
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

from ...tools import lead_likeness, mailbox
from ...tools.lead_likeness import Traits

# The lookup of contacts ends with this many for each person asked about: those of the
# same address first, then those with a word of a name, as hundreds may share the number
# of a switchboard.
LOOKED_AT = 100
LOOKED_UP = ("name", "active", "email_normalized", "phone_sanitized", "parent_id")
# An account that was asked about and that of a contact have one key if they are one.
ACCOUNT = "account"


class Person(NamedTuple):
    """Who is asked about, in the forms in which contacts are stored."""

    email: str = ""  # normalized
    phone: str = ""  # sanitized
    name: str = ""
    account_ids: frozenset = frozenset()  # of which the person may be a contact


class ResPartner(models.Model):
    """Finding the contact that a person is.

    SPECIFICATION

    1. Contacts of a person are looked up by e-mail address (with and without what
       follows a plus), by phone number, and under some accounts by the longest word of
       the name: with one query for all who are asked about. Archived ones count.
    2. They are compared as open leads are, by `tools/lead_likeness.py`: those of one of
       the accounts as of the same company.
    """

    _inherit = "res.partner"

    def _find_contact_matches_batch(self, people, limit):
        """Return for each `Person` what `find_account_matches` does for a company."""
        found = self.sudo()._judge_contacts(people)
        ids = {contact.id for matches in found for _likeness, contact in matches}
        readable = set(self.browse(sorted(ids))._filtered_access("read").ids)
        labels = self.env["crm.lead"]._get_likeness_labels()
        result = []
        for matches in found:
            shown = [match for match in matches if match[1].id in readable]
            result.append(
                {
                    "matches": [
                        {
                            "id": contact.id,
                            "display_name": contact.with_env(self.env).display_name,
                            "score": likeness.score,
                            "reasons": [labels[reason] for reason in likeness.reasons],
                        }
                        for likeness, contact in shown[:limit]
                    ],
                    "hidden": len(matches) - len(shown),
                }
            )
        return result

    def _judge_contacts(self, people):
        """Return the contacts that people may be, whoever may read them.

        :return: for each the `Likeness` and the contact, the best first; of the same
            score, those that are not archived, then the oldest
        """
        contacts = self._look_up_contacts(people)
        by_evidence = {}
        for contact in contacts:
            for value in (
                contact.email_normalized,
                contact.phone_sanitized,
                contact.parent_id.id,
            ):
                if value:
                    by_evidence.setdefault(value, []).append(contact)
        return [self._rank_contacts(person, by_evidence) for person in people]

    def _look_up_contacts(self, people):
        """Return the contacts that share any evidence with any of the people."""
        emails = {
            address
            for person in people
            for address in self._get_addresses(person.email)
        }
        phones = {person.phone for person in people if person.phone}
        evidence = [
            *([Domain("email_normalized", "in", sorted(emails))] if emails else ()),
            *([Domain("phone_sanitized", "in", sorted(phones))] if phones else ()),
            *(
                Domain("parent_id", "in", person.account_ids)
                & Domain("name", "ilike", escape_psql(self._get_longest_word(person)))
                for person in people
                if person.account_ids and lead_likeness.words(person.name)
            ),
        ]
        if not evidence:
            return self.browse()
        query = self.with_context(active_test=False)._search(
            Domain.OR(evidence)
            & Domain("is_company", "=", False)
            & Domain("type", "in", ("contact", "other")),
            limit=LOOKED_AT * len(people),
        )
        email, name, active, number = (
            self._field_to_sql(self._table, name, query)
            for name in ("email_normalized", "name", "active", "id")
        )
        words = {
            f"%{escape_psql(word)}%" for word in map(self._get_longest_word, people)
        }
        query.order = SQL(
            "COALESCE(%s = ANY(%s), FALSE) DESC,"
            " COALESCE(%s ILIKE ANY(%s), FALSE) DESC, %s DESC, %s",
            *(email, sorted(emails), name, sorted(words - {"%%"}), active, number),
        )
        return self._fetch_query(query, [self._fields[name] for name in LOOKED_UP])

    def _get_longest_word(self, person):
        """Return a word of a name as it is written, empty if there is none: those that
        are compared are folded."""
        return max(re.findall(r"[^\s,;]+", person.name), key=len, default="")

    def _get_addresses(self, email):
        """Return the addresses that a contact of a person may have: the normalized one,
        and the plain one of the same mailbox."""
        return list(dict.fromkeys((email, mailbox.fold(email)))) if email else []

    def _rank_contacts(self, person, by_evidence):
        candidates = {}
        for value in (
            *self._get_addresses(person.email),
            person.phone,
            *person.account_ids,
        ):
            for contact in by_evidence.get(value, ()):
                candidates[contact.id] = contact
        here = Traits(
            mailbox.fold(person.email),
            person.phone,
            person.name,
            # Nobody is found by a company alone.
            account_key=ACCOUNT if person.name else "",
        )
        found = []
        for contact in candidates.values():
            is_theirs = contact.parent_id.id in person.account_ids
            there = Traits(
                mailbox.fold(contact.email_normalized or ""),
                contact.phone_sanitized or "",
                contact.name or "",
                account_key=ACCOUNT if is_theirs else "",
            )
            likeness = lead_likeness.compare(here, there)
            if likeness.score and likeness.is_person:
                found.append((likeness, contact))
        found.sort(key=lambda one: (-one[0].score, not one[1].active, one[1].id))
        return found
