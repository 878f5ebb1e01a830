from odoo.tests import BaseCase, Form, tagged, users

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon
from odoo.addons.lead_management.tools import readable
from odoo.addons.lead_management_capture.tools import mail_address, stranger_text

# Texts that show nothing, whatever they are made of
UNSEEN = (
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\u00a0\u2003\u3000",
    "\x01\x7f",
    "\u0301\u0308",
    "\u200f\u202e\u2066",
    "\u3164",
    "\u2800",
    "\u200d\ufe0f",
    "\U000e0041",
)
SEEN = ("李", "-", "N/A", "e\u0301", "\u202eabc", "👨\u200d👩\u200d👧", "❤️", "٣", "कि")


@tagged("post_install", "-at_install")
class TestReadableText(BaseCase):
    def test_what_shows_nothing_is_empty(self):
        for text in UNSEEN:
            with self.subTest(text=ascii(text)):
                self.assertFalse(readable.is_readable(text))
                self.assertEqual(readable.strip(f" {text} "), "")

    def test_what_can_be_read_stays_as_it_is(self):
        for text in SEEN:
            with self.subTest(text=ascii(text)):
                self.assertTrue(readable.is_readable(text))
                self.assertIn(text.lstrip("\u202e"), readable.strip(f"\u200b {text}"))

    def test_spellings_of_a_mailbox_are_one(self):
        for spelling in (
            "victim@example.com",
            "victim+1@example.com",
            "v.i.ctim@example.com",
            "VIC.TIM+a+b@Example.com",
        ):
            self.assertEqual(mail_address.mailbox(spelling), "victim@example.com")
        self.assertEqual(
            mail_address.mailbox("v.i@googlemail.com"),
            mail_address.mailbox("vi+x@gmail.com"),
        )
        for other in ("victim@example.org", "victims@example.com", "+1@example.com"):
            self.assertNotEqual(mail_address.mailbox(other), "victim@example.com")

    def test_text_of_a_stranger_is_short_and_has_no_links(self):
        for text, quoted in (
            ("Jane Doe", "Jane Doe"),
            ("Dr. Jane", "Dr. Jane"),
            ("Win at https://evil.example/x now", "Win at evil. example/x now"),
            ("WWW.EVIL.EXAMPLE", "WWW. EVIL. EXAMPLE"),
            ("evil。example", "evil。 example"),
            ("1.5 million", "1.5 million"),
            ("two\n lines", "two lines"),
        ):
            self.assertEqual(stranger_text.quote(text), quoted)
        self.assertLessEqual(len(stranger_text.quote("word " * 100)), 60)
        self.assertEqual(stranger_text.quote("x" * 100), "x" * 59 + "…")


@tagged("post_install", "-at_install")
class TestReadableNames(TestLeadManagementCommon):
    """A name that shows nothing is no name, by whatever way it comes."""

    @users("user_sales_salesman")
    def test_a_lead_has_no_unseen_names(self):
        for text in UNSEEN:
            with self.subTest(text=ascii(text)):
                lead = self.env["crm.lead"].create(
                    {
                        "type": "lead",
                        "name": text,
                        "email_from": "jane@example.com",
                        "contact_first_name": text,
                        "contact_last_name": text,
                        "partner_name": text,
                    }
                )
                self.assertEqual(lead.name, "jane@example.com")
                self.assertFalse(lead.contact_last_name)
                self.assertFalse(lead.contact_name)
                self.assertFalse(lead.partner_name)
                lead.write({"partner_name": "Acme", "contact_last_name": "Doe"})
                lead.write({"partner_name": text, "contact_last_name": text})
                self.assertFalse(lead.partner_name)
                self.assertFalse(lead.contact_name)

    @users("user_sales_salesman")
    def test_the_form_asks_again(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("lead_management.require_first_name", "False")
        parameters.set_param("lead_management.require_last_name", "True")
        parameters.set_param("lead_management.require_company", "True")
        with Form(
            self.env["crm.lead"].with_context(default_type="lead"),
            "crm.crm_lead_view_form",
        ) as form:
            form.name = "A lead"
            form.contact_last_name = "\u200b"
            self.assertFalse(form.contact_last_name)
            form.partner_name = "\ufeff"
            self.assertFalse(form.partner_name)
            with self.assertRaises(AssertionError):
                form.save()
            form.contact_last_name = "Doe"
            form.partner_name = "-"
        self.assertEqual(form.record.partner_name, "-")

    @users("user_sales_salesman")
    def test_a_file_has_no_unseen_names(self):
        result = self.env["crm.lead"].load(
            ["type", "email_from", "contact_last_name", "partner_name"],
            [["lead", "jane@example.com", "\u200b", "\u00ad"]],
        )
        lead = self.env["crm.lead"].browse(result["ids"])
        self.assertFalse(lead.contact_last_name)
        self.assertFalse(lead.partner_name)
