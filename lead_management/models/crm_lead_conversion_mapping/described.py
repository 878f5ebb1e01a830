from odoo import api, models, tools
from odoo.tools import format_list

from ...tools.field_conversion import TYPES, FieldType, get_conversions
from .constant import ConstantError, parse_constant

PROPERTIES = "lead_properties"


class CrmLeadConversionMapping(models.Model):
    """Which fields a mapping can be about, what they are called, and what is wrong."""

    _inherit = "crm.lead.conversion.mapping"

    # ------------------------------------------------------------
    # FIELDS
    # ------------------------------------------------------------

    @api.model
    def _get_lead_fields(self):
        """Return the names of the fields of a lead whose values can be given.

        :rtype: set[str]
        """
        return {
            name
            for name, field in self.env["crm.lead"]._fields.items()
            if field.store
            and field.type in TYPES
            and not getattr(field, "system", False)
            and name not in (*models.MAGIC_COLUMNS, "active", "type")
            and not name.startswith(("message_", "activity_"))
        } | {PROPERTIES}

    @api.model
    @tools.ormcache("record_name")
    def _get_target_fields(self, record_name):
        """Return the names of the fields of a record that can get a value.

        :param str record_name: `account`, `contact` or `opportunity`; False for none
        :rtype: frozenset[str]
        """
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
            if model._fields[name].type in TYPES
        )

    @api.model
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

    @api.model
    def _get_model_of(self, record_name):
        return "crm.lead" if record_name == "opportunity" else "res.partner"

    def _get_target_model(self):
        return self._get_model_of(self.record_name)

    @api.model
    def _describe(self, model_name, name):
        """Return what has to fit between two fields, or None if there is no such field.

        :param str name: of a field, or `lead_properties.` and the name of a property
        :rtype: FieldType
        """
        if name and name.startswith(f"{PROPERTIES}."):
            return self._describe_property(name.partition(".")[2])
        field = self.env[model_name]._fields.get(name)
        if not field:
            return None
        options = None
        if field.type == "selection":
            options = frozenset(field.get_values(self.env))
        return self._prepare_type(field.type, field.comodel_name, options)

    @api.model
    def _prepare_type(self, field_type, comodel, options):
        has_code = comodel in self.env and "code" in self.env[comodel]._fields
        return FieldType(field_type, comodel or None, options, has_code)

    @api.model
    def _describe_property(self, name):
        definition = self._get_property_definitions().get(name)
        if not definition:
            return None
        options = definition.get("selection") or ()
        return self._prepare_type(
            # Tags of properties are texts.
            "char" if definition["type"] == "tags" else definition["type"],
            definition.get("comodel"),
            frozenset(key for key, _label in options) if options else None,
        )

    @api.model
    def _get_property_definitions(self):
        """Return the properties that sales teams define for their leads, by name."""
        teams = self.env["crm.team"].sudo().with_context(active_test=False)
        return {
            definition["name"]: definition
            for team in teams.search([("lead_properties_definition", "!=", False)])
            for definition in team.lead_properties_definition
        }

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

    # ------------------------------------------------------------
    # WORDS
    # ------------------------------------------------------------

    @api.model
    def _get_label(self, model_name, name):
        """Return what people call a field; its name if it is gone."""
        if not name:
            return ""
        if name == "user_id":
            return self.env._("Owner")
        if name.startswith(f"{PROPERTIES}."):
            definition = self._get_property_definitions().get(name.partition(".")[2])
            return definition["string"] if definition else name
        if field := self.env[model_name]._fields.get(name):
            return field.get_description(self.env, ["string"])["string"]
        return name

    def _get_target_label(self):
        labels = dict(self._fields["record_name"]._description_selection(self.env))
        return self.env._(
            "%(record)s: %(field)s",
            record=labels.get(self.record_name, ""),
            field=self._get_label(self._get_target_model(), self.field_name),
        )

    def _get_type_label(self, described):
        """Return what people call a type, and what it links."""
        labels = {
            "char": self.env._("text"),
            "text": self.env._("long text"),
            "html": self.env._("formatted text"),
            "integer": self.env._("whole number"),
            "float": self.env._("number"),
            "monetary": self.env._("amount"),
            "boolean": self.env._("yes or no"),
            "date": self.env._("date"),
            "datetime": self.env._("date and time"),
            "selection": self.env._("choice"),
            "many2one": self.env._("link"),
            "many2many": self.env._("several links"),
        }
        label = labels.get(described.type, described.type)
        if described.comodel in self.env:
            model = self.env["ir.model"]._get(described.comodel).sudo().name
            return f"{label} ({model})"
        return label

    # ------------------------------------------------------------
    # PROBLEMS
    # ------------------------------------------------------------

    def _get_problem(self):
        """Return why a line can't work and what to do about it, or False."""
        self.ensure_one()
        if not (self.record_name and self.field_name):
            return False  # which is required anyway
        target = self._describe(self._get_target_model(), self.field_name)
        if not target:
            return self._get_gone_text(self._get_target_label())
        if self.field_name not in self._get_target_fields(self.record_name):
            return self.env._(
                "%(field)s can't be given by a mapping: Odoo itself keeps it. Choose"
                " another field.",
                field=self._get_target_label(),
            )
        if self.source == "nothing":
            return False
        if self.source == "constant":
            return self._get_constant_problem()
        if not self.lead_field_name:
            return self.env._(
                "%(field)s: choose the field of the lead that gives the value.",
                field=self._get_target_label(),
            )
        for name in filter(None, (self.lead_field_name, self.else_field_name)):
            if problem := self._get_source_problem(name, target):
                return problem
        if self.conversion not in self._get_conversions():
            labels = dict(self._fields["conversion"]._description_selection(self.env))
            possible = [labels[name] for name in self._get_conversions()]
            return (
                self.env._(
                    "%(field)s can't get the value so. Choose one of these conversions:"
                    " %(conversions)s.",
                    field=self._get_target_label(),
                    conversions=format_list(self.env, possible, "or"),
                )
                if possible
                else self._get_type_problem(self.lead_field_name, target)
            )
        return False

    def _get_gone_text(self, field):
        return self.env._(
            "%(field)s is not there any more: its app was uninstalled, or the field"
            " deleted. The line is skipped. Choose another field, or delete the"
            " line.",
            field=field,
        )

    def _get_source_problem(self, name, target):
        """Return why a field of the lead can't give its value, or False."""
        source = self._describe("crm.lead", name)
        label = self.env._(
            "%(record)s: %(field)s",
            record=self.env._("Lead"),
            field=self._get_label("crm.lead", name),
        )
        if not source:
            return self._get_gone_text(label)
        if name.partition(".")[0] not in self._get_lead_fields() or name == PROPERTIES:
            return self.env._(
                "%(field)s has no value of its own that could be given. Choose another"
                " field of the lead.",
                field=label,
            )
        if not get_conversions(source, target):
            return self._get_type_problem(name, target)
        return False

    def _get_type_problem(self, name, target):
        source = self._describe("crm.lead", name)
        return self.env._(
            "“%(lead_field)s” of the lead is of the type “%(lead_type)s”, and %(field)s"
            " of the type “%(type)s”: there is no conversion. Choose a field of the"
            " same type.",
            lead_field=self._get_label("crm.lead", name),
            lead_type=self._get_type_label(source),
            field=self._get_target_label(),
            type=self._get_type_label(target),
        )

    def _get_constant_problem(self):
        try:
            self._parse_constant()
        except ConstantError as error:
            return self.env._(
                "%(field)s can't get the fixed value “%(value)s”: %(reason)s",
                field=self._get_target_label(),
                value=self.constant or "",
                reason=error.reason,
            )
        return False

    def _parse_constant(self):
        """Return the fixed value as `write` takes it, many records as their ids.

        :raise ConstantError: it is none of the field
        """
        field = self.env[self._get_target_model()]._fields[self.field_name]
        return parse_constant(self.env, field, self.constant)
