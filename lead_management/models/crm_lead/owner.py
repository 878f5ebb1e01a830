from odoo import models

from ..lead_decision_mixin import Decision, Kind


class CrmLead(models.Model):
    """Whether somebody has a lead, and who gets it when that one is gone."""

    _inherit = "crm.lead"

    def _has_owner(self):
        """Tell whether somebody has the lead who can work with it."""
        return self.user_id.active

    def _can_own(self, user, company):
        """Tell whether somebody is there to have leads of a company."""
        return user.active and (not company or company in user.sudo().company_ids)

    def _get_successor(self):
        """Return who has the lead when its owner is gone: the leader of its team; empty
        if that one can't."""
        leader = self.team_id.sudo().user_id
        return leader.filtered(lambda user: self._can_own(user, self.company_id))

    def _replace_gone_owners(self):
        """Give leads whose owner was archived to somebody who can work with them, or to
        nobody: that is seen."""
        gone = self.filtered(lambda lead: lead.user_id and not lead._has_owner())
        for user, leads in gone.grouped(lambda lead: lead._get_successor()).items():
            owners = {lead: lead.user_id.id for lead in leads}
            leads.write({"user_id": user.id})
            leads._note_decisions(
                "owner",
                {
                    lead: Decision("gone", told={"user_id": owner_id})
                    for lead, owner_id in owners.items()
                },
            )

    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return {"owner": Kind(self.env._("Owner"), "user_id")} | kinds

    def _tell_decision(self, kind, code, told):
        if kind != "owner" or code != "gone":
            return super()._tell_decision(kind, code, told)
        return self.env._(
            "%s had the lead and was archived.",
            self._get_told_name("res.users", told.get("user_id")),
        )
