import html
import re

from odoo import SUPERUSER_ID
from odoo.fields import Command

from odoo.addons.lead_management_capture.tests.test_capture_submission import (
    ANSWERS,
    TestCaptureSubmissionCommon,
)

LINK = re.compile(r"https?://[^\s\"'<>]*(/lead/consent/(confirm|withdraw)/[\w-]+)")
NEWS = "Send me news by email."


class ConsentCase(TestCaptureSubmissionCommon):
    """`news` is a purpose that needs confirmation, `calls` one that doesn't; the form
    asks for both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.states = cls.env["crm.lead.consent.state"]
        purposes = cls.env["crm.lead.consent.purpose"].with_user(cls.user_sales_manager)
        cls.news, cls.calls = purposes.create(
            [
                {"name": "News", "text": NEWS, "mail_limit": 0},
                {"name": "Calls", "text": "Call me.", "needs_confirmation": False},
            ]
        ).with_env(cls.env)
        cls.form.with_user(cls.user_sales_manager).consent_ids = [
            Command.create(
                {"name": purpose.name, "text": purpose.text, "purpose_id": purpose.id}
            )
            for purpose in cls.news + cls.calls
        ]
        cls.news_box, cls.calls_box = cls.form.consent_ids.mapped("input_name")

    def _check_boxes(self, *boxes, email="jane@example.com", **answers):
        """Submit the form with boxes checked, and make the lead of it."""
        submission = self._submit(
            {**ANSWERS, "email": email, **answers}, **dict.fromkeys(boxes, "yes")
        )
        self._process()
        return submission.lead_id

    def _get_state(self, purpose=None, email="jane@example.com"):
        return self.states.search(
            [
                ("purpose_id", "=", (purpose or self.news).id),
                ("email_normalized", "=", email),
            ]
        )

    def _ask(self):
        """Run the scheduled action, and return the e-mails it has written."""
        mails = self.env["mail.mail"].sudo()
        last = mails.search([], order="id desc", limit=1).id or 0
        cron = self.env.ref("lead_management_consent.ir_cron_ask")
        with self._registry_test_mode():
            cron.with_user(SUPERUSER_ID).method_direct_trigger()
        self.env.invalidate_all()
        return mails.search([("id", ">", last)], order="id")

    def _registry_test_mode(self):
        return self.enter_registry_test_mode()

    def _get_path(self, mail, kind):
        """Return the path of the link in an e-mail."""
        for found in LINK.finditer(html.unescape(mail.body_html)):
            if found[2] == kind:
                return found[1]
        raise AssertionError(f"No link to {kind}: {mail.body_html}")

    def _agree(self, email="jane@example.com"):
        """Let a person confirm the news."""
        self.states._request(self.news, {email: False})
        state = self._get_state(email=email)
        state.write({"asked_key": f"key of {email}", "ask_due": False})
        state._confirm(how="link")
        return state
