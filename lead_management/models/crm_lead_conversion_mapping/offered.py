from odoo import models, tools

from ...tools.field_conversion import TYPES, FieldType, get_conversions
from ..record_field import DOT, find_properties

OFFERED = (*TYPES, "properties")


class CrmLeadConversionMapping(models.Model):
    """Which fields a mapping can be about, and which can take what from which."""

    _inherit = "crm.lead.conversion.mapping"

    def _get_lead_fields(self):
        """Return the names of the fields of a lead whose values can be given."""
        return {
            name
            for name, field in self.env["crm.lead"]._fields.items()
            if field.store
            and field.type in OFFERED
            and not getattr(field, "system", False)
            and name not in (*models.MAGIC_COLUMNS, "active", "type")
            and not name.startswith(("message_", "activity_"))
        }

    @tools.ormcache("record_name")
    def _get_target_fields(self, record_name):
        """Return the names of the fields of a record that can get a value."""
        if not record_name:
            return frozenset()
        model = self.env[self._get_model_of(record_name)]
        if record_name == "opportunity":
            names = model.sudo()._get_typed_fields()
        else:
            names = {
                name
                for name, field in model._fields.items()
                if field.store and not field.readonly
            }
        return frozenset(
            name
            for name in names - self._get_kept_fields(record_name)
            if model._fields[name].type in OFFERED
        )

    def _get_kept_fields(self, record_name):
        """Return the names of fields that no mapping may write: what makes a record
        what it is, and what Odoo keeps in step with others. Extend for more.

        :rtype: set[str]
        """
        if record_name == "opportunity":
            return {
                *("name", "team_id", "email_from", "phone", "partner_name"),
                *("contact_first_name", "contact_last_name"),
            }
        return {
            *models.MAGIC_COLUMNS,
            *("name", "active", "type", "is_company", "company_id", "company_name"),
            *("parent_id", "primary_contact_id", "commercial_partner_id", "user_ids"),
            *("company_type", "parent_name", "color", "email_normalized"),
            *("partner_share", "child_ids", "ref_company_ids"),
        }

    def _get_model_of(self, record_name):
        return "crm.lead" if record_name == "opportunity" else "res.partner"

    def _get_target_model(self):
        return self._get_model_of(self.record_name)

    def _is_offered(self, model_name, name, offered):
        """Tell whether a line can be about a field, or a property, of those whose names
        are offered. All properties of a record together are no value."""
        root, dot, _key = name.partition(DOT)
        fields = self.env[model_name]._fields
        return root in offered and (dot or fields[root].type != "properties")

    def _get_field(self, model_name, name):
        """Return a field, or the property of that name that some records have; None if
        there is none."""
        model = self.env[model_name]
        if name and DOT in name:
            return find_properties(model).get(name)
        return model._fields.get(name)

    def _describe(self, model_name, name):
        """Return what has to fit between two fields; None if there is no such field."""
        field = self._get_field(model_name, name)
        if not field:
            return None
        comodel, options = field.comodel_name or None, None
        if field.type in ("selection", "tags"):
            options = frozenset(field.get_values(self.env))
        has_code = comodel in self.env and "code" in self.env[comodel]._fields
        return FieldType(field.type, comodel, options, has_code)

    def _get_conversions(self):
        """Return by which conversions the field can get the values of the lead's."""
        target = self._describe(self._get_target_model(), self.field_name)
        if self.source != "field" or not target:
            return []
        found = None
        for name in filter(None, (self.lead_field_name, self.else_field_name)):
            source = self._describe("crm.lead", name)
            possible = get_conversions(source, target) if source else []
            found = [one for one in found or possible if one in possible]
        return found or []
