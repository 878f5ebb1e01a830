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

    def _decide_again(self, kind):
        is_asked = self.response_policy_id and not self.response_answered
        if kind != "response" or not is_asked:
            return super()._decide_again(kind)
        policy = self.sudo().response_policy_id
        started = self.response_started
        told = {
            "minutes": policy.minutes,
            "since": (started and format_datetime(self.env, started, dt_format="short"))
            or "",
        }
        code = "policy" if started else "stopped"
        return Decision(code, policy.with_env(self.env), told=told), None

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
        return self.env._(
            "A response policy gives it %(minutes)s minutes of working time, running"
            " since %(since)s.",
            minutes=told["minutes"],
            since=told["since"],
        )
