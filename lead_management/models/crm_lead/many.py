from odoo import api, models

from ..crm_team import FOUND_TEAMS, FoundTeams

# The context key of the list in which notes are kept; no client can send one.
NOTES = "lead_notes"


class Notes(list):
    """The values of notes that are written together."""

    # An environment is used again for a context that is equal to its own: notes of
    # before, as long as there are none, would be taken for these.
    __eq__ = object.__eq__
    __hash__ = object.__hash__


class CrmLead(models.Model):
    """Many leads that are made or changed in one call.

    * Native looks up the team of the owner and the first stage of the team for each of
      them; here, for each owner and team.
    * Native tells of the changes of one lead after the other, with an INSERT of a note
      and one of its values for each. Here they are told in the same way, and what is
      told is written together. What is posted to followers is posted as ever.
    """

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        if len(vals_list) < 2 or self._get_found_teams() is not None:
            return super().create(vals_list)
        together = self.with_context(**{FOUND_TEAMS: FoundTeams()})
        leads = super(CrmLead, together).create(vals_list)
        return leads.with_env(self.env)

    def _stage_find(self, team_id=False, domain=None, order="sequence, id", limit=1):
        found = self._get_found_teams()
        if found is None or len(self) > 1:
            return super()._stage_find(team_id, domain, order, limit)
        asked = (
            *("stage", self.env.su, team_id, self.team_id.id),
            *(repr(domain), order, limit),
        )
        find = super()._stage_find
        ids = found.once(asked, lambda: find(team_id, domain, order, limit).ids)
        return self.env["crm.stage"].browse(ids)

    def _get_found_teams(self):
        found = self.env.context.get(FOUND_TEAMS)
        return found if isinstance(found, FoundTeams) else None

    def _message_track(self, fields_iter, initial_values_dict):
        if len(self) < 2:
            return super()._message_track(fields_iter, initial_values_dict)
        notes = Notes()
        leads = self.with_context(**{NOTES: notes})
        tracking = super(CrmLead, leads)._message_track(
            fields_iter, initial_values_dict
        )
        if notes:
            # Who extends it after this class has seen them, one by one.
            CrmLead._message_create(leads.sudo(), notes)
        return tracking

    def message_post(self, **kwargs):
        leads = self
        if NOTES in self.env.context:
            # Whatever is logged by whoever is told is written at once.
            leads = self.with_context(**{NOTES: None})
        return super(CrmLead, leads).message_post(**kwargs)

    def _message_create(self, values_list):
        notes = self.env.context.get(NOTES)
        if not isinstance(notes, Notes) or values_list is notes:
            return super()._message_create(values_list)
        notes.extend(values_list)
        return self.env["mail.message"]
