from odoo import api, models

from ..lead_decision_mixin import Decision, Kind
from .bant import ANSWERS, HALVES


class CrmLead(models.Model):
    """Why the qualification score is what it is: a sum, made anew whenever asked."""

    _inherit = "crm.lead"

    @api.model
    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return kinds | {"score": Kind(self.env._("Qualification Score"), "bant_score")}

    def _decide_again(self, kind):
        if kind != "score" or self.type != "lead":
            return super()._decide_again(kind)
        weights = self._get_bant_weights()
        told = {question: [self[question], weights[question]] for question in weights}
        return Decision("answers", False, tuple(weights), told), None

    def _tell_decision(self, kind, code, told):
        if kind != "score":
            return super()._tell_decision(kind, code, told)
        labels = self.fields_get([*told], ["string", "selection"])
        total = sum(weight for _answer, weight in told.values())
        lines = [
            self.env._(
                "%(question)s: %(answer)s, %(points)s of %(weight)s points",
                question=labels[question]["string"],
                answer=dict(labels[question].get("selection", ANSWERS))[answer].lower(),
                points=f"{weight * HALVES.get(answer, 0) / 2:g}",
                weight=weight,
            )
            for question, (answer, weight) in told.items()
            if question in labels
        ]
        if total != 100:
            lines.append(
                self.env._("The sum counts as a share of %s points.", total),
            )
        return "\n".join(lines)
