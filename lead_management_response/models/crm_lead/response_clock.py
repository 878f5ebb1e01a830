from collections import defaultdict

from odoo import api, fields, models

from ..crm_lead_response_policy import LATE
from .response import RUNNING, STOPPED


class CrmLead(models.Model):
    """The clock begins, is set anew, stands still and goes on."""

    _inherit = "crm.lead"

    # ------------------------------------------------------------
    # WHEN
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        if self._has_response_policies():
            leads.sudo()._schedule_response()
        return leads

    def write(self, vals):
        result = super().write(vals)
        policies = self.env["crm.lead.response.policy"]
        if vals.keys() & policies._get_trigger_fields():
            self.sudo()._schedule_response(matched_only=True)
        return result

    def _follow_owner(self, before):
        result = super()._follow_owner(before)
        if self._has_response_policies():
            handed_over = self.sudo().filtered(
                lambda lead: lead.user_id != before[lead]
            )
            handed_over._schedule_response(handed_over=True)
        return result

    def _write_status(self, status, because=None):
        result = super()._write_status(status, because)
        known = self.sudo()
        if status.category == "recycled":
            known._stop_response("paused")
        elif status.category in ("converted", "dead"):
            known._stop_response("closed")
        else:
            stopped = known.filtered(lambda lead: lead.response_state in STOPPED)
            stopped._schedule_response()
        return result

    def _has_response_policies(self):
        return bool(self.env["crm.lead.response.policy"]._get_cached_rules())

    # ------------------------------------------------------------
    # SETTING IT
    # ------------------------------------------------------------

    def _schedule_response(
        self, handed_over=False, matched_only=False, skip_past=False
    ):
        """Note by when the leads that wait for an answer are to get it, and what
        happens next.

        :param bool handed_over: they have got another owner, or none
        :param bool matched_only: leave those alone whose policy stays
        :param bool skip_past: what should have happened by now never does
        """
        leads = self.filtered(lambda lead: lead._is_unanswered())
        policies = self.env["crm.lead.response.policy"]._find_policies(leads)
        if matched_only:
            policies = {
                lead: policy
                for lead, policy in policies.items()
                if policy != lead.response_policy_id
            }
        if not policies:
            return
        now = fields.Datetime.now()
        begun = {
            lead: lead._get_response_start(policy, handed_over, now)
            for lead, policy in policies.items()
        }
        since = min(
            (start for start, _used, _done in begun.values() if start), default=now
        )
        timed = {lead: policy for lead, policy in policies.items() if policy}
        times = self._get_working_times_of_leads(timed, since)
        known, changes = {}, defaultdict(self.browse)
        for lead, policy in policies.items():
            key = policy, times.get(lead), begun[lead]
            if key not in known:
                known[key] = self._get_response_values(*key, now, skip_past)
            if not lead._has_response_values(known[key]):
                changes[tuple(known[key].items())] += lead
        moments, decided = [], self.browse()
        for items, changed in changes.items():
            values = dict(items)
            if values["response_due"]:
                decided |= changed.filtered(
                    lambda lead, values=values: (
                        lead.response_due != values["response_due"]
                        or lead.response_policy_id.id != values["response_policy_id"]
                    )
                )
            changed._as_system().write(values)
            moments.append(values["response_next"])
        decided._note_response()
        self._wake_for_response(min(filter(None, moments), default=None))

    def _has_response_values(self, values):
        return all(
            (self[name].id if name == "response_policy_id" else self[name] or False)
            == (value or False)
            for name, value in values.items()
        )

    def _get_response_start(self, policy, handed_over, now):
        """Return when the present run of the lead's clock began, the minutes of those
        before, and the steps that were taken."""
        start, used = self.response_started, self.response_used
        done = self.response_done or ""
        is_stopped = self.response_state in STOPPED
        if not policy:
            return start or (is_stopped and now), used, done
        if policy.starts == "owner":
            if not self.user_id:
                return False, 0.0, ""
            if handed_over:
                return now, 0.0, ""
        if is_stopped:
            start = now
        elif not start:
            since = self.date_open if policy.starts == "owner" else self.create_date
            start = min(since or now, now).replace(microsecond=0)
        return start, used, done

    def _get_response_values(self, policy, time, begun, now, skip_past):
        """Return what is to be written to leads that are alike.

        :param tuple begun: see `_get_response_start`
        """
        start, used, done = begun
        values = {
            "response_policy_id": policy.id,
            "response_state": "none",
            "response_started": start,
            "response_due": False,
            "response_next": False,
            "response_used": used,
            "response_done": done,
        }
        if not policy or not start:
            return values
        moments = {
            step: time.add(start, minutes - used)
            for step, minutes in policy._get_steps()
        }
        due = moments[LATE] or False
        taken = done.split()
        if skip_past:
            taken += [
                step
                for step, moment in moments.items()
                if moment and moment <= now and step not in taken
            ]
        to_come = [
            moment for step, moment in moments.items() if moment and step not in taken
        ]
        return {
            **values,
            "response_state": "late" if due and due <= now else "waiting",
            "response_due": due,
            "response_next": min(to_come, default=False),
            "response_done": " ".join(taken),
        }

    def _stop_response(self, state):
        """Let the clock stand still, where it is running."""
        running = self.filtered(lambda lead: lead.response_state in RUNNING)
        moved = self.filtered(
            lambda lead: lead.response_state in STOPPED and lead.response_state != state
        )
        if moved:
            moved._as_system().write({"response_state": state})
        if not running:
            return
        changes = defaultdict(self.browse)
        for lead, used in running._get_minutes_used(fields.Datetime.now()).items():
            changes[used] += lead
        timed = running.filtered("response_due")
        for used, leads in changes.items():
            leads._as_system().write(
                {
                    "response_state": state,
                    "response_started": False,
                    "response_due": False,
                    "response_next": False,
                    "response_used": used,
                }
            )
        timed._note_response_end("stopped" if state == "paused" else "ended")

    def _get_minutes_used(self, until):
        """Return how many minutes of working time the clock of each lead has run."""
        starts = {
            lead: False
            if lead.response_state in STOPPED
            else lead.response_started or lead.create_date
            for lead in self
        }
        since = min(filter(None, starts.values()), default=until)
        times = self._get_working_times_of_leads(
            {lead: lead.response_policy_id for lead in self}, since
        )
        known = {}
        for start, time in {
            (starts[lead], times[lead]) for lead in self if starts[lead]
        }:
            known[start, time] = time.between(start, until)
        return {
            lead: lead.response_used + known.get((starts[lead], times[lead]), 0.0)
            for lead in self
        }
