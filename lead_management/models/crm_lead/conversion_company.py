from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import islice

from odoo import models

from ..res_partner.account_judgment import DEFAULT_SURE
from ..res_partner.account_probe import CANDIDATES

# Accounts that are not there yet are younger than all others.
NEW_ID = 2**32
NEVER = 2


@dataclass(eq=False)
class AccountToBe:
    """An account as it will be when it is a lead's turn.

    `account` is empty until it is made, `known` is what it will be known by (see
    `res.partner._prepare_known`), `company` the company of the database it is of.
    """

    account: models.Model
    known: dict
    company: models.Model
    is_new: bool = False
    has_address: bool = False
    has_phone: bool = False
    # What an account was known by before
    before: dict = field(init=False)

    def __post_init__(self):
        self.before = dict(self.known)


class AccountsToBe:
    """The accounts of leads that are converted one after the other, before they are.

    An account takes what it has not from each of its leads. A lead is of the account
    that would be linked by itself when it is the lead's turn: that is judged as ever,
    by what the accounts will be known by. Besides, leads of one new company's name
    share its account even where nothing is linked by itself (`auto_link` is "never"),
    unless they contradict each other, say with another web site each.

    :param bool is_linking: accounts are linked by themselves
    :param made: accounts that earlier leads have made
    """

    def __init__(self, leads, is_linking=True, made=None):
        self.partners = leads.env["res.partner"]
        self.queries = dict(zip(leads, leads._get_company_queries(), strict=True))
        self.sure = NEVER
        if is_linking and leads._is_auto_link_on():
            _threshold, self.sure = self.partners._get_account_match_thresholds()
        self.existing, self.by_evidence = {}, defaultdict(dict)
        self.last_id = NEW_ID
        if made:
            self.know(made, is_new=True)

    def know(self, accounts, is_new=False):
        """Read what accounts are known by that leads are linked to, or may be."""
        accounts = accounts.filtered(lambda account: account not in self.existing)
        if not accounts:
            return
        for account, (query, known) in accounts._prepare_known().items():
            has = bool(account.email), bool(account.phone)
            to_be = AccountToBe(account, known, account.company_id, is_new, *has)
            self.existing[account] = to_be
            self._note_evidence(query, to_be)

    def get_linked(self, lead, account):
        """Return the account that a lead is linked to, whatever speaks against it: an
        archived one is restored."""
        self.know(account)
        to_be = self.existing[account]
        to_be.known["active"] = True
        self.fill(lead, to_be)
        return to_be

    def get_best(self, lead, matches=()):
        """Return the account of a lead: one that matches, or a new one.

        A new one is of the first lead's company of the database. Where that has none,
        it is everybody's, and leads of any company share it.

        :param matches: those that were found, see `crm.lead._find_sure_accounts`
        """
        query, options = self.queries[lead], []
        self.know(self.partners.union(*(match.account for match in matches)))
        found = {self.existing[match.account]: match.score for match in matches}
        for to_be in self._find_candidates(query, found):
            score = self._judge(query, to_be, found.get(to_be, 0))
            if self._is_sure(query, to_be, score) and self._is_usable(lead, to_be):
                options.append((score, to_be))
        best = min(
            options if lead._get_company_name() else (),
            key=lambda option: self.partners._get_match_order(
                query, option[0], option[1].known
            ),
            default=(0, None),
        )[1]
        best = best or self._get_new(lead)
        self.fill(lead, best)
        return best

    def is_same(self, lead, account, name=None):
        """Tell whether an account of a lead's company may be linked: nothing speaks
        against it.

        :param str name: the company's, if it is not the one of the lead
        """
        self.know(account)
        query = self.queries[lead]
        if name:
            query = replace(query, name=name)
        known = self.existing[account].known
        return self.partners._judge_known(query, known) * 100 >= DEFAULT_SURE

    def _get_new(self, lead):
        self.last_id += 1
        known = {
            **self.queries[lead].get_known(),
            "id": self.last_id,
            "active": True,
            "is_company": bool(lead._get_company_name()),
        }
        return AccountToBe(self.partners, known, lead.company_id, is_new=True)

    def _find_candidates(self, query, found):
        """Return the accounts that were found, or have something in common with a
        company: no more of a kind than the database is asked for."""
        candidates = dict.fromkeys(found)
        for evidence in query.evidence.union(query.telling_words):
            same = self.by_evidence.get(evidence, ())
            candidates.update(dict.fromkeys(islice(same, CANDIDATES)))
        return candidates

    def _judge(self, query, to_be, found=0):
        """Return the score of an account, by what it is known by when it is its turn.

        :param float found: the one it has in the database, where more is known of it
        """
        if not to_be.is_new and to_be.known == to_be.before:
            return found
        now = self.partners._judge_known(query, to_be.known)
        if found > now and now >= self.partners._judge_known(query, to_be.before):
            return found
        return now

    def _is_sure(self, query, to_be, score):
        is_same_name = query.key and query.key == to_be.known["account_key"]
        return score >= self.sure or (
            to_be.is_new and is_same_name and score * 100 >= DEFAULT_SURE
        )

    def _is_usable(self, lead, to_be):
        if to_be.account:
            is_in_use = to_be.known["is_company"] and to_be.known["active"]
            return is_in_use and lead._is_of_company(to_be.account)
        is_of_company = to_be.company in (lead.company_id, lead.company_id.browse())
        return to_be.known["is_company"] and (is_of_company or not lead.company_id)

    def fill(self, lead, to_be):
        """Give an account what it has not, and its contacts who the lead is."""
        query, known = self.queries[lead], to_be.known
        said, person = query.get_known(), lead._get_contact_name()
        domains, phones = said.pop("email_domains"), said.pop("phones")
        if person or not to_be.has_address:
            known["email_domains"] |= domains
        if not to_be.has_phone:
            known["phones"] |= phones
            to_be.has_phone = bool(phones)
        if person:
            phone = self.partners._normalize_match_phone(lead.phone, query.country_id)
            known["phones"] |= {phone} - {""}
        for name, value in said.items():
            known[name] = known[name] or value
        self._note_evidence(query, to_be)

    def _note_evidence(self, query, to_be):
        for evidence in query.evidence.union(query.telling_words):
            self.by_evidence[evidence][to_be] = True


class CrmLead(models.Model):
    """What is known of the companies of leads."""

    _inherit = "crm.lead"

    def _get_company_queries(self):
        """Return a `MatchQuery` for each lead, of what it says of its company."""
        return self.env["res.partner"]._prepare_match_queries(
            [lead._get_account_question(lead._get_match_values()) for lead in self]
        )
