from collections import defaultdict
from dataclasses import dataclass

from odoo import models

from ...tools.account_key import company_key


@dataclass(eq=False)
class AccountToBe:
    """An account as it will be when it is a lead's turn.

    `account` is empty until it is made, `known` is what it will be known by (see
    `res.partner._prepare_known`), `company` the company of the database it is of.
    """

    account: models.Model
    known: dict
    company: models.Model
    has_address: bool = False


class AccountsToBe:
    """The accounts of leads that are converted one after the other, before they are.

    An account takes what it has not from each of its leads. A lead that contradicts
    what the account has by then, with another web site, say, is of another company of
    the same name.
    """

    def __init__(self, leads):
        self.partners = leads.env["res.partner"]
        self.queries = dict(zip(leads, leads._get_company_queries(), strict=True))
        self.linked, self.new = {}, defaultdict(list)

    def is_contradicted(self, lead, known):
        """Tell whether a lead is hardly of an account of its name."""
        return self.partners._is_contradicted(self.queries[lead], known)

    def may_be_contradicted(self, lead, known):
        """Tell whether anything speaks against a lead being of an account of its name,
        whatever speaks for it."""
        return self.partners._may_be_contradicted(self.queries[lead], known)

    def get_linked(self, lead, account):
        """Return the account that a lead is linked to, whatever speaks against it."""
        to_be = self._get_existing(account)
        self.fill(lead, to_be)
        return to_be

    def get_best(self, lead, account=None):
        """Return the account of a lead: the one that was found, if it is that still, or
        a new one; leads of one new company have one.

        A new one is of the first lead's company of the database. Where that has none,
        it is everybody's, and leads of any company share it.
        """
        account = account or self.partners
        same_name = self.new[company_key(lead._get_company_name()) or lead]
        options = [to_be for to_be in same_name if self._fits(lead, to_be)]
        if account and self._is_still(lead, account):
            options.insert(0, self._get_existing(account))
        if options:
            query = self.queries[lead]
            to_be = min(
                options,
                key=lambda option: self.partners._get_known_order(query, option.known),
            )
        else:
            known = self.queries[lead].get_known()
            to_be = AccountToBe(self.partners, known, lead.company_id)
            same_name.append(to_be)
        self.fill(lead, to_be)
        return to_be

    def fill(self, lead, to_be):
        """Give an account what it has not."""
        known = to_be.known
        for name, value in self.queries[lead].get_known().items():
            if name == "email_domains":
                known[name] = known[name] | value
            else:
                known[name] = known[name] or value

    def _get_existing(self, account):
        if account not in self.linked:
            self.linked[account] = AccountToBe(
                account,
                account._prepare_known(),
                account.company_id,
                bool(account.email),
            )
        return self.linked[account]

    def _fits(self, lead, to_be):
        is_usable = to_be.company in (lead.company_id, lead.company_id.browse())
        return is_usable and not self.is_contradicted(lead, to_be.known)

    def _is_still(self, lead, account):
        """Tell whether an account that was found for a lead is the lead's: no earlier
        lead has given it anything against that."""
        return not self.is_contradicted(
            lead, self._get_existing(account).known
        ) or self.is_contradicted(lead, account._prepare_known())


class KnownCompany:
    """What leads of a batch say of a company, and in which round of it they do.

    Once one contradicts another, there may be two companies of the name. Which one a
    later lead is of is seen when the accounts are there.
    """

    def __init__(self):
        self.said = {}
        self.last = 0
        self.is_contradicted = False

    def get_round(self, lead, accounts):
        """Return the first round in which a lead can be converted."""
        said = self._get_said(lead, accounts)
        if not self.is_contradicted and said not in self.said:
            self.is_contradicted = any(
                accounts.may_be_contradicted(lead, known)
                for known in self.said.values()
            )
        return self.last + 1 if self.is_contradicted else 0

    def add(self, lead, accounts, number):
        """Note what a lead says that is converted in a round."""
        said = self._get_said(lead, accounts)
        if said not in self.said:
            self.said[said] = accounts.queries[lead].get_known()
            self.last = number

    def _get_said(self, lead, accounts):
        query = accounts.queries[lead]
        return query.name, query.website, query.vat


class CrmLead(models.Model):
    """Which leads are of one new company."""

    _inherit = "crm.lead"

    def _get_new_account_keys(self):
        """Return what leads of the same new company have in common, by lead: its name,
        and the account to be."""
        accounts = AccountsToBe(self)
        return {
            lead: (company_key(lead.partner_name), accounts.get_best(lead))
            for lead in self
        }

    def _get_company_queries(self):
        """Return a `MatchQuery` for each lead, of what it says of its company."""
        names = ("name", "website", "email", "vat", "country_id")
        questions = [
            lead._get_account_question(lead._get_match_values()) for lead in self
        ]
        return self.env["res.partner"]._prepare_match_queries(
            [{name: asked[name] for name in names} for asked in questions]
        )
