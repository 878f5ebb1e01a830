import csv
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..tools import (
    column_choice,
    column_title,
    title_owner,
    title_rules,
    title_vocabulary,
)

# Titles as these systems export them, and what each column is for: a field, "note",
# "ignore", or "" for what nothing is known of.
OTHER_FILES = Path(__file__).parent / "data" / "titles_of_systems.csv"
FILES = {
    "Salesforce, data": "Id:ignore, IsDeleted:ignore, LastName:contact_last_name,"
    " FirstName:contact_first_name, Salutation:note, Title:function,"
    " Company:partner_name, Street:street, City:city, State:state_id, PostalCode:zip,"
    " Country:country_id, Phone:phone, MobilePhone:phone, Fax:fax, Email:email_from,"
    " Website:website, Description:description, LeadSource:source_id, Status:status_id,"
    " Industry:industry_id, Rating:rating_id, AnnualRevenue:annual_revenue,"
    " NumberOfEmployees:employee_count, OwnerId:ignore, IsConverted:ignore,"
    " CreatedDate:ignore, HasOptedOutOfEmail:note",
    "Salesforce, report": "Lead Owner:user_id, First Name:contact_first_name,"
    " Last Name:contact_last_name, Title:function, Company / Account:partner_name,"
    " Street:street, Zip/Postal Code:zip, State/Province:state_id, Country:country_id,"
    " No. of Employees:employee_count, Lead Source:source_id, Unread By Owner:ignore",
    "HubSpot": "Record ID:ignore, First Name:contact_first_name, Email:email_from,"
    " Phone Number:phone, Mobile Phone Number:phone, Contact owner:user_id,"
    " Website URL:website, State/Region:state_id, Country/Region:country_id,"
    " Original Source:source_id, Twitter Username:twitter, LinkedIn URL:social_url,"
    " Lifecycle Stage:note, Associated Company:partner_name",
    "Pipedrive": "Title:name, Owner:user_id, Label:tag_ids, Value:expected_revenue,"
    " Person - Name:contact_name, Person - Phone - Work:phone,"
    " Person - Email - Work:email_from, Organization - Name:partner_name,"
    " Organization - Address:street, Expected close date:date_deadline",
    "Zoho": "Record Id:ignore, Lead Owner:user_id, Company:partner_name,"
    " First Name:contact_first_name, Title:function, Mobile:phone,"
    " Secondary Email:email_from, Skype ID:skype, Twitter:twitter, Zip Code:zip,"
    " Email Opt Out:note, No. of Employees:employee_count, Rating:rating_id",
    "Dynamics": "(Do Not Modify) Lead:ignore, (Do Not Modify) Row Checksum:ignore,"
    " Topic:name, Name:contact_name, First Name:contact_first_name,"
    " Last Name:contact_last_name, Job Title:function, Business Phone:phone,"
    " Company Name:partner_name, Street 1:street,"
    " Street 2:street2, ZIP/Postal Code:zip, State/Province:state_id,"
    " Est. Value:expected_revenue, Est. Close Date:date_deadline, Created On:ignore",
    "LinkedIn connections": "First Name:contact_first_name,"
    " Last Name:contact_last_name, URL:website, Email Address:email_from,"
    " Company:partner_name, Position:function, Connected On:note",
    "Meta lead ads": "id:ignore, created_time:ignore, ad_id:ignore, ad_name:note,"
    " campaign_id:ignore, campaign_name:campaign_id, form_name:note, is_organic:ignore,"
    " platform:ignore, email:email_from, full_name:contact_name, phone_number:phone,"
    " company_name:partner_name, job_title:function, zip_code:zip",
    "Google Ads": "Lead ID:ignore, Form ID:ignore, Campaign ID:ignore,"
    " Full name:contact_name, User Email:email_from, Phone number:phone,"
    " Company name:partner_name, Postal code:zip, City:city, Lead submit time:ignore",
    "Mailchimp": "Email Address:email_from, First Name:contact_first_name,"
    " Last Name:contact_last_name, Address:street, Phone Number:phone, Birthday:note,"
    " MEMBER_RATING:stars, OPTIN_TIME:ignore, LATITUDE:ignore, LEID:ignore,"
    " NOTES:description, TAGS:tag_ids",
    "Apollo": "First Name:contact_first_name, Title:function, Company:partner_name,"
    " Company Name for Emails:ignore, Email:email_from, Email Status:note,"
    " Seniority:note, Departments:note, Contact Owner:user_id, Work Direct Phone:phone,"
    " Mobile Phone:phone, Corporate Phone:company_phone, # Employees:employee_count,"
    " Keywords:tag_ids, Person Linkedin Url:social_url, Facebook Url:social_url,"
    " Company Address:street, Company City:city, Annual Revenue:annual_revenue",
    "EspoCRM": "Name:contact_name, Salutation:note, First Name:contact_first_name,"
    " Last Name:contact_last_name, Account Name:partner_name, Title:function,"
    " Status:status_id, Source:source_id, Industry:industry_id,"
    " Address Street:street, Address City:city, Address State:state_id,"
    " Address Country:country_id, Address Postal Code:zip, Assigned User:user_id,"
    " Opportunity Amount:expected_revenue, Do Not Call:note, Created At:ignore",
    "Odoo": "Opportunity:name, Contact Name:contact_name, Company Name:partner_name,"
    " Email:email_from, Phone:phone, Salesperson:user_id, Sales Team:team_id,"
    " City:city, Country:country_id, Expected Revenue:expected_revenue, Tags:tag_ids",
    "German": "Anrede:note, Titel:function, Vorname:contact_first_name,"
    " Name:contact_last_name, Firma:partner_name, Abteilung:note, Straße:street,"
    " Hausnummer:street, PLZ:zip, Ort:city, Bundesland:state_id, Land:country_id,"
    " E-Mail-Adresse:email_from, Telefon geschäftlich:phone, Mobil:phone,"
    " Anzahl Mitarbeiter:employee_count, Jahresumsatz (EUR):annual_revenue,"
    " Umsatz in Mio. €:annual_revenue, Bemerkungen:description, Kunden-Nr.:note",
    "French": "Civilité:note, Nom:contact_last_name, Prénom:contact_first_name,"
    " Société:partner_name, Fonction:function, Adresse e-mail:email_from, Tél.:phone,"
    " Portable:phone, Adresse:street, CP:zip, Ville:city, Pays:country_id,"
    " Effectif:employee_count, CA (€):annual_revenue, Origine:source_id",
    "Spanish": "Nombre:contact_first_name, Apellidos:contact_last_name,"
    " Empresa:partner_name, Cargo:function, Correo electrónico:email_from,"
    " Móvil:phone, Dirección:street, C.P.:zip, Población:city, Provincia:state_id,"
    " País:country_id, N.º de empleados:employee_count, Estado:status_id",
    "Italian": "Nome:contact_first_name, Cognome:contact_last_name,"
    " Ragione sociale:partner_name, Ruolo:function, Indirizzo:street, CAP:zip,"
    " Città:city, Nazione:country_id, Cellulare:phone, Fatturato:annual_revenue,"
    " Dipendenti:employee_count, Partita IVA:note, Note:description",
    "Dutch": "Voornaam:contact_first_name, Tussenvoegsel:contact_last_name,"
    " Achternaam:contact_last_name, Bedrijf:partner_name, Functie:function,"
    " Straat:street, Huisnummer:street, Postcode:zip, Plaats:city, Land:country_id,"
    " Aantal medewerkers:employee_count, Omzet:annual_revenue, KvK-nummer:note",
    "Halves, and columns of contacts": "Firma/Account:partner_name,"
    " Bundesland/Provinz:state_id, Land/Region:country_id,"
    " Prénom du contact:contact_first_name, Nom du contact:contact_last_name,"
    " Email du contact:email_from, Mobile du contact:phone",
    "A title of address": "Title:note, First Name:contact_first_name,"
    " Job Title:function, Last Name:contact_last_name, Organisation:partner_name",
    "A list of companies": "Name:partner_name, Industry:industry_id, Website:website,"
    " Employees:employee_count, Revenue (USD):annual_revenue",
}


# What looks like a title of a lead's field, but is that of something or somebody else
OTHERS = (
    "First Contact; Last Contact; First Company; Last Address; First Order; Business "
    "Unit; Work Unit; Main Building; Office Floor; Home Office; Home Value; Home "
    "Size; Office Size; Land Value; Direct Mail; Direct Debit; Site Address; Work "
    "Site; Site Contact; Main Branch; Branch Office; Branch Address; Lead URL; Owner "
    "Company; Contact URL; Account URL; Social URL; Job Address; Job Value; Web Lead; "
    "Internet User; Number of Phones; Phone Count; Fax Count; Anzahl Telefon; Numéro "
    "entreprise; Firma Nummer; Bedrijf nummer; Contact 2 Name; Contact 2 First Name; "
    "Contact 2 Email; Contact 2 Phone; Contact #2 Email; 2. Ansprechpartner E-Mail; "
    "Ansprechpartner 2 Telefon; Nom contact 2; Email du contact secondaire; Secondary "
    "Contact Email; Alternate Contact Phone; Zweiter Ansprechpartner; Billing Contact "
    "Name; Billing Contact Email; Shipping Contact Name; Email (assistant); Phone "
    "(manager); Name (spouse); Company (former); Phone (old); E-Mail (ungültig); "
    "Email du commercial; Téléphone du commercial; Vertrieb E-Mail; Vertrieb Telefon; "
    "Email del comercial; Adresse du commercial; Dirección comercial; Emails Sent; "
    "Email Verified; Phone Provider; Contract Value; Product Name; Invoice Date; "
    "Country of Origin; Umsatz Vorjahr; Lieferant Name; Assistant City"
)


@tagged("post_install", "-at_install", "lead_import")
class TestColumnTitle(BaseCase):
    def test_titles_of_other_systems(self):
        for name, columns in FILES.items():
            pairs = [column.rsplit(":", 1) for column in columns.split(", ")]
            meanings = column_choice.choose([title for title, __ in pairs])
            for (title, field), meaning in zip(pairs, meanings, strict=True):
                with self.subTest(file=name, title=title):
                    self.assertEqual(meaning.field if meaning else "", field)

    def test_titles_of_many_systems_in_six_languages(self):
        with OTHER_FILES.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        wrong = []
        for name in dict.fromkeys(row["file"] for row in rows):
            columns = [row for row in rows if row["file"] == name]
            meanings = column_choice.choose([row["title"] for row in columns])
            wrong += [
                (name, row["title"], meaning and meaning.field)
                for row, meaning in zip(columns, meanings, strict=True)
                if (meaning.field if meaning else "") not in row["fields"].split(" ")
            ]
        self.assertFalse(wrong)

    def test_rules_leave_what_they_do_not_know(self):
        for title in ("Miscellaneous", "Colour", "X", "Verschiedenes", "Divers", "!"):
            with self.subTest(title=title):
                self.assertEqual(column_title.get_meanings(title), ())

    def test_no_title_is_written_twice_for_a_language(self):
        seen = {}
        for key, meanings in title_vocabulary.get_vocabulary().items():
            for meaning in meanings:
                fields = seen.setdefault((key, meaning.language), [])
                fields.append((meaning.field, meaning.choice))
        # The same word for two fields is all right where the rest of a file decides.
        self.assertEqual(
            {place: fields for place, fields in seen.items() if len(fields) > 1},
            {
                ("estado", "es"): [("state_id", "1"), ("status_id", "2")],
                ("etat", "fr"): [("state_id", "1"), ("status_id", "2")],
                ("opportunity", "en"): [("name", "1"), ("expected_revenue", "2")],
            },
        )

    def test_how_a_title_is_written_does_not_matter(self):
        for title in (
            "E-mail Address",
            "email_address",
            "EMAIL ADDRESS",
            "emailAddress",
        ):
            with self.subTest(title=title):
                self.assertEqual(
                    column_title.get_meanings(title)[0].field, "email_from"
                )

    def test_what_belongs_to_somebody_else_is_not_the_lead_s(self):
        for title in (
            "Owner Phone",
            "Billing Name",
        ):
            with self.subTest(title=title):
                self.assertEqual(column_title.get_meanings(title), ())

    def test_what_is_not_of_the_lead_goes_to_the_notes_at_most(self):
        kept = {title_rules.NOTE, title_rules.IGNORE}
        taken = {
            title: fields
            for title in OTHERS.split("; ")
            for fields in [{m.field for m in column_title.get_meanings(title)} - kept]
            if fields
        }
        self.assertEqual(taken, {})

    def test_other_ways_to_say_whose_it_is(self):
        for title, field in {
            "Contact 1 Email": "email_from",
            "Person - Phone - Home": "phone",
            "Contact Secondary Email": "email_from",
            "Work Direct": "phone",
            "Company URL": "website",
            "Site entreprise": "website",
            "Current Job": "function",
            "Handy-Nr.": "phone",
            "Anzahl Mitarbeiter": "employee_count",
            "Lead State": "status_id",
            "Business Owner": "contact_name",
            "Business Owner Email": "email_from",
        }.items():
            with self.subTest(title=title):
                self.assertEqual(column_title.get_meanings(title)[0].field, field)

    def test_titles_are_taken_apart(self):
        for title, field in {
            "What is your company name?": "partner_name",
            "Votre société *": "partner_name",
            "Ihr Name": "contact_name",
            "Il tuo messaggio": "description",
            "Wie viele Mitarbeiter haben Sie?": "employee_count",
            "Combien d'employés ?": "employee_count",
            "How many lamps do you need?": title_rules.NOTE,
            "Name (First)": "contact_first_name",
            "Nom (Nom de famille)": "contact_last_name",
            "Address - City": "city",
            "Website (LinkedIn)": "social_url",
            "Bürotelefon": "phone",
            "Kontaktadresse": "street",
            "Rue (bureau) 2": "street2",
            "Person Company Name": "partner_name",
            "Default Address Company": "partner_name",
            "Comercial responsable": "user_id",
            "Effectif de l'entreprise": "employee_count",
            "Position des Ansprechpartners": "function",
            "Date de closing estimée": "date_deadline",
            "Emails viewed": title_rules.NOTE,
        }.items():
            with self.subTest(title=title):
                self.assertEqual(column_title.get_meanings(title)[0].field, field)
        for title in ("Nom, prénom", "Phone (mobile)"):
            meaning = column_title.get_meanings(title)[0]
            self.assertIn(meaning.field, ("contact_name", "phone"))
        self.assertEqual(column_title.get_rank("Phone (mobile)", "phone"), 2)

    def test_a_number_behind_a_street_is_that_of_the_house(self):
        meanings = column_choice.choose(["Straat", "Nr.", "Postcode"])
        self.assertEqual(meanings[1].field, "street")
        meanings = column_choice.choose(["Nr.", "Straat", "Postcode"])
        self.assertEqual(meanings[0].field, title_rules.IGNORE)

    def test_own_fields_go_first_and_other_labels_before_makeshifts(self):
        titles = ["Industry", "Mobile", "Email", "Paint"]
        own = {"industry": "x_industry"}
        labels = {"mobile": "mobile", "email": "other_email", "paint": "paint_id"}
        self.assertEqual(
            [m.field for m in column_choice.choose(titles, own, labels)],
            ["x_industry", "mobile", "email_from", "paint_id"],
        )

    def test_cells_that_a_field_cannot_hold(self):
        def choose(titles, kinds):
            return [m and m.field for m in column_choice.choose(titles, kinds=kinds)]

        self.assertEqual(choose(["Owner", "Website"], ["number", "date"]), [None, None])
        self.assertEqual(choose(["Title", "Job"], ["salutation", "text"])[0], "note")

    def test_better_sources_go_first(self):
        titles = ["Phone", "Business Phone", "Customer Phone", "Mobile", "Hausnummer"]
        ranks = [column_title.get_rank(title, "phone") for title in titles]
        self.assertEqual(ranks, [0, 0, 1, 2, None])

    def test_numbered_titles(self):
        for title, rank in (("SIC Code", 0), ("SIC Code 1", 1), ("SIC Code 2", 3)):
            [meaning] = column_title.get_meanings(title)
            self.assertEqual((meaning.field, meaning.rank), ("note", rank), title)
        self.assertEqual(column_title.get_meanings("SIC Code 22"), ())

    def test_word_for_the_name_of_a_person(self):
        for title, word in (
            ("Nom du contact", "nom"),
            ("Contact name", "name"),
            ("Nom", ""),
            ("Contact", ""),
            ("Contact first name", ""),
            ("Name of the person 1", "name"),
            ("Email of the person", ""),
            ("Nom de l'entreprise", ""),
        ):
            self.assertEqual(title_owner.get_word_of_person(title), word, title)

    def test_titles_of_notes(self):
        for title, is_note in (("Notes", True), ("Email", False), ("City", False)):
            self.assertIs(column_title.is_note(title), is_note, title)

    def test_ranks_of_other_fields(self):
        for title, city in (("City", 0), ("Company city", 2), ("Zip", None)):
            self.assertEqual(column_title.get_rank(title, "city"), city, title)

    def test_column_of_currencies(self):
        for title, titles, found in (
            ("Value", ["Currency"], 0),
            ("Value", ["A", "Currency"], 1),
            ("Value", ["A", "B"], None),
            ("Value", ["Deal Currency", "Currency of Budget"], None),
            ("Deal Value", ["Budget Currency", "Deal Currency"], 1),
            ("Annual Revenue", ["Currency of Value", "Annual Revenue Currency"], 1),
            ("Amount in USD", ["Name", "Währung"], 1),
        ):
            with self.subTest(title=title, titles=titles):
                self.assertEqual(column_title.find_currency(title, titles), found)
