from odoo.tests import BaseCase, tagged

from ..tools import close_name, mail_address, stranger_text

COUNTRIES = {"germany": "DE", "deutschland": "DE", "german empire": "old"}
COUNTRIES |= {"france": "FR", "czech republic": "CZ", "niger": "NE", "nigeria": "NG"}
COUNTRIES |= {"austria": "AT", "australia": "AU", "united kingdom": "GB", "uk": "GB"}


@tagged("post_install", "-at_install", "lead_capture")
class TestStrangerText(BaseCase):
    """What strangers type, as it is sent, compared and meant."""

    def test_text_is_cut_and_names_no_address(self):
        for text, quoted in {
            "  Jane   Doe ": "Jane Doe",
            "see https://evil.example.com/x": "see evil. example. com/x",
            "HTTP://evil。example": "evil。 example",
            "3.5 m": "3.5 m",
            "x" * 60: "x" * 60,
            "x" * 61: "x" * 59 + "…",
            "word " * 20: "word " * 11 + "word…",
            "": "",
        }.items():
            self.assertEqual(stranger_text.quote(text), quoted)
        self.assertEqual(stranger_text.quote("Jane Doe", 5), "Jane…")

    def test_spellings_of_one_mailbox(self):
        for address, folded in {
            "Jane@X.example.com": "jane@x.example.com",
            "j.a.ne+x@googlemail.com": "jane@gmail.com",
            "jane@x.example.com.": "jane@x.example.com",
            "+x@x.example.com": "+x@x.example.com",
            "a@b@x.example.com": "a@b@x.example.com",
        }.items():
            self.assertEqual(mail_address.mailbox(address), folded)

    def test_the_only_name_that_may_be_meant(self):
        for typed, code in {
            # one mistake in six letters or more, not in the first
            "Germny": "DE",
            "Fracne": "FR",
            "Frace": None,
            "Austrlia": None,  # Austria or Australia
            "Austraila": "AU",
            "ermany": None,
            "Nigeri": None,
            # the beginning of each word
            "Ger.": "DE",
            "Ge.": None,
            "Germ. Emp.": "old",
            "Czech Rep.": "CZ",
            "Rep. Czech": None,
            "Nig.": None,
            "": None,
        }.items():
            folded = typed.lower().replace(".", "")
            found = close_name.find(typed, folded, COUNTRIES)
            self.assertEqual(found, code, typed)
