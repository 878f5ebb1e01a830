from collections import defaultdict
from typing import Any, NamedTuple

from odoo.addons.lead_management.models.res_partner.find_contact import Person

from .open_leads import OpenLeads


class Match(NamedTuple):
    """A record that a lead matches, and who has it."""

    kind: str  # lead, opportunity, contact, account
    score: float
    record: Any
    owner: Any  # a `res.users`, empty where nobody has it
    reasons: tuple = ()
    company: Any = None  # whose record it is


class KnownOwners:
    """Who knows the customers of a batch of leads.

    SPECIFICATION

    What a lead may match:

      * *an open lead or opportunity* of the same person, that has an owner: by
        customer, mailbox and phone, with the scores of `lead_likeness.py`. Of the same
        score, the newest comes first. Leads of the batch that have got an owner by now
        count;
      * *a contact*: the lead's own, of which there is no doubt (1.0); else one with
        the same mailbox or phone (`res_partner/find_contact.py`), by the same scores;
      * *an account*: the lead's own (1.0); else what the matcher of accounts finds
        (`res.partner._find_account_matches_batch`).

    The owner of a contact or account is its salesperson, else that of its company.
    Archived records and those of other companies count too; who may work in the lead's
    company is for `known.py` to say.

    How it is asked: open leads, contacts, accounts and salespeople are looked up with
    some queries for all leads; how many doesn't depend on the number of leads.
    """

    def __init__(self, leads, batch, kinds, sure):
        """Look everything up.

        :param leads: in sudo, written to the database
        :param batch: all leads that are assigned with them
        :param kinds: which of `lead`, `contact`, `account`
        :param bool sure: only matches that are sure are asked for
        """
        self.env = leads.env
        self.leads = leads
        self.kinds = kinds
        partners = self.env["res.partner"]
        self._labels = leads._get_likeness_labels()
        self.likely, self.sure = partners._get_account_match_thresholds()
        self.open_leads = OpenLeads(leads, batch) if "lead" in kinds else None
        self._partners = defaultdict(list)  # by lead and kind: (score, id, reasons)
        if "contact" in kinds:
            self._find_contacts()
        if "account" in kinds:
            self._find_accounts(sure)
        self._fetch_owners()

    def find(self, lead, kind):
        """Return the matches of a lead of one kind, the best first."""
        if kind == "lead":
            return self._find_open(lead) if self.open_leads else []
        return [
            Match(
                kind,
                score,
                partner,
                partner.user_id or partner.commercial_partner_id.user_id,
                reasons,
                partner.company_id,
            )
            for score, partner, reasons in self._partners[lead.id, kind]
        ]

    def get_users(self):
        """Return all salespeople of contacts, accounts and open leads that were
        found."""
        users = self.env["res.users"].browse()
        for matches in self._partners.values():
            for _score, partner, _reasons in matches:
                users |= partner.user_id or partner.commercial_partner_id.user_id
        if self.open_leads:
            users |= users.browse(self.open_leads.owner_ids)
        return users

    # -- open leads ------------------------------------------------------------

    def _find_open(self, lead):
        users, prefetch_ids = self.env["res.users"], self.open_leads.owner_ids
        return [
            Match(
                row.type,
                likeness.score,
                lead.browse(row.id),
                users.browse(owner_id).with_prefetch(prefetch_ids),
                self._get_reasons(likeness),
                self.env["res.company"].browse(row.company_id),
            )
            for likeness, row, owner_id in self.open_leads.find(lead)
        ]

    def _get_reasons(self, likeness):
        """Return in words what of a person agrees."""
        return tuple(self._labels[reason] for reason in likeness.reasons)

    # -- contacts --------------------------------------------------------------

    def _find_contacts(self):
        asked = []
        for lead in self.leads:
            own = lead.account_contact_id or lead.partner_id.filtered(
                lambda partner: not partner.is_company
            )
            if own:
                self._add(lead, "contact", 1.0, own, [self.env._("linked to the lead")])
            else:
                asked.append(lead)
        self._judge_contacts(asked)

    def _judge_contacts(self, leads):
        people = []
        for lead in leads:
            traits = lead._get_traits_of_person()
            email = lead.email_normalized or ""
            people.append(Person(email, traits.phone, traits.person))
        found = self.env["res.partner"]._judge_contacts(people)
        for lead, matches in zip(leads, found, strict=True):
            for likeness, contact in matches:
                self._add(
                    *(lead, "contact", likeness.score, contact),
                    self._get_reasons(likeness),
                )

    # -- accounts --------------------------------------------------------------

    def _find_accounts(self, sure):
        asked = []
        for lead in self.leads:
            contact = lead.account_contact_id or lead.partner_id
            own = lead.account_id or contact.commercial_partner_id
            if own:
                self._add(lead, "account", 1.0, own, [self.env._("linked to the lead")])
            else:
                asked.append(lead)
        partners = self.env["res.partner"]
        hints = self.leads.browse(lead.id for lead in asked)._get_match_hints()
        answers = partners._find_account_matches_batch(hints, sure=sure)
        for lead, answer in zip(asked, answers, strict=True):
            for match in answer["matches"]:
                account = partners.browse(match["id"])
                self._add(lead, "account", match["score"], account, match["reasons"])

    # -- owners ----------------------------------------------------------------

    def _add(self, lead, kind, score, partner, reasons):
        matches = self._partners[lead.id, kind]
        matches.append((score, partner.with_env(self.env), tuple(reasons)))

    def _fetch_owners(self):
        """Read the salespeople of all partners at once."""
        ids = {
            partner.id
            for matches in self._partners.values()
            for _score, partner, _reasons in matches
        }
        # One prefetch for all: the partners were found one by one.
        partners = self.env["res.partner"].browse(sorted(ids))
        partners.fetch(["user_id", "commercial_partner_id", "company_id"])
        for key, matches in self._partners.items():
            self._partners[key] = [
                (score, partner.with_prefetch(partners._prefetch_ids), reasons)
                for score, partner, reasons in matches
            ]
