import json
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_list

from odoo.addons.lead_management.models.in_parts import do_in_parts
from odoo.addons.lead_management.models.lead_notice import RELOAD, get_notice
from odoo.addons.lead_management.models.record_field import (
    DOT,
    LISTS,
    fold_properties,
    get_field,
)

from .operation import TIMES, WRITTEN_WITH

UNDO_DAYS = 1
RECYCLED = ("recycle_date", "recycle_reason")
# Fields that are no change of their own: they go back with the one they follow.
FOLLOWING = {name for names in WRITTEN_WITH.values() for name in names}


class CrmLeadBulkOperationUndo(models.AbstractModel):
    """Give leads back what a job took from them.

    `values["job_id"]` is that job, whose batches keep what each lead was before and
    after, see `_get_kept`. What has changed since stays as it is now, and is listed.
    The rest is written with the rights of who undoes; a status is no move of theirs,
    but the one the lead had.
    """

    _name = "crm.lead.bulk.operation.undo"
    _inherit = "crm.lead.bulk.operation"
    _description = "Undo of a Bulk Job"

    def _get_job(self, values):
        return self.env["crm.lead.bulk.job"].sudo().browse(values["job_id"]).exists()

    def _describe(self, values):
        return [self.env._("“%s” is undone.", self._get_job(values).name)]

    def _tell_changed(self, count, total):
        return self.env._(
            "Leads as they were before: %(count)s of %(total)s",
            count=count,
            total=total,
        )

    def _check_values(self, values):
        job_id = values.get("job_id")
        jobs = self.env["crm.lead.bulk.job"].sudo()
        if type(job_id) is not int or not jobs.browse(job_id).exists():
            raise UserError(self.env._("It was deleted in the meantime."))

    def _run(self, leads, values):
        failures = {
            lead.id: self.env._("It was deleted in the meantime.")
            for lead in leads - leads.exists()
        }
        allowed = self._filter_allowed(leads.exists(), failures)
        kept = self._get_job(values)._get_kept_states(allowed.ids)
        done = allowed.browse()
        for alike, before, changed_since in self._get_parts(allowed, kept):
            failed = do_in_parts(
                alike, lambda part, before=before: self._put_back(part, before, kept)
            )
            reasons = {lead.id: self._get_reason(e) for lead, e in failed.items()}
            if changed_since:
                reason = self.env._(
                    "Changed since, and left so: %s.",
                    format_list(self.env, changed_since),
                )
                reasons = {**dict.fromkeys(alike.ids, reason), **reasons}
            failures.update(reasons)
            done |= alike.filtered(lambda lead, reasons=reasons: lead.id not in reasons)
        return self._make_outcome(len(done), 0, failures)

    def _get_parts(self, leads, kept):
        """Return the leads that get back the same, but for the times of their status:
        triples of leads, the values they get back, and the names of the fields that
        have changed since."""
        names = {name for states in kept.values() for name in states}
        now = leads._get_bulk_states(sorted(names))
        parts = defaultdict(leads.browse)
        for lead in leads:
            states = kept.get(lead.id, {})
            changed = {
                name
                for name, (_before, after) in states.items()
                if name not in FOLLOWING and now[lead.id][name] != after
            }
            left = changed.union(TIMES, *(WRITTEN_WITH.get(n, ()) for n in changed))
            before = {
                name: state[0] for name, state in states.items() if name not in left
            }
            key = json.dumps(before, sort_keys=True), tuple(sorted(changed))
            parts[key] |= lead
        return [
            (alike, json.loads(before), self._get_labels(alike, changed))
            for (before, changed), alike in parts.items()
        ]

    def _get_labels(self, leads, names):
        """Return what people call the fields and properties of leads."""
        described = leads.fields_get(
            {name.partition(DOT)[0] for name in names}, attributes=["string"]
        )
        labels = []
        for name in names:
            root, dot, _key = name.partition(DOT)
            found = get_field(leads[:1].sudo(), name) if dot else None
            if found:
                labels.append(found.label)
            elif root in described:
                labels.append(described[root]["string"])
        return labels

    def _put_back(self, leads, before, kept):
        """Write what leads had before: their status last, as it would follow who gets
        them, but before the day of a recycled lead, which it would take.

        :param dict before: values of fields and properties, alike for all
        :param dict kept: of `_get_kept_states`, for the times of their status
        """
        leads = leads.with_context(mail_auto_subscribe_no_notify=True)
        before = dict(before)
        is_active = before.pop("active", None)
        status_id = before.pop("status_id", None)
        later = {name: before.pop(name) for name in RECYCLED if name in before}
        if is_active:
            leads.action_unarchive()
        elif is_active is not None:
            leads.action_set_lost(lost_reason_id=before.get("lost_reason_id") or False)
        self._put_back_fields(leads, before)
        if status_id is not None:
            status = self.env["crm.lead.status"].browse(status_id or ()).exists()
            moved = leads.filtered(lambda lead: lead.status_id != status)
            if status and moved:
                moved._write_status(status)
        if later:
            leads.write(later)
        if status_id is not None:
            self._put_back_times(leads, kept)

    def _put_back_fields(self, leads, before):
        fields_of = {name: had for name, had in before.items() if DOT not in name}
        if vals := self._get_vals(leads, fields_of):
            is_system = not vals.keys().isdisjoint(FOLLOWING)
            (leads._as_system() if is_system else leads).write(vals)
        if not (names := before.keys() - fields_of.keys()):
            return
        # Leads that have the same properties are written at once.
        for same in leads.grouped(
            lambda lead: (
                lead.team_id,
                json.dumps(lead.lead_properties._values, sort_keys=True),
            )
        ).values():
            had = {name: self._get_property(same[0], name, before) for name in names}
            same.write(fold_properties(same[0], had))

    def _put_back_times(self, leads, kept):
        # Every lead has its own: the fields' write keeps them to one UPDATE.
        for lead in leads:
            for name in TIMES:
                if name in kept[lead.id]:
                    leads._fields[name].write(lead, kept[lead.id][name][0])
        leads.modified(TIMES)

    def _get_vals(self, leads, before):
        """Return values for `write`, without links to what was deleted meanwhile."""
        vals = {}
        for name, value in before.items():
            field = leads._fields[name]
            if not field.relational:
                vals[name] = value
                continue
            found = self.env[field.comodel_name].browse(value or ()).exists()
            is_many = field.type == "many2many"
            vals[name] = [fields.Command.set(found.ids)] if is_many else found.id
        return vals

    def _get_property(self, lead, name, before):
        """Return the value of a property for `write`, without links to what was deleted
        meanwhile, and without options that were."""
        found, value = get_field(lead, name), before[name]
        if not found or not value:
            return value
        if found.relational:
            records = self.env[found.comodel_name].browse(value).exists()
            return records.ids if found.type in LISTS else records.id
        return found.convert(value) or False


class CrmLeadBulkJob(models.Model):
    """Undoing a job: a job of its own, of the same user."""

    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("undo", "Undo")], ondelete={"undo": "cascade"}
    )
    undo_of_id = fields.Many2one(
        "crm.lead.bulk.job", "Undoes", readonly=True, index="btree_not_null"
    )
    undo_ids = fields.One2many("crm.lead.bulk.job", "undo_of_id", readonly=True)
    can_undo = fields.Boolean(compute="_compute_can_undo")

    @api.depends_context("uid")
    @api.depends("state", "user_id", "date_end", "undo_ids", "changed_count")
    def _compute_can_undo(self):
        since = fields.Datetime.now() - timedelta(days=UNDO_DAYS)
        for job in self:
            job.can_undo = bool(
                job.user_id == self.env.user
                and job.state != "open"
                and job.date_end
                and job.date_end > since
                and job.changed_count
                and not job.sudo().undo_ids
                and job._get_operation()._get_kept_fields(job.values or {})
            )

    def action_undo(self):
        """Give the leads back what jobs took from them.

        :return: the action that says so, or opens the job that does it; False without
            a job
        :raise UserError: one is somebody else's, was undone, or is too long ago
        """
        self.check_access("read")
        action = False
        for job in self:
            action = job._undo()._get_action_after(RELOAD)
        return action

    def _undo(self):
        """Return the job that undoes this one."""
        self._lock_for_undo()
        if not self.can_undo:
            raise UserError(
                self.env._(
                    "“%s” can't be undone: only who started it can, once, within a"
                    " day.",
                    self.name,
                )
            )
        job = self._start("undo", {"job_id": self.id}, self._get_kept_domain())
        job.sudo().undo_of_id = self
        return job

    def _lock_for_undo(self):
        """Wait for whoever undoes the job at the same time, and for the batch at hand
        of a job that was cancelled. When they are done, this transaction is too old:
        the server runs the request again, with what there is by then."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM crm_lead_bulk_job_batch
                 WHERE job_id = %s AND state = 'todo'
                 ORDER BY id LIMIT 1 FOR UPDATE
                """,
                self.id,
            ),
            log_exceptions=False,
        )
        # Written, as a lock alone would leave no trace for who comes next
        self.env.cr.execute(
            SQL("UPDATE crm_lead_bulk_job SET state = state WHERE id = %s", self.id),
            log_exceptions=False,
        )
        self.invalidate_recordset(["undo_ids", "can_undo"])

    def _get_action_after(self, next_action=None):
        """Return what is shown after the job was started: a message with Undo, or the
        job itself, where there is more to say."""
        if self.state == "open":
            return self.action_open()
        if self.failed_count:
            return {**self.action_open(), "target": "new"}
        buttons = []
        if self.can_undo:
            buttons.append(
                {
                    "name": self.env._("Undo"),
                    "model": self._name,
                    "method": "action_undo",
                    "ids": self.ids,
                }
            )
        return get_notice(self._get_summary(), buttons, next_action)
