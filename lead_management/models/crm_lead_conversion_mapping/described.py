from odoo import models
from odoo.tools import format_list

from ...tools.field_conversion import get_conversions
from .constant import ConstantError, parse_constant


class CrmLeadConversionMapping(models.Model):
    """What the fields of a mapping are called, and what is wrong with a line."""

    _inherit = "crm.lead.conversion.mapping"

    # ------------------------------------------------------------
    # WORDS
    # ------------------------------------------------------------

    def _get_label(self, model_name, name):
        """Return what people call a field; its name if it is gone."""
        if not name:
            return ""
        if name == "user_id":
            return self.env._("Owner")
        if field := self._get_field(model_name, name):
            return field._description_string(self.env)
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
            "tags": self.env._("tags"),
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
        model_name = self._get_target_model()
        offered = self._get_target_fields(self.record_name)
        target = self._describe(model_name, self.field_name)
        if not target:
            return self._get_gone_text(self._get_target_label())
        if not self._is_offered(model_name, self.field_name, offered):
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
        if not self._is_offered("crm.lead", name, self._get_lead_fields()):
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
        """Return the fixed value as `write` takes it, many records as their ids; read
        in the language of who typed it, else in the user's."""
        field = self._get_field(self._get_target_model(), self.field_name)
        try:
            # It may have been deactivated since.
            lang = self.env["res.lang"]._get_code(self.constant_lang)
            typed = self.with_context(lang=lang)
            return parse_constant(typed.env, field, self.constant)
        except ConstantError:
            return parse_constant(self.env, field, self.constant)
