from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import column_choice, column_title, file_layout, title_unit, zip_city
from ..tools.title_unit import Unit
from .examples import SAME
from .test_import_columns import ColumnsCase


@tagged("post_install", "-at_install", "lead_import")
class TestTitleUnit(BaseCase):
    def test_units_in_titles(self):
        for title, bare, unit in (
            ("Turnover (£m)", "Turnover", ("m", "£")),
            ("Umsatz in Mio. CHF", "Umsatz", ("mio", "CHF")),
            ("Umsatz [T€]", "Umsatz", ("k", "€")),
            ("Umsatz in TEUR", "Umsatz", ("k", "EUR")),
            ("CA (en milliers d'euros)", "CA", ("k", "EUR")),
            ("Fatturato (in milioni di €)", "Fatturato", ("milioni", "€")),
            ("Annual Revenue USD", "Annual Revenue", ("", "USD")),
        ):
            found, read = title_unit.split(title)
            self.assertEqual((found.strip(), read), (bare, Unit(*unit)), title)

    def test_other_words_are_no_units(self):
        for title in (
            *("Title (long)", "Made in Germany", "Plan B", "Team M", "State (US)"),
            *("Turnover (thousand pieces)", "Revenue (m k)", "Umsatz"),
        ):
            self.assertEqual(title_unit.split(title), (title, Unit()), title)

    def test_cells_that_say_more_than_a_number_speak_for_themselves(self):
        unit = Unit("m", "GBP")
        self.assertEqual(title_unit.add("4.5", unit), "4.5 m GBP")
        self.assertEqual(title_unit.add("1.500,-", unit), "1.500,- m GBP")
        for text in ("4.5 bn", "€ 300", "n/a", ""):
            self.assertEqual(title_unit.add(text, unit), text)


@tagged("post_install", "-at_install", "lead_import")
class TestZipCity(BaseCase):
    def test_both_in_one_cell(self):
        for text, found in (
            ("70173 Stuttgart", ("70173", "Stuttgart")),
            ("D-80331 München", ("80331", "München")),
            ("1012 LG Amsterdam", ("1012 LG", "Amsterdam")),
            ("28-300 Jędrzejów", ("28-300", "Jędrzejów")),
            ("114 55 Stockholm", ("114 55", "Stockholm")),
            ("75002 Paris 2e", ("75002", "Paris 2e")),
            ("London, EC1A 1BB", ("EC1A 1BB", "London")),
            ("Austin 78767", ("78767", "Austin")),
        ):
            self.assertEqual(zip_city.split(text), found, text)

    def test_one_of_them_stays(self):
        for text in ("70173", "Stuttgart", "EC1A 1BB", "1012 LG", "Paris 2e", ""):
            self.assertIsNone(zip_city.split(text), text)

    @SAME
    @given(st.text())
    def test_nothing_is_lost(self, text):
        if found := zip_city.split(text):
            self.assertTrue(all(part and part in text for part in found))


@tagged("post_install", "-at_install", "lead_import")
class TestTitlesOfKinds(BaseCase):
    def _choose(self, *titles, kinds=()):
        return [
            meaning and meaning.field
            for meaning in column_choice.choose(titles, kinds=kinds)
        ]

    def test_whose_value_it_is_stands_in_front(self):
        self.assertEqual(
            self._choose(
                "Lead - Title", "Lead - Contact person", "Person - Organization"
            ),
            ["name", "contact_name", "partner_name"],
        )
        self.assertEqual(self._choose("Person - Owner"), ["user_id"])

    def test_questions_go_into_the_notes(self):
        self.assertEqual(
            self._choose("which_size_do_you_need?", "Where to?", kinds=["", "email"]),
            [column_title.NOTE, None],
        )

    def test_title_of_people_with_a_value_is_their_job(self):
        self.assertEqual(self._choose("Name", "Title", "Email", "Value")[1], "function")
        deals = self._choose("Title", "Person - Name", "Person - Email", "Value")
        self.assertEqual(deals[0], "name")

    def test_total_with_a_remark_is_below(self):
        rows = [["Nr", "Firma", "Umsatz"], ["1", "Acme", "5"], ["", "Summe: 1", "5"]]
        self.assertEqual(file_layout.count_rows_below(rows), 1)
        rows[-1] = ["", "Total Energies", "Paris"]
        self.assertEqual(file_layout.count_rows_below(rows), 0)


@tagged("-at_install", "post_install", "lead_import")
class TestFilesOfOthers(ColumnsCase):
    """Files as other systems and people write them."""

    def test_list_of_a_fair_in_german(self):
        rows = [
            ["Firma", "Ansprechpartner", "Tel.", "PLZ/Ort", "Land", "MA", "Umsatz (T€)"]
        ]
        rows += [
            ["Öko AG", "Eva S", "089/555-0", "80331 München", "D", "1.200", "3.500,5"],
            ["Kaffee KG", "", "", "1010 Wien", "A", "8", "2 Mio. €"],
        ]
        first, second = self._import_suggested(rows)
        self.assertRecordValues(
            first + second,
            [
                {"zip": "80331", "city": "München", "employee_count": 1200},
                {"zip": "1010", "city": "Wien", "employee_count": 8},
            ],
        )
        self.assertEqual(first.country_id.code, "DE")
        self.assertEqual(second.country_id.code, "AT")
        # Half a dollar is a euro.
        self.assertEqual(first.annual_revenue, 3_500_500 / 0.5)
        self.assertEqual(second.annual_revenue, 2_000_000 / 0.5)

    def test_lead_ads(self):
        rows = [["full_name", "phone_number", "post_code", "wie_viele_autos?"]]
        rows += [["Jürgen Groß", "p:+4917612345678", "z:01067", "10"]]
        lead = self._import_suggested(rows)
        self.assertEqual(lead.phone, "+4917612345678")
        self.assertEqual(lead.zip, "01067")
        self.assertIn("wie_viele_autos?: 10", lead.description)

    def test_currency_has_its_own_column(self):
        rows = [["Company", "Value", "Currency of Value", "Annual Revenue", "Country"]]
        rows += [["Acme", "1500", "EUR", "7", "US"], ["Smith", "10", "USD", "", ""]]
        rows += [["Odd", "£ 10", "EUR", "", ""]]
        leads = self._import_suggested(rows)
        self.assertEqual(leads.mapped("expected_revenue"), [3000, 10, 40])

    def test_tags_in_quotes(self):
        tags = self.env["crm.tag"].create([{"name": "Fair 1"}, {"name": "News 1"}])
        rows = [["Company", "TAGS"], ["Acme", '"Fair 1","News 1"']]
        self.assertEqual(self._import_suggested(rows).tag_ids, tags)
