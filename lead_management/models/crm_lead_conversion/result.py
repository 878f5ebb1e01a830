import json
from collections import defaultdict

from odoo import models
from odoo.tools import SQL, json_default

from ..record_field import DOT, get_field, read_value


class CrmLeadConversion(models.Model):
    """What the result of a conversion was when it was through, and what it is now."""

    _inherit = "crm.lead.conversion"

    def _keep_result(self):
        """Keep the values of what was created, and what points at the results.

        In a number of queries that doesn't depend on how many entries there are. Only
        this transaction can have pointed at records that it created.
        """
        entries = self.sudo()
        created = entries._browse_created()
        opportunities = entries.filtered(
            lambda entry: entry.opportunity_id == entry.lead_id
        ).lead_id
        self.env.flush_all()
        values, links = {}, defaultdict(list)
        touched = self._get_touched_tables() if created else None
        for records, tables in (
            *((records, touched) for records in created.values()),
            (opportunities, None),
        ):
            for record_id, model, name, linking_id, _weight in self._find_links(
                records, tables=tables
            ):
                links[records._name, record_id].append([model, name, linking_id])
        for records in created.values():
            values.update(self._get_entered_values(records))
        # Leads of one new company share its account: each of them is a use to the rest.
        owners = {}
        for entry in entries:
            for record in entry.created or ():
                owners[tuple(record)] = entry
            owners["crm.lead", entry.lead_id.id] = entry
        for entry in entries:
            records = [tuple(record) for record in entry.created or ()]
            if entry.opportunity_id == entry.lead_id:
                records.append(("crm.lead", entry.lead_id.id))
            result = {
                "filled": entry._get_filled_now(),
                "result_values": {
                    f"{name},{record_id}": values[name, record_id]
                    for name, record_id in records
                    if (name, record_id) in values
                },
                "result_links": [
                    [name, record_id, *link]
                    for name, record_id in records
                    for link in links[name, record_id]
                    if owners.get((link[0], link[2]), entry) == entry
                ],
            }
            # A lead that native code converts has mostly nothing to keep.
            if entry.created or any(result.values()):
                entry.write(result)

    def _get_touched_tables(self):
        """Return the names of the tables to which this transaction has written."""
        # As `pg_stat_xact_user_tables` has them, which adds up all indexes as well
        self.env.cr.execute(
            """
            SELECT relname
              FROM pg_class
             WHERE relkind IN ('r', 'p') AND relnamespace = current_schema::regnamespace
               AND pg_stat_get_xact_tuples_inserted(oid)
                   + pg_stat_get_xact_tuples_updated(oid) > 0
            """
        )
        return {table for (table,) in self.env.cr.fetchall()}

    def _get_filled_now(self):
        """Return the filled fields with what was written as it is kept by its field."""
        filled = []
        for model_name, record_id, name, old, new in self.filled or ():
            record = self.env[model_name].browse(record_id)
            if get_field(record, name).type != "many2many" or DOT in name:
                new = self._get_json_value(record, name)
            filled.append([model_name, record_id, name, self._to_json(old), new])
        return filled

    def _get_json_value(self, record, name):
        """Return the value of a field as the ledger keeps it, and `write` takes it."""
        return self._to_json(read_value(record, name))

    def _to_json(self, value):
        """Return a value as the ledger keeps it."""
        return json.loads(json.dumps(value, default=json_default))

    def _get_entered_values(self, records):
        """Return what somebody can have entered in each record, as the database has it:
        in every language and for every company.

        :return: values by field that has one, by model name and id
        """
        if not records:
            return {}
        entered = [
            field
            for field in records._fields.values()
            if field.store
            and not field.readonly
            and not field.related
            and field.name not in models.MAGIC_COLUMNS
        ]
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, to_jsonb(record) FROM %s AS record WHERE id = ANY(%s)",
                SQL.identifier(records._table),
                list(records._ids),
            )
        )
        rows = dict(rows)
        return {
            (records._name, record.id): {
                field.name: value
                for field in entered
                if (
                    value := record[field.name].ids
                    if field.type == "many2many"
                    else rows[record.id].get(field.name)
                )
            }
            for record in records
        }

    def _get_edits(self):
        """Return which fields of what was created have another value by now.

        :return: the fields' names by record, None where it isn't known what they were:
            of entries that were made before values were kept
        """
        self.ensure_one()
        edits = {}
        for records in self._get_created().values():
            values = self._get_entered_values(records)
            for record in records:
                if not isinstance(self.result_values, dict):
                    edits[record] = None
                    continue
                before = self.result_values.get(f"{record._name},{record.id}", {})
                now = self._to_json(values[record._name, record.id])
                edits[record] = {
                    name
                    for name in before.keys() | now.keys()
                    if name in record._fields
                    and self._is_other(record._fields[name], before, now)
                }
        return edits

    def _is_other(self, field, before, now):
        """Tell whether a field has another value now."""
        one, other = before.get(field.name), now.get(field.name)
        if field.type == "many2many":
            # In which order it has them depends on who reads it, and when.
            return set(one or ()) != set(other or ())
        return one != other

    def _get_lead_edits(self):
        """Return which values of a lead that is an opportunity changed since."""
        self.ensure_one()
        lead = self.lead_id
        now = lead._get_conversion_snapshot()
        after = {**self.snapshot, **{name: v[1] for name, v in self.changed.items()}}
        return {
            name
            for name, value in after.items()
            if name in now
            and now[name] != value
            and not lead._fields[name].readonly
            # Whatever somebody has added to these stays.
            and lead._fields[name].type != "many2many"
            and not getattr(lead._fields[name], "system", False)
        }

    def _get_labels(self, record, names):
        """Return the labels of fields, for a sentence, as the review has them."""
        review = self.env["crm.lead2opportunity.partner"]
        return ", ".join(sorted(review._get_label(record, name) for name in names))
