"""Filters and values in the words that people use."""

from math import isfinite

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tools import format_list, formatLang

LONGEST = 60  # characters of a value that are shown


class DomainWords:
    """Tell domains on leads in words, in the language of an environment."""

    def __init__(self, env):
        self.env = env
        self.operators = {
            "=": self.env._("is"),
            "!=": self.env._("is not"),
            "in": self.env._("is one of"),
            "not in": self.env._("is none of"),
            ">": self.env._("is more than"),
            ">=": self.env._("is at least"),
            "<": self.env._("is less than"),
            "<=": self.env._("is at most"),
            "like": self.env._("contains"),
            "ilike": self.env._("contains"),
            "not like": self.env._("doesn't contain"),
            "not ilike": self.env._("doesn't contain"),
            "=like": self.env._("looks like"),
            "=ilike": self.env._("looks like"),
            "not =like": self.env._("doesn't look like"),
            "not =ilike": self.env._("doesn't look like"),
            "child_of": self.env._("is or is below"),
            "parent_of": self.env._("is or is above"),
            "any": self.env._("has one where"),
            "not any": self.env._("has none where"),
        }

    def tell(self, domain, model):
        """Return a domain in words.

        :param Domain domain: as it was entered
        :param model: the model that it filters
        """
        operator = getattr(domain, "OPERATOR", None)
        if operator == "!":
            return self.env._("not (%s)", self.tell(domain.child, model))
        if operator in ("&", "|"):
            parts = [self.tell(child, model) for child in domain.children]
            style = "standard" if operator == "&" else "or"
            return format_list(self.env, parts, style)
        if not hasattr(domain, "field_expr"):
            return (
                self.env._("every lead") if domain.is_true() else self.env._("no lead")
            )
        return self._tell_condition(domain, model)

    def _tell_condition(self, condition, model):
        operator, value = condition.operator, condition.value
        label, field = self._find_field(condition.field_expr, model)
        if operator in ("any", "not any"):
            comodel = self.env[field.comodel_name] if field else model
            text = self.tell(fields.Domain(value), comodel)
        elif value is False and field and field.type != "boolean":
            is_set = operator in ("!=", "not in")
            return self.env._(
                "%(field)s %(state)s",
                field=label,
                state=self.env._("is set") if is_set else self.env._("is empty"),
            )
        else:
            text = self._tell_operand(value, field)
        return self.env._(
            "%(field)s %(operator)s %(value)s",
            field=label,
            operator=self.operators.get(operator, operator),
            value=text,
        )

    def _find_field(self, path, model):
        """Return the label of a path, and the field it ends with."""
        labels, field = [], None
        for name in path.split("."):
            field = model._fields.get(name)
            if field is None:
                labels.append(name)
                break
            labels.append(field._description_string(self.env))
            if field.comodel_name:
                model = self.env[field.comodel_name]
        return " › ".join(labels), field

    def _tell_operand(self, value, field):
        """Return what a condition compares with."""
        if isinstance(value, list | tuple | set | frozenset) or (
            not isinstance(value, str) and hasattr(value, "__iter__")
        ):
            return (
                format_list(
                    self.env, [self._tell_operand(item, field) for item in value], "or"
                )
                or "–"
            )
        if field and field.comodel_name and isinstance(value, int) and value:
            return self._tell_record(self.env[field.comodel_name].browse(value))
        return self._tell_value(value, field)

    def _tell_record(self, record):
        try:
            return record.exists().display_name or self.env._("a deleted record")
        except AccessError:
            return self.env._("a record that you cannot open")

    def _tell_value(self, value, field):
        if isinstance(value, bool) and field and field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if value in (False, None, ""):
            return self.env._("empty")
        if field and field.type == "selection":
            value = dict(field._description_selection(self.env)).get(value, value)
        if field and field.type in ("integer", "float", "monetary"):
            try:
                number = float(value)
            except (TypeError, ValueError):
                number = float("inf")
            if isfinite(number):
                digits = 0 if number.is_integer() else 2
                return formatLang(self.env, number, digits=digits)
        text = str(value)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

    def tell_actual(self, lead, path):
        """Return what a lead has in a path, or "" where that can't be told."""
        try:
            values, field = lead, None
            for name in path.split("."):
                field = values._fields[name]
                if not field.comodel_name:
                    found = [record[name] for record in values]
                    texts = [self._tell_value(value, field) for value in found]
                    break
                values = values.mapped(name)
            else:
                texts = values.mapped("display_name")
        except (AccessError, KeyError, ValueError):
            return ""
        shown = texts[:3] + (["…"] if len(texts) > 3 else [])
        return ", ".join(shown) or self.env._("empty")
