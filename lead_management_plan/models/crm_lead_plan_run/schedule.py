from odoo import fields, models

from odoo.addons.lead_management_response.models.working_times import WorkingTimes
from odoo.addons.lead_management_response.tools.working_time import WorkingTime

CRON = "lead_management_plan.ir_cron_plan"


class CrmLeadPlanRun(models.Model):
    """When the steps are due."""

    _inherit = "crm.lead.plan.run"

    def _get_working_times(self):
        """Return the `WorkingTime` of each plan: that of the lead's owner, or of the
        company where nobody has the lead."""
        times = self._get_working_times_of(self.lead_id)
        return {run: times[run.lead_id] for run in self}

    def _get_working_times_of(self, leads):
        now = fields.Datetime.now()
        asked = {
            lead: (lead._get_response_company(), lead.user_id) for lead in leads.sudo()
        }
        times = WorkingTimes(self.env).get(set(asked.values()), now)
        for key, working in times.items():
            # Who never works has no plan that stands still without a word.
            if not working.add(now, 0):
                times[key] = WorkingTime(working.zone)
        return {lead: times[key] for lead, key in asked.items()}

    def _create_steps(self, templates, day, asked_user):
        """Copy the steps of the plan to plans that begin.

        :param asked_user: whose the steps are that ask for it; the owner's if empty
        """
        known, vals_list = {}, []
        values = [
            template._prepare_step(number, asked_user)
            for number, template in enumerate(templates, 1)
        ]
        for run, working in self._get_working_times().items():
            if working not in known:
                known[working] = self._get_due_moments(templates, working, day)
            vals_list += [
                {"run_id": run.id, **vals, **due}
                for vals, due in zip(values, known[working], strict=True)
            ]
        self.env["crm.lead.plan.step"].create(vals_list)

    def _get_due_moments(self, templates, working, day):
        """Return when steps are due, each not before the one before it: `date_due`,
        `day` and `gap_days` of each step."""
        due, before = [], None
        for template in templates:
            moment = template._get_due_moment(working, day)
            moment = max(moment, before or moment)
            gap = working.count_days(before, moment) if before else 0
            day_due = working.get_day(moment)
            due.append({"date_due": moment, "day": day_due, "gap_days": gap})
            before = moment
        return due

    def _schedule_next(self):
        """Note which step is next, and when; plans that are through are finished."""
        running = self.filtered(lambda run: run.state == "running")
        times = running._get_working_times() if running else {}
        finished = running.browse()
        for run in running:
            steps = run.step_ids.sorted("number")
            if opened := steps.filtered(lambda step: step.state == "open")[:1]:
                run._write_changed(opened, False)
                continue
            waiting = steps.filtered(lambda step: step.state == "waiting")
            if not waiting:
                finished += run
                continue
            behind = steps - waiting
            moment = max(filter(None, behind.mapped("date_end")), default=None)
            for step in waiting:
                step._postpone(moment, times[run])
                moment = step.date_due
            run._write_changed(waiting[0], waiting[0].date_due)
        finished._finish()
        self._wake_for_plans(min(filter(None, running.mapped("next_date")), default=0))

    def _go_ahead(self):
        """Go on with plans of which a step is behind."""
        running = self.filtered(lambda run: run.state == "running")
        if running:
            running._schedule_next()
            running._take_steps(with_mails=False)

    def _write_changed(self, step, next_date):
        """Write what is different, so that rows that stay are not written."""
        if self.step_id != step:
            self.step_id = step
        if self.next_date != next_date:
            self.next_date = next_date

    def _finish(self):
        """Note that plans are through."""
        if not self:
            return
        self.write(
            {
                "state": "done",
                "date_end": fields.Datetime.now(),
                "next_date": False,
            }
        )
        self.lead_id._message_log_batch(
            bodies={
                run.lead_id.id: self.env._(
                    "The plan “%s” is finished.", run.plan_id.name
                )
                for run in self
            }
        )

    def _wake_for_plans(self, moment):
        """See to it that the scheduled action runs at a moment, if there is one."""
        if moment and (cron := self.env.ref(CRON, raise_if_not_found=False)):
            cron.sudo()._trigger(max(moment, fields.Datetime.now()))
