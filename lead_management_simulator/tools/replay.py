"""Hand out leads once more, in memory: pure Python, so that it is tested without a
database."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from odoo.addons.lead_management_assignment.tools.turns import Seat, Turns

USER, QUEUE, TURN, NOBODY = "user", "queue", "turn", "nobody"


class Offer(NamedTuple):
    """What an entry says to a lead that meets its filter."""

    entry: int
    kind: str  # USER, QUEUE or TURN
    holder: int = 0  # the user or the queue; of a turn, it is found out


class Arrival(NamedTuple):
    """A lead as it came in, with what the entries of a rule say to it, in order."""

    lead: int
    moment: datetime
    company: int
    offers: Sequence[Offer]


class Placement(NamedTuple):
    """Who gets a lead. Without an entry, it goes to the default owner, if anybody."""

    entry: int
    kind: str
    holder: int


@dataclass
class Rotation:
    """An entry that hands out leads in turn or by share."""

    members: Sequence[int]
    by_share: bool = False
    rooms: dict[int, int] | None = None  # how many more each may have, by user


@dataclass
class Person:
    """Whether somebody could get a lead at a moment, as far as it is known."""

    weight: float = 1.0
    companies: frozenset[int] = frozenset()
    hours: Sequence[tuple[datetime, datetime]] | None = None  # merged; None for always
    leaves: Sequence[tuple[datetime, datetime]] = ()

    def is_there(self, moment: datetime, company: int) -> bool:
        """Tell whether they could."""
        if company and company not in self.companies:
            return False
        if any(start <= moment <= end for start, end in self.leaves):
            return False
        if self.hours is None:
            return True
        index = bisect_right(self.hours, moment, key=lambda one: one[0]) - 1
        return index >= 0 and moment < self.hours[index][1]


@dataclass
class Replay:
    """What a rule does with leads that came in one after another.

    SPECIFICATION

    The first offer that leads to somebody decides; of a rotation, whose turn it is of
    those who are there, as `Turns` says, beginning with nobody having got a lead. What
    nobody takes goes to the default owner of its company, if it has one.

    `entitled` and `turned` count, by person, what they are entitled to of the leads of
    rotations, and what they got of these: in turn, everybody who could have got a lead
    has an equal part in it; by share, a part as large as their weight.
    """

    rotations: dict[int, Rotation]
    people: dict[int, Person]
    owners: dict[int, int] = field(default_factory=dict)  # default owner by company
    placements: list[Placement] = field(default_factory=list)
    entitled: dict[int, float] = field(default_factory=dict)
    turned: Counter[int] = field(default_factory=Counter)

    def run(self, arrivals: Iterable[Arrival]) -> list[Placement]:
        """Return who gets each of the leads, in their order."""
        turns = Turns(datetime(2000, 1, 1))
        for user_id, person in self.people.items():
            turns.seats[user_id] = Seat(user_id, weight=person.weight)
        self.placements = [self._place(one, turns) for one in arrivals]
        return self.placements

    def _place(self, arrival: Arrival, turns: Turns) -> Placement:
        for offer in arrival.offers:
            if offer.kind != TURN:
                placement = Placement(offer.entry, offer.kind, offer.holder)
                break
            if user_id := self._take_turn(offer.entry, arrival, turns):
                placement = Placement(offer.entry, USER, user_id)
                break
        else:
            owner = self.owners.get(arrival.company, 0)
            placement = Placement(0, USER if owner else NOBODY, owner)
        if placement.kind == USER:
            turns.pass_on(None, placement.holder)
        return placement

    def _take_turn(self, entry: int, arrival: Arrival, turns: Turns) -> int:
        rotation = self.rotations[entry]
        there = [
            user_id
            for user_id in rotation.members
            if (rotation.rooms is None or rotation.rooms[user_id] > 0)
            and self.people[user_id].is_there(arrival.moment, arrival.company)
        ]
        user_id = turns.hand_out(there, by_share=rotation.by_share)
        if not user_id:
            return 0
        weights = {
            one: self.people[one].weight if rotation.by_share else 1.0 for one in there
        }
        for one, weight in weights.items():
            part = weight / sum(weights.values())
            self.entitled[one] = self.entitled.get(one, 0.0) + part
        self.turned[user_id] += 1
        if rotation.rooms is not None:
            rotation.rooms[user_id] -= 1
        return user_id

    def find_largest_deviation(self) -> tuple[int, float]:
        """Return who is furthest off what they are entitled to, and by how many
        leads."""
        off = {
            user_id: self.turned[user_id] - entitled
            for user_id, entitled in self.entitled.items()
        }
        if not off:
            return 0, 0.0
        worst = max(off, key=lambda user_id: (abs(off[user_id]), -user_id))
        return worst, off[worst]
