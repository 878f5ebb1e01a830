import datetime

from odoo.tests import BaseCase, tagged

from odoo.addons.lead_management_capture.tools.capture_fields import (
    CONSENT_VALUE,
    SafeField,
)
from odoo.addons.lead_management_capture.tools.capture_files import FileLimits

from ..tools import trial_answers

MAIL = SafeField("email", "email_from", "Email", "email")
NAME = SafeField("name", "contact_name", "Name")
COUNTRY = SafeField("country", "country_id", "Country", "country")
COUNTRIES = [("AT", "Austria"), ("FR", "France")]


@tagged("post_install", "-at_install", "lead_capture")
class TestTrialAnswers(BaseCase):
    """What a form is sent with to try it out."""

    def test_what_must_be_answered_is(self):
        questions = [(NAME, False, ()), (MAIL, True, ())]
        self.assertEqual(
            trial_answers.get(questions), ({"email": "trial@example.com"}, {})
        )

    def test_one_answer_is_given_at_least(self):
        questions = [(NAME, False, ()), (MAIL, False, ())]
        self.assertEqual(trial_answers.get(questions), ({"name": "Trial"}, {}))
        self.assertEqual(trial_answers.get([]), ({}, {}))

    def test_answers_are_of_the_kind(self):
        def answer(field, options=(), country_code=None):
            answers, files = trial_answers.get([(field, True, options)], country_code)
            self.assertFalse(files)
            return answers[field.key]

        self.assertEqual(answer(COUNTRY, COUNTRIES), "AT")
        self.assertEqual(answer(COUNTRY, COUNTRIES, "FR"), "FR")
        self.assertEqual(answer(NAME, COUNTRIES, "FR"), "AT")
        self.assertEqual(answer(NAME, (), "FR"), "Trial")
        day = SafeField("day", "", "Day", "date")
        self.assertEqual(answer(day, [("x", "X")]), str(datetime.date.today()))
        consent = SafeField("yes", "", "Yes", "checkbox")
        self.assertEqual(answer(consent), CONSENT_VALUE)

    def test_files_are_what_is_asked_for(self):
        for kind, name, start in (
            ("images", "trial.png", b"\x89PNG"),
            ("pdf", "trial.pdf", b"%PDF"),
            ("documents", "trial.pdf", b"%PDF"),
        ):
            field = SafeField("cv", "", "CV", files=FileLimits(kind, 1, 1))
            answers, files = trial_answers.get([(field, True, ())])
            self.assertFalse(answers)
            file_name, content = files["cv"]
            self.assertEqual(file_name, name)
            self.assertTrue(content.startswith(start))
