from collections import defaultdict

from odoo.addons.lead_management_assignment.models.crm_lead_assignment.entry_target import (  # noqa: E501
    ALWAYS,
    IN_TURN,
)
from odoo.addons.lead_management_assignment.models.crm_lead_assignment.known import (
    Known,
)
from odoo.addons.lead_management_assignment.tools.turns import NEVER, Seat, Turns

from ...tools.replay import QUEUE, TURN, USER, Offer


class Offers:
    """What the entries of rules say to leads as they came in.

    Filters are asked in the database, of all leads at once, except of those leads that
    had other values then in what the filter asks for: these get their old values in
    memory, for as long as they are looked at, and are filtered there. Most entries of a
    draft have the filter of the original: each filter is asked once.
    """

    def __init__(self, leads):
        """Go back to when the leads came in.

        :param leads: in sudo, written to the database
        """
        self.env = leads.env
        self.leads = leads
        self.unknown = set()
        self._then = defaultdict(set)  # ids of leads with other values, by field
        self._names = {}  # what filters ask for
        self._matching = {}  # who meets filters

    def go_back(self, entries):
        """Give the leads, in memory, the values that they had.

        :param entries: of the rules that they will be asked about
        """
        for entry in entries:
            if entry.domain not in self._names:
                self._names[entry.domain] = entry._get_asked_fields()
        names = set().union(*self._names.values())
        values, self.unknown = self.leads._get_values_then(names)
        self.unknown -= {"user_id", "queue_id"}
        for lead in self.leads:
            # Whoever has it now, it came in for nobody.
            had = values.get(lead.id, {}) | {"user_id": False, "queue_id": False}
            for name, value in had.items():
                self._set(lead, name, value)

    def _set(self, lead, name, value):
        field = lead._fields[name]
        value = field.convert_to_cache(value, lead, validate=False)
        if field.convert_to_cache(lead[name], lead) != value:
            field._update_cache(lead, value)
            self._then[name].add(lead.id)

    def find(self, rule):
        """Return what a rule's entries say to each lead, down to the first that takes
        it whoever is there.

        :return: lists of `Offer` by the id of the lead
        """
        rule = rule.sudo()
        matched, undecided = defaultdict(list), self.leads
        companies = list(self.leads.grouped("company_id"))
        for entry in rule.entry_ids:
            if not undecided:
                break
            if entry._get_target_problem():
                continue
            served = {company for company in companies if entry._can_serve(company)}
            takes = (undecided & self._match(entry)).filtered(
                lambda lead, served=served: lead.company_id in served
            )
            for lead in takes:
                matched[lead].append(entry)
            if entry.target in ALWAYS:
                undecided -= takes
        known = self._get_known(rule.entry_ids, matched)
        return {
            lead.id: [
                offer
                for entry in matched[lead]
                if (offer := self._get_offer(entry, lead, known))
            ]
            for lead in self.leads
        }

    def _match(self, entry):
        """Return the leads that met the filter of an entry."""
        asked_for = entry.domain, entry.domain_lang
        if asked_for in self._matching:
            return self._matching[asked_for]
        changed = set().union(*(self._then[name] for name in self._names[entry.domain]))
        then = self.leads.filtered(lambda lead: lead.id in changed)
        matching = entry._match(self.leads - then)
        if then:
            with entry._pass_over():
                asked = entry._in_own_language(then)
                met = asked.filtered_domain(entry._parse_domain())
                matching |= met.with_env(then.env)
        self._matching[asked_for] = matching
        return matching

    # -- offers ----------------------------------------------------------------

    def _get_offer(self, entry, lead, known):
        if entry.target == "user":
            return Offer(entry.id, USER, entry.user_id.id)
        if entry.target == "queue":
            return Offer(entry.id, QUEUE, entry.queue_id.id)
        if entry.target in IN_TURN:
            return Offer(entry.id, TURN)
        verdict = known.judge(entry, lead)
        if verdict.user:
            return Offer(entry.id, USER, verdict.user.id)
        if verdict.queue:
            return Offer(entry.id, QUEUE, verdict.queue.id)
        return None

    def _get_known(self, entries, matched):
        asked = {
            lead: [entry for entry in of_lead if entry.target == "known"]
            for lead, of_lead in matched.items()
        }
        entries = entries.browse().union(
            *(entry for one in asked.values() for entry in one)
        )
        return KnownThen(self.leads, entries, asked)


class KnownThen:
    """Whom customers know, by what is known today; archived users are gone."""

    def __init__(self, leads, entries, asked):
        self._known = Known(leads, entries, asked)
        users = self._known.get_users(leads.env["res.users"])
        seats = {user.id: Seat(user.id) for user in users}
        self._turns = Turns(NEVER, seats)
        self._gone = {user.id: "archived" for user in users if not user.active}

    def judge(self, entry, lead):
        """Return the `Verdict` of an entry."""
        verdict = self._known.judge(entry, lead, self._turns, self._gone)
        if verdict.user:
            self._known.note(lead, verdict.user)
        return verdict
