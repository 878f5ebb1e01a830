from odoo import models

from ..lead_decision_mixin import Decision, Kind


class CrmLead(models.Model):
    """Why a recycled lead comes back on its day."""

    _inherit = "crm.lead"

    def _note_default_day(self):
        """Take note that leads come back on the day of the settings."""
        told = {"days": self._get_default_recycle_days()}
        decision = Decision("default", told=told)
        self._note_decisions("recycling", dict.fromkeys(self, decision))

    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return kinds | {"recycling": Kind(self.env._("Recycling"), "recycle_date")}

    def _decide_again(self, kind):
        if kind != "recycling" or not self.is_laid_aside:
            return super()._decide_again(kind)
        return Decision("day"), None

    def _tell_decision(self, kind, code, told):
        if kind != "recycling":
            return super()._tell_decision(kind, code, told)
        if code == "default":
            return self.env._(
                "Nobody chose a day, so it is the one of the settings. Days later: %s.",
                told.get("days"),
            )
        told = self.fields_get(["recycle_date"], ["help"])["recycle_date"]["help"]
        return f"{told}."
