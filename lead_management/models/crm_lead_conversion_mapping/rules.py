from types import MappingProxyType
from typing import NamedTuple

from odoo import api, models, tools
from odoo.fields import Domain

from .mapping import RECORDS
from .shipped import SHIPPED


class Source(NamedTuple):
    """A field of a lead, or one of its properties."""

    name: str
    property_name: str
    type: str

    @property
    def path(self):
        """Return how a line of the mapping names it."""
        return f"{self.name}.{self.property_name}" if self.property_name else self.name


class Rule(NamedTuple):
    """A line that works, as conversions go by it. `sources` are the fields of the lead
    to ask, in this order; without one, the value is the `constant`."""

    name: str
    sources: tuple
    constant: object
    conversion: str
    existing: str
    is_alone: bool

    @property
    def is_same(self):
        """Tell whether it means nothing to a lead that becomes the record itself."""
        return [source.path for source in self.sources] == [self.name]


class CrmLeadConversionMapping(models.Model):
    """The mapping as conversions go by it."""

    _inherit = "crm.lead.conversion.mapping"

    @tools.ormcache("company_id")
    def _get_rules(self, company_id):
        """Return the rules for leads of a company, for all users.

        :return: rules by field name, by the name of the record; not to be changed
        """
        rules = {record_name: {} for record_name, _label in RECORDS}
        # Kept for everybody, also when who asks first looks at archived records.
        active = self.sudo().with_context(active_test=True)
        lines = active.search(Domain("company_id", "in", [False, company_id or False]))
        # The company's own come last, and replace the ones for all.
        for line in lines.sorted(lambda line: bool(line.company_id)):
            own = rules[line.record_name]
            if line.company_id:
                own.pop(line.field_name, None)
            if line.source != "nothing" and not line._get_problem():
                own[line.field_name] = line._prepare_rule()
        return MappingProxyType(rules)

    def _prepare_rule(self):
        constant, sources, conversion = None, (), "copy"
        if self.source == "constant":
            constant = self._parse_constant()
            constant = tuple(constant) if isinstance(constant, list) else constant
        else:
            names = filter(None, (self.lead_field_name, self.else_field_name))
            sources = tuple(self._prepare_source(name) for name in names)
            conversion = self.conversion
        return Rule(
            self.field_name,
            sources,
            constant,
            conversion,
            self.existing,
            self.is_alone,
        )

    def _prepare_source(self, path):
        name, _dot, property_name = path.partition(".")
        return Source(name, property_name, self._describe("crm.lead", path).type)

    @api.model
    def _load_shipped(self):
        """Make the lines that come with the addon, where they aren't there."""
        there = self.with_context(active_test=False).search(
            [("company_id", "=", False)]
        )
        known = {(line.record_name, line.field_name) for line in there}
        self._load_records(
            [
                {
                    "xml_id": f"lead_management.mapping_{record_name}_{name}",
                    "values": {
                        "record_name": record_name,
                        "field_name": name,
                        **(
                            given
                            if isinstance(given, dict)
                            else {"lead_field_name": given}
                        ),
                    },
                    "noupdate": True,
                }
                for record_name, lines in SHIPPED.items()
                for name, given in lines.items()
                if (record_name, name) not in known
            ]
        )
