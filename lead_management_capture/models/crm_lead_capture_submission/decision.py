from odoo import models

from odoo.addons.lead_management.models.lead_decision_mixin import Decision, Kind


class CrmLeadCaptureSubmission(models.Model):
    """Why a submission is a lead, was added to one, waits, or is in quarantine.

    What was sent is told nowhere here: it is deleted when the person asks for it.
    """

    _name = "crm.lead.capture.submission"
    _inherit = ["lead.decision.mixin", "crm.lead.capture.submission"]
    _asks_why_in_header = True

    def _get_decision_kinds(self):
        return super()._get_decision_kinds() | {
            "outcome": Kind(self.env._("What became of it"), "state"),
            "quarantine": Kind(self.env._("Quarantine"), False),
        }

    def _note_outcome(self, code, **told):
        """Take note of why submissions of one form are in their state."""
        decision = Decision(code, self.form_id[:1], told=told)
        self._note_decisions("outcome", dict.fromkeys(self, decision))

    def _note_quarantine(self, reason, **told):
        """Take note of why submissions of one form are in quarantine."""
        decision = Decision(reason, self.form_id[:1], told=told)
        self._note_decisions("quarantine", dict.fromkeys(self, decision))

    def _get_decided_further(self):
        if not self.lead_id:
            return super()._get_decided_further()
        return self.lead_id, ("duplicate", "owner", "queue", "status", "stars")

    def _decide_again(self, kind):
        if kind == "quarantine" and self.state == "quarantine" and self.reason:
            return Decision("now", told={"reason": self.reason}), None
        return super()._decide_again(kind)

    def _tell_decision(self, kind, code, told):
        if kind == "quarantine":
            return self._tell_quarantine(code, told)
        if kind != "outcome":
            return super()._tell_decision(kind, code, told)
        match code:
            case "new":
                return self.env._(
                    "It became a lead: number %(number)s of the day, of at most"
                    " %(limit)s.",
                    number=told.get("number"),
                    limit=told.get("limit"),
                )
            case "added":
                return self.env._(
                    "It was added to “%s”, an open lead of the same person.",
                    self._get_told_name("crm.lead", told.get("lead")),
                )
            case "waiting":
                return self.env._(
                    "The daily limit of the form, %s, was reached: it waits for a day "
                    "on which there is room.",
                    told.get("limit"),
                )
            case "failed":
                return self.env._("Odoo could not create the lead.")
        return ""

    def _tell_quarantine(self, code, told):
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        if code == "now":
            return self.env._(
                "It is in quarantine until somebody releases or deletes it: %s",
                reasons.get(told["reason"], told["reason"]),
            )
        text = reasons.get(code, code)
        if "score" in told:
            text = self.env._(
                "%(reason)s: %(score)s, where the form asks for %(least)s",
                reason=text,
                score=told["score"],
                least=told["least"],
            )
        elif "seconds" in told:
            text = self.env._(
                "%(reason)s: in less than %(seconds)s s",
                reason=text,
                seconds=told["seconds"],
            )
        elif "limit" in told:
            text = self.env._(
                "%(reason)s: more than %(limit)s within an hour",
                reason=text,
                limit=told["limit"],
            )
        return text
