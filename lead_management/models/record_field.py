"""Fields of records and the properties of records, asked alike.

A property is named by the field that has it and its own name: `properties.colour`. Of
which record it is decides whether there is one: leads have those of their sales team.
No model of its own.
"""

from datetime import date, datetime

from odoo import fields

DOT = "."
# What is in the definition of tags: a key, what people read, and a colour
OPTIONS = {"selection": "selection", "tags": "tags"}
LISTS = ("many2many", "tags")


class PropertyField:
    """A property, to be asked what a field of a record is asked.

    Values are as the database keeps them, which is how `write` takes them: days as
    texts, links as ids, tags as their keys.
    """

    def __init__(self, field, definition, model):
        self.root, self.model_name = field.name, model._name
        self.key = definition["name"]
        self.name = f"{self.root}{DOT}{self.key}"
        self.label = definition.get("string") or self.key
        self.type = definition["type"]
        self.comodel_name = definition.get("comodel") or None
        self.relational = self.type in ("many2one", "many2many")
        self.options = [
            (option[0], option[1])
            for option in definition.get(OPTIONS.get(self.type)) or ()
        ]
        self.default = definition.get("default")
        self.currency_field = definition.get("currency_field")
        if self.type == "monetary" and self.currency_field not in model._fields:
            self.type = "float"  # an amount of nothing

    def is_same(self, other):
        """Tell whether another one, of other records, takes the same kind of values."""
        return (self.type, self.comodel_name) == (other.type, other.comodel_name)

    def get_values(self, _env):
        return [key for key, _label in self.options]

    def get_currency_field(self, _record):
        return self.currency_field

    def _description_selection(self, _env):
        return self.options

    def _description_string(self, _env):
        return self.label

    def get(self, record):
        """Return the value that a record has, False or an empty list for none."""
        value = (record[self.root]._values or {}).get(self.key)
        return value or ([] if self.type in LISTS else False)

    def convert(self, value):
        """Return a value of a field of the same type as that of the property; None if
        the property has no such option."""
        if isinstance(value, datetime):
            return fields.Datetime.to_string(value)
        if isinstance(value, date):
            return fields.Date.to_string(value)
        if self.type == "selection" and value and value not in self.get_values(None):
            return None
        if self.type == "tags" and value:
            return [key for key in value if key in self.get_values(None)]
        return value

    def convert_to_cache(self, value, _record):
        """Refuse what can be no value of the property, as a field does.

        :raise ValueError: it is none
        """
        if self.type == "date":
            return fields.Date.to_date(value)
        if self.type == "datetime":
            return fields.Datetime.to_datetime(value)
        if self.convert(value) != value:
            raise ValueError(value)
        return value


def get_field(record, name):
    """Return a field of a record, or the property that a record has under a name; None
    where it has none. No record at all has the properties that all have in common.

    :param str name: of a field, or of a property with its field
    """
    root, dot, key = name.partition(DOT)
    field = record._fields.get(root)
    if not dot or not field:
        return field
    if field.type != "properties":
        return None
    if record:
        container = record[field.definition_record]
        found = container.sudo()[field.definition_record_field] if container else ()
    else:
        found = _find_definitions(record, field)
    for definition in found or ():
        if definition["name"] == key:
            return PropertyField(field, definition, record)
    return None


def find_properties(model):
    """Return all properties that records of a model may have.

    :return: each a `PropertyField`, by name
    """
    return {
        found.name: found
        for field in model._fields.values()
        if field.type == "properties" and field.definition_record
        for definition in _find_definitions(model, field)
        if definition["type"] != "separator"
        for found in [PropertyField(field, definition, model)]
    }


def _find_definitions(model, field):
    """Return the definitions of a field's properties, whatever record they are of."""
    containers = model.env[model._fields[field.definition_record].comodel_name]
    containers = containers.sudo().with_context(active_test=False)
    domain = [(field.definition_record_field, "!=", False)]
    if "properties_field_id" in containers._fields:  # that of models without container
        domain += [
            ("properties_field_id.model", "=", model._name),
            ("properties_field_id.name", "=", field.name),
        ]
    return [
        definition
        for container in containers.search(domain)
        for definition in container[field.definition_record_field]
    ]


def read_value(record, name):
    """Return the value of a field or property as `write` takes it; ids of many records.
    That of no record is False."""
    field = get_field(record, name)
    if not field:
        return False
    if isinstance(field, PropertyField):
        return field.get(record)
    if field.type == "many2many":
        return record[name].ids
    return field.convert_to_write(record[name], record) or False


def fold_properties(record, values):
    """Return values as `create` and `write` take them: those of properties become one
    value, with what the record has besides."""
    folded, given = {}, {}
    for name, value in values.items():
        root, dot, key = name.partition(DOT)
        if dot:
            given.setdefault(root, {})[key] = value
        else:
            folded[name] = value
    for root, some in given.items():
        whole = {**(record[root]._values or {}), **some}
        folded[root] = {k: v for k, v in whole.items() if v or k not in some}
    return folded


def unfold_properties(model, values):
    """Return values with those of properties by their own names."""
    unfolded = {}
    for name, value in values.items():
        field = model._fields.get(name)
        if field and field.type == "properties":
            unfolded.update(
                {f"{name}{DOT}{key}": v for key, v in (value or {}).items()}
            )
        else:
            unfolded[name] = value
    return unfolded
