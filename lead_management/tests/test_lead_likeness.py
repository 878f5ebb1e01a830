from odoo.tests import TransactionCase, tagged

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
class TestLeadLikeness(TransactionCase):
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
