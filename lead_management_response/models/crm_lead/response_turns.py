from collections import defaultdict

from odoo import models

from .response_steps import ANSWER


class CrmLead(models.Model):
    """Whose turn it is to get a lead that nobody has answered."""

    _inherit = "crm.lead"

    def _find_next_in_turn(self):
        """Return who gets each lead next, of those of its circle who are there and
        haven't had their turn: by their shares, where its assignment rule or their
        weights ask for it. That it is their turn is noted. Leads by the id of a user,
        without those that nobody is there for."""
        circles = {lead: lead._get_circle() for lead in self}
        users = self.env["res.users"].union(*circles.values())
        given = defaultdict(self.browse)
        if not users:
            return given
        assignees = self.env["crm.lead.assignee"]
        absent = assignees._get_absences(users)
        turns = assignees._open_turns(users)
        entries = self.assignment_entry_id.sudo()
        rooms = {e: e._get_rooms() for e in entries if e.target == "team"}
        for lead, circle in circles.items():
            entry = lead.assignment_entry_id.sudo()
            has_entry = entry and circle == entry._get_users_in_turn()
            gone = {lead.user_id.id, *(lead.offer_tried or ())}
            present = [
                user.id
                for user in circle
                if user.id not in absent
                and user.id not in gone
                and self._can_own(user, lead.company_id)
            ]
            user_id = turns.hand_out(
                present,
                rooms.get(entry) if has_entry else None,
                entry._is_by_share(turns, circle)
                if has_entry
                else turns.is_weighted(circle.ids),
            )
            if user_id:
                turns.pass_on(lead.user_id.id, user_id)
                given[user_id] += lead
                if has_entry and entry in rooms:
                    rooms[entry][user_id] -= 1
        assignees._close_turns(turns)
        return given

    def _get_circle(self):
        """Return the users among whom a lead goes round that nobody answers."""
        entry, team = self.assignment_entry_id.sudo(), self.team_id.sudo()
        users = entry._get_users_in_turn() if entry else self.env["res.users"]
        return users or team.crm_team_member_ids.filtered("active").user_id

    def _give_to_next_in_turn(self):
        """Give each lead to the one of its circle whose turn is next; its owner keeps
        it where nobody else is there."""
        for user_id, leads in self._find_next_in_turn().items():
            before = {lead: lead.user_id for lead in leads}
            decisions = leads._get_unanswered_decisions()
            # It was for who had the lead.
            leads._forget_reminders([ANSWER])
            leads.write({"user_id": user_id})
            leads._note_decisions("owner", decisions)
            leads._message_log_batch(
                bodies={
                    lead.id: self.env._(
                        "Not answered in time by %(before)s: it is %(user)s’s now.",
                        before=before[lead].name,
                        user=lead.user_id.name,
                    )
                    for lead in leads
                }
            )
