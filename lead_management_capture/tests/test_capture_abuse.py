from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.test_lead_management.tests.test_readable import UNSEEN

from ..tools import capture_fields
from .test_capture_submission import ANSWERS, TestCaptureSubmissionCommon

SPAM = "Win a prize at https://evil.example/win and www.evil.example now " * 20
HONEYPOT = {capture_fields.HONEYPOT: "x"}


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureAbuse(TestCaptureSubmissionCommon):
    """A form can't be made to work for strangers against others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Thanks",
                "model_id": cls.env["ir.model"]._get_id("crm.lead"),
                "subject": "Thanks {{ object.contact_name }}",
                "body_html": '<p>Dear <t t-out="object.contact_first_name"/>'
                '<t t-out="object.contact_last_name"/>, you wrote:</p>'
                '<t t-out="object.description"/><t t-out="object.partner_name"/>'
                '<t t-out="object.name"/><t t-out="object.display_name"/>'
                '<t t-out="object.website"/>',
                "email_to": "{{ object.email_from }}",
            }
        )
        cls.form.write({"auto_response_template_id": cls.template.id, "rate_limit": 0})

    def _get_answers(self):
        return self.env["mail.mail"].search([("subject", "=like", "Thanks%")])

    def _send_from(self, *emails):
        for number, email in enumerate(emails):
            self._submit({**ANSWERS, "email": email, "message": f"No. {number}"})
        self._process()

    # Automatic answers

    def test_one_mailbox_gets_one_answer_however_it_is_spelled(self):
        spellings = (
            "victim@example.com",
            "victim+1@example.com",
            "victim+2@example.com",
            "v.i.ctim@example.com",
            "V.ictim+x@EXAMPLE.com",
        )
        self._send_from(*spellings)
        self.assertEqual(len(self._get_answers()), 1)
        self._send_from("vic.tim@example.com", "other@example.com")
        self.assertEqual(len(self._get_answers()), 2)
        answered = self.submissions.search([("answered_date", "!=", False)])
        answered.answered_date = "2020-01-01"
        self._send_from("victim+3@example.com")
        self.assertEqual(len(self._get_answers()), 3)

    def test_a_form_sends_so_many_answers_an_hour(self):
        self.form.answer_limit = 3
        self._send_from(*(f"jane{number}@example.com" for number in range(5)))
        self.assertEqual(len(self._get_answers()), 3)
        self._send_from("late@example.com")
        self.assertEqual(len(self._get_answers()), 3)
        states = self.submissions.search([("form_id", "=", self.form.id)])
        self.assertEqual(set(states.mapped("state")), {"lead"})
        self.assertIn("answers per hour has been reached (3)", self.form.problems)
        self.form.invalidate_recordset()
        self.form.answer_limit = 0
        self._send_from("later@example.com")
        self.assertEqual(len(self._get_answers()), 4)
        self.assertFalse(self.form.problems)

    def test_an_answer_holds_little_of_what_was_typed(self):
        submission = self._submit(
            {
                "first_name": "Win at https://evil.example",
                "last_name": "www.evil.example",
                "email": "victim@example.com",
                "company": "evil.example/win Ltd",
                "message": SPAM,
            }
        )
        self._process()
        mail = self._get_answers()
        for text in (mail.body_html, mail.subject):
            self.assertNotIn("evil.example", text)
            self.assertNotIn("https:", text)
        self.assertLess(len(mail.body_html), 900)
        self.assertIn("Win a prize", mail.body_html)
        # The lead itself has all of it.
        lead = submission.lead_id
        self.assertIn("https://evil.example/win", lead.description)
        self.assertEqual(lead.contact_last_name, "www.evil.example")
        self.assertEqual(lead.partner_name, "evil.example/win Ltd")

    @mute_logger("odoo.addons.mail.models.mail_render_mixin")
    def test_one_answer_that_cannot_be_written_stops_no_other(self):
        self.template.body_html = "<p t-out=\"1 / (object.partner_name != 'Poison')\"/>"
        for company in ("Acme", "Poison", "Umbrella"):
            email = f"{company}@example.com".lower()
            self._submit({**ANSWERS, "company": company, "email": email})
        self._process()
        self.assertEqual(
            sorted(self._get_answers().mapped("email_to")),
            ["acme@example.com", "umbrella@example.com"],
        )
        self.assertIn("“Thanks” could not be written", self.form.problems)

    # Quarantine

    def test_the_quarantine_has_room_for_so_many_and_the_oldest_go(self):
        self.env["ir.config_parameter"].set_param(
            "lead_management.capture_quarantine_ceiling", "3"
        )
        other = self._create_form(name="Another form")
        kept = self._submit({**ANSWERS, "last_name": "Clean"})
        elsewhere = self._submit({**ANSWERS, "last_name": "S"}, form=other, **HONEYPOT)
        self.form.daily_limit = 1
        waiting = self._submit({**ANSWERS, "last_name": "Waiting"})
        self._process()
        spam = [
            self._submit({**ANSWERS, "last_name": f"Spam {number}"}, **HONEYPOT)
            for number in range(5)
        ]
        self.assertEqual({one.state for one in spam}, {"quarantine"})
        self.submissions._trim_quarantines()
        left = self.submissions.search([("form_id", "=", self.form.id)], order="id")
        self.assertEqual(left, kept | waiting | self.submissions.union(*spam[2:]))
        self.assertEqual((kept.state, waiting.state), ("lead", "waiting"))
        self.assertTrue(elsewhere.exists())
        self.assertIn("quarantine is full (3)", self.form.problems)
        self.assertFalse(other.problems)

    def test_what_a_person_released_is_no_spam_any_more(self):
        self.env["ir.config_parameter"].set_param(
            "lead_management.capture_quarantine_ceiling", "1"
        )
        first = self._submit({**ANSWERS, "last_name": "A"}, **HONEYPOT)
        first.action_release()
        for name in ("B", "C"):
            self._submit({**ANSWERS, "last_name": name}, **HONEYPOT)
        self.submissions._trim_quarantines()
        self.assertEqual(first.state, "new")

    @mute_logger("odoo.addons.lead_management.models.ir_config_parameter")
    def test_a_strange_ceiling_is_the_usual_one(self):
        for text in ("many", "", "1e3"):
            self.env["ir.config_parameter"].set_param(
                "lead_management.capture_quarantine_ceiling", text
            )
            self.assertEqual(self.submissions._get_quarantine_ceiling(), 1_000)

    # Required

    def test_what_shows_nothing_is_not_filled_in(self):
        self.form.field_ids.required = True
        for text in UNSEEN:
            for name in ("first_name", "last_name", "company", "message"):
                with self.subTest(text=ascii(text), name=name):
                    receipt = self._send({**ANSWERS, name: f" {text} "})
                    self.assertEqual(receipt.errors, {name: "required"})

    def test_a_placeholder_is_an_answer(self):
        self.form.field_ids.required = True
        for text in ("N/A", "-", "none", "?", "k.A."):
            submission = self._submit({**ANSWERS, "company": text})
            self._process()
            self.assertEqual(submission.lead_id.partner_name, text)
