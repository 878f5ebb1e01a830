import datetime
import html

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.lead_management_capture.tests.test_capture_submission import ANSWERS

from .common import NEWS, ConsentCase


@tagged("post_install", "-at_install", "lead_consent")
class TestConsentAsking(ConsentCase):
    """The e-mails that ask for a confirmation."""

    def test_one_email_asks_for_all_that_was_checked(self):
        self.calls.needs_confirmation = True
        self._check_boxes(self.news_box, self.calls_box)
        mail = self._ask()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.email_to, "jane@example.com")
        self.assertEqual(mail.email_from, self.form.company_id.email_formatted)
        self.assertIn(NEWS, mail.body_html)
        self.assertIn("Call me.", mail.body_html)
        self.assertIn(self.form.company_id.name, mail.subject)
        states = self._get_state() | self._get_state(self.calls)
        found = self.states._find_asked(self._get_path(mail, "confirm").split("/")[-1])
        self.assertEqual(found, states)
        withdraw = self._get_path(mail, "withdraw")
        self.assertEqual(self.states._find_to_withdraw(withdraw.split("/")[-1]), states)
        self.assertIn(withdraw, mail.headers)
        self.assertIn("List-Unsubscribe=One-Click", mail.headers)
        self.assertTrue(all(states.mapped("asked_date")))
        self.assertFalse(self._ask(), "Nobody is asked twice")

    def test_nobody_else_reads_the_link(self):
        lead = self._check_boxes(self.news_box)
        lead.user_id = self.user_sales_salesman
        mail = self._ask()
        self.assertFalse(mail.model or mail.res_id)
        seen = self._get_state().with_user(self.user_sales_salesman)
        self.assertEqual(seen.state, "asked")
        self.assertFalse(seen._get_confirm_url() or seen._get_withdraw_url())
        manager = self._get_state().with_user(self.user_sales_manager)
        template = self.news.template_id.with_env(manager.env)
        shown = template._render_field("body_html", manager.ids)[manager.id]
        self.assertNotIn("/lead/consent/", html.unescape(str(shown)))
        with self.assertRaisesRegex(Exception, "asked_key|Request Key|access"):
            manager.read(["asked_key"])

    def test_nobody_but_the_person_gets_the_link(self):
        self.news.template_id = self.news.template_id.copy(
            {"email_to": "evil@example.com", "email_cc": "evil@example.com"}
        )
        self._check_boxes(self.news_box)
        mail = self._ask()
        self.assertEqual(mail.email_to, "jane@example.com")
        self.assertFalse(mail.email_cc or mail.recipient_ids)

    def test_a_mailbox_is_asked_once_a_day(self):
        self._check_boxes(self.news_box)
        self.assertEqual(len(self._ask()), 1)
        self._check_boxes(self.news_box, message="Again")
        self._check_boxes(self.news_box, email="j.ane+1@example.com")
        self.assertFalse(self._ask())
        self.assertFalse(self._get_state().ask_due, "The link is still open")
        other = self._get_state(email="j.ane+1@example.com")
        self.assertTrue(other.ask_due, "It waits")
        with freeze_time(fields.Datetime.now() + datetime.timedelta(days=1, hours=1)):
            self.assertEqual(self._ask().email_to, "j.ane+1@example.com")

    def test_a_new_box_gets_a_new_link_when_the_old_one_has_expired(self):
        self._check_boxes(self.news_box)
        first = self._get_path(self._ask(), "confirm").split("/")[-1]
        with freeze_time(fields.Datetime.now() + datetime.timedelta(days=8)):
            self.assertFalse(self.states._find_asked(first))
            self._check_boxes(self.news_box, message="Again")
            second = self._get_path(self._ask(), "confirm").split("/")[-1]
            self.assertTrue(self.states._find_asked(second))

    def test_no_more_people_an_hour_than_the_purpose_says(self):
        self.news.mail_limit = 2
        for number in range(3):
            self._check_boxes(self.news_box, email=f"j{number}@example.com")
        self.assertEqual(len(self._ask()), 2)
        self.assertFalse(self._ask())
        with freeze_time(
            fields.Datetime.now() + datetime.timedelta(hours=1, minutes=5)
        ):
            self.assertEqual(len(self._ask()), 1)

    def test_who_is_archived_is_asked_no_more(self):
        self._check_boxes(self.news_box)
        self.news.active = False
        self.assertFalse(self._ask())
        self.assertFalse(self._get_state().ask_due)

    def test_an_email_that_fails_is_told_and_tried_again(self):
        good = self.news.template_id
        # Saving a template tries it with any record.
        fails = "1 // ('@example.com' not in object.email_normalized)"
        bad = good.copy({"body_html": f'<p t-out="{fails}"/>'})
        self.news.template_id = bad
        self._check_boxes(self.news_box)
        self._check_boxes(self.news_box, email="joe@example.com")
        with mute_logger("odoo.addons.mail.models.mail_render_mixin"):
            self.assertFalse(self._ask())
        self.assertTrue(self.news.mail_error)
        self.assertTrue(self._get_state().ask_due)
        self.news.template_id = good
        self.assertEqual(len(self._ask()), 2)
        self.assertFalse(self.news.mail_error)

    def test_a_withdrawal_kills_the_link(self):
        self._check_boxes(self.news_box)
        token = self._get_path(self._ask(), "confirm").split("/")[-1]
        state = self._get_state()
        state._withdraw(how="link")
        self.assertFalse(self.states._find_asked(token))
        # Nor does one that is sent before the person checks the box again.
        self._check_boxes(self.news_box, message="Again")
        self.assertFalse(self.states._find_asked(token))
        with freeze_time(fields.Datetime.now() + datetime.timedelta(days=1, hours=1)):
            mail = self._ask()
        self.assertEqual(state.state, "withdrawn")
        found = self.states._find_asked(self._get_path(mail, "confirm").split("/")[-1])
        self.assertEqual(found, state)

    def test_the_email_is_in_the_language_of_the_visitor(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.news.with_context(lang="de_DE").name = "Neuigkeiten"
        self.form.lang_ids = self.env["res.lang"].search(
            [("code", "in", ("en_US", "de_DE"))]
        )
        self.form.consent_ids.filtered(
            lambda consent: consent.purpose_id == self.news
        ).with_context(lang="de_DE").text = "Schreibt mir."
        open_form = self.form._get_open_form(self.form.token)
        inputs = {**ANSWERS, self.news_box: "yes"}
        self.submissions._receive(open_form, inputs, "192.0.2.1", "de_DE")
        self._process()
        self.assertEqual(self._get_state().text, "Schreibt mir.")
        mail = self._ask()
        self.assertIn("Neuigkeiten", mail.body_html)
        self.assertIn("Schreibt mir.", mail.body_html)
