from collections import defaultdict
from operator import methodcaller

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.lead_management.models.in_parts import do_all

from ..crm_lead_response_policy import HAND_ON, LATE, LEADER, REMIND
from .response import RUNNING

BATCH_SIZE = 500
CRON = "lead_management_response.ir_cron_response"
# The types of the activities of owners and leaders
ANSWER = "lead_management_response.mail_activity_type_answer"
NOT_ANSWERED = "lead_management_response.mail_activity_type_late"


class CrmLead(models.Model):
    """What happens to leads that nobody answers; see `crm.lead.response.policy`."""

    _inherit = "crm.lead"

    def _wake_for_response(self, moment):
        """See to it that the scheduled action runs at a moment, if there is one."""
        if not moment:
            return
        if cron := self.env.ref(CRON, raise_if_not_found=False):
            cron.sudo()._trigger(max(moment, fields.Datetime.now()))

    def _cron_response(self):
        """Take the steps that are due, and come back when the next one is."""
        domain = Domain("response_next", "<=", fields.Datetime.now())
        do_all(self, domain, methodcaller("_take_response_steps"), BATCH_SIZE)
        # What has failed is tried again within the hour.
        [[moment]] = self._read_group(
            [("response_next", ">", fields.Datetime.now())],
            aggregates=["response_next:min"],
        )
        moments = filter(None, (moment, self._end_offers()))
        self._wake_for_response(min(moments, default=None))

    def _take_response_steps(self):
        """Take the steps that are due on leads of some policies, each once."""
        now = fields.Datetime.now()
        running = self.filtered(
            lambda lead: (
                lead._is_unanswered()
                and lead.response_state in RUNNING
                and lead.response_policy_id.active
            )
        )
        if others := self - running:
            others._as_system().write({"response_next": False})
            others._schedule_response()
        by_step = running._get_due_steps(now)
        done = defaultdict(self.browse)
        for lead in running:
            steps = [step for step, leads in by_step.items() if lead in leads]
            taken = " ".join([*(lead.response_done or "").split(), *steps])
            done[taken] += lead
        # Noted first: who gets a lead by a step begins anew.
        for taken, leads in done.items():
            leads._as_system().write({"response_done": taken})
        in_time = by_step[REMIND].filtered(lambda lead: lead.response_state != "late")
        (in_time - by_step[LATE])._remind_to_answer()
        by_step[LEADER]._tell_leader_of_late()
        by_step[HAND_ON]._hand_on_unanswered()
        running._schedule_response()

    def _get_due_steps(self, now):
        """Return the leads on which each step is to be taken now."""
        due = defaultdict(self.browse)
        if not self:
            return due
        times = self._get_working_times_of_leads(
            {lead: lead.response_policy_id for lead in self},
            min(lead.response_started for lead in self),
        )
        moments = {}
        for lead in self:
            taken = (lead.response_done or "").split()
            start, used = lead.response_started, lead.response_used
            for step, minutes in lead.response_policy_id._get_steps():
                key = times[lead], start, minutes - used
                if key not in moments:
                    moments[key] = key[0].add(*key[1:])
                if step not in taken and moments[key] and moments[key] <= now:
                    due[step] += lead
        return due

    def _remind_to_answer(self):
        owned = self.filtered(lambda lead: lead._has_owner())
        owned._plan_activities(
            self.env.ref(ANSWER, raise_if_not_found=False),
            lambda leads: leads.env._("Answer before it is late"),
            lambda lead: lead.user_id,
        )

    def _tell_leader_of_late(self):
        led = self.filtered(lambda lead: lead.team_id.user_id.active)
        led._plan_activities(
            self.env.ref(NOT_ANSWERED, raise_if_not_found=False),
            lambda leads: leads.env._("Not answered in time: talk to the owner"),
            lambda lead: lead.team_id.user_id,
        )

    # ------------------------------------------------------------
    # SOMEBODY ELSE
    # ------------------------------------------------------------

    def _hand_on_unanswered(self):
        """Give leads back to their queue, or to whose turn is next."""
        owned = self.filtered("user_id")
        for kind, leads in owned.grouped(
            lambda lead: lead.response_policy_id.hand_on
        ).items():
            if kind == "next":
                leads._give_to_next_in_turn()
                continue
            if kind == "offer":
                leads._offer_to_next(LATE)
                continue
            queued = leads.filtered(lambda lead: lead._can_return_to_last_queue())
            decisions = queued._get_unanswered_decisions()
            for queue, waiting in queued.grouped("last_queue_id").items():
                waiting._put_in_queue(
                    queue, "expired", self.env._("Not answered in time")
                )
            queued._note_decisions("queue", decisions)
