from collections import defaultdict
from typing import Any, NamedTuple

from .entry_target import ALWAYS, IN_TURN
from .known import Known


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
    verdict: Any = None  # of whom the customer knows, if that decided


class Planner:
    """Decide what the rules do with a batch of leads, without changing them.

    Each filter is asked once, for all leads that it may concern. Then the leads get
    their answers one after another, in their order and in memory, as turns and room
    depend on what became of those before: the same as if each had come alone.
    """

    def __init__(self, leads):
        self.env = leads.env
        self.leads = leads
        self.turns = None
        self._absent = {}
        self._rooms = {}
        self._by_share = set()  # the entries that hand out leads by share
        self._answers = {}  # whether entries serve companies, and who is there

    def run(self):
        """Return what becomes of the leads that somebody gets."""
        entries, matched = self._match()
        owners = self._get_default_owners()
        self.known = Known(self.leads, entries, matched)
        fixed = entries.filtered(lambda entry: entry.target == "user").user_id
        others = fixed.union(*owners.values())
        self._open_turns(entries, others)
        plan = {}
        for lead in self.leads:
            assignment = self._decide(lead, matched[lead]) or self._leave(lead, owners)
            if not assignment:
                continue
            plan[lead] = assignment
            if not assignment.kept:
                self._note(lead, assignment)
        if self.turns:
            self.env["crm.lead.assignee"]._close_turns(self.turns)
        return plan

    # -- filters ---------------------------------------------------------------

    def _match(self):
        """Return the entries to hand out leads by, and those that each lead meets, in
        their order, down to the first that takes it for sure."""
        by_company = self.leads.grouped("company_id")
        companies = self.env["res.company"].union(*by_company)
        rules = self.env["crm.lead.assignment.rule"]._get_rules_by_company(companies)
        by_rule = defaultdict(self.leads.browse)
        for company, leads in by_company.items():
            if rule := rules.get(company):
                by_rule[rule] |= leads
        entries = self.env["crm.lead.assignment.rule.entry"].browse()
        matched = defaultdict(list)
        for rule, undecided in by_rule.items():
            for entry in rule.entry_ids:
                if not undecided:
                    break
                if entry._get_target_problem():
                    continue
                takes = entry._match(undecided)
                for lead in takes:
                    matched[lead].append(entry)
                if takes:
                    entries |= entry
                sure = takes.filtered(
                    lambda lead, entry=entry: (
                        self._keeps_owner(entry, lead)
                        or (
                            entry.target in ALWAYS
                            and self._can_serve(entry, lead.company_id)
                        )
                    )
                )
                undecided -= sure
        return entries, matched

    def _keeps_owner(self, entry, lead):
        return entry.keep_owner and lead._has_owner()

    def _can_serve(self, entry, company):
        key = entry, company
        if key not in self._answers:
            self._answers[key] = entry._can_serve(company)
        return self._answers[key]

    # -- answers ---------------------------------------------------------------

    def _decide(self, lead, entries):
        for entry in entries:
            if self._keeps_owner(entry, lead):
                return self._assignment(entry, lead.user_id, kept=True)
            if not self._can_serve(entry, lead.company_id):
                continue
            if entry.target in ALWAYS:
                return self._assignment(
                    entry, entry.user_id if entry.target == "user" else None
                )
            if entry.target == "known":
                verdict = self.known.judge(entry, lead, self.turns, self._absent)
                if verdict.match:
                    return self._give_to_known(entry, verdict)
                continue
            if user_id := self.turns.hand_out(
                self._get_present(entry, lead.company_id),
                self._rooms.get(entry),
                entry in self._by_share,
            ):
                return self._assignment(entry, self._users.browse(user_id))
        return None

    def _assignment(self, entry, user, kept=False):
        return Assignment(
            entry,
            user or self.env["res.users"],
            entry.team_id if entry.target == "team" else entry.team_id.browse(),
            entry.queue_id if entry.target == "queue" else entry.queue_id.browse(),
            kept,
        )

    def _give_to_known(self, entry, verdict):
        return self._assignment(entry, verdict.user)._replace(
            queue=verdict.queue or entry.queue_id.browse(), verdict=verdict
        )

    def _leave(self, lead, owners):
        """Return what becomes of a lead that no entry takes."""
        owner = owners[lead.company_id]
        if not owner or not lead._is_left():
            return None
        entry = self.env["crm.lead.assignment.rule.entry"]
        return Assignment(entry, owner, entry.team_id, entry.queue_id)

    def _get_default_owners(self):
        return {
            company: self.leads._get_default_owner(company)
            for company in self.leads.grouped("company_id")
        }

    def _note(self, lead, assignment):
        """Let those who come later know who has got a lead."""
        self.known.note(lead, assignment.user)
        if not self.turns:
            return
        before, after = lead.user_id, assignment.user
        # What is no turn counts as `crm.lead.assignee` counts it afterwards.
        is_turn = assignment.entry.target in IN_TURN or (
            before != after and lead.create_uid and lead.create_uid != after
        )
        self.turns.pass_on(before.id, after.id, is_turn)
        for entry, rooms in self._rooms.items():
            if assignment.team == entry.team_id:
                rooms[after.id] -= 1

    # -- turns -----------------------------------------------------------------

    def _open_turns(self, entries, others):
        """Lock the rotation of all entries at once, so that two runs that need several
        can't wait for one another.

        :param others: the users who get leads by another way than turns
        """
        entries = entries.filtered(lambda entry: entry.target in IN_TURN)
        in_turn = [entry._get_users_in_turn() for entry in entries]
        known = self.known.get_users(others.union(*in_turn))
        if not entries and not known:
            return
        self._members = dict(zip(entries, in_turn, strict=True))
        self._rooms = {
            entry: entry._get_rooms() for entry in entries if entry.target == "team"
        }
        self._users = known.union(*in_turn)
        assignees = self.env["crm.lead.assignee"]
        self._absent = assignees._get_absences(self._users)
        present = known.filtered(lambda user: self.known.is_there(user, self._absent))
        if users := present.union(*in_turn):
            self.turns = assignees._open_turns(users)
            self._by_share = {
                entry
                for entry, members in self._members.items()
                if entry._is_by_share(self.turns, members)
            }

    def _get_present(self, entry, company):
        """Return the ids of those who may get leads of a company by an entry."""
        key = entry, company, "present"
        if key not in self._answers:
            self._answers[key] = [
                user.id
                for user in self._members[entry]
                if user.id not in self._absent
                and (not company or company in user.company_ids)
            ]
        return self._answers[key]
