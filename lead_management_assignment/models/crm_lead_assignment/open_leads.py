from collections import defaultdict
from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lead_management.tools.mailbox import MAILBOX, fold

# Leads with the same mailbox, phone or customer, and how many of them count: the newest
LOOKED_AT = 1000
COUNTED = 20
# What the database is asked for, and the column that the index leaves out where empty
COLUMNS = {
    "mailbox": (SQL(f"({MAILBOX})"), SQL("email_normalized")),
    "phone_sanitized": (SQL("phone_sanitized"), SQL("phone_sanitized")),
    "partner_id": (SQL("partner_id"), SQL("partner_id")),
}
# What agrees: the score, as contacts of the same address have it, and the reasons.
# A phone alone is as often a company's as a person's.
SAME_CUSTOMER, SAME_NAMED, SAME_EMAIL, SAME_PHONE = 1.0, 0.95, 0.9, 0.7


def get_addresses(email):
    """Return the addresses that a contact of a person may have: the normalized one, and
    the plain one of the same mailbox."""
    return list(dict.fromkeys((email, fold(email)))) if email else []


def fold_name(name):
    return " ".join((name or "").split()).casefold()


def judge_person(email, phone, named, customer=False):
    """Return the score of a person by what agrees: of the e-mail address, the phone,
    the name and the customer."""
    if customer:
        return SAME_CUSTOMER
    if named and (email or phone):
        return SAME_NAMED
    return SAME_EMAIL if email else SAME_PHONE if phone else 0.0


class OpenLead(NamedTuple):
    """What is known of an open lead or opportunity."""

    id: int
    type: str
    owner_id: int
    company_id: int
    mailbox: str
    phone_sanitized: str
    partner_id: int
    name: str  # of the person, folded


class OpenLeads:
    """The open leads and opportunities of the persons of a batch of leads.

    Looked up once for all of them. The leads of the batch itself are among them, with
    the owners that they have by now: see `note`.
    """

    def __init__(self, leads, batch):
        """Look them up.

        :param leads: the leads whose persons are asked about
        :param batch: all leads that are assigned with them
        """
        self.env = leads.env
        self.leads = leads
        self.owners = {}  # of the leads of the batch, as far as they have changed
        self.owner_ids = set()  # of all that were looked up
        self._found = {column: defaultdict(list) for column in COLUMNS}
        rows = map(self._get_row, batch | self._find())
        for row in sorted(rows, key=lambda row: -row.id):
            if row.owner_id:
                self.owner_ids.add(row.owner_id)
            for column in COLUMNS:
                if value := getattr(row, column):
                    self._found[column][value].append(row)

    def _get_row(self, lead):
        return OpenLead(
            lead.id,
            lead.type,
            lead.user_id.id,
            lead.company_id.id,
            fold(lead.email_normalized or ""),
            lead.phone_sanitized,
            lead.partner_id.id,
            fold_name(lead.contact_name),
        )

    def _find(self):
        """Return the open leads that have an owner, and something in common with those
        of the batch."""
        wanted = {
            "mailbox": {fold(lead.email_normalized or "") for lead in self.leads}
            - {""},
            "phone_sanitized": {lead.phone_sanitized for lead in self.leads} - {False},
            "partner_id": set(self.leads.partner_id.ids),
        }
        # The limit inside keeps the database from going through all leads by age.
        selects = [
            SQL(
                """
                SELECT found.id FROM unnest(%(values)s) AS wanted (value)
                 CROSS JOIN LATERAL (
                       SELECT id FROM (
                           SELECT id FROM crm_lead
                            WHERE %(column)s = wanted.value AND %(filled)s IS NOT NULL
                              AND active IS TRUE
                              AND won_status = 'pending'
                              AND user_id IS NOT NULL
                            LIMIT %(looked_at)s) AS shared
                        ORDER BY id DESC LIMIT %(counted)s) AS found
                """,
                values=SQL(
                    "%s::int[]" if name == "partner_id" else "%s::text[]",
                    sorted(values),
                ),
                column=COLUMNS[name][0],
                filled=COLUMNS[name][1],
                looked_at=LOOKED_AT,
                counted=COUNTED,
            )
            for name, values in wanted.items()
            if values
        ]
        leads = self.leads.browse().with_context(active_test=False)
        if not selects:
            return leads
        known = ["email_normalized", "phone_sanitized", "partner_id"]
        leads.flush_model([*known, "active", "won_status", "user_id"])
        rows = self.env.execute_query(SQL(" UNION ").join(selects))
        ids = [lead_id for (lead_id,) in rows]
        names = ["type", "user_id", "company_id", "contact_name", *known]
        return leads.search_fetch(self._get_domain() & Domain("id", "in", ids), names)

    def _get_domain(self):
        """Return which leads and opportunities are open."""
        opportunity = Domain("type", "=", "opportunity") & Domain("active", "=", True)
        opportunity &= Domain("won_status", "=", "pending")
        return self.leads._get_assignable_domain() | opportunity

    def note(self, lead, user):
        """Let the leads that come later know who has got one."""
        self.owners[lead.id] = user.id

    def find(self, lead):
        """Return the open leads of the same person that somebody has, the best first.

        :return: tuples of a score, an `OpenLead` and the id of its owner
        """
        mailbox = fold(lead.email_normalized or "")
        name = fold_name(lead.contact_name)
        rows = {
            row.id: row
            for column, values in (
                ("partner_id", lead.partner_id.ids),
                ("mailbox", [mailbox]),
                ("phone_sanitized", [lead.phone_sanitized]),
            )
            for value in values
            for row in self._found[column].get(value, ())
            if row.id != lead.id
        }
        found = []
        for row in rows.values():
            owner_id = self.owners.get(row.id, row.owner_id)
            if not owner_id:
                continue
            score = judge_person(
                email=bool(mailbox) and row.mailbox == mailbox,
                phone=bool(row.phone_sanitized)
                and row.phone_sanitized == lead.phone_sanitized,
                named=bool(name) and name == row.name,
                customer=bool(row.partner_id) and row.partner_id == lead.partner_id.id,
            )
            found.append((score, row, owner_id))
        return sorted(found, key=lambda match: (-match[0], -match[1].id))
