from collections import defaultdict

from odoo import models


class CrmLead(models.Model):
    """A conversion leaves the lead in its company, where account and contact are.

    Native looks for the team of the owner in all companies the user has switched on,
    and the lead's company follows the team.
    """

    _inherit = "crm.lead"

    def _convert_opportunity_data(self, customer, team_id=False):
        values = super()._convert_opportunity_data(customer, team_id)
        lead = self.sudo()
        owner, team = lead.user_id, lead.team_id
        # Native keeps the team of an owner who is in it.
        if lead.company_id and owner and owner not in team.member_ids | team.user_id:
            values["team_id"] = lead._get_conversion_team(owner).id
        return values

    def _handle_salesmen_assignment(self, user_ids=False, team_id=False):
        given = self.env["crm.team"].sudo().browse(team_id or [])
        if given and all(lead._is_of_company(given) for lead in self):
            return super()._handle_salesmen_assignment(user_ids, team_id)
        users = self.env["res.users"].browse(user_ids or [])
        shares = defaultdict(self.browse)
        for index, lead in enumerate(self):
            owner = users[index % len(users)] if users else lead.user_id
            shares[lead.company_id, lead.team_id, owner] |= lead
        for (_company, _team, owner), leads in shares.items():
            values = {"user_id": owner.id} if users else {}
            if owner or given:
                team = leads[0]._get_conversion_team(owner, given)
                values["team_id"] = team.id
            leads.write(values)
        return None

    def _get_conversion_team(self, owner, given=None):
        """Return the team of an opportunity, perhaps none: the given one, else the one
        that native finds for its owner, but none of another company than the lead's.

        A lead keeps its team if there is none of the owner's in its company. An owner
        who doesn't work there takes it along.
        """
        lead, owner = self.sudo(), owner.sudo()
        asked = owner.id, [("use_opportunities", "=", True)]
        team = given or lead.env["crm.team"]._get_default_team_id(*asked)
        if lead._is_of_company(team) or (
            owner and lead.company_id not in owner.company_ids
        ):
            return team
        found = (
            team.with_context(allowed_company_ids=lead.company_id.ids)
            .browse()
            ._get_default_team_id(*asked)
        )
        if owner in found.member_ids | found.user_id or not lead.team_id:
            return found
        return lead.team_id
