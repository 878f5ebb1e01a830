from typing import Any, NamedTuple

from .crm_lead_assignment_rule_entry import IN_TURN


class Assignment(NamedTuple):
    """What becomes of a lead.

    The entry is empty when the lead goes to the default owner; user, team and queue are
    empty where the lead gets none.
    """

    entry: Any
    user: Any
    team: Any
    queue: Any
    kept: bool = False  # the lead stays with the owner it has


class Planner:
    """Decide what one rule does with a batch of leads, without changing them.

    Nothing is written until all is decided, so that no search has to wait for what the
    one before it changed.
    """

    def __init__(self, rule, leads):
        self.env = rule.env
        self.rule = rule
        self.leads = leads
        self.plan = {}  # Assignment by lead
        self._turns = None
        self._absent = {}
        self._rooms = {}  # of the members of each team, by user id

    def run(self):
        """Return what becomes of the leads that an entry takes.

        :rtype: dict[crm.lead, Assignment]
        """
        remaining = self.leads
        for entry in self.rule.entry_ids:
            if not remaining:
                break
            if entry._get_target_problem():
                continue
            if matched := entry._match(remaining):
                self._take(entry, matched)
                remaining = remaining.filtered(lambda lead: lead not in self.plan)
        if self._turns:
            self.env["crm.lead.assignee"]._close_turns(self._turns)
        return self.plan

    def _take(self, entry, leads):
        if entry.keep_owner:
            owned = leads.filtered("user_id")
            for lead in owned:
                self.plan[lead] = self._assignment(entry, lead.user_id, kept=True)
            leads -= owned
        for company, company_leads in leads.grouped("company_id").items():
            if not entry._can_serve(company):
                continue
            if entry.target in IN_TURN:
                users = self._give_turns(entry, company, len(company_leads))
                # Whoever is left when all turns are given is the next entry's.
                for lead, user in zip(company_leads, users, strict=False):
                    self.plan[lead] = self._assignment(entry, user)
            else:
                user = (
                    entry.user_id if entry.target == "user" else entry.user_id.browse()
                )
                assignment = self._assignment(entry, user)
                self.plan.update(dict.fromkeys(company_leads, assignment))

    def _assignment(self, entry, user, kept=False):
        return Assignment(
            entry,
            user,
            entry.team_id if entry.target == "team" else entry.team_id.browse(),
            entry.queue_id if entry.target == "queue" else entry.queue_id.browse(),
            kept,
        )

    def _give_turns(self, entry, company, count):
        """Return the users that get the next leads of a company."""
        if self._turns is None:
            self._open_turns()
        users = entry._get_users_in_turn().filtered(
            lambda user: (
                user.id not in self._absent
                and (not company or company in user.company_ids)
            )
        )
        if entry.target == "team" and entry.team_id not in self._rooms:
            self._rooms[entry.team_id] = entry._get_rooms()
        rooms = self._rooms.get(entry.team_id) if entry.target == "team" else None
        return users.browse(self._turns.give(users.ids, count, rooms))

    def _open_turns(self):
        """Lock the rotation of all entries at once, so that two runs that need several
        can't wait for one another."""
        entries = self.rule.entry_ids.filtered(lambda entry: entry.target in IN_TURN)
        users = self.env["res.users"].union(
            *(entry._get_users_in_turn() for entry in entries)
        )
        assignees = self.env["crm.lead.assignee"]
        self._turns = assignees._open_turns(users)
        self._absent = assignees._get_absences(users)
