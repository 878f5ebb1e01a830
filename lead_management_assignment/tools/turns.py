"""Whose turn it is: pure Python, so that it is tested without a database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

NEVER = datetime.min
# Shares that differ by less are the same: sums of fractions are never quite even.
DIGITS = 9


@dataclass
class Seat:
    """One salesperson's place in every rotation."""

    user_id: int
    last: datetime = NEVER  # when they got a lead last
    room: int | None = None  # how many more leads they may have; None for any number
    weight: float = 1.0  # how many leads they get where others get one
    credit: float = 0.0  # leads they are entitled to and haven't got
    given: bool = False  # got a lead from this object
    shared: bool = False  # took part where leads are handed out by share


@dataclass
class Turns:
    """Hand out leads, in turn or by shares, never beyond the room.

    SPECIFICATION

    Who takes part in a lead: those of the rotation who are there and have room, for any
    number of leads and in this rotation.

    *In turn*, where everybody has the same weight and the rotation asks for nothing
    else: whoever got a lead least recently gets it, of whatever rotation or by hand.
    Ties go to the lower user id. Who comes back gets one lead first, and then waits
    like the others.

    *By share*, where weights differ or the rotation asks for it: of each lead,
    everybody who takes part is entitled to a part, as large as their weight among the
    weights of those who take part. It is added to their credit, and whoever has most
    credit then gets the lead and pays one for it. Ties go to whoever got a lead least
    recently. Credit is that of all rotations that hand out leads by share; leads given
    in turn or by hand don't count.

    So nobody is ever more than a few leads off what they are entitled to, however many
    are handed out. And there is nothing to make up for: who is away, or has no room,
    takes no part and is entitled to nothing meanwhile. They come back with the credit
    that they left with, which is a lead or two.

    Turns are told apart by microseconds after `now`, so that the order in which a batch
    was handed out is still known to the next one.
    """

    now: datetime
    seats: dict[int, Seat] = field(default_factory=dict)
    count: int = 0

    def is_weighted(self, user_ids: Iterable[int]) -> bool:
        """Tell whether the weights of a rotation differ.

        :param user_ids: all of the rotation, also those who aren't there
        """
        return len({self.seats[user_id].weight for user_id in user_ids}) > 1

    def get_next(
        self,
        user_ids: Iterable[int],
        rooms: Mapping[int, int] | None = None,
        by_share: bool = False,
    ) -> int | None:
        """Return whose turn it is, or None when there is room for nobody.

        :param rooms: how many more each may take here, by user id
        :param by_share: by share, not in turn
        """
        return self._choose(self._get_parts(user_ids, rooms), by_share)

    def hand_out(
        self,
        user_ids: Iterable[int],
        rooms: Mapping[int, int] | None = None,
        by_share: bool = False,
    ) -> int | None:
        """Return whose turn it is, and note what everybody is entitled to by now.

        The parameters are those of `get_next`. That somebody got the lead is for
        `pass_on` to note.
        """
        parts = self._get_parts(user_ids, rooms)
        taker = self._choose(parts, by_share)
        if by_share:
            for user_id, part in parts.items():
                seat = self.seats[user_id]
                seat.credit += part - (user_id == taker)
                seat.shared = True
        return taker

    def _choose(self, parts: Mapping[int, float], by_share: bool) -> int | None:
        """Return who gets a lead, of those who are entitled to a part of it."""
        seats = self.seats
        if by_share and parts:
            credits = {
                user_id: round(seats[user_id].credit + part, DIGITS)
                for user_id, part in parts.items()
            }
            most = max(credits.values())
            takers = [user_id for user_id in parts if credits[user_id] == most]
        else:
            takers = list(parts)
        return min(
            takers, key=lambda user_id: (seats[user_id].last, user_id), default=None
        )

    def _get_parts(
        self, user_ids: Iterable[int], rooms: Mapping[int, int] | None
    ) -> dict[int, float]:
        """Return what part of a lead those who take part in it are entitled to."""
        weights = {
            user_id: self.seats[user_id].weight
            for user_id in user_ids
            if self._has_room(user_id, rooms)
        }
        total = sum(weights.values())
        return {user_id: weight / total for user_id, weight in weights.items()}

    def _has_room(self, user_id: int, rooms: Mapping[int, int] | None) -> bool:
        room = self.seats[user_id].room
        return (room is None or room > 0) and (rooms is None or rooms[user_id] > 0)

    def pass_on(
        self, before: int | None, after: int | None, is_turn: bool = True
    ) -> None:
        """Note that a lead goes from one user to another."""
        if before != after:
            self._add_room(before, 1)
            self._add_room(after, -1)
        seat = self.seats.get(after) if after else None
        if seat and is_turn:
            self.count += 1
            seat.last = self.now + timedelta(microseconds=self.count)
            seat.given = True

    def _add_room(self, user_id: int | None, number: int) -> None:
        seat = self.seats.get(user_id) if user_id else None
        if seat and seat.room is not None:
            seat.room += number
