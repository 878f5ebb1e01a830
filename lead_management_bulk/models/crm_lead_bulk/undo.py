import json
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from odoo.addons.lead_management.models.in_parts import do_in_parts
from odoo.addons.lead_management.models.lead_notice import RELOAD, get_notice

from .operation import TIMES

UNDO_DAYS = 1


class CrmLeadBulkOperationUndo(models.AbstractModel):
    """Give leads back what a job took from them.

    `values["job_id"]` is that job, whose batches keep what each lead was before and
    after, see `_keep_states`. What has changed since stays as it is now, and is listed.
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
                alike, lambda part, before=before: self._put_back(part, before)
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
        """Return the leads that get back the same.

        :return: triples of leads, the values they get back, and the names of the fields
            that have changed since
        """
        names = {name for states in kept.values() for name in states}
        now = leads._get_bulk_states(sorted(names))
        parts = defaultdict(leads.browse)
        for lead in leads:
            states = kept.get(lead.id, {})
            changed = {
                name
                for name, (_before, after) in states.items()
                if name not in TIMES and now[lead.id][name] != after
            }
            # Times go with their status.
            left = changed | set(TIMES if "status_id" in changed else ())
            before = {
                name: state[0] for name, state in states.items() if name not in left
            }
            key = json.dumps(before, sort_keys=True), tuple(sorted(changed))
            parts[key] |= lead
        fields_of = leads.fields_get(attributes=["string"])
        return [
            (
                alike,
                json.loads(before),
                [fields_of[name]["string"] for name in changed if name in fields_of],
            )
            for (before, changed), alike in parts.items()
        ]

    def _put_back(self, leads, before):
        """Write what leads had before: first whether they are open, then their status,
        which would follow an owner and take the day of a recycled lead with it."""
        leads = leads.with_context(mail_auto_subscribe_no_notify=True)
        before = dict(before)
        is_active = before.pop("active", None)
        status_id, times = before.pop("status_id", None), {}
        for name in TIMES:
            if name in before:
                times[name] = before.pop(name)
        if is_active:
            leads.action_unarchive()
        elif is_active is not None:
            leads.action_set_lost(lost_reason_id=before.get("lost_reason_id") or False)
        if status_id is not None:
            status = self.env["crm.lead.status"].browse(status_id or ()).exists()
            moved = leads.filtered(lambda lead: lead.status_id != status)
            if status and moved:
                moved._write_status(status)
        if vals := self._get_vals(leads, before):
            leads.write(vals)
        if times and status_id is not None:
            leads._as_system().write(times)

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


class CrmLeadBulkJob(models.Model):
    """Undoing a job: a job of its own, of the same user."""

    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("undo", "Undo")], ondelete={"undo": "cascade"}
    )
    undo_of_id = fields.Many2one(
        "crm.lead.bulk.job",
        "Undoes",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
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
        # Whoever presses twice waits for the first.
        self.sudo().lock_for_update()
        self.invalidate_recordset(["undo_ids", "can_undo"])
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
