from odoo.tests import BaseCase, tagged

from ..tools.place_name import AmbiguousPlaceError, Place, fold, resolve

COUNTRIES = {
    fold(name): code
    for name, code in (
        ("United States", "US"),
        ("Georgia", "GE"),
        ("Israel", "IL"),
        ("Netherlands", "NL"),
        ("Singapore", "SG"),
        ("Côte d'Ivoire", "CI"),
    )
}
STATES = {
    "texas": [("US", 1, True)],
    "tx": [("US", 1, False)],
    "georgia": [("US", 2, True)],
    "florida": [("UY", 3, True), ("US", 4, True)],
    "ca": [("US", 5, False), ("AR", 6, False)],
}


@tagged("-at_install", "post_install", "lead_import")
class TestPlaceName(BaseCase):
    def assertPlace(self, text, *expected, **options):
        with self.subTest(text=text):
            self.assertEqual(
                resolve(text, COUNTRIES, STATES, **options), Place(*expected)
            )

    def test_countries_by_name_and_by_other_names(self):
        self.assertPlace("United States", "US")
        self.assertPlace(" united states ", "US")
        self.assertPlace("U.S.", "US")
        self.assertPlace("UK", "GB")
        self.assertPlace("The Netherlands", "NL")
        self.assertPlace("Cote d’Ivoire", "CI")

    def test_places_are_taken_apart_from_the_end(self):
        self.assertPlace("Austin, Texas", "US", 1, "Austin")
        self.assertPlace("New Braunfels , TX , USA", "US", 1, "New Braunfels")
        self.assertPlace("Atlanta, Georgia, United States", "US", 2, "Atlanta")
        self.assertPlace("Herzliya, Israel", "IL", None, "Herzliya")
        self.assertPlace(
            "Serangoon,North-East Region, Singapore",
            "SG",
            None,
            "Serangoon, North-East Region",
        )

    def test_a_place_in_several_countries_is_refused(self):
        with self.assertRaises(AmbiguousPlaceError) as refused:
            resolve("Atlanta, Georgia", COUNTRIES, STATES, home_country="US")
        self.assertEqual(refused.exception.countries, ["GE", "US"])
        self.assertTrue(refused.exception.is_country)
        with self.assertRaises(AmbiguousPlaceError) as refused:
            resolve("Miami, Florida", COUNTRIES, STATES, home_country="DE")
        self.assertEqual(refused.exception.countries, ["UY", "US"])
        self.assertFalse(refused.exception.is_country)

    def test_a_state_of_the_home_country_goes_first(self):
        self.assertPlace("Miami, Florida", "US", 4, "Miami", home_country="US")
        self.assertPlace("Florida, Florida", "UY", 3, "Florida", home_country="UY")

    def test_what_is_no_place_is_none(self):
        for text in (
            "",
            " , ",
            "Texas",
            "Atlantis",
            "Los Angeles, CA",
            "Paris, Texass",
        ):
            with self.subTest(text=text):
                self.assertIsNone(resolve(text, COUNTRIES, STATES))
