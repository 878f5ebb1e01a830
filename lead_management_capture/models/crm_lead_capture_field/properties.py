from odoo import models

from odoo.addons.lead_management.models.record_field import find_properties

from . import lead_fields

# In front of the name of a property
PREFIX = "lead_properties."
# What is asked for by the type of a property
KINDS = {
    name: kind
    for name, kind in lead_fields.KINDS.items()
    if kind not in ("amount", "option", "options")
} | {"tags": "choices"}


class CrmLeadCaptureField(models.Model):
    """Properties that sales teams define for their leads, as questions.

    A lead gets them when its team has them; else what was typed is in its notes.
    """

    _inherit = "crm.lead.capture.field"

    def _get_lead_fields(self):
        teams = self.env["crm.team"].search(
            [("lead_properties_definition", "!=", False)]
        )
        pairs = [
            (
                f"{PREFIX}{definition['name']}",
                f"{definition['string']} ({team.display_name})",
            )
            for team in teams
            for definition in team.lead_properties_definition
            if definition["type"] in KINDS
        ]
        return [*super()._get_lead_fields(), *pairs]

    def _get_property(self, name):
        """Return a property, None where it is none or is gone.

        :param str name: with the prefix
        """
        if not name.startswith(PREFIX):
            return None
        return find_properties(self.env["crm.lead"]).get(name)

    def _get_lead_field_label(self, name):
        found = self._get_property(name)
        return found.label if found else super()._get_lead_field_label(name)

    def _get_lead_safe_field(self):
        found = self._get_property(self.lead_field or "")
        kind = found and KINDS.get(found.type)
        if not kind:
            return super()._get_lead_safe_field()
        return self._make_safe_field(found.label, kind)

    def _get_lead_choices(self, name):
        if found := self._get_property(name):
            return found.options
        return super()._get_lead_choices(name)
