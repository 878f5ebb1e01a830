from odoo import api, models

from ..lead_decision_mixin import Kind


class CrmLead(models.Model):
    """Why the status moved, where nobody moved it by hand."""

    _inherit = "crm.lead"

    @api.model
    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return {"status": Kind(self.env._("Status"), "status_id")} | kinds

    def _tell_decision(self, kind, code, told):
        if kind != "status":
            return super()._tell_decision(kind, code, told)
        return {
            "owner": self.env._("The lead got another owner, or none."),
            "contact": self.env._(
                "Work began: the contact was written to or called, or an activity"
                " was done."
            ),
            "lost": self.env._("The lead was declared dead."),
            "won": self.env._("The lead was marked as won."),
            "restored": self.env._("The lead is no longer dead or won."),
            "converted": self.env._("The lead was converted."),
            "lead": self.env._("The opportunity became a lead again."),
            "undone": self.env._("The conversion was undone."),
            "merged": self.env._(
                "Leads were merged: the status that is furthest on its way stays."
            ),
            "reopened": self.env._(
                "The lead was recycled, and its day came or the contact wrote back."
            ),
        }.get(code, "")
