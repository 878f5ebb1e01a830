from odoo import fields, models

from odoo.addons.lead_management.models.lead_decision_mixin import Decision

# What the ticks of a plan are about; everything else always ends it.
TICKED = ("reply", "call", "meeting", "converted", "recycled")


class CrmLeadPlanRun(models.Model):
    """Plans end before they are through, and some go on after all."""

    _inherit = "crm.lead.plan.run"

    def _stop(self, reason):
        """Stop running plans and remove what they have planned."""
        if not self:
            return
        progress = {run: run.progress for run in self}
        steps = self.step_ids
        opened = steps.filtered(lambda step: step.state == "open")
        self.write(
            {
                "state": "stopped",
                "stop_reason": reason,
                "date_end": fields.Datetime.now(),
                "next_date": False,
            }
        )
        opened.write({"state": "stopped"})
        steps.filtered(lambda step: step.state == "waiting").write({"state": "left"})
        # A meeting in the calendar has its activity, whoever planned it.
        opened.activity_id.filtered(
            lambda activity: activity.active and not activity.calendar_event_id
        ).unlink()
        labels = dict(self._fields["stop_reason"]._description_selection(self.env))
        self.lead_id._message_log_batch(
            bodies={
                run.lead_id.id: self.env._(
                    "The plan “%(plan)s” has stopped: %(reason)s. It was at: %(step)s",
                    plan=run.plan_id.name,
                    reason=labels[reason],
                    step=progress[run],
                )
                for run in self
            }
        )
        if reason != "hand":
            self.lead_id._note_decisions(
                "plan", dict.fromkeys(self.lead_id, Decision(reason))
            )

    def _go_on(self):
        """Let plans go on that had stopped, from the step that they were at: what it
        had planned comes once more."""
        busy = self._get_running(self.lead_id).lead_id
        runs = self.filtered(lambda run: run.lead_id.active and run.lead_id not in busy)
        if not runs:
            return
        runs.write({"state": "running", "stop_reason": False, "date_end": False})
        stopped = runs.step_ids.filtered(lambda step: step.state in ("stopped", "left"))
        kept = stopped.filtered("activity_id.active")
        kept.write({"state": "open"})
        (stopped - kept).write({"state": "waiting"})
        runs._schedule_next()
        runs.lead_id._message_log_batch(
            bodies={
                run.lead_id.id: self.env._("The plan “%s” goes on.", run.plan_id.name)
                for run in runs
            }
        )
