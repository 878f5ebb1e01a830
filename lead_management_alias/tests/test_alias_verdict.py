import random

from odoo.tests import BaseCase, tagged

from ..tools.learned import (
    DIFFERENT,
    DOUBTED,
    FORMER,
    KNOWN,
    OWN_WORD,
    REFUSED,
    SAME,
    Said,
    Verdict,
    judge,
)

ME, YOU, HER = 1, 2, 3
ACME, GLOBEX = 10, 20


@tagged("post_install", "-at_install", "lead_alias")
class TestVerdict(BaseCase):
    """What follows for whom from what was said of a name."""

    def _judge(self, *said, user=ME):
        return judge([Said(*word) for word in said], user)

    def test_what_one_says_counts_for_all_and_most_for_oneself(self):
        said = (ACME, SAME, ME)
        self.assertEqual(self._judge(said), {ACME: Verdict(OWN_WORD, SAME)})
        self.assertEqual(self._judge(said, user=YOU), {ACME: Verdict(KNOWN, SAME)})
        self.assertEqual(self._judge(said, user=None), {ACME: Verdict(KNOWN, SAME)})

    def test_strength_beside_that_of_the_account_s_own_name(self):
        self.assertTrue(0.5 < DOUBTED < KNOWN < 0.96 < OWN_WORD < 1)

    def test_a_refusal_counts_for_who_said_so_alone(self):
        said = (ACME, DIFFERENT, ME)
        self.assertEqual(self._judge(said), {ACME: REFUSED})
        self.assertEqual(self._judge(said, user=YOU), {})

    def test_a_refusal_of_two_is_settled(self):
        said = [(ACME, DIFFERENT, ME), (ACME, DIFFERENT, YOU)]
        self.assertEqual(self._judge(*said, user=HER), {ACME: REFUSED})
        twice = [(ACME, DIFFERENT, ME)] * 2
        self.assertEqual(self._judge(*twice, user=HER), {}, "one person, twice")

    def test_who_disagree_leave_it_to_the_next_one(self):
        said = [(ACME, SAME, ME), (ACME, DIFFERENT, YOU)]
        self.assertEqual(self._judge(*said, user=HER), {ACME: Verdict(DOUBTED, SAME)})
        self.assertEqual(self._judge(*said)[ACME].strength, OWN_WORD)
        self.assertEqual(self._judge(*said, user=YOU), {ACME: REFUSED})

    def test_the_last_word_of_a_person_counts(self):
        said = [(ACME, SAME, ME), (ACME, DIFFERENT, ME)]
        self.assertEqual(self._judge(*said), {ACME: REFUSED})
        self.assertEqual(self._judge(*said, user=YOU), {})

    def test_a_name_of_several_accounts_is_asked_about(self):
        said = [(ACME, SAME, ME), (GLOBEX, SAME, YOU)]
        doubt = Verdict(DOUBTED, SAME)
        self.assertEqual(self._judge(*said, user=HER), {ACME: doubt, GLOBEX: doubt})
        said = [(ACME, SAME, ME), (GLOBEX, SAME, ME)]
        self.assertEqual(
            self._judge(*said),
            {ACME: Verdict(KNOWN, SAME), GLOBEX: Verdict(OWN_WORD, SAME)},
        )

    def test_a_former_name_is_as_good_as_a_learned_one(self):
        said = (ACME, FORMER, ME)
        self.assertEqual(self._judge(said), {ACME: Verdict(KNOWN, FORMER)})
        self.assertEqual(self._judge(said, (ACME, DIFFERENT, ME)), {ACME: REFUSED})

    def test_what_the_gone_have_said(self):
        self.assertEqual(self._judge((ACME, SAME, None))[ACME].strength, KNOWN)
        refusals = [(ACME, DIFFERENT, None)] * 3
        self.assertEqual(self._judge(*refusals), {})
        self.assertEqual(self._judge(*refusals, user=None), {})

    def test_no_word_of_others_makes_an_account_surer_than_ones_own(self):
        rng = random.Random(14)
        for _turn in range(500):
            said = [
                Said(
                    rng.choice([ACME, GLOBEX]),
                    rng.choice([SAME, DIFFERENT, FORMER]),
                    rng.choice([ME, YOU, HER, 4, None]),
                )
                for _word in range(rng.randint(1, 8))
            ]
            with self.subTest(said=said):
                verdicts = judge(said, ME)
                self.assertLessEqual(
                    len([v for v in verdicts.values() if v.strength == OWN_WORD]), 1
                )
                own = [word for word in said if word.user_id == ME]
                own = [word for word in own if word.kind != FORMER]
                if own and own[-1].kind == SAME:
                    strength = verdicts[own[-1].account_id].strength
                    self.assertEqual(strength, OWN_WORD)
                elif own:
                    self.assertEqual(verdicts[own[-1].account_id], REFUSED)
