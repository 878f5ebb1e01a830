from odoo.tests import BaseCase, tagged

from ..tools.consent_rule import (
    ASKED,
    CHECKED,
    CONFIRMED,
    CONFIRMS,
    GIVEN,
    REQUESTED,
    WITHDRAWN,
    WITHDRAWS,
    decide,
)

STATES = (None, ASKED, GIVEN, CONFIRMED, WITHDRAWN)


@tagged("post_install", "-at_install", "lead_consent")
class TestConsentRule(BaseCase):
    def test_a_box_asks_who_has_to_confirm(self):
        expected = [(ASKED, True)] * 3 + [(CONFIRMED, False), (WITHDRAWN, True)]
        self.assertEqual([decide(state, CHECKED, True) for state in STATES], expected)

    def test_a_box_is_enough_where_nobody_has_to_confirm(self):
        expected = [(GIVEN, False)] * 3 + [(CONFIRMED, False), (WITHDRAWN, True)]
        self.assertEqual([decide(state, CHECKED, False) for state in STATES], expected)

    def test_a_user_asks_neither_who_has_agreed_nor_who_has_withdrawn(self):
        same = [(CONFIRMED, False), (WITHDRAWN, False)]
        for needs, given in ((True, (ASKED, True)), (False, (GIVEN, False))):
            expected = [(ASKED, True), (ASKED, True), given, *same]
            found = [decide(state, REQUESTED, needs) for state in STATES]
            self.assertEqual(found, expected)

    def test_the_person_has_the_last_word(self):
        for state in STATES:
            for needs in (True, False):
                self.assertEqual(decide(state, CONFIRMS, needs), (CONFIRMED, False))
                self.assertEqual(decide(state, WITHDRAWS, needs), (WITHDRAWN, False))
