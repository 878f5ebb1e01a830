from odoo import models

from .conversion_plan import IS_PLANNED


class CrmLead(models.Model):
    """How likely leads that are converted together are won: as likely as each by
    itself.

    Native computes many at once. Where a team has won or lost none yet, it leaves the
    first lead of the team alone, as it does one by one, and gives a number to those
    that come after it.
    """

    _inherit = "crm.lead"

    def _pls_get_naive_bayes_probabilities(self, batch_mode=False, is_tooltip=False):
        result = super()._pls_get_naive_bayes_probabilities(batch_mode, is_tooltip)
        is_planned = self.env.context.get("lead_conversion") is IS_PLANNED
        if not is_planned or batch_mode or len(self) < 2 or not result:
            return result
        found, _tooltip = result
        if found.keys() >= set(self.ids):
            return result
        for leads in self.grouped("team_id").values():
            # Of the others, the stage says it.
            counted = leads.filtered(
                lambda lead: lead.stage_id and not lead.stage_id.is_won
            )
            first = super(CrmLead, counted[:1])
            if counted and not first._pls_get_naive_bayes_probabilities()[0]:
                for lead in counted:
                    found.pop(lead.id, None)
        return result
