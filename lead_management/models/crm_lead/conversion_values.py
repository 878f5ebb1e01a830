from datetime import date

from odoo import models
from odoo.exceptions import UserError

from ..record_field import DOT, LISTS, find_properties
from .conversion_address import ADDRESS_FIELDS
from .conversion_plan import CUSTOMER_FIELDS

MAX_ID = 2**31  # what the database can hold
# What clients may send for fields of a type; others are texts.
TYPES = {
    "integer": (int, float),
    "float": (int, float),
    "monetary": (int, float),
    "many2one": (int,),
    "boolean": (bool,),
    "many2many": (list, tuple),
}


class CrmLead(models.Model):
    """Which values a conversion may be given, and which of them people review."""

    _inherit = "crm.lead"

    def _check_overrides(self, overrides):
        """Refuse values that a conversion has no business with."""
        allowed = {
            name: names | self._get_mapped_fields(name, LISTS)
            for name, names in self._get_override_fields().items()
        }
        if not isinstance(overrides, dict) or not all(
            isinstance(values, dict) for values in overrides.values()
        ):
            raise UserError(
                self.env._(
                    "Give the reviewed values by record and field, such as"
                    " {“account”: {“phone”: “+1 202 555 01”}}."
                )
            )
        for record, values in overrides.items():
            unknown = set(values) - allowed.get(record, set())
            if record not in allowed or unknown:
                raise UserError(
                    self.env._(
                        "A conversion can't set %(fields)s.",
                        fields=", ".join(
                            f"{record}.{name}" for name in sorted(unknown or {"*"})
                        ),
                    )
                )
            model = self if record == "opportunity" else self.env["res.partner"]
            known = dict(model._fields)
            if any(DOT in name for name in values):
                known |= find_properties(model)
            for name, value in values.items():
                if name in known and not self._is_value_of(known[name], value):
                    raise UserError(
                        self.env._(
                            "%(value)s is not a possible value of %(field)s.",
                            value=repr(value)[:40],
                            field=f"{record}.{name}",
                        )
                    )

    def _is_value_of(self, field, value):
        """Tell whether a field can hold what a client sends as its value."""
        if value is None or value is False:
            return True
        types = TYPES.get(field.type, (str, date))
        if not isinstance(value, types) or (
            isinstance(value, bool) and field.type != "boolean"
        ):
            return False
        if isinstance(value, str):
            if "\x00" in value:
                return False
        elif isinstance(value, (list, tuple)):
            return True
        elif (not isinstance(value, date) and abs(value) >= MAX_ID * 10**6) or (
            field.type == "integer" and abs(value) >= MAX_ID
        ):
            return False
        elif field.type == "many2one":
            if not 0 < value < MAX_ID:
                return False
            return bool(self.env[field.comodel_name].browse(value).exists())
        try:
            field.convert_to_cache(value, self.env[field.model_name])
        except (TypeError, ValueError):
            return False
        return True

    def _get_override_fields(self):
        """Return which fields of account, contact and opportunity may be overridden."""
        both = {"name", "phone", "fax", "email", "comment", "user_id", "lang"}
        both |= ADDRESS_FIELDS
        return {
            "account": both
            | {"website", "twitter", "social_url"}
            | {"annual_revenue", "employee_count"}
            | {"industry_id", "lead_source_id", "vat", "primary_contact_id"},
            "contact": both
            | {"function", "skype", "twitter", "social_url", "website"}
            | {"lead_source_id"},
            "opportunity": {"name", "expected_revenue", "date_deadline", "stage_id"}
            | {"team_id", "user_id"},
        }

    def _get_mapped_fields(self, record_name, without=()):
        """Return which fields of a record get something by the mapping."""
        mapping = self.env["crm.lead.conversion.mapping"]
        model = self.env[mapping._get_model_of(record_name)]
        names = {
            name
            for company_id in self.company_id.ids or [False]
            for name in mapping._get_rules(company_id)[record_name]
        }
        if not without:
            return names
        known = dict(model._fields)
        if any(DOT in name for name in names):
            known |= find_properties(model)
        return {n for n in names & known.keys() if known[n].type not in without}

    def _get_reviewed_fields(self):
        """Return which fields of account, contact and opportunity people review before
        a conversion: those that may be overridden, and what a lead fills by itself."""
        return {
            name: allowed
            | self._get_mapped_fields(name)
            | ({*CUSTOMER_FIELDS, "partner_name"} if name == "opportunity" else {"vat"})
            for name, allowed in self._get_override_fields().items()
        }
