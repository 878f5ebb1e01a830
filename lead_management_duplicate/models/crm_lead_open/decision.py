from odoo import models
from odoo.tools import format_list

from odoo.addons.lead_management.models.crm_lead_status import CLOSED
from odoo.addons.lead_management.models.lead_decision_mixin import Decision, Kind


class CrmLead(models.Model):
    """Why something was added to a lead, and which open ones are like it today."""

    _inherit = "crm.lead"

    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return kinds | {"duplicate": Kind(self.env._("Same person or company"), False)}

    def _note_added(self, matches, way):
        """Take note of why what came in is added to leads."""
        self._note_decisions(
            "duplicate",
            {
                lead: Decision(
                    "added",
                    told={
                        "way": way,
                        "score": round(100 * matches[lead.id].score),
                        "reasons": list(matches[lead.id].reasons),
                    },
                )
                for lead in self
            },
        )

    def _decide_again(self, kind):
        is_open = (
            self.active
            and self.won_status == "pending"
            and (self.type == "opportunity" or self.status_category not in CLOSED)
        )
        if kind != "duplicate" or not is_open:
            return super()._decide_again(kind)
        found = self._find_others_open()
        if not found["leads"] and not found["hidden"]:
            return None
        told = {
            "leads": [
                {name: lead[name] for name in ("display_name", "score", "reasons")}
                for lead in found["leads"]
            ],
            "hidden": found["hidden"],
        }
        return Decision("found", told=told), None

    def _tell_decision(self, kind, code, told):
        if kind != "duplicate":
            return super()._tell_decision(kind, code, told)
        if code == "added":
            labels = self._get_likeness_labels()
            reasons = [labels[reason] for reason in told.get("reasons", ())]
            values = {
                "score": told.get("score"),
                "reasons": format_list(self.env, reasons),
            }
            if told.get("way") == "visitor":
                return self.env._(
                    "What was sent with a web form was added to it, as surely of the"
                    " same person, %(score)s%%: %(reasons)s.",
                    **values,
                )
            if told.get("way") == "mail":
                return self.env._(
                    "An email was added to it, as surely of the same person,"
                    " %(score)s%%: %(reasons)s.",
                    **values,
                )
            return self.env._(
                "What came in was added to it, as surely of the same person,"
                " %(score)s%%: %(reasons)s.",
                **values,
            )
        lines = [
            self.env._(
                "%(name)s, %(score)s%%: %(reasons)s",
                name=lead["display_name"],
                score=round(100 * lead["score"]),
                reasons=format_list(self.env, lead["reasons"]),
            )
            for lead in told.get("leads", ())
        ]
        if told.get("hidden"):
            lines.append(self.env._("%s more that you cannot open", told["hidden"]))
        return "\n".join(lines)
