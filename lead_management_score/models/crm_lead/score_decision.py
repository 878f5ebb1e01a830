from odoo import models
from odoo.fields import Date

from odoo.addons.lead_management.models.lead_decision_mixin import Decision, Kind


class CrmLead(models.Model):
    """Why a lead has its scores."""

    _inherit = "crm.lead"

    def _get_decision_kinds(self):
        return super()._get_decision_kinds() | {
            "fit": Kind(self._get_score_label("score_fit"), "score_fit"),
            "engagement": Kind(
                self._get_score_label("score_engagement"), "score_engagement"
            ),
        }

    def _decide_again(self, kind):
        if self.type != "lead" or kind not in ("fit", "engagement"):
            return super()._decide_again(kind)
        if kind == "fit":
            rules = self._get_met_fit_rules()
            return self._get_fit_decision(rules), sum(rule.gives for rule in rules)
        parts = [
            [rule_id, points, count, Date.to_string(last)]
            for rule_id, count, last, points in self._get_engagement_parts()
        ]
        # It changes from day to day, which is no news.
        return Decision("sum", told={"parts": parts}), None

    def _tell_decision(self, kind, code, told):
        if kind not in ("fit", "engagement"):
            return super()._tell_decision(kind, code, told)
        lines = []
        for rule_id, points, *events in told.get("parts", ()):
            name = self._get_told_name(f"crm.lead.{kind}.rule", rule_id)
            if events:
                count, last = events
                note = self._tell_events(count, Date.to_date(last))
                lines.append(f"{self._tell_points(points)} {name} ({note})")
            else:
                lines.append(f"{points:+d} {name}")
        return "\n".join(lines) or self.env._("No rule gives points.")
