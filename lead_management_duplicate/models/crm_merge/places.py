from collections import defaultdict
from typing import NamedTuple

from odoo import models, tools
from odoo.tools import SQL

from .ledger import MERGED_MODELS

# Rows of this app hang on a record and are never changed by merging another into it.
UNTOUCHED = "mail"


class Link(NamedTuple):
    """A column by which rows of a table point at records."""

    kind: str
    column: str
    model_column: str = ""


class Place(NamedTuple):
    """A table whose rows can point at records of a model."""

    table: str
    links: tuple
    has_id: bool
    other: str  # of two columns without an id, the one that is no link
    is_untouched: bool  # merging changes no row that points at the survivor
    is_fragile: bool  # merging may delete rows


class Catalogue(NamedTuple):
    """What the database knows of its tables."""

    # What columns point at, by table and column: the table, what deleting does, as a
    # letter of `pg_constraint.confdeltype`, and whether it is required
    keys: dict
    columns: dict  # by table, their types by name
    unique: frozenset  # pairs of table and column


class CrmMerge(models.Model):
    """Where the database says which records belong together."""

    _inherit = "crm.merge"

    @tools.ormcache()
    def _get_catalogue(self):
        keys, columns, unique = defaultdict(dict), defaultdict(dict), set()
        for table, column, kind, target, deletion, required in self.env.execute_query(
            SQL(
                """
                SELECT relname, attname, atttypid::regtype::text,
                       NULL, NULL, NULL::boolean
                  FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
                 WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
                   AND relnamespace = current_schema::regnamespace
                 UNION ALL
                SELECT relname, attname, NULL, NULL, NULL, NULL::boolean
                  FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
                  JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey)
                 WHERE contype = 'u'
                   AND relnamespace = current_schema::regnamespace
                 UNION ALL
                SELECT source.relname, own.attname, NULL, target.relname,
                       con.confdeltype::text, own.attnotnull
                  FROM pg_constraint AS con
                  JOIN pg_class AS source ON source.oid = con.conrelid
                  JOIN pg_class AS target ON target.oid = con.confrelid
                  JOIN pg_attribute AS own
                    ON own.attrelid = con.conrelid AND own.attnum = con.conkey[1]
                  JOIN pg_attribute AS other
                    ON other.attrelid = con.confrelid AND other.attnum = con.confkey[1]
                 WHERE con.contype = 'f' AND array_length(con.conkey, 1) = 1
                   AND other.attname = 'id'
                   AND source.relnamespace = current_schema::regnamespace
                """
            )
        ):
            if target:
                keys[table][column] = target, deletion, required
            elif kind:
                columns[table][column] = kind
            else:
                unique.add((table, column))
        return Catalogue(dict(keys), dict(columns), frozenset(unique))

    @tools.ormcache()
    def _get_models_of_tables(self):
        """Return the names of models that have a table, by table, and of those that
        keep nothing."""
        kept, passing = {}, set()
        for model in self.env.values():
            if model._abstract or not model._auto:
                continue
            if model._transient:
                passing.add(model._table)
            else:
                kept.setdefault(model._table, model._name)
        for model in self.env.values():
            if model._transient:
                passing.update(
                    field.relation
                    for field in model._fields.values()
                    if field.type == "many2many" and field.store
                )
        return kept, frozenset(passing | {"crm_merge_line"})

    def _get_model_of(self, table):
        """Return the name of the model of a table; of links, that of their values."""
        kept, _passing = self._get_models_of_tables()
        if table in kept:
            return kept[table]
        for model_name in MERGED_MODELS:
            for field in self.env[model_name]._fields.values():
                if field.type == "many2many" and field.relation == table:
                    return field.comodel_name
        for target, _deletion, _required in (
            self._get_catalogue().keys.get(table, {}).values()
        ):
            if kept.get(target, "base") not in (*MERGED_MODELS, "base"):
                return kept[target]
        return "ir.model.data"

    @tools.ormcache("model_name")
    def _get_places(self, model_name):
        """Return where rows can point at records of a model, itself included."""
        keys, columns, unique = self._get_catalogue()
        kept, passing = self._get_models_of_tables()
        own_table = self.env[model_name]._table
        links, fragile = defaultdict(set), set()
        for table, own_keys in keys.items():
            for column, (target, deletion, _required) in own_keys.items():
                if target != own_table:
                    continue
                links[table].add(Link("key", column))
                if deletion == "c" and model_name == "crm.lead":
                    fragile.add(table)
        for table, link in self._get_loose_links(model_name):
            links[table].add(link)
        links[own_table].add(Link("id", "id"))
        places = []
        for table, found in links.items():
            there = columns.get(table, {})
            if (
                table in passing
                or table.startswith("base_partner_merge_")
                or not {name for link in found for name in link[1:] if name}
                <= there.keys()
            ):
                continue
            others = there.keys() - {link.column for link in found}
            if "id" not in there and {*there.values()} != {"integer"}:
                continue
            model = self.env.get(kept.get(table))
            places.append(
                Place(
                    table,
                    tuple(sorted(found)),
                    "id" in there,
                    min(others) if "id" not in there and others else "",
                    model is not None and model._original_module == UNTOUCHED,
                    table in fragile
                    or any((table, link.column) in unique for link in found),
                )
            )
        return tuple(places)

    def _get_loose_links(self, model_name):
        """Return the links that the database doesn't know to be some: pairs of a table
        and a `Link`."""
        yield "ir_default", Link("default", "json_value", "field_id")
        for field in self.env.registry.many2one_company_dependents[model_name]:
            yield self.env[field.model_name]._table, Link("company", field.name)
        for model in self.env.values():
            if model._abstract or model._transient or not model._auto:
                continue
            for field in model._fields.values():
                if not (field.store and field.column_type):
                    continue
                if field.type == "reference":
                    yield model._table, Link("reference", field.name)
                elif field.type == "many2one_reference":
                    model_field = model._fields.get(field.model_field)
                    if model_field is not None and model_field.store:
                        yield (
                            model._table,
                            Link("resource", field.name, model_field.name),
                        )

    def _get_mentions(self, model_name, ids):
        """Return which rows are changed by a merge though they don't point at the
        records by a link.

        Extend it for what keeps ids in a way of its own.

        :return: conditions on a table, as `t`, by table
        """
        if model_name != "res.partner":
            return {}
        return {
            "crm_lead_conversion": SQL(
                """
                EXISTS (SELECT FROM jsonb_array_elements(
                            COALESCE(NULLIF(t.created, 'null'), '[]')
                            || COALESCE(NULLIF(t.filled, 'null'), '[]')
                        ) AS kept
                         WHERE kept ->> 0 = %s AND (kept ->> 1)::int = ANY(%s))
                """,
                model_name,
                ids,
            )
        }
