"""Whose turn it is, in memory: pure Python, so that it is tested without a database."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

NEVER = datetime.min


@dataclass
class Seat:
    """One salesperson's place in every rotation."""

    user_id: int
    last: datetime = NEVER  # when they got a lead last
    room: int | None = None  # how many more leads they may have; None for any number
    given: bool = False  # got a lead from this object


@dataclass
class Turns:
    """Hand out leads: the least recently assigned first, never beyond the room.

    Turns are told apart by microseconds after `now`, so that the order in which a batch
    was handed out is still known to the next one. Ties go to the lower user id.
    """

    now: datetime
    seats: dict[int, Seat] = field(default_factory=dict)
    count: int = 0

    def get_next(self, user_ids, rooms: Counter | None = None) -> int | None:
        """Return whose turn it is, or None when there is room for nobody.

        :param user_ids: the users that take part
        :param rooms: how many more each may take here, by user id
        """
        return min(
            (user_id for user_id in user_ids if self._has_room(user_id, rooms)),
            key=lambda user_id: (self.seats[user_id].last, user_id),
            default=None,
        )

    def _has_room(self, user_id, rooms):
        room = self.seats[user_id].room
        return (room is None or room > 0) and (rooms is None or rooms[user_id] > 0)

    def pass_on(self, before, after, is_turn=True):
        """Note that a lead goes from one user to another.

        :param before: the id of who has it, if anybody
        :param after: the id of who gets it, if anybody
        :param is_turn: whether it counts as their turn
        """
        if before != after:
            self._add_room(before, 1)
            self._add_room(after, -1)
        seat = self.seats.get(after)
        if seat and is_turn:
            self.count += 1
            seat.last = self.now + timedelta(microseconds=self.count)
            seat.given = True

    def _add_room(self, user_id, number):
        seat = self.seats.get(user_id)
        if seat and seat.room is not None:
            seat.room += number
