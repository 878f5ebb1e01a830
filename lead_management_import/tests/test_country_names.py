from odoo.tests import BaseCase, tagged

from odoo.addons.lead_management.tools import place_name

from ..tools import country_names


@tagged("post_install", "-at_install", "lead_import")
class TestCountryNames(BaseCase):
    def test_names_in_six_languages(self):
        codes = country_names.get_codes_by_name()
        for name in ("Germany", "Deutschland", "Allemagne", "Alemania", "Duitsland"):
            self.assertEqual(codes[place_name.fold(name)], "DE", name)
        for name in ("Côte d’Ivoire", "Costa d’Avorio", "Ivoorkust"):
            self.assertEqual(codes[place_name.fold(name)], "CI", name)

    def test_what_is_no_country(self):
        codes = country_names.get_codes_by_name()
        self.assertFalse({"EU", "UN", "EZ"}.intersection(codes.values()))
        for name in ("world", "welt", "europe", "europaische union", "eurozone"):
            self.assertNotIn(name, codes)
        self.assertTrue(all(len(code) == 2 for code in codes.values()))
