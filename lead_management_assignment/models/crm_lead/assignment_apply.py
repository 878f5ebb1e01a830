from collections import defaultdict

from markupsafe import Markup

from odoo import models

from odoo.addons.lead_management.models.crm_team import FOUND_TEAMS, FoundTeams

from ..crm_lead_assignment.known_words import KnownWords


class CrmLead(models.Model):
    """What the assignment rules have decided is written, told and sent."""

    _inherit = "crm.lead"

    def _apply_assignments(self, plan):
        """Write, tell and send what was decided."""
        changed = {
            lead: assignment for lead, assignment in plan.items() if not assignment.kept
        }
        self._write_assignments(changed)
        mailed = defaultdict(list)
        for lead, assignment in changed.items():
            if assignment.user and assignment.entry.template_id:
                mailed[assignment.entry, assignment.user].append(lead.id)
        for (entry, user), ids in mailed.items():
            entry._send_mails(user, ids)

    def _write_assignments(self, plan):
        """Write assignments, one set of values at a time, and log them."""
        bodies = {
            lead.id: lead._get_assignment_message(assignment)
            for lead, assignment in plan.items()
        }
        holders, entries = defaultdict(list), defaultdict(list)
        for lead, assignment in plan.items():
            # Native dates a batch anew when one lead of it gets another owner.
            is_new = lead.user_id != assignment.user
            holder = assignment.user, assignment.team, assignment.queue, is_new
            holders[holder].append(lead.id)
            entries[assignment.entry].append(lead.id)
        # The message in the chatter says it all, in one line instead of two.
        leads = self.with_context(
            mail_notrack=True,
            mail_auto_subscribe_no_notify=True,
            **{FOUND_TEAMS: FoundTeams()},
        )
        for (user, team, queue, _is_new), ids in holders.items():
            vals = {"user_id": user.id, "queue_id": queue.id}
            if team:
                vals["team_id"] = team.id
            leads.browse(ids).write(vals)
        now = self.env.cr.now()
        for entry, ids in entries.items():
            leads.browse(ids)._as_system().write(
                {"assignment_entry_id": entry.id, "assignment_date": now}
            )
        if bodies:
            self.browse(bodies)._message_log_batch(bodies=bodies)
        self._note_assignments(plan)

    def _get_assignment_message(self, assignment):
        """Return what the chatter says about the assignment, as markup."""
        entry = assignment.entry
        parts = {
            "target": (assignment.queue or assignment.user).display_name,
            "entry": entry.name if entry else "",
            "rule": entry.rule_id.name if entry else "",
        }
        if not entry:
            text = self.env._(
                "Assigned to <b>%(target)s</b>, the default owner: no entry of the"
                " assignment rules takes this lead."
            )
        elif assignment.queue:
            text = self.env._(
                "Put into the queue <b>%(target)s</b> by the entry “%(entry)s” of the"
                " assignment rule “%(rule)s”."
            )
        else:
            text = self.env._(
                "Assigned to <b>%(target)s</b> by the entry “%(entry)s” of the"
                " assignment rule “%(rule)s”."
            )
        body = Markup(text) % parts
        if assignment.verdict:
            words = KnownWords(self.env)
            body += Markup(" ") + words.tell_in_chatter(assignment.verdict, self)
        if self.user_id and self.user_id != assignment.user:
            body += Markup(" ") + Markup.escape(
                self.env._("Before, it was %(user)s’s.", user=self.user_id.name)
            )
        return Markup("<p>%s</p>") % body
