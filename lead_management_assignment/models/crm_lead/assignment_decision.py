from odoo import models

from odoo.addons.lead_management.models.lead_decision_mixin import Decision, Kind

from ..crm_lead_assignment.explanation import TAKES, Explanation


class CrmLead(models.Model):
    """Why a lead has its owner, or waits in its queue."""

    _inherit = "crm.lead"

    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return kinds | {"queue": Kind(self.env._("Queue"), "queue_id")}

    def _note_assignments(self, plan):
        """Take note of why leads were assigned."""
        entries = {assignment.entry for assignment in plan.values()}
        decisions = {
            entry: Decision("entry", entry, entry._get_asked_fields())
            if entry
            else Decision("default")
            for entry in entries
        }
        for kind, is_queue in (("owner", False), ("queue", True)):
            self._note_decisions(
                kind,
                {
                    lead: self._get_known_decision(assignment, decisions)
                    or decisions[assignment.entry]
                    for lead, assignment in plan.items()
                    if bool(assignment.queue) is is_queue
                },
            )

    def _get_known_decision(self, assignment, decisions):
        """Return the decision for whom the customer knows, if that is who got a lead.

        The match is kept by its id: it is named to those who may read it.
        """
        match = assignment.verdict and assignment.verdict.match
        if not match or assignment.user != match.owner:
            return None
        told = {
            "model": match.record._name,
            "id": match.record.id,
            "score": round(100 * match.score),
        }
        return decisions[assignment.entry]._replace(code="known", told=told)

    def _decide_again(self, kind):
        if kind != "owner" or not self.sudo().filtered_domain(
            self._get_assignable_domain()
        ):
            return super()._decide_again(kind)
        rules = self.env["crm.lead.assignment.rule"]
        rule = rules._get_rules_by_company(self.company_id).get(self.company_id, rules)
        rule = rule.with_env(self.env)._filtered_access("read")
        if not rule:
            return super()._decide_again(kind)
        explanation = Explanation(rule, self)
        answers = [one for one in explanation.run() if one["verdict"] == TAKES]
        told = {"to": answers[0]["to"]} if answers else {}
        code = "would" if answers else "nobody"
        # Whose turn it is changes by itself: nothing to compare the owner with.
        return Decision(code, explanation.taken_by, told=told), None

    def _tell_decision(self, kind, code, told):
        if kind not in ("owner", "queue"):
            return super()._tell_decision(kind, code, told)
        match code:
            case "entry":
                return self.env._("An entry of the assignment rules took the lead.")
            case "known":
                return self.env._(
                    "An entry of the assignment rules gave it to the owner of"
                    " “%(record)s”, a match of %(score)s%%.",
                    record=self._get_told_name(told.get("model"), told.get("id")),
                    score=told.get("score"),
                )
            case "default":
                return self.env._(
                    "No entry of the assignment rules took the lead: it went to the"
                    " default owner."
                )
            case "would":
                return self.env._(
                    "The assignment rules would give it to %s.", told.get("to")
                )
            case "nobody":
                return self.env._("No entry of the assignment rules would take it.")
            case "expired":
                return self.env._(
                    "Its owner did nothing in the time that the queue allows."
                )
            case "reopened":
                return self.env._("It was recycled, and came from this queue.")
        return super()._tell_decision(kind, code, told)
