from odoo.tests import BaseCase, tagged

from odoo.addons.lead_management.tools import place_name, state_names

from ..tools import country_names


@tagged("post_install", "-at_install", "lead_capture")
class TestPlaceNames(BaseCase):
    """What visitors call countries and states."""

    def test_countries_in_many_languages_and_short(self):
        names = country_names.get_names()
        for name, code in (
            ("Deutschland", "DE"),
            ("BRD", "DE"),
            ("Oesterreich", "AT"),
            ("Suède", "SE"),
            ("Großbritannien", "GB"),
            ("GBR", "GB"),
            ("SUI", "CH"),
            ("EE UU", "US"),
            ("日本", "JP"),
        ):
            self.assertEqual(names.get(place_name.fold(name)), code, name)
        for name in ("Europe", "Atlantis", "DEUT", ""):
            self.assertNotIn(place_name.fold(name), names)
        self.assertTrue(all(len(code) == 2 for code in names.values()))

    def test_states_by_what_is_around_their_name(self):
        for typed, bare in (
            ("Freistaat Bayern", "bayern"),
            ("Province of Utrecht", "utrecht"),
            ("Kanton Zürich", "zurich"),
            ("Texas State", "texas"),
            ("Ohio", "ohio"),
        ):
            keys = [*state_names.get_keys(typed)]
            self.assertEqual(keys, [state_names.fold(typed), bare])

    def test_names_and_codes_of_a_state(self):
        self.assertEqual(
            state_names.get_names("A Coruña (La Coruña)"),
            {"acorunalacoruna", "acoruna", "lacoruna"},
        )
        self.assertLessEqual(
            {"bayern", "bavaria", "baviere"}, state_names.get_names("Bayern")
        )
        self.assertEqual(state_names.get_codes("AT-9", "AT"), {"at9", "9"})
        self.assertEqual(state_names.get_codes("NY", "US"), {"ny"})
