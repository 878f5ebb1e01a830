from odoo import models

# The context key of `FoundTeams`; no client can send one.
FOUND_TEAMS = "lead_found_teams"


class FoundTeams(dict):
    """The default teams of salespeople, the stages of teams, and what tells of leads of
    teams, looked up once for many leads: by what was asked."""

    # Each is another one, however equal: an environment is used again for a context
    # that is equal to its own.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def once(self, asked, find):
        if asked not in self:
            self[asked] = find()
        return self[asked]


class CrmTeam(models.Model):
    _inherit = "crm.team"

    def write(self, vals):
        result = super().write(vals)
        if "lead_properties_definition" in vals:
            # What asks for them, or gives them, is kept in memory.
            self.env.registry.clear_cache()
        return result

    def _get_default_team_id(self, user_id=False, domain=False):
        # Native looks anew for each lead that gets an owner.
        found = self.env.context.get(FOUND_TEAMS)
        if not isinstance(found, FoundTeams):
            return super()._get_default_team_id(user_id, domain)
        asked = (
            *("team", self.env.uid, self.env.su, self.env.companies),
            *(user_id, repr(domain), self.env.context.get("default_team_id")),
        )
        find = super()._get_default_team_id
        return self.browse(found.once(asked, lambda: find(user_id, domain).id))

    def _notify_get_reply_to(self, default=None, author_id=False):
        # Native looks for the alias anew for each message on a lead of the team.
        found = self.env.context.get(FOUND_TEAMS)
        if not isinstance(found, FoundTeams):
            return super()._notify_get_reply_to(default=default, author_id=author_id)
        asked = (
            *("reply_to", self._ids, self.env.lang, self.env.company),
            *(default, author_id),
        )
        find = super()._notify_get_reply_to
        told = found.once(asked, lambda: find(default=default, author_id=author_id))
        return dict(told)

    def _alias_get_creation_values(self):
        """Make mail to teams that use leads a lead, whoever saved the team last."""
        values = super()._alias_get_creation_values()
        if self.use_leads and "alias_defaults" in values:
            values["alias_defaults"]["type"] = "lead"
        return values
