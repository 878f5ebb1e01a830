from odoo.tests import BaseCase, tagged

from ..tools import column_title
from ..tools.title_rules import IGNORE, NOTE


@tagged("post_install", "-at_install", "lead_import")
class TestTitleForms(BaseCase):
    def _get_fields(self, title):
        return [meaning.field for meaning in column_title.get_meanings(title)]

    def test_what_a_system_adds_to_a_title_does_not_matter(self):
        for title, field in {
            "hs_language": "lang_id",
            "hs_lead_status": "status_id",
            "x_studio_industry": "industry_id",
            "Industry__c": "industry_id",
            "custom.Lead Owner": "user_id",
            "hs_something_of_its_own": NOTE,
        }.items():
            with self.subTest(title=title):
                self.assertEqual(self._get_fields(title)[0], field)

    def test_cells_are_no_titles(self):
        for cell in ("a@x.example", "https://x.example", "x.example", "Leads", "c4"):
            with self.subTest(cell=cell):
                self.assertEqual(self._get_fields(cell), [])

    def test_titles_for_both_sexes_and_for_several(self):
        for title, field in {
            "Mitarbeiter:innen": "employee_count",
            "Verantwortliche/r Mitarbeiter/in": "user_id",
            "Vendedor/a asignado/a": "user_id",
            "Work Email(s)": "email_from",
            "Contact's Phone Numbers": "phone",
        }.items():
            with self.subTest(title=title):
                self.assertEqual(self._get_fields(title)[0], field)

    def test_words_that_are_run_together(self):
        for title, field in {
            "LASTMODIFIEDBYID": IGNORE,
            "MAILINGPOSTALCODE": "zip",
            "HASOPTEDOUTOFFAX": NOTE,
        }.items():
            with self.subTest(title=title):
                self.assertEqual(self._get_fields(title)[0], field)
        for title in ("Miscellaneous", "Verschiedenes", "Unterlagen"):
            with self.subTest(title=title):
                self.assertEqual(self._get_fields(title), [])

    def test_paths_of_technical_names_are_not_taken_apart(self):
        self.assertEqual(self._get_fields("state_id/name"), [])
        self.assertEqual(self._get_fields("State/Province")[0], "state_id")

    def test_what_stands_behind_whose_it_is(self):
        for title, field in {
            "Rechnungsanschrift (Ort)": "city",
            "Rechnungsanschrift (Bundesland)": "state_id",
            "Erstellt von: Vollständiger Name": IGNORE,
            "Contact Owner: Full Name": "user_id",
            "Adresse de facturation: numéro": "street",
            "Opportunity user name": "user_id",
            "Título de lead": "name",
        }.items():
            with self.subTest(title=title):
                self.assertEqual(self._get_fields(title)[0], field)
        self.assertNotIn("annual_revenue", self._get_fields("Contact (Sales)"))

    def test_a_name_in_percent_is_a_chance(self):
        self.assertEqual(self._get_fields("Kans %"), ["probability"])
        self.assertEqual(self._get_fields("Kans"), ["name"])
