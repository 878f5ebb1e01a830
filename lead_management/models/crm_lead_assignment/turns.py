"""Whose turn it is, in memory: pure Python, so that it is tested without a database."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heapify, heappop, heapreplace

NEVER = datetime.min


@dataclass
class Seat:
    """One salesperson's place in every rotation."""

    user_id: int
    last: datetime = NEVER  # when they got a lead last
    room: int | None = None  # how many more leads they may have; None for any number
    given: bool = False  # got a turn from this object


@dataclass
class Turns:
    """Hand out leads: the least recently assigned first, never beyond the room.

    Turns are told apart by microseconds after `now`, so that the order in which a batch
    was handed out is still known to the next one. Ties go to the lower user id.
    """

    now: datetime
    seats: dict[int, Seat] = field(default_factory=dict)
    count: int = 0

    def give(self, user_ids, count: int, rooms: dict[int, int] | None = None):
        """Return who gets the next `count` leads, fewer when there is no room for all.

        :param user_ids: the users that take part
        :param rooms: how many more each may take here, by user id; is counted down
        :rtype: list[int]
        """
        rooms = {} if rooms is None else rooms
        heap = [
            (self.seats[user_id].last, user_id)
            for user_id in user_ids
            if self._has_room(user_id, rooms)
        ]
        heapify(heap)
        given = []
        while heap and len(given) < count:
            _last, user_id = heap[0]
            given.append(user_id)
            self._take(user_id, rooms)
            if self._has_room(user_id, rooms):
                heapreplace(heap, (self.seats[user_id].last, user_id))
            else:
                heappop(heap)
        return given

    def _has_room(self, user_id, rooms):
        seat_room = self.seats[user_id].room
        return (seat_room is None or seat_room > 0) and rooms.get(user_id, 1) > 0

    def _take(self, user_id, rooms):
        seat = self.seats[user_id]
        self.count += 1
        seat.last = self.now + timedelta(microseconds=self.count)
        seat.given = True
        if seat.room is not None:
            seat.room -= 1
        if user_id in rooms:
            rooms[user_id] -= 1
