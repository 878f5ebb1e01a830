"""The address of a contact, which Odoo has it share with its company. No model of its
own."""

from ..record_field import read_value

# All or none of an address is filled, so that two are never mixed.
ADDRESS_FIELDS = {"street", "street2", "city", "zip", "state_id", "country_id"}


def has_address(record):
    """Tell whether a record says anything of where it is."""
    return any(record[name] for name in ADDRESS_FIELDS & record._fields.keys())


class ContactAddress:
    """Of the `Plan` of a conversion: whether the contact has an address of its own, and
    which."""

    @property
    def is_contact_at_account(self):
        """Tell whether a linked contact shares the address of the linked account."""
        contact = self.contact
        return bool(
            contact and contact.type == "contact" and contact.parent_id == self.account
        )

    def _get_company_address(self, proposals=None):
        """Return the address that the contact's company will have.

        :param dict proposals: those for the account, if they are known by now
        """
        if not (self.contact or self.account or self.has_account):
            return {}
        if self.contact and self.company != self.account:
            return {name: read_value(self.company, name) for name in ADDRESS_FIELDS}
        written = self.get_written("account", proposals)
        return {
            name: written.get(name, read_value(self.account, name)) or False
            for name in ADDRESS_FIELDS
        }

    def _may_have_own_address(self):
        """Tell whether the contact is new, or shares the address of its company."""
        contact = self.contact
        return not contact or bool(contact.parent_id and contact.type == "contact")

    def _get_new_contact_address(self, values, address):
        """Return the address of a new contact: the one of its company, unless the lead
        says something else and nobody says that it is the same."""
        if self.shares_address and any(address.values()):
            return address
        if any(
            values.get(name) and values[name] != address.get(name)
            for name in ADDRESS_FIELDS
        ):
            return {}
        return {name: value for name, value in address.items() if value}

    def _get_contact_type(self, written, company):
        """Return what keeps the address of a contact apart from the one of its company:
        nothing if they are the same."""
        contact = self.contact
        address = {
            name: written.get(name, read_value(contact, name)) or False
            for name in ADDRESS_FIELDS
        }
        if address == company:
            return {}
        if contact and not (
            ADDRESS_FIELDS & written.keys()
            or any(
                value != read_value(self.company, name)
                for name, value in company.items()
            )
        ):
            return {}
        return {"type": "other"}
