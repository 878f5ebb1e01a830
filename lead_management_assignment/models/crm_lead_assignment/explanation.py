from odoo.fields import Domain

from odoo.addons.lead_management.models.domain_words import DomainWords

from .entry_target import IN_TURN
from .known import Known
from .known_words import KnownWords

TAKES, NO_MATCH, PASSED_OVER, NOT_ASKED = (
    "takes",
    "no_match",
    "passed_over",
    "not_asked",
)


class Explanation:
    """Tell which entry of a rule takes a lead, and why the others don't.

    The same searches as the engine's answer, one condition at a time; nothing is
    locked, assigned or written, so the turn that is named is still to be taken.
    """

    def __init__(self, rule, lead):
        self.env = rule.env
        self.rule = rule
        self.lead = lead
        self.words = DomainWords(rule.env)
        self.taken_by = rule.entry_ids.browse()

    def run(self):
        """Return what each entry says to the lead.

        :return: in order, dictionaries of `entry`, `verdict` (`takes`, `no_match`,
            `passed_over`, `not_asked`), `criteria` (which leads it is for, in words),
            `reasons` (texts) and `to` (who gets the lead)
        """
        return [self._ask(entry) for entry in self.rule.entry_ids]

    def _ask(self, entry):
        if self.taken_by:
            return self._answer(entry, NOT_ASKED)
        problem = entry.problem
        if problem:
            return self._answer(entry, PASSED_OVER, [problem])
        if not entry._match(self.lead.sudo()):
            return self._answer(entry, NO_MATCH, self._get_failures(entry))
        if entry.keep_owner and self.lead._has_owner():
            self.taken_by = entry
            kept = self.env._("%s, who has it already", self.lead.user_id.name)
            return self._answer(entry, TAKES, to=kept)
        company = self.lead.company_id
        if not entry._can_serve(company):
            reason = self.env._(
                "%(target)s can't have leads of %(company)s",
                target=entry.target_summary,
                company=company.name,
            )
            return self._answer(entry, PASSED_OVER, [reason])
        if entry.target in IN_TURN:
            return self._ask_for_turn(entry)
        if entry.target == "known":
            return self._ask_for_known(entry)
        self.taken_by = entry
        return self._answer(entry, TAKES, to=entry.target_summary)

    def _ask_for_turn(self, entry):
        company = self.lead.company_id
        users = entry._get_users_in_turn()
        assignees = self.env["crm.lead.assignee"]
        absences = assignees._get_absences(users)
        turns = assignees._peek_turns(users)
        rooms = entry._get_rooms() if entry.target == "team" else None
        reasons, present = [], []
        for user in users:
            seat = turns.seats[user.id]
            if user.id in absences:
                why = absences[user.id]
            elif company and company not in user.company_ids:
                why = self.env._("doesn't work in %s", company.name)
            elif seat.room is not None and seat.room <= 0:
                why = self.env._("has reached their limit of open leads")
            elif rooms is not None and rooms[user.id] <= 0:
                why = self.env._("got as many leads in 30 days as the team allows")
            else:
                present.append(user.id)
                continue
            reasons.append(
                self.env._("%(user)s: %(reason)s", user=user.name, reason=why)
            )
        by_share = entry._is_by_share(turns, users)
        next_id = turns.get_next(present, rooms, by_share)
        if not next_id:
            return self._answer(entry, PASSED_OVER, reasons)
        self.taken_by = entry
        next_user = users.browse(next_id).name
        to = self.env._("%s, whose turn it is", next_user)
        return self._answer(entry, TAKES, reasons, to)

    def _ask_for_known(self, entry):
        lead = self.lead.sudo()
        entry = entry.sudo()
        known = Known(lead, entry, {lead: [entry]})
        users = known.get_users(lead.user_id.browse())
        assignees = self.env["crm.lead.assignee"]
        turns = assignees._peek_turns(users)
        absences = assignees._get_absences(users)
        verdict = known.judge(entry, lead, turns, absences)
        entry = entry.with_env(self.env)
        words = KnownWords(self.env)
        reasons = words.tell_tried(verdict)
        if not verdict.match:
            return self._answer(
                entry,
                PASSED_OVER,
                reasons or [self.env._("Nothing it looks for matches the lead")],
            )
        self.taken_by = entry
        return self._answer(entry, TAKES, reasons, words.tell_target(verdict))

    def _answer(self, entry, verdict, reasons=(), to=""):
        return {
            "entry": entry,
            "verdict": verdict,
            "criteria": entry.criteria,
            "reasons": list(reasons),
            "to": to,
        }

    def _get_failures(self, entry):
        """Return, in words, the parts of a filter that the lead fails."""
        domain = entry._parse_domain()
        parts = domain.children if getattr(domain, "OPERATOR", "") == "&" else [domain]
        leads = entry._in_own_language(self.lead.sudo())
        leads = leads.with_context(active_test=False)
        return [
            self._tell_failure(part)
            for part in parts
            if not leads.search_count(Domain("id", "=", self.lead.id) & part, limit=1)
        ]

    def _tell_failure(self, part):
        text = self.words.tell(part, self.lead)
        if not hasattr(part, "field_expr"):
            return self.env._("Not met: %s", text)
        actual = self.words.tell_actual(self.lead, part.field_expr)
        if not actual:
            return self.env._("Not met: %s", text)
        return self.env._(
            "Not met: %(condition)s. The lead has: %(actual)s",
            condition=text,
            actual=actual,
        )
