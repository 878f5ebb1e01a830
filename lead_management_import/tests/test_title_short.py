from odoo.tests import BaseCase, tagged

from ..tools import column_choice, column_title, title_rules, title_short, title_typo


@tagged("post_install", "-at_install", "lead_import")
class TestTitleShort(BaseCase):
    def assertFields(self, fields):
        for title, field in fields.items():
            with self.subTest(title=title):
                found = {meaning.field for meaning in column_title.get_meanings(title)}
                self.assertEqual(found, {field} if field else set())

    def test_words_that_are_cut_short(self):
        self.assertFields(
            {
                "Razón Soc.": "partner_name",
                "Bedr.naam": "partner_name",
                "Aant. medew.": "employee_count",
                "Ann. Rev ($M)": "annual_revenue",
                "Chiffre d'aff. (k€)": "annual_revenue",
                "Resp. compte": "user_id",
                "Mail AP": "email_from",
                "Cust. Name": "partner_name",
                "Contac.": "contact_name",
            }
        )

    def test_what_may_be_several_words_is_none(self):
        self.assertFields({"Inte.": "", "Post.": "", "X.": "", "Ko. Ba.": ""})
        self.assertEqual(title_short.get_of_short("Telefon"), ())
        self.assertEqual(title_short.get_of_short("Acct. #"), ())

    def test_the_number_of_something_is_not_cut_short(self):
        self.assertEqual(title_short.get_of_short("Lead no."), ())

    def test_words_with_a_mistake(self):
        self.assertFields(
            {
                "Compnay": "partner_name",
                "Telfono": "phone",
                "Corrreo": "email_from",
                "Posistion": "function",
                "Verkopr": "user_id",
            }
        )

    def test_words_that_only_look_like_a_mistake(self):
        for title in ("Fac", "Telefon 2", "Xompany", "Colour", "Compagny 2"):
            with self.subTest(title=title):
                self.assertEqual(title_typo.get_of_typo(title), ())
        for title in ("Contract", "Orders", "Positive", "Quarter", "Portale"):
            with self.subTest(title=title):
                found = column_title.get_meanings(title)
                self.assertLessEqual({meaning.field for meaning in found}, {"note"})


@tagged("post_install", "-at_install", "lead_import")
class TestTitleHappenings(BaseCase):
    def test_what_has_happened_is_a_note(self):
        for title in (
            "is_qualified",
            "Import/export (J/N)",
            "Eingeladen am",
            "Gescand door",
            "Send brochure",
            "Prospekt gewünscht",
            "Gesprächsdauer",
            "Entscheider (ja/nein)",
        ):
            with self.subTest(title=title):
                fields = {meaning.field for meaning in column_title.get_meanings(title)}
                self.assertEqual(fields, {title_rules.NOTE})

    def test_what_only_the_other_system_has_to_do_with(self):
        for title in ("Zeitpunkt der Absendung", "Date de soumission", "User IP"):
            with self.subTest(title=title):
                fields = {meaning.field for meaning in column_title.get_meanings(title)}
                self.assertEqual(fields, {title_rules.IGNORE})

    def test_other_ways_to_write_what_it_is(self):
        for title, field in {
            "@": "email_from",
            "tel-619": "phone",
            "E-mail 1 - Valeur": "email_from",
            "Téléphone 1 - Libellé": title_rules.IGNORE,
            "Werkadres, plaats": "city",
            "Verified phone number": "phone",
            "Dans quelle ville êtes-vous situé ?": "city",
            "Société participant": "partner_name",
            "Phone (work fax)": "fax",
            "Anrede / Titre": title_rules.NOTE,
            "Deal ($)": "expected_revenue",
            "Order #": title_rules.IGNORE,
            "Member #": title_rules.NOTE,
        }.items():
            with self.subTest(title=title):
                self.assertEqual(column_title.get_meanings(title)[0].field, field)

    def test_a_bare_title_is_the_job_beside_what_somebody_does(self):
        titles = ["First Name", "Last Name", "Title", "Job Function"]
        fields = [meaning.field for meaning in column_choice.choose(titles)]
        self.assertEqual(fields[2:], ["function", title_rules.NOTE])
        kinds = ["text", "text", "salutation", "text"]
        fields = [m.field for m in column_choice.choose(titles, kinds=kinds)]
        self.assertEqual(fields[2:], [title_rules.NOTE, "function"])

    def test_a_name_in_two_languages_is_the_last_one(self):
        titles = ["Name / Nom", "Vorname / Prénom"]
        self.assertEqual(
            [meaning.field for meaning in column_choice.choose(titles)],
            ["contact_last_name", "contact_first_name"],
        )
