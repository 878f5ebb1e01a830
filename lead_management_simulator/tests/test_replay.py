from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.replay import (
    NOBODY,
    QUEUE,
    TURN,
    USER,
    Arrival,
    Offer,
    Person,
    Replay,
    Rotation,
)

START = datetime(2026, 1, 5, 9)
ANNA, BERT = 1, 2


@tagged("post_install", "-at_install", "lead_simulator")
class TestReplay(BaseCase):
    """Leads that come in once more go where the rule says."""

    def _arrive(self, *offers, count=1, company=0):
        return [
            Arrival(number, START + timedelta(hours=number), company, offers)
            for number in range(count)
        ]

    def _replay(self, people=None, **values):
        people = people or {ANNA: Person(), BERT: Person()}
        rotation = Rotation((ANNA, BERT), **values)
        return Replay({7: rotation}, people, {0: 9})

    def test_first_offer_decides(self):
        replay = self._replay()
        [placement] = replay.run(self._arrive(Offer(5, QUEUE, 3), Offer(6, USER, 1)))
        self.assertEqual(placement, (5, QUEUE, 3))

    def test_what_nobody_takes_goes_to_the_default_owner(self):
        replay = self._replay()
        self.assertEqual(replay.run(self._arrive()), [(0, USER, 9)])
        self.assertEqual(replay.run(self._arrive(company=4)), [(0, NOBODY, 0)])

    def test_turns_and_shares(self):
        for weight, by_share, expected in ((1, False, 15), (2, True, 10)):
            people = {ANNA: Person(), BERT: Person(weight=weight)}
            replay = self._replay(people, by_share=by_share)
            replay.run(self._arrive(Offer(7, TURN), count=30))
            self.assertEqual(replay.turned[ANNA], expected)
            self.assertAlmostEqual(replay.entitled[ANNA], expected)
            self.assertLess(abs(replay.find_largest_deviation()[1]), 1)

    def test_who_was_not_there_gets_none(self):
        day = START, START + timedelta(hours=10)
        for absent in (
            Person(leaves=[(START, START + timedelta(days=9))]),
            Person(hours=[(START - timedelta(hours=3), START)]),
            Person(companies=frozenset({5})),
        ):
            people = {ANNA: absent, BERT: Person(companies=frozenset({4}), hours=[day])}
            replay = self._replay(people)
            company = 0 if not absent.companies else 4
            placements = replay.run(
                self._arrive(Offer(7, TURN), count=12, company=company)
            )
            self.assertEqual(replay.turned, {BERT: 10})
            self.assertEqual(placements[-1].entry, 0, "After hours")

    def test_nobody_gets_more_than_their_capacity(self):
        replay = self._replay(rooms={ANNA: 1, BERT: 2})
        replay.run(self._arrive(Offer(7, TURN), count=9))
        self.assertEqual(replay.turned, {ANNA: 1, BERT: 2})

    def test_who_is_there_to_the_moment(self):
        later = START + timedelta(hours=1)
        hours = Person(hours=[(START, later)])
        leave = Person(leaves=[(START, later)])
        before, after = START - timedelta(seconds=1), later + timedelta(seconds=1)
        for moment, works, is_back in (
            (before, False, True),
            (START, True, False),
            (later, False, False),
            (after, False, True),
        ):
            self.assertEqual(hours.is_there(moment, 0), works, moment)
            self.assertEqual(leave.is_there(moment, 0), is_back, moment)
        self.assertFalse(Person(hours=()).is_there(START, 0))
        self.assertTrue(Person().is_there(START, 0))
        self.assertFalse(Person().is_there(START, 4))
        self.assertTrue(Person(companies=frozenset({4})).is_there(START, 4))

    def test_who_is_furthest_off(self):
        replay = self._replay()
        self.assertEqual(replay.find_largest_deviation(), (0, 0.0))
        replay.entitled = {ANNA: 2.0, BERT: 2.0}
        replay.turned.update({ANNA: 1, BERT: 4})
        self.assertEqual(replay.find_largest_deviation(), (BERT, 2.0))
        replay.turned[BERT] = 3
        self.assertEqual(replay.find_largest_deviation(), (ANNA, -1.0))

    def test_leads_given_by_hand_are_a_turn(self):
        replay = self._replay()
        arrivals = [
            *self._arrive(Offer(6, USER, ANNA)),
            *self._arrive(Offer(7, TURN), count=2),
            *self._arrive(Offer(5, QUEUE, ANNA)),
            *self._arrive(Offer(7, TURN)),
        ]
        holders = [placement.holder for placement in replay.run(arrivals)]
        self.assertEqual(holders, [ANNA, BERT, ANNA, ANNA, BERT])
        self.assertEqual(replay.turned, {ANNA: 1, BERT: 2})

    def test_where_nobody_is_there_the_next_offer_decides(self):
        people = {ANNA: Person(hours=()), BERT: Person(hours=())}
        replay = self._replay(people)
        offers = (Offer(7, TURN), Offer(5, QUEUE, 3))
        self.assertEqual(replay.run(self._arrive(*offers)), [(5, QUEUE, 3)])
        self.assertFalse(replay.entitled)
