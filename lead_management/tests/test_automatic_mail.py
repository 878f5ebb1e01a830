from email import message_from_string, policy

from odoo.tests import BaseCase, tagged

from ..tools.automatic_mail import is_automatic


@tagged("post_install", "-at_install")
class TestAutomaticMail(BaseCase):
    """Which e-mails no person has written."""

    def _is_automatic(self, *headers):
        text = "\n".join([*headers, "", "I am away."])
        return is_automatic(message_from_string(text, policy=policy.SMTP))

    def test_headers_of_machines(self):
        for header in (
            "Auto-Submitted: auto-replied",
            "auto-submitted: Auto-Generated; owner-email=x@example.com",
            "X-Autoreply: yes",
            "X-Autorespond: 1",
            "X-Auto-Reply-From: jane@example.com",
            "Precedence: auto_reply",
            "Precedence: BULK",
            "Return-Path: <>",
        ):
            self.assertTrue(self._is_automatic(header, "Subject: Re: Hello"), header)

    def test_subjects_of_mail_programs(self):
        for subject in (
            "Automatic reply: Your quote",
            "Out of office: Your quote",
            "AUTO: Jane is away until Monday",
            "I am currently out of the office",
            "Automatische Antwort: Ihr Angebot",
            "=?utf-8?q?Abwesenheitsnotiz=3A_Ihr_Angebot?=",
            "=?utf-8?q?R=C3=A9ponse_automatique_=3A_Devis?=",
            "Respuesta automática: Oferta",
            "Risposta automatica: Offerta",
            "自动回复: 报价",
        ):
            self.assertTrue(self._is_automatic(f"Subject: {subject}"), subject)

    def test_people_write(self):
        for headers in (
            ("Subject: Re: Hello", "Auto-Submitted: no"),
            ("Subject: Re: Automatic reply: Your quote",),
            ("Subject: Automatic doors for our office",),
            ("Subject: Auto insurance",),
            ("Subject: Autohaus Weber: Anfrage",),
            ("Subject: Absent colleagues and the out of office assistant",),
            ("Subject: Re: Hello", "Precedence: list", "Return-Path: <jane@x.org>"),
            (),
        ):
            self.assertFalse(self._is_automatic(*headers), headers)
