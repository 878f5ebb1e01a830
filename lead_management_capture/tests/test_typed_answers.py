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
