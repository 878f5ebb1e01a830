from odoo import fields, models
from odoo.tools import format_datetime

from odoo.addons.lead_management.models.lead_decision_mixin import Decision, Kind


class CrmLead(models.Model):
    """Why a lead is to be answered by its time, and why it went to somebody else."""

    _inherit = "crm.lead"

    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return kinds | {"response": Kind(self.env._("Answer By"), "response_due")}

    def _get_unanswered_decisions(self):
        """Return why leads go to somebody else, as it is before they do: then they may
        have another time."""
        return {
            lead: Decision(
                "unanswered",
                lead.response_policy_id,
                told={"due": fields.Datetime.to_string(lead.response_due)},
            )
            for lead in self
        }

    def _note_response(self):
        """Take note of the policies by which leads have got their times."""
        names = {
            cached.id: cached.names
            for cached in self.env["crm.lead.response.policy"]._get_cached_rules()
        }
        self._note_decisions(
            "response",
            {
                lead: self._get_response_decision(
                    policy, lead.response_started, names.get(policy.id, ())
                )
                for lead in self
                if (policy := lead.response_policy_id)
            },
        )

    def _note_response_end(self, code):
        """Take note of why leads have no time any more.

        :param str code: `stopped` or `ended`
        """
        self._note_decisions(
            "response",
            {
                lead: Decision(
                    code,
                    lead.response_policy_id,
                    told={"minutes": lead.response_policy_id.minutes},
                )
                for lead in self
            },
        )

    def _get_response_decision(self, policy, started, names):
        """Return the `Decision` that a policy makes.

        :param started: since when the time runs, if it does
        :param names: the fields that its filter asks for
        """
        told = {
            "minutes": policy.minutes,
            "since": started and fields.Datetime.to_string(started),
        }
        return Decision("policy" if started else "stopped", policy, names, told)

    def _decide_again(self, kind):
        lead = self.sudo()
        if kind == "response" and lead.response_state == "paused":
            policy = lead.response_policy_id.with_env(self.env)
            return lead._get_response_decision(policy, False, ()), None
        if kind != "response" or not lead._is_unanswered():
            return super()._decide_again(kind)
        policies = self.env["crm.lead.response.policy"].sudo()
        if not (rule := policies._find_rules(lead)[lead]):
            return None
        policy = policies.browse(rule.id)
        now = fields.Datetime.now()
        begun = start, _used, _done = lead._get_response_start(policy, False, now)
        due = None
        if start:
            [time] = lead._get_working_times_of_leads({lead: policy}, start).values()
            due = lead._get_response_values(policy, time, begun, now, False)[
                "response_due"
            ]
        decision = lead._get_response_decision(policy, start, rule.names)
        return decision._replace(rule=policy.with_env(self.env)), due

    def _tell_decision(self, kind, code, told):
        if code == "unanswered":
            if due := fields.Datetime.to_datetime(told.get("due")):
                when = format_datetime(self.env, due, dt_format="short")
                return self.env._("Nobody answered it by %s.", when)
            return self.env._("Nobody answered it in time.")
        if code == "not_accepted":
            return self.env._(
                "It was offered to others in turn, and nobody accepted it."
            )
        if kind != "response":
            return super()._tell_decision(kind, code, told)
        if code == "stopped":
            return self.env._(
                "A response policy gives it %s minutes of working time. The time stands"
                " still.",
                told["minutes"],
            )
        if code == "ended":
            return self.env._("It was answered or closed, so its time has ended.")
        since = fields.Datetime.to_datetime(told.get("since"))
        return self.env._(
            "A response policy gives it %(minutes)s minutes of working time, running"
            " since %(since)s.",
            minutes=told["minutes"],
            since=format_datetime(self.env, since, dt_format="short"),
        )
