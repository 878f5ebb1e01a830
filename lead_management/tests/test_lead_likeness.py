from odoo.tests import BaseCase, tagged

from ..tools.lead_likeness import (
    OTHER,
    PERHAPS,
    SAME,
    UNNAMED,
    Traits,
    compare,
    compare_people,
)


@tagged("post_install", "-at_install")
class TestLeadLikeness(BaseCase):
    """Whether two leads are of one person, or of one company."""

    def test_people(self):
        for one, other, expected in (
            ("Jane Doe", "Doe, Jane", SAME),
            ("Dr. Jürgen Groß", "jurgen gross", SAME),
            ("Jane Doe", "J. Doe", PERHAPS),
            ("Jane Doe", "Jane", PERHAPS),
            ("Jane Doe", "Jane Mary Doe", PERHAPS),
            ("Jane Hartmann", "Jane Hartman", PERHAPS),
            ("Jane Doe", "", UNNAMED),
            ("Jane Doe", "n/a", UNNAMED),
            ("Jane Doe", "John Doe", OTHER),
            ("Jane Doe", "Jane Roe", OTHER),
        ):
            with self.subTest(one=one, other=other):
                self.assertEqual(compare_people(one, other), expected)
                self.assertEqual(compare_people(other, one), expected)

    def test_customer_says_more_than_names(self):
        likeness = compare(
            Traits(person="Jane Doe", customer=7), Traits(person="John Doe", customer=7)
        )
        self.assertEqual((likeness.score, likeness.reasons), (1.0, ("customer",)))
        self.assertTrue(likeness.is_person)

    def _compare(self, person, **traits):
        """Compare a lead of Jane Doe with one of a person, alike in these traits."""
        one = Traits(person="Jane Doe", **traits)
        return compare(one, one._replace(person=person))

    def test_scores_by_what_is_the_same_and_by_how_the_people_are_called(self):
        people = ("Jane Doe", "J. Doe", "", "John Roe")
        for traits, reason, scores in (
            ({"mailbox": "jane@x.example"}, "email", (0.97, 0.97, 0.97, 0.75)),
            ({"mailbox": "info@x.example"}, "email", (0.97, 0.85, 0.80, 0)),
            ({"phone": "+12025550143"}, "phone", (0.93, 0.85, 0.70, 0)),
            ({"account_key": "acme"}, "company", (0.92, 0.75, 0.60, 0)),
            ({"domain": "x.example"}, "domain", (0.92, 0.75, 0.60, 0)),
        ):
            for person, score in zip(people, scores, strict=True):
                with self.subTest(traits=traits, person=person):
                    likeness = self._compare(person, **traits)
                    self.assertEqual(likeness.score, score)
                    self.assertIn(reason, likeness.reasons)
                    is_company = reason in ("company", "domain") and not person
                    self.assertEqual(likeness.is_person, not is_company)

    def test_companies_with_other_addresses_are_less_alike(self):
        for person, score in (
            ("Jane Doe", 0.85),
            ("J. Doe", 0.70),
            ("", 0.60),
            ("John Roe", 0),
        ):
            one = Traits("jane@x.example", "", "Jane Doe", "acme")
            there = Traits("j@y.example", "", person, "acme")
            self.assertEqual(compare(one, there).score, score, person)
            without = there._replace(mailbox="")
            self.assertGreaterEqual(compare(one, without).score, score, person)

    def test_nothing_in_common(self):
        likeness = self._compare("John Roe")
        self.assertEqual((likeness.score, likeness.reasons), (0, ()))
        one = Traits("a@x.example", "+1", "Jane Doe", "acme", "x.example", 7)
        other = Traits("b@y.example", "+2", "John Roe", "globex", "y.example", 8)
        self.assertEqual(compare(one, other)[:2], (0, ()))

    def test_the_best_evidence_counts(self):
        likeness = self._compare(
            "J. Doe", phone="+12025550143", account_key="acme", domain="x.example"
        )
        self.assertEqual(likeness.score, 0.85)
        self.assertEqual(likeness.reasons, ("phone", "name_alike", "company", "domain"))

    def test_short_names_are_not_compared_by_letters(self):
        self.assertEqual(compare_people("Al Roe", "Al Rob"), OTHER)
        self.assertEqual(compare_people("Ann Lee", "Anne Lea"), OTHER)
