"""The plan of a conversion: what becomes of one lead. No model of its own."""

from dataclasses import dataclass, field

from odoo import models
from odoo.fields import Command

from .profile import ACCOUNT_FIELDS

TARGETS = ("account", "opportunity")
# The context value under which a plan writes leads; no client can send it.
IS_PLANNED = object()
# All or none of an address is filled, so that two are never mixed.
ADDRESS_FIELDS = {"street", "street2", "city", "zip", "state_id", "country_id"}
# Which blank fields of a linked record a lead fills
FILLABLE_FIELDS = {
    "res.partner": {
        *("phone", "email", "website", "function", "skype", "comment", "user_id"),
        *("lead_source_id", "primary_contact_id", "category_id"),
        "vat",  # which leads have with another addon
        *ACCOUNT_FIELDS,
        *ADDRESS_FIELDS,
    },
    "crm.lead": {
        *("expected_revenue", "date_deadline", "description", "referred", "tag_ids"),
        *("source_id", "medium_id", "campaign_id", "rating_id", "quote_deadline"),
        *("company_phone", "skype", "best_call_time", "function", "website"),
        *ACCOUNT_FIELDS,
    },
}


@dataclass
class Plan:
    """What becomes of one lead: the records to link, and the values somebody chose.

    `same_person` is a contact of another account whom the new contact is as well. With
    `is_primary`, the contact becomes the primary one of an account that has another.

    Carrying it out adds what was created, filled and moved, for the ledger.
    """

    lead: models.Model
    target: str
    account: models.Model
    contact: models.Model
    opportunity: models.Model
    overrides: dict
    same_person: models.Model | None = None
    is_primary: bool = False
    snapshot: dict = field(default_factory=dict)
    created: list = field(default_factory=list)
    filled: list = field(default_factory=list)
    moved: list = field(default_factory=list)

    @property
    def keeps_lead(self):
        """Tell whether the lead itself becomes the opportunity."""
        return self.target == "opportunity" and not self.opportunity

    def get_overrides(self, record_name):
        return dict(self.overrides.get(record_name) or {})

    def restore(self, record_name):
        """Return the value by which a linked record that was archived is in use again.

        :param str record_name: `account` or `contact`
        """
        return {} if getattr(self, record_name).active else {"active": True}

    def fill(self, record, values, overrides):
        """Fill the blank fields of a linked record, and note what was filled.

        :param dict values: what the lead has for it, as `write` takes it; the records
            of a many2many field are added to those that are there
        :param dict overrides: what somebody chose; wins over what the record has
        """
        written = {}
        has_address = any(record[name] for name in ADDRESS_FIELDS & set(record._fields))
        for name in sorted(values.keys() & FILLABLE_FIELDS[record._name]):
            value = values[name]
            if record._fields[name].type == "many2many":
                old = set(record[name].ids)
                new = [record_id for _op, record_id, *_rest in value or ()]
                if added := [record_id for record_id in new if record_id not in old]:
                    written[name] = [Command.link(record_id) for record_id in added]
                    self.filled.append([record._name, record.id, name, [], added])
            elif (
                value
                and not record[name]
                and not (has_address and name in ADDRESS_FIELDS)
            ):
                written[name] = value
        written.update(overrides)
        for name, value in list(written.items()):
            record_field = record._fields[name]
            if record_field.type == "many2many":
                continue
            old = record_field.convert_to_write(record[name], record)
            if old == value:
                del written[name]  # chosen to stay as it is
            else:
                self.filled.append([record._name, record.id, name, old, value])
        if written:
            record.write(written)
