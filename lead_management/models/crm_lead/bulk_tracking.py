from contextlib import contextmanager

from odoo import models
from odoo.tools import SQL, clean_context

from ..crm_lead_bulk.message_copies import copy_message, insert_tracking_values

# Where the watch is kept while bulk work is under way
WATCH = "lead_management.tracking_watch"


class TrackingWatch:
    """The tracked values of leads before bulk work, as the database had them."""

    def __init__(self, names, rows):
        self.names = names
        self.rows = rows  # by id of the lead
        self.asked = set()  # ids of leads that native code wanted tracked

    def note(self, ids):
        """Remember which leads are to be tracked, and return the others' ids."""
        self.asked.update(self.rows.keys() & set(ids))
        return [lead_id for lead_id in ids if lead_id not in self.rows]


class CrmLead(models.Model):
    """The chatter's history of bulk work.

    Native tracking reads each tracked field of each lead before a change, compares each
    after it, and creates a message for each lead: most of what a mass update takes.
    Here the rows of a batch are read before and after by one query each. What changed
    is put into values by native code, lead by lead (`_mail_track`), but only for leads
    and fields that did change. One message is logged natively and copied to the others
    that get one of the same kind. Where a change has a subtype that people follow, or
    an author or a text of its own, native code does it all.
    """

    _inherit = "crm.lead"

    @contextmanager
    def _track_in_bulk(self):
        """Track what is done to the leads within the `with` statement, all at once.

        What is done must not be kept from tracking by the context, and must not be
        rolled back in part.
        """
        cache = self.env.cr.cache
        watch = self._watch_tracking()
        if not watch:
            yield
            return
        cache[WATCH] = watch
        try:
            yield
            self.env.flush_all()
        finally:
            cache.pop(WATCH, None)
        self.browse(watch.asked)._log_tracking(watch)

    def _watch_tracking(self):
        """Return the watch over the leads, or None where native tracking is needed."""
        names = sorted(self._track_get_fields())
        fields = [self._fields[name] for name in names]
        if any(
            not (field.store and field.column_type) and field.type != "properties"
            for field in fields
        ):
            return None
        columns = [field.name for field in fields if field.type != "properties"]
        properties = [field.name for field in fields if field.type == "properties"]
        self.env.flush_all()
        # Values of properties are known by the definitions of their team: native's.
        without = SQL(" AND ").join(
            [SQL("TRUE"), *(SQL("%s IS NULL", SQL.identifier(n)) for n in properties)]
        )
        return TrackingWatch(columns, self._read_tracked(columns, without))

    def _read_tracked(self, names, condition=SQL("TRUE")):  # noqa: B008
        columns = SQL(", ").join(SQL.identifier(name) for name in ("id", *names))
        return {
            row[0]: row[1:]
            for row in self.env.execute_query(
                SQL(
                    "SELECT %s FROM crm_lead WHERE id = ANY(%s) AND %s",
                    *(columns, list(self._ids), condition),
                )
            )
        }

    def _track_prepare(self, fields_iter):
        watch = self.env.cr.cache.get(WATCH)
        if not watch:
            return super()._track_prepare(fields_iter)
        names = self._track_get_fields().intersection(fields_iter)
        others = self.browse(watch.note(self._ids) if names else ())
        return super(CrmLead, others)._track_prepare(names)

    def _log_tracking(self, watch):
        """Log what changed since the watch began."""
        initial_values = self._get_initial_values(watch)
        if not initial_values:
            return
        records = self.browse(initial_values).sudo()
        records = records.with_context(clean_context(self.env.context))
        names = {name for values in initial_values.values() for name in values}
        tracked = records.fields_get(
            names, attributes=("string", "type", "selection", "currency_field")
        )
        data = self.env.cr.precommit.data
        special = {
            lead_id
            for key in ("author", "message")
            for lead_id in data.get(f"mail.tracking.{key}.{self._name}", ())
        }
        native, commands, changes = [], {}, {}
        for record in records:
            changed, values = record._mail_track(tracked, initial_values[record.id])
            if not changed:
                continue
            initial = {name: initial_values[record.id][name] for name in changed}
            if record.id in special or record._track_subtype(initial):
                native.append(record.id)
            elif values:
                commands[record] = values
            changes[record] = changed
        if native:
            records.browse(native)._message_track(names, initial_values)
        self._log_tracking_values(commands, changes)
        for record, changed in changes.items():
            record._message_track_post_template(changed)

    def _get_initial_values(self, watch):
        """Return what tracked fields that changed were before, by id of the lead."""
        initial_values = {}
        for lead_id, row in self._read_tracked(watch.names).items():
            before = watch.rows[lead_id]
            if row == before:
                continue
            lead = self.browse(lead_id)
            initial_values[lead_id] = {
                name: self._convert_tracked(name, old, lead)
                for name, old, new in zip(watch.names, before, row, strict=True)
                if old != new
            }
        return initial_values

    def _convert_tracked(self, name, value, lead):
        field = self._fields[name]
        return field.convert_to_record(
            field.convert_to_cache(value, lead, validate=False), lead
        )

    def _log_tracking_values(self, commands, changes):
        """Log a message with the tracking values of each lead.

        :param dict commands: the commands that create the values, by lead
        :param dict changes: the names of the fields that changed, by lead
        """
        if not commands:
            return
        bodies = {
            lead.id: lead._track_get_default_log_message(changes[lead])
            for lead in commands
        }
        first = next(iter(commands))
        message = first._message_log(
            body=bodies.pop(first.id), tracking_value_ids=commands.pop(first)
        )
        messages = copy_message(message, bodies)
        insert_tracking_values(
            self.env,
            [
                {**values, "mail_message_id": messages[lead.id]}
                for lead, of_lead in commands.items()
                for _create, _id, values in of_lead
            ],
        )
