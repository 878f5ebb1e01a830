import datetime

from odoo.tests import BaseCase, tagged

from ..tools import (
    typed_address,
    typed_date,
    typed_number,
    typed_phone,
)
from ..tools.typing_manner import Manner

TODAY = datetime.date(2026, 11, 30)
DAY = datetime.date(2027, 2, 1)
US = Manner("en_US", ".", "mdy", "USD")
GB = Manner("en_GB", ".", "dmy", "GBP")
DE = Manner("de_DE", ",", "dmy", "EUR")
CH = Manner("de_CH", ".", "dmy", "CHF")
FR = Manner("fr_FR", ",", "dmy", "EUR")
ES = Manner("es_ES", ",", "dmy", "EUR")
IT = Manner("it_IT", ",", "dmy", "EUR")
NL = Manner("nl_NL", ",", "dmy", "EUR")
SV = Manner("sv_SE", ",", "ymd", "SEK")
PT = Manner("pt_BR", ",", "dmy", "BRL")
PL = Manner("pl_PL", ",", "dmy", "PLN")


@tagged("post_install", "-at_install", "lead_capture")
class TestTypedAnswers(BaseCase):
    """What visitors of many countries type, as it is read; None is a note."""

    def test_phones_of_many_countries(self):
        for text, number in (
            ("+49 (0)89 / 123 45 - 678", "+49 (0)89 / 123 45-678"),
            ("0049-89-1234567", "0049-89-1234567"),
            ("01.42.68.53.00", "01.42.68.53.00"),
            ("téléphone : 0612345678", "0612345678"),
            ("cell 415 555 0199", "415 555 0199"),
            ("Handy 0171 1234567", "0171 1234567"),
            ("Cel: 612 345 678", "612 345 678"),
            ("+39 02 1234567 int. 5", "+39 02 1234567 ext. 5"),
            ("０３−１２３４−５６７８", "03-1234-5678"),
            ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
            ("whatsapp +55 11 91234-5678", "+55 11 91234-5678"),
            ("030 1234567, ab 17 Uhr", "030 1234567"),
            ("H 030 123456 / M 0171 123456", "030 123456"),
            ("+49'30'1234567", "+49 30 1234567"),
            ("O171 1234567", "0171 1234567"),
            ("+ 49 171 1234567", "+49 171 1234567"),
            ("call me please", None),
            ("keine", None),
        ):
            with self.subTest(text):
                self.assertEqual(typed_phone.read(text)[0], number)

    def test_amounts_in_many_languages(self):
        for text, manner, amount in (
            ("12.500,50", DE, 12500.5),
            ("12 500,00", FR, 12500),
            ("50 k€", FR, 50000),
            ("1 million d'euros", FR, 1000000),
            ("50 T€", DE, 50000),
            ("20 mil euros", ES, 20000),
            ("CHF 10'000.-", CH, 10000),
            ("10 000 kr", SV, 10000),
            ("R$ 10.000,00", PT, 10000),
            ("10 tys. zł", PL, 10000),
            ("environ 10 000 €", FR, 10000),
            ("max 5000", US, 5000),
            ("€ 5.000,-", NL, 5000),
            ("5000 EUR netto", DE, 5000),
            ("5.000 € zzgl. MwSt.", DE, 5000),
            ("2 milioni", IT, 2000000),
            ("1.000.000", US, 1000000),
            ("50-100k", US, None),
            ("€5k", US, None),
            ("25.000", US, None),
            ("2,500", DE, None),
            ("5000 USD/year", US, None),
        ):
            with self.subTest(text):
                number = typed_number.read_amount(text, manner)
                self.assertEqual(number if number is None else float(number), amount)

    def test_counts_in_many_languages(self):
        for text, manner, count in (
            ("ca. 50 Mitarbeiter", DE, 50),
            ("200 pers.", FR, 200),
            ("plus de 100", FR, 100),
            ("más de 100", ES, 100),
            ("oltre 100", IT, 100),
            ("meer dan 100", NL, 100),
            ("5 FTE", NL, 5),
            ("10 bis 20", DE, None),
            ("just me", US, None),
        ):
            with self.subTest(text):
                self.assertEqual(typed_number.read_count(text, manner), count)

    def test_days_in_many_languages(self):
        for text, manner, day in (
            ("1er février 2027", FR, DAY),
            ("le 1/2/2027", FR, DAY),
            ("1 de febrero de 2027", ES, DAY),
            ("1° febbraio 2027", IT, DAY),
            ("op 1 februari 2027", NL, DAY),
            ("Montag, 1. Februar 2027", DE, DAY),
            ("01.02.2027r.", PL, DAY),
            ("1 lutego 2027", PL, DAY),
            ("1st of Feb 2027", US, DAY),
            ("1 Feb '27", GB, DAY),
            ("27-02-01", SV, DAY),
            ("2027年2月1日", US, DAY),
            ("Q1 2027", US, None),
            ("31.02.2027", DE, None),
            ("KW 12", DE, None),
        ):
            with self.subTest(text):
                self.assertEqual(typed_date.read(text, manner, TODAY)[0], day)

    def test_addresses_however_they_are_typed(self):
        for text, site in (
            ("https//acme.de", "https://acme.de"),
            ("site: acme.com", "acme.com"),
            ("(acme.com)", "acme.com"),
            ("www. acme.com", "www.acme.com"),
            ("htp://acme.de", None),
            ("info@acme.de", None),
            ("javascript:alert(1)", None),
        ):
            with self.subTest(text):
                self.assertEqual(typed_address.read_website(text)[0], site)
        for text, email in (
            ("jane [at] acme [dot] com", "jane@acme.com"),
            ("jane＠acme．com", "jane@acme.com"),
            ("my email is jane@acme.com", "jane@acme.com"),
            ("jane@acme.com / 0171 123", "jane@acme.com"),
            ("jane@acme,com", None),
            ("jane@@acme.com", None),
        ):
            with self.subTest(text):
                self.assertEqual(typed_address.read_email(text)[0], email)

    def test_what_is_left_over_of_phones(self):
        """The first number counts, and nothing that was typed is lost."""
        for text, number, rest in (
            ("1234", "1234", ""),
            ("123", None, "123"),
            ("123456 (office)", "123456", "(office)"),
            ("12345 (office)", None, "12345 (office)"),
            ("a: 12345, b: 123456", "123456", "a: 12345, b:"),
            ("1" * 18, "1" * 18, ""),
            ("1" * 19, None, "1" * 19),
            ("1" * 19 + " ext. 1", "1" * 19 + " ext. 1", ""),
            ("1" * 20 + " ext. 1", None, "1" * 20 + " ext. 1"),
            ("030 123456 x 1234567", "030 123456", "x 1234567"),
            ("(030) 123456 (Büro) [x]", "(030) 123456", "(Büro) [x]"),
            ("((030 123456 now", "030 123456", "(( now"),
            ("030 123456 or 040 123456", "030 123456", "or 040 123456"),
            ("030 123456 and 12", "030 123456", "and 12"),
            ("030 123 / 040 1234567", "030 123", "040 1234567"),
            ("030 / 123456", "030 / 123456", ""),
            ("+49 30 / 123456", "+49 30 / 123456", ""),
            ("030 12 / 34 56 78", "030 12 / 34 56 78", ""),
            ("030 1234567 / 68", "030 1234567", "68"),
            ("0301234567 / 12345", "0301234567 / 12345", ""),
            ("030 - 123456", "030-123456", ""),
            ("O30 123456", "030 123456", ""),
            ("oO30 123456", "30 123456", "oO"),
            ("1-800-FLOWERS", None, "1-800-FLOWERS"),
        ):
            with self.subTest(text):
                self.assertEqual(typed_phone.read(text), (number, rest))

    def test_what_is_left_over_of_addresses(self):
        for text, address, rest in (
            ("Jane <jane@acme.com", "jane@acme.com", "Jane"),
            ("Jane <mailto:jane@acme.com>", "jane@acme.com", "Jane"),
            ("<jane@acme.com.>", "jane@acme.com", ""),
            ("mail:jane@acme.com?subject=x", "jane@acme.com", ""),
            ("jane@acme.com (Sales", "jane@acme.com", "Sales"),
            ("jane@acme.com ()", "jane@acme.com", ""),
            ("jane@acme.com()x", None, "jane@acme.com()x"),
            ("Jane a@b.de Doe", "a@b.de", "Jane Doe"),
            ("a@b.de or A@b.de", "a@b.de", ""),
            ("a@b.de|c@d.de|e@f.de", "a@b.de", "c@d.de, e@f.de"),
            ("A@b.de, a@B.de, c@d.de", "A@b.de", "c@d.de"),
            ("a@b.de, c@d.de, x", None, "a@b.de, c@d.de, x"),
            ("a@b.de cc: me", "a@b.de", "cc me"),
            ("a@b.de x:y", None, "a@b.de x:y"),
            ("", None, ""),
        ):
            with self.subTest(text):
                self.assertEqual(typed_address.read_email(text), (address, rest))
        for text, site, rest in (
            ("see acme.com now", "acme.com", "see now"),
            ("a.com b.com", "a.com", "b.com"),
            ("acme.com, acme.com", "acme.com", ""),
            ("acme .com / shop", "acme.com/shop", ""),
            ("http : // acme.com", "http://acme.com", ""),
            ("HTTPS:///acme.com", "HTTPS://acme.com", ""),
            ("acme.com.", "acme.com", ""),
            ("www,acme.com", "www.acme.com", ""),
            ("http://acme.com:12345/x", "http://acme.com:12345/x", ""),
            ("http://acme.com:123456/x", None, "http://acme.com:123456/x"),
            ("ftp://acme.com", None, "ftp://acme.com"),
        ):
            with self.subTest(text):
                self.assertEqual(typed_address.read_website(text), (site, rest))

    def test_amounts_that_may_be_two(self):
        nobody = Manner()
        for text, manner, amount in (
            ("1000000000000000", US, 10**15),
            ("1000000000000001", US, None),
            ("500 USD", US, 500),
            ("500 EUR", US, None),
            ("500", nobody, 500),
            ("500 USD", nobody, None),
            ("1 billion", US, 10**9),
            ("1 Billion", DE, None),
            ("1.500 Mio", DE, None),
            ("1,500 million", US, None),
            ("1.500 k€", DE, None),
            ("1.500 Euro", DE, 1500),
            ("5 mille", FR, 5000),
            ("5 mil", US, None),
            ("0,500", DE, 0.5),
            ("100.500", US, None),
            ("1000.500", US, 1000.5),
            ("12,500.500", US, 12500.5),
        ):
            with self.subTest(text, manner=manner):
                number = typed_number.read_amount(text, manner)
                self.assertEqual(number if number is None else float(number), amount)

    def test_bare_numbers(self):
        for text in ("500", "500 EUR", "5 k", "5 Mio. €", "500 people"):
            self.assertTrue(typed_number.is_bare(text), text)
        for text in ("about 500", "500 (2023)", "500 [x]", "500+", "~500", "<500"):
            self.assertFalse(typed_number.is_bare(text), text)

    def test_limits_of_days(self):
        for text, manner, day in (
            ("1.2.46", DE, (2046, 2, 1)),
            ("1.2.47", DE, (1947, 2, 1)),
            ("1/2/1900", US, (1900, 1, 2)),
            ("1/2/1899", US, None),
            ("31.12.2200", DE, (2200, 12, 31)),
            ("1.1.2201", DE, None),
            ("1 Feb 027", US, None),
            ("100 Feb 2027", US, None),
            ("2027 Feb 1", US, (2027, 2, 1)),
            ("1 Feb 27", US, (2027, 2, 1)),
            ("27/2/1", SV, (2027, 2, 1)),
            ("02/01/2027", SV, (2027, 1, 2)),
            ("12-01-31", DE, (2031, 1, 12)),
            ("13-01-31", DE, None),
            ("19990201", US, (1999, 2, 1)),
            ("21270201", US, None),
            ("1.13.2027", DE, (2027, 1, 13)),
            ("13/13/2027", DE, None),
            ("1 2 2027 3", DE, None),
            ("1. Februar Februar 2027", DE, None),
            ("1.2.2027!", DE, None),
            ("1 Jänner 2027", DE, (2027, 1, 1)),
            ("1 Maerz 2027", DE, (2027, 3, 1)),
            ("13/1/2027", US, (2027, 1, 13)),
            ("31/12/99", SV, (1999, 12, 31)),
            ("13-01-2027", GB, (2027, 1, 13)),
            ("20270113", US, (2027, 1, 13)),
            # A month in Finnish; in Polish, and in Croatian another one
            ("1 huhtikuuta 2027", US, (2027, 4, 1)),
            ("1 listopad 2027", PL, (2027, 11, 1)),
            ("1 listopad 2027", US, None),
        ):
            with self.subTest(text, manner=manner):
                found, _rest = typed_date.read(text, manner, TODAY)
                self.assertEqual(found, day and datetime.date(*day))

    def test_what_stands_around_days(self):
        for text, manner in (
            ("bis 1.2.2027", DE),
            ("1.2.2027 10:30 Uhr", DE),
            ("1.2.2027, um 10 Uhr", DE),
            ("1.2.2027 at 5 pm", US),
            ("2027-02-01T10:30:00Z", DE),
        ):
            with self.subTest(text):
                self.assertEqual(typed_date.read(text, manner, TODAY), (DAY, text))

    def test_languages_that_are_known(self):
        for lang, name in (
            ("de_AT", "de_AT"),
            ("sr@latin", "sr"),
            ("de_a_b_c_d", "de"),
            ("xx_YY", "None"),
            ("", "None"),
        ):
            self.assertEqual(str(typed_date.get_locale(lang)), name, lang)
