import json
from collections import defaultdict

import psycopg2
from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_list

from odoo.addons.lead_management.models.lead_notice import (
    WITH_NOTICE,
    get_notice,
    get_open_button,
)

# Rows of these are asked for by name and kept in memory.
CACHED_TABLES = {"ir_model_data", "ir_default", "res_users"}
# What goes along without being told
UNSAID = {"ir.model.data", "ir.default", "crm.merge", "crm.lead.conversion"}


class CrmMerge(models.Model):
    """Taking a merge apart, in SQL: a value that comes back is not news to anybody, so
    that no mail is sent, no rule runs and nothing is computed from it."""

    _inherit = "crm.merge"

    def _separate(self, plan):
        """Take the merge apart as planned."""
        system = self.sudo()
        survivor = self._get_survivor()
        texts = self._get_note(plan)
        try:
            with self.env.cr.savepoint():
                system._insert_rows(plan)
                system._check_back()
                system._change_links(plan)
                system._update_rows(plan)
        except psycopg2.Error as error:
            raise UserError(
                self._get_refusal_text(
                    [
                        self.env._(
                            "the database refuses it: %s",
                            error.diag.message_primary or "",
                        )
                    ]
                )
            ) from error
        self.env.invalidate_all(flush=False)
        if CACHED_TABLES & {table for _line, table, *_rest in plan.updated}:
            self.env.registry.clear_all_caches()
        system._compute_after(plan)
        system._delete_made(plan)
        back = survivor.browse(
            record_id for record_id, _name, _company in system.merged
        ).exists()
        system.write(
            {
                "separated_user_id": self.env.uid,
                "separated_date": fields.Datetime.now(),
            }
        )
        system._get_files().unlink()
        self.env.cr.execute(
            SQL("DELETE FROM crm_merge_line WHERE merge_id = %s", self.id)
        )
        self.env.invalidate_all()
        self._post_note(survivor, back, texts)
        return back

    # ------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------

    def _insert_rows(self, plan):
        """Bring back deleted rows: the merged records first, then what points at
        them."""
        groups = defaultdict(list)
        for line, table, instead, names in plan.inserted:
            groups[table, names].append((line, instead))
        for (table, names), some in groups.items():
            self._insert_old_rows(table, names, some)

    def _check_back(self):
        """Refuse where not all of the merged records could come back."""
        ids = {record_id for record_id, _name, _company in self.merged}
        if len(self._get_survivor().browse(ids).exists()) < len(ids):
            raise UserError(
                self._get_refusal_text(
                    [self.env._("another record has taken what must be unique")]
                )
            )

    def _change_links(self, plan):
        columns = self._get_catalogue().columns
        for table, lines in self._group_lines(plan.unlinked).items():
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s AS t USING crm_merge_line AS line"
                    " WHERE line.id = ANY(%s) AND %s",
                    SQL.identifier(table),
                    lines,
                    self._get_same_row(columns[table], "after"),
                )
            )
        for table, lines in self._group_lines(plan.linked).items():
            rows = [(line, {}) for line in lines]
            self._insert_old_rows(table, list(columns[table]), rows)

    def _update_rows(self, plan):
        groups = defaultdict(list)
        for line, table, names, instead in plan.updated:
            groups[table, names].append((line, instead))
        for (table, names), some in groups.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s AS t SET %s FROM %s WHERE t.id = row_id",
                    SQL.identifier(table),
                    SQL(", ").join(
                        SQL(
                            "%s = %s",
                            SQL.identifier(name),
                            SQL.identifier("old", name),
                        )
                        for name in names
                    ),
                    self._get_old_rows(table, some),
                )
            )

    def _group_lines(self, lines):
        groups = defaultdict(list)
        for line, table in lines:
            groups[table].append(line)
        return groups

    def _insert_old_rows(self, table, names, lines):
        """Insert the rows of lines as they were, unless they are there."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s ON CONFLICT DO NOTHING",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(SQL.identifier("old", name) for name in names),
                self._get_old_rows(table, lines),
            )
        )

    def _get_old_rows(self, table, lines):
        """Return the rows of lines as they were, as `old`, beside their `row_id`.

        :param lines: pairs of the id of a line and of what takes the place of values
        """
        return SQL(
            """
            jsonb_to_recordset(%s::jsonb) AS kept(line int, instead jsonb)
            JOIN crm_merge_line ON crm_merge_line.id = kept.line,
            LATERAL jsonb_populate_record(NULL::%s, before || instead) AS old
            """,
            json.dumps([{"line": line, "instead": other} for line, other in lines]),
            SQL.identifier(table),
        )

    def _delete_made(self, plan):
        """Delete what the merge has made, files included."""
        ids = defaultdict(list)
        for table, row_id in plan.deleted:
            ids[self._get_model_of(table)].append(row_id)
        for model_name, some in ids.items():
            self.env[model_name].browse(some).exists().unlink()

    def _compute_after(self, plan):
        """Compute what follows from values of the survivor of which some are back and
        some are newer: neither what it was nor what it is can be right."""
        if not plan.left:
            return
        survivor = self._get_survivor()
        typed = [
            field
            for field in survivor._fields.values()
            if field.store and field.compute and not field.readonly
        ]
        with self.env.protecting(typed, survivor):
            survivor.modified(plan.put_back)
            self.env.flush_all()

    # ------------------------------------------------------------
    # WORDS
    # ------------------------------------------------------------

    def _get_moved_lines(self, plan):
        """Return how many records of which kind go back, as texts."""
        ledger = self.env["crm.lead.conversion"]
        return [
            self.env._(
                "%(count)s × %(model)s",
                count=len(ids),
                model=ledger._get_model_label(model_name),
            )
            for model_name, ids in sorted(plan.moved.items())
            if model_name not in UNSAID
        ]

    def _get_left_lines(self, plan):
        """Return what was changed since and stays, as texts."""
        ledger = self.env["crm.lead.conversion"]
        survivor = self._get_survivor()
        lines = []
        if plan.left:
            lines.append(
                self.env._(
                    "Changed since, and left as it is: %(fields)s of %(record)s",
                    fields=ledger._get_labels(survivor, sorted(plan.left)),
                    record=ledger._get_name(survivor),
                )
            )
        lines += [
            self.env._(
                "Changed, moved or deleted since, and left as it is: %(count)s ×"
                " %(model)s",
                count=len(ids),
                model=ledger._get_model_label(model_name),
            )
            for model_name, ids in sorted(plan.left_rows.items())
            if model_name not in UNSAID
        ]
        return lines

    def _get_note(self, plan):
        """Return what the chatter says besides who has separated what."""
        lines = self._get_left_lines(plan)
        if moved := self._get_moved_lines(plan):
            text = self.env._("Moved back: %s", format_list(self.env, moved))
            lines.insert(0, text)
        return lines

    def _post_note(self, survivor, back, texts):
        """Say in the chatter of all of them what was separated."""
        own = self.env._(
            "%(user)s has separated %(names)s again",
            user=self.env.user.name,
            names=Markup(", ").join(record._get_html_link() for record in back.sudo())
            or self.merged_names,
        )
        others = self.env._(
            "%(user)s has separated it from %(record)s again",
            user=self.env.user.name,
            record=survivor._get_html_link(),
        )
        bodies = {survivor.id: Markup("<br/>").join([own, *texts])}
        bodies.update({record.id: others for record in back})
        (survivor | back).sudo()._message_log_batch(bodies=bodies)

    def _get_separated_action(self, back):
        """Return the action that opens what came back, with a word about it."""
        survivor = self._get_survivor()
        action = survivor._get_records_action(context={})
        if not self.env.context.get(WITH_NOTICE):
            return action
        readable = back._filtered_access("read")
        return get_notice(
            self.env._("%s: separated again.", self.merged_names),
            [get_open_button(record, record.display_name) for record in readable[:3]],
            next_action=action,
        )
