"""The plan of a conversion: what becomes of one lead. No model of its own."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from odoo import models

from ..record_field import PropertyField, fold_properties, get_field, read_value
from .conversion_address import ADDRESS_FIELDS, ContactAddress, has_address
from .conversion_company import AccountToBe

TARGETS = ("account", "opportunity")
# The context value under which a plan writes leads; no client can send it.
IS_PLANNED = object()
# What a lead that becomes the opportunity takes from its customer where it says
# nothing itself: its fields, and those of the customer. Native takes these over what
# the lead says, too.
CUSTOMER_FIELDS = {
    "contact_name": "name",
    "email_from": "email",
    **{name: name for name in ("phone", "function", "website", "industry_id")},
    **{name: name for name in sorted(ADDRESS_FIELDS)},
}


def fold_name(name):
    """Return the name of a person without what is no difference."""
    return " ".join(name.split()).casefold()


class Proposal(NamedTuple):
    """A value for a field: what the record has, what it may get, and whether it gets it
    unless somebody decides otherwise. Values are as `write` takes them; of fields that
    link many records, those that are added: their ids, and the names of tags that are
    to be made."""

    current: object
    value: object
    is_written: bool


@dataclass
class Plan(ContactAddress):
    """What becomes of one lead: the records to link, and the values somebody chose.

    What is written to each record is computed here and nowhere else: `propose` lists
    it, for people to review, and `get_written` is what is carried out:

    * A record that is created gets all the lead has for it; of one that is linked,
      blank fields are filled. `overrides` win over both.
    * A contact shares the address of its account, as everywhere in Odoo, if the lead
      names no other, or somebody says so (`shares_address`, of new contacts). Otherwise
      it gets an address of its own (`type` *other*), which changes nothing at the
      account.
    * The lead that becomes the opportunity keeps what it says. It gets from its
      customer only what it has not.

    `same_person` is a contact of another account whom the new contact is as well. With
    `is_primary`, the contact becomes the primary one of an account that has another.
    `contact_name` is the name of a new contact.
    `account_to_be` is the `AccountToBe` that nobody chose: plans of one new account
    have it in common.
    `looked_up` is when who decided saw the accounts that match, if that was before this
    transaction; `declined` are those that were seen and not wanted.

    Carrying it out adds what was created, filled and moved, for the ledger.
    """

    lead: models.Model
    target: str
    account: models.Model
    contact: models.Model
    opportunity: models.Model
    overrides: dict
    contact_name: str | bool = False
    same_person: models.Model | None = None
    is_primary: bool = False
    shares_address: bool = False
    account_to_be: AccountToBe | None = None
    looked_up: datetime | None = None
    declined: models.Model | None = None
    snapshot: dict = field(default_factory=dict)
    created: list = field(default_factory=list)
    filled: list = field(default_factory=list)
    moved: list = field(default_factory=list)
    # What the lead that becomes the opportunity gets, see find_own_values
    own_values: dict = field(default_factory=dict)

    def __post_init__(self):
        self.contact_name = self.contact_name or self.lead._get_contact_name()
        if self.declined is None:
            self.declined = self.account.browse()

    @property
    def person_key(self):
        """Return what people of one account who have one name have in common; without
        an account, the e-mail address has to be the same."""
        name = self.get_overrides("contact").get("name") or self.contact_name
        return self.account.id or self.lead.email_normalized, fold_name(name)

    @property
    def keeps_lead(self):
        """Tell whether the lead itself becomes the opportunity."""
        return self.target == "opportunity" and not self.opportunity

    @property
    def has_account(self):
        """Tell whether a company is linked or created: a person without one is the
        account as well as the contact."""
        return bool(
            self.account.is_company if self.account else self.lead._get_company_name()
        )

    @property
    def has_contact(self):
        """Tell whether a person is linked or created."""
        return bool(
            self.contact
            or self.contact_name
            or self.get_overrides("contact").get("name")
        )

    @property
    def company(self):
        """Return what the contact is, or will be, a contact of, if it exists by now."""
        return self.contact.parent_id if self.contact else self.account

    def get_overrides(self, record_name):
        return dict(self.overrides.get(record_name) or {})

    def restore(self, record_name):
        """Return the value by which a linked record that was archived is in use again.

        :param str record_name: `account` or `contact`
        """
        record = getattr(self, record_name)
        return {} if not record or record.active else {"active": True}

    # ------------------------------------------------------------
    # WHAT IS WRITTEN
    # ------------------------------------------------------------

    def propose_all(self):
        """Return what `propose` does for each record of the result, by its name."""
        account = self.propose("account")
        address = self._get_company_address(account)
        return {
            "account": account,
            "contact": self.propose("contact", address),
            "opportunity": self.propose("opportunity"),
        }

    def fill_blanks_only(self, record_name):
        """Have a record linked that somebody else has just made: leave what it says.

        :param str record_name: `account` or `contact`
        """
        record, values = getattr(self, record_name), self.get_overrides(record_name)
        blank = {name: values[name] for name in values if not record[name]}
        self.overrides = {**self.overrides, record_name: blank}

    def propose(self, record_name, company_address=None):
        """Return the values for the fields of a record of the result.

        :param str record_name: `account`, `contact` or `opportunity`
        :param dict company_address: of the contact's company, if it is known by now
        :return: a `Proposal` by field name; none when there will be no such record
        """
        if record_name == "account":
            if not self.has_account:
                return {}
            values = self.lead._get_account_values(self)
            return self._compare("account", self.account, values)
        if record_name == "contact":
            if not self.has_contact:
                return {}
            values = self.lead._get_contact_values(self)
            if not self.contact:
                if company_address is None:
                    company_address = self._get_company_address()
                values.update(self._get_new_contact_address(values, company_address))
            return self._compare("contact", self.contact, values)
        if self.opportunity:
            values = self.lead._get_opportunity_values(self.opportunity)
            return self._compare("opportunity", self.opportunity, values)
        if not self.keeps_lead:
            return {}
        values = self.lead._get_own_opportunity_values()
        return {
            **self._propose_from_customer(),
            **self._compare("opportunity", self.lead, values),
        }

    def _compare(self, record_name, record, values):
        """Return proposals of values for a record: one to create, if it is empty."""
        is_addressed = has_address(record)
        proposals = {}
        for name, value in values.items():
            current = read_value(record, name)
            if isinstance(current, list):
                value = [tag for tag in value or () if tag not in current]
            is_written = bool(value) and value != current
            if record:
                rule = self.lead._get_existing_rule(record_name, name)
                # The lead that becomes the opportunity is new as one.
                is_written &= rule != "keep" or record == self.lead
                if rule != "replace":
                    is_written &= not current or isinstance(current, list)
                    is_written &= not (is_addressed and name in ADDRESS_FIELDS)
            proposals[name] = Proposal(current, value, is_written)
        return proposals

    def _propose_from_customer(self):
        """Return what a customer who is linked has of what the lead doesn't say. If it
        was the lead's before, the two are in step as ever."""
        lead = self.lead
        if lead.partner_id:
            return {}
        customer = self.contact if self.has_contact else self.account
        is_addressed = has_address(lead)
        proposals = {}
        for name, customer_name in CUSTOMER_FIELDS.items():
            is_address = name in ADDRESS_FIELDS
            if lead[name] or (is_address and is_addressed):
                continue
            # A new contact shares these with its account.
            is_shared = is_address or name == "industry_id"
            record = (customer or self.account) if is_shared else customer
            value = read_value(record, customer_name)
            if value and not (name == "contact_name" and record.is_company):
                proposals[name] = Proposal(False, value, True)
        if not lead.partner_name and self.has_account:
            proposals["partner_name"] = Proposal(False, self.account.name, True)
        return proposals

    def get_written(self, record_name, proposals=None):
        """Return what is written to a record, or what it is created with.

        :param dict proposals: those for the record, if they are known by now
        :return: values by field name, as those of a `Proposal`
        """
        record = getattr(self, record_name)
        if record_name == "opportunity" and self.keeps_lead:
            record = self.lead
        address = None
        if record_name == "contact" and self._may_have_own_address():
            address = self._get_company_address()
        if proposals is None:
            proposals = self.propose(record_name, address)
        written = {
            name: proposal.value
            for name, proposal in proposals.items()
            if proposal.is_written
        }
        for name, value in self.get_overrides(record_name).items():
            if record and value == read_value(record, name):
                written.pop(name, None)  # chosen to stay as it is
            else:
                written[name] = value
        if address:
            written.update(self._get_contact_type(written, address))
        return written

    # ------------------------------------------------------------
    # WRITING
    # ------------------------------------------------------------

    def find_own_values(self):
        """Note what the lead that becomes the opportunity gets, before anything of its
        own is written to account and contact."""
        if self.keeps_lead:
            self.own_values = self.get_written("opportunity")

    def fill(self, record, written):
        """Write values to a linked record, and note what was filled.

        :param dict written: as of `get_written`; tags are added to those that are there
        """
        values = self.lead._prepare_written(written)
        for name, value in list(values.items()):
            field = get_field(record, name)
            if not field:
                del values[name]  # a property that records of its kind don't have
                continue
            is_property = isinstance(field, PropertyField)
            if is_property and isinstance(value, list):
                value = field.get(record) + value
                values[name] = value
            elif field.type == "many2many":
                added = [record_id for _op, record_id, *_rest in value]
                added = [tag for tag in added if tag not in record[name].ids]
                if added:
                    self.filled.append([record._name, record.id, name, [], added])
                continue
            old = read_value(record, name)
            if old == value:
                del values[name]
            else:
                self.filled.append([record._name, record.id, name, old, value])
        if values:
            record.write(fold_properties(record, values))
