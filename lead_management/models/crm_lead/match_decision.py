from odoo import models
from odoo.tools import format_list

from ..lead_decision_mixin import Decision, Kind


class CrmLead(models.Model):
    """Why an account is thought to be the lead's: asked anew, as accounts change."""

    _inherit = "crm.lead"

    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return kinds | {"match": Kind(self.env._("Possible account"), False)}

    def _decide_again(self, kind):
        if kind != "match" or self.type != "lead":
            return super()._decide_again(kind)
        found = self.find_possible_accounts(self._get_match_values())
        matches = found["accounts"] + found["contacts"]
        if not matches and not found["hidden"]:
            return None
        told = [
            {
                "name": match["display_name"],
                "score": match.get("score"),
                "reasons": match["reasons"],
            }
            for match in matches
        ]
        return Decision(
            "found", told={"matches": told, "hidden": found["hidden"]}
        ), None

    def _tell_decision(self, kind, code, told):
        if kind != "match":
            return super()._tell_decision(kind, code, told)
        if code == "just_made":
            return self.env._(
                "It was converted into “%s”, which somebody had just created for the"
                " same company.",
                self._get_told_name("res.partner", told.get("id")),
            )
        lines = [
            self.env._(
                "%(name)s, %(score)s%%: %(reasons)s",
                name=match["name"],
                score=round(100 * (match["score"] or 0)),
                reasons=format_list(self.env, match["reasons"]),
            )
            for match in told["matches"]
        ]
        if told["hidden"]:
            lines.append(self.env._("%s more that you cannot open", told["hidden"]))
        return "\n".join(lines)
