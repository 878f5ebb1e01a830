from collections import defaultdict
from typing import NamedTuple

from odoo import models, tools
from odoo.tools import SQL

# What a link says of the record it points at
USES = "uses"  # something else is built on the record
KEEPS = "keeps"  # it hangs on the record, and would be lost with it


class Link(NamedTuple):
    """A field by which records of any model can point at one of another."""

    model: str
    name: str
    kind: str
    weight: str
    table: str  # where the pointing is written down, …
    own_column: str  # … by whom, …
    column: str  # … and at what
    model_column: str | None = None  # where that says of which model it is


class CrmLeadConversion(models.Model):
    """What points at the result of a conversion.

    No app is named here, and none can break it: every field of every model that can
    point at a record is asked, so that orders, invoices, tasks and tickets count
    wherever they are installed. They are asked in the database itself: a field that the
    ORM can't search is as good as another. A link whose model is not stored (that of an
    automation's trigger) is asked in Python.

    Values that only follow others don't count, nor what a model with
    `_counts_as_use = False` says.

      * At a contact: what is attached to it, would be deleted with it, or is
        correspondence keeps it from being deleted. Everything else uses it.
      * At a lead that is an opportunity now: what a lead may have as well (what is
        attached to records of any kind, what goes with the lead when it is deleted,
        models with `_is_about_leads`) stays with it. Everything else uses the
        opportunity.

    What points at the result when the conversion is through was there before, or is of
    its own making: the entry keeps it, and it never counts. Of leads that native code
    converts nothing is kept, as team assignment converts them by the hundred: there
    records count that were written since.
    """

    _inherit = "crm.lead.conversion"

    _counts_as_use = False

    @tools.ormcache("model_name")
    def _get_links(self, model_name):
        """Return the `Link`s by which records can point at one of the model."""
        links = [
            link
            for model in self.env.values()
            if not (model._abstract or model._transient)
            and model._auto
            and getattr(model, "_counts_as_use", True)
            for field in model._fields.values()
            if (weight := self._get_link_weight(field, model_name))
            and (link := self._prepare_link(field, weight))
        ]
        self.env.cr.execute(
            """
            SELECT relname, attname
              FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
             WHERE relname = ANY(%s) AND relkind IN ('r', 'p')
               AND relnamespace = current_schema::regnamespace AND attnum > 0
            """,
            [list({link.table for link in links})],
        )
        columns = set(self.env.cr.fetchall())
        return tuple(
            link
            for link in links
            if {(link.table, link.own_column), (link.table, link.column)} <= columns
        )

    def _get_link_weight(self, field, model_name):
        """Return what it says of a record of the model that a field points at it.

        Extend it where another app's records should count otherwise.

        :return: `USES`, `KEEPS`, or None if it says nothing
        """
        if not field.store or field.related or (field.compute and field.readonly):
            return None
        if field.type in ("many2one", "many2many"):
            if field.comodel_name != model_name or self._is_own_value(field):
                return None
        elif field.type not in ("many2one_reference", "reference"):
            return None
        model = self.env[field.model_name]
        goes_with_it = field.type == "many2one_reference" or (
            field.type == "many2one" and field.ondelete == "cascade"
        )
        is_correspondence = model._original_module == "mail"
        if model_name == self.env["crm.lead"]._name:
            is_of_leads = (
                goes_with_it
                or is_correspondence
                or getattr(model, "_is_about_leads", False)
            )
            return None if is_of_leads else USES
        return KEEPS if goes_with_it or is_correspondence else USES

    def _is_own_value(self, field):
        """Tell whether a field is the other side of a value of the record itself, such
        as the tags of a contact."""
        if field.type != "many2many":
            return False
        target = self.env[field.comodel_name]
        return field.model_name == target._name or any(
            own.type == "many2many"
            and own.store
            and own.relation == field.relation
            and own._module == target._original_module
            for own in target._fields.values()
        )

    def _prepare_link(self, field, weight):
        """Return the link of a field, None if nothing can be asked."""
        model = self.env[field.model_name]
        if field.type == "many2many":
            place = field.relation, field.column1, field.column2
            return Link(model._name, field.name, field.type, weight, *place)
        if not field.column_type:
            return None
        kind = "by_company" if field.company_dependent else field.type
        place = model._table, "id", field.name
        model_column = None
        if field.type == "many2one_reference":
            model_field = model._fields.get(field.model_field)
            if not model_field:
                return None
            if model_field.store and model_field.column_type:
                model_column = model_field.name
        return Link(model._name, field.name, kind, weight, *place, model_column)

    def _find_links(self, records, *, tables=None):
        """Find what points at records.

        :param tables: the names of the only tables to ask
        :return: `(record_id, model, name, linking_id, weight)` of each
        """
        model_name = records._name
        asked = [
            link
            for link in self._get_links(model_name)
            if tables is None or link.table in tables
        ]
        if not asked or not records:
            return []
        self.env.flush_all()
        self.env.cr.execute(
            SQL(" UNION ALL ").join(
                self._get_link_query(number, link, records)
                for number, link in enumerate(asked)
            )
        )
        found, unsure = [], defaultdict(list)
        for number, linking_id, record_id in self.env.cr.fetchall():
            link = asked[number]
            row = record_id, link.model, link.name, linking_id, link.weight
            if link.kind == "many2one_reference" and not link.model_column:
                unsure[link].append(row)
            else:
                found.append(row)
        for link, rows in unsure.items():
            model = self.env[link.model].sudo()
            model_field = model._fields[link.name].model_field
            found += [
                row for row in rows if model.browse(row[3])[model_field] == model_name
            ]
        return found

    def _get_link_query(self, number, link, records):
        """Return the query of what points at records by a link."""
        place = {
            "number": number,
            "table": SQL.identifier(link.table),
            "own": SQL.identifier("linking", link.own_column),
            "column": SQL.identifier("linking", link.column),
            "ids": list(records._ids),
        }
        texts = [str(record_id) for record_id in records._ids]
        if link.kind == "by_company":
            return SQL(
                "SELECT %(number)s, %(own)s, value::int FROM %(table)s AS linking,"
                " jsonb_each_text(%(column)s) WHERE %(column)s IS NOT NULL"
                " AND value = ANY(%(texts)s)",
                texts=texts,
                **place,
            )
        if link.kind == "reference":
            return SQL(
                "SELECT %(number)s, %(own)s, split_part(%(column)s, ',', 2)::int"
                " FROM %(table)s AS linking WHERE %(column)s = ANY(%(texts)s)",
                texts=[f"{records._name},{text}" for text in texts],
                **place,
            )
        of_model = SQL()
        if link.model_column:
            of_model = SQL(
                " AND %s = %s",
                SQL.identifier("linking", link.model_column),
                records._name,
            )
        return SQL(
            "SELECT %(number)s, %(own)s, %(column)s FROM %(table)s AS linking"
            " WHERE %(column)s = ANY(%(ids)s)%(of_model)s",
            of_model=of_model,
            **place,
        )

    def _get_links_since(self, records):
        """Return what points at records of the result since the conversion.

        :return: sets of ids by weight, model and record
        """
        self.ensure_one()
        before = {tuple(link) for link in self.result_links or ()}
        own = {("crm.lead", self.lead_id.id)} | set(map(tuple, self.created or ()))
        since, dated = defaultdict(set), defaultdict(set)
        for record_id, model, name, linking_id, weight in self._find_links(records):
            if (model, linking_id) in own:
                continue
            if (records._name, record_id, model, name, linking_id) in before:
                continue
            # What is linked from the other side of a relation keeps its date.
            is_dated = self.env[model]._fields[name].type != "many2many"
            found = dated if is_dated else since
            found[records.browse(record_id), weight, model].add(linking_id)
        is_kept = isinstance(self.result_links, list)
        for key, ids in dated.items():
            if left := ids if is_kept else ids - self._get_older(key[2], ids):
                since[key] |= left
        return since

    def _get_older(self, model_name, ids):
        """Return the ids of the records that nobody has written since the conversion:
        these pointed then at what they point at now."""
        model = self.env[model_name]
        if not model._log_access:
            return set()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE id = ANY(%s) AND write_date <="
                " (SELECT create_date FROM crm_lead_conversion WHERE id = %s)",
                SQL.identifier(model._table),
                list(ids),
                self.id,
            )
        )
        return {row_id for (row_id,) in rows}
