import random
from collections import Counter
from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.turns import Seat, Turns

LEADS = 100_000


class Office:
    """Salespeople who come and go, get leads and are done with them; and what each is
    entitled to of what comes while they are there."""

    def __init__(self, seed, weights, limits=None):
        self.dice = random.Random(seed)
        self.turns = Turns(datetime(2026, 1, 1))
        for user_id, weight in enumerate(weights, 1):
            room = limits and limits[user_id - 1]
            self.turns.seats[user_id] = Seat(user_id, room=room, weight=weight)
        self.back = dict.fromkeys(self.turns.seats, 0)  # with which lead they are
        self.given, self.entitled = Counter(), Counter()
        self.worst = 0.0
        self.moved = 0

    def work(self, leads, by_share, away_for):
        """Hand out leads, and note the largest deviation there ever was.

        :param away_for: for how many leads somebody is away, at most
        """
        for number in range(leads):
            self._come_and_go(number, away_for)
            there = [one for one, back in self.back.items() if back <= number]
            taking = {
                one: seat.weight
                for one, seat in self.turns.seats.items()
                if one in there and (seat.room is None or seat.room > 0)
            }
            taker = self.turns.hand_out(there, by_share=by_share)
            if not taking:
                assert taker is None
                continue
            assert taker in taking, "away, or without room"
            self.turns.pass_on(None, taker)
            self.given[taker] += 1
            for one, weight in taking.items():
                self.entitled[one] += weight / sum(taking.values())
                self.worst = max(self.worst, abs(self.given[one] - self.entitled[one]))

    def _come_and_go(self, number, away_for):
        if self.dice.random() < 1 / 100:
            leaver = self.dice.choice(list(self.back))
            self.back[leaver] = number + self.dice.randint(1, away_for)
            self.moved += 1
        if self.given and self.dice.random() < 1 / 3:
            # Somebody is done with a lead, and has room for another one.
            self.turns.pass_on(self.dice.choice(list(self.given)), None)


@tagged("post_install", "-at_install", "lead_assignment")
class TestTurns(BaseCase):
    """What everybody gets is what they are entitled to."""

    def _check_share(self, office):
        self.assertGreater(office.moved, 900)
        for user_id, entitled in office.entitled.items():
            self.assertGreater(entitled, 100)
            self.assertLess(
                abs(office.given[user_id] - entitled), entitled / 100, user_id
            )

    def test_nobody_is_one_in_a_hundred_off_their_share(self):
        office = Office(1, (1, 0.5, 2, 3, 1, 0.25), (None, 30, None, 8, 40, None))
        office.work(LEADS, by_share=True, away_for=2000)
        self._check_share(office)
        self.assertLess(office.worst, 3, "at any time")

    def test_equal_shares_with_limits_are_kept_where_that_is_asked_for(self):
        office = Office(2, (1, 1, 1, 1), (None, 5, 20, None))
        office.work(LEADS, by_share=True, away_for=60)
        self._check_share(office)
        self.assertLess(office.worst, 3, "at any time")

    def test_turns_are_equal_shares(self):
        office = Office(3, (1,) * 5)
        office.work(LEADS, by_share=False, away_for=2000)
        self._check_share(office)

    def test_who_returns_gets_no_flood(self):
        for by_share in (True, False):
            office = Office(4, (1, 1, 1, 2 if by_share else 1))
            turns, seats = office.turns, office.turns.seats
            for _lead in range(500):
                turns.pass_on(None, turns.hand_out((2, 3, 4), by_share=by_share))
            first = []
            for _lead in range(50):
                first.append(turns.hand_out(seats, by_share=by_share))
                turns.pass_on(None, first[-1])
            entitled = 50 / (5 if by_share else 4)
            self.assertLessEqual(abs(first.count(1) - entitled), 1)
            self.assertLessEqual(first[:6].count(1), 2)

    def test_order_within_shares_is_even(self):
        turns = Turns(datetime(2026, 1, 1))
        for user_id, weight in ((1, 1), (2, 3)):
            turns.seats[user_id] = Seat(user_id, weight=weight)
        self.assertTrue(turns.is_weighted((1, 2)))
        order = []
        for _lead in range(8):
            order.append(turns.hand_out((1, 2), by_share=True))
            turns.pass_on(None, order[-1])
        self.assertEqual(order, [2, 1, 2, 2] * 2)


@tagged("post_install", "-at_install", "lead_assignment")
class TestOneTurn(BaseCase):
    """What each step of a rotation does, and what it leaves alone."""

    def setUp(self):
        super().setUp()
        self.now = datetime(2026, 1, 1)
        self.turns = Turns(self.now)
        self.one, self.other = (self.add(user_id) for user_id in (1, 2))

    def add(self, user_id, **values):
        seat = self.turns.seats[user_id] = Seat(user_id, **values)
        return seat

    def test_who_is_new_has_never_had_one_and_may_have_any_number(self):
        self.assertEqual(
            self.one,
            Seat(1, datetime.min, None, 1.0, 0.0, given=False, shared=False),
        )

    def test_asking_changes_nothing(self):
        before = repr(self.turns)
        for by_share in (True, False):
            self.assertEqual(self.turns.get_next((2, 1), by_share=by_share), 1)
            self.assertIsNone(self.turns.get_next((), by_share=by_share))
        self.assertEqual(repr(self.turns), before)
        self.other.weight = 2
        self.assertEqual(self.turns.get_next((1, 2)), 1, "in turn unless told")
        self.assertEqual(self.turns.get_next((1, 2), by_share=True), 2)

    def test_room_of_the_person_and_of_the_rotation_count(self):
        self.assertEqual(self.turns.get_next((1, 2), {1: 0, 2: 1}), 2)
        self.assertEqual(self.turns.get_next((1, 2), {1: 1, 2: 1}), 1)
        self.assertIsNone(self.turns.get_next((1, 2), {1: 0, 2: 0}))
        self.one.room = 1
        self.assertEqual(self.turns.get_next((1, 2)), 1)
        self.one.room = 0
        self.assertEqual(self.turns.get_next((1, 2)), 2)
        self.assertEqual(self.turns.get_next((1, 2), {1: 5, 2: 0}), None)

    def test_shares_are_noted_for_all_that_take_part(self):
        self.other.weight = 3
        self.assertEqual(self.turns.hand_out((1, 2), by_share=True), 2)
        self.assertEqual((self.one.credit, self.other.credit), (0.25, -0.25))
        self.assertTrue(self.one.shared and self.other.shared)
        self.assertFalse(self.other.given, "that is for pass_on to say")

    def test_turns_are_no_shares(self):
        self.assertEqual(self.turns.hand_out((1, 2)), 1)
        self.assertEqual((self.one.credit, self.other.credit), (0, 0))
        self.assertFalse(self.one.shared or self.other.shared)

    def test_fractions_that_are_even_are_a_tie(self):
        self.one.credit, self.other.credit = 0.3, 0.1 + 0.2
        self.assertEqual(self.turns.get_next((1, 2), by_share=True), 1)
        self.other.credit = 0.3001
        self.assertEqual(self.turns.get_next((1, 2), by_share=True), 2)

    def test_a_lead_takes_room_there_and_makes_room_here(self):
        self.one.room, self.other.room = 3, 7
        self.turns.pass_on(1, 2)
        self.assertEqual((self.one.room, self.other.room), (4, 6))
        self.turns.pass_on(2, 2)
        self.assertEqual((self.one.room, self.other.room), (4, 6))
        self.turns.pass_on(2, None)
        self.turns.pass_on(None, 1)
        self.assertEqual((self.one.room, self.other.room), (3, 7))
        self.turns.pass_on(99, 98)  # who is in no rotation
        self.assertEqual((self.one.room, self.other.room), (3, 7))

    def test_turns_are_told_apart(self):
        moments = []
        for user_id in (1, 2, 1):
            self.turns.pass_on(None, user_id)
            moments.append(self.turns.seats[user_id].last)
        self.assertEqual(
            moments, [self.now + timedelta(microseconds=n) for n in (1, 2, 3)]
        )
        self.assertTrue(self.one.given)

    def test_what_is_no_turn_takes_room_only(self):
        self.one.room = 2
        self.turns.pass_on(None, 1, is_turn=False)
        self.assertEqual((self.one.room, self.one.last), (1, datetime.min))
        self.assertEqual((self.one.given, self.turns.count), (False, 0))

    def test_weights_that_are_the_same_are_none(self):
        self.assertFalse(self.turns.is_weighted((1, 2)))
        self.other.weight = 0.5
        self.assertTrue(self.turns.is_weighted((1, 2)))
        self.assertFalse(self.turns.is_weighted((2,)))
