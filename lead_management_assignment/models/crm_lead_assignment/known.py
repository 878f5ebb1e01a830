from typing import Any, NamedTuple

from .known_owners import KnownOwners


class Verdict(NamedTuple):
    """What an entry says to a lead by whom the customer knows.

    Without a match, the entry is passed over.
    """

    match: Any = None  # the `Match` that decides
    user: Any = None  # who gets the lead, if a person
    queue: Any = None  # where it waits, if in a queue
    tried: tuple = ()  # pairs of a `Match` and why its owner can't take the lead


class Known:
    """Who gets the leads of a batch by entries that ask whom the customer knows.

    SPECIFICATION

    An entry looks for matches in its order, and leaves out those below its least score.
    The first match whose owner can take the lead decides. An owner can't who

      * is archived or away, as in rotations, or has as many open leads as they may,
        unless they have this one already;
      * may not work with leads, or not in the lead's company.

    Where there are matches with owners, and none of them can take it, the fallback of
    the entry decides: the leader of the sales team of the first one's owner, if that
    one can; or the entry's queue, if it may hold leads of the company. Else the next
    entry is asked, as where nothing matches.
    """

    def __init__(self, leads, entries, matched):
        """Look up all matches.

        :param leads: the batch, in sudo, written to the database
        :param dict matched: those that each lead meets
        """
        self.env = leads.env
        self._leaders = {}
        self._sellers = set()
        self.entries = entries.filtered(lambda entry: entry.target == "known")
        if not self.entries:
            return
        asked = leads.filtered(
            lambda lead: any(entry in self.entries for entry in matched.get(lead, ()))
        )
        kinds = {kind for entry in self.entries for kind in entry._get_kinds()}
        sure = all(entry.known_score == "sure" for entry in self.entries)
        self.owners = KnownOwners(asked, leads, kinds, sure)
        sellers = self.env.ref("sales_team.group_sale_salesman").sudo().all_user_ids
        self._sellers = set(sellers.filtered(lambda user: not user.share).ids)

    def get_users(self, others):
        """Return everybody who may get a lead, to look up who is there.

        :param others: the `res.users` who may get leads of the batch by other entries
        """
        users = self.env["res.users"].browse()
        if not self.entries:
            return users
        users = self.owners.get_users()
        if self.owners.open_leads:
            users |= others  # who may have a lead of the batch by then
        if any(entry.known_fallback == "leader" for entry in self.entries):
            users |= self._find_leaders(users)
        return users

    def _find_leaders(self, users):
        """Look up the leader of the sales team of each user, and theirs; return the
        leaders."""
        members = self.env["crm.team.member"].sudo().with_context(active_test=False)
        found, asked = users.browse(), users
        while asked:
            for member in members.search(
                [("user_id", "in", asked.ids)], order="active DESC, create_date, id"
            ):
                leader = member.crm_team_id.user_id
                self._leaders.setdefault(member.user_id.id, leader)
                found |= leader
            users |= asked
            asked = found - users  # a leader may have got a lead of the batch
        return found

    def is_there(self, user, absent):
        """Tell whether somebody can have leads at all now.

        :param dict absent: why some are away, by id
        """
        return user.id not in absent and user.id in self._sellers

    def note(self, lead, user):
        """Let the leads that come later know who has got one."""
        if self.entries and self.owners.open_leads:
            self.owners.open_leads.note(lead, user)

    def judge(self, entry, lead, turns, absent):
        """Return what an entry says to a lead.

        :param Turns turns: how much room those of `get_users` have
        :param dict absent: why some of them are away, by id
        """
        least = self.owners.sure if entry.known_score == "sure" else self.owners.likely
        tried, refused = [], set()
        for match in self._find(entry, lead, least):
            if match.owner.id in refused:
                continue
            why = self._get_obstacle(match.owner, lead, turns, absent)
            if not why:
                return Verdict(match, user=match.owner, tried=tuple(tried))
            refused.add(match.owner.id)
            tried.append((match, why))
        tried = tuple(tried)
        first = next((match for match, _why in tried if match.owner), None)
        if not first:
            return Verdict(tried=tried)
        if entry.known_fallback == "leader":
            leader = self._leaders.get(first.owner.id)
            if leader and not self._get_obstacle(leader, lead, turns, absent):
                return Verdict(first, user=leader, tried=tried)
        if entry.known_fallback == "queue" and entry._can_wait(lead.company_id):
            return Verdict(first, queue=entry.queue_id, tried=tried)
        return Verdict(tried=tried)

    def _find(self, entry, lead, least):
        for kind in entry._get_kinds():
            for match in self.owners.find(lead, kind):
                if match.score >= least:
                    yield match

    def _get_obstacle(self, user, lead, turns, absent):
        """Say why somebody can't take a lead; or False."""
        if not user:
            return self.env._("nobody is its salesperson")
        if user.id in absent:
            return absent[user.id]
        if user.id not in self._sellers:
            return self.env._("has no access to leads")
        company = lead.company_id
        if company and company not in user.company_ids:
            return self.env._("doesn't work in %s", company.name)
        room = turns.seats[user.id].room
        if room is not None and room <= 0 and lead.user_id != user:
            return self.env._("has reached their limit of open leads")
        return False
