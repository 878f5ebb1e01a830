import hashlib
import hmac
import json

from odoo.tests import tagged

from ..models.crm_lead_hook import linkedin
from .stand_in import StandIn, StandInCase

REFUSAL = "Not enough permissions to access this resource"


def _text(question_id, answer):
    details = {"textQuestionAnswer": {"answer": answer}}
    return {"questionId": question_id, "answerDetails": details}


def _response(**more):
    return {
        "id": "7a-1",
        "submittedAt": 1686182358881,
        "testLead": False,
        "leadMetadataInfo": {
            "sponsoredLeadMetadataInfo": {"campaign": {"name": "Spring"}}
        },
        "formResponse": {
            "answers": [
                _text(11, "Mia"),
                _text(12, "Sample"),
                _text(13, "mia@example.com"),
                {
                    "questionId": 14,
                    "answerDetails": {"multipleChoiceAnswer": {"options": [2, 3]}},
                },
            ],
            "consentResponses": [{"consentId": 5, "accepted": True}],
        },
        "form": {
            "name": "Chairs",
            "content": {
                "legalInfo": {
                    "consents": [
                        {"id": 5, "consent": {"localized": {"en_US": "Write to me"}}}
                    ]
                },
                "questions": [
                    {"questionId": 11, "predefinedField": "FIRST_NAME"},
                    {"questionId": 12, "predefinedField": "LAST_NAME"},
                    {"questionId": 13, "predefinedField": "EMAIL"},
                    {
                        "questionId": 14,
                        "name": "Which chairs?",
                        "questionDetails": {
                            "multipleChoiceQuestionDetails": {
                                "options": [
                                    {"id": 1, "label": "Stools"},
                                    {
                                        "id": 2,
                                        "text": {"localized": {"en_US": "Armchairs"}},
                                    },
                                    {"id": 3, "label": "Benches"},
                                ]
                            }
                        },
                    },
                ],
            },
        },
        **more,
    }


@tagged("post_install", "-at_install", "lead_hook")
class TestHookLinkedin(StandInCase):
    """Lead forms of LinkedIn, with a stand-in for LinkedIn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hook = cls._create_hook(
            "linkedin",
            linkedin_client_secret="client secret",
            linkedin_access_token="lead token",
        )

    def setUp(self):
        super().setUp()
        answers = {
            "7a-1": _response(),
            "7a-2": _response(testLead=True),
            "7a-3": {"id": "7a-3"},
        }
        self._stand_in(linkedin, "API", answers, {"message": REFUSAL})

    def _tell(self, response_id, secret="client secret", prefix="", **more):
        body = json.dumps(
            {
                "type": "LEAD_ACTION",
                "leadAction": "CREATED",
                "leadGenFormResponse": f"urn:li:leadGenFormResponse:{response_id}",
                "leadGenForm": "urn:li:leadGenForm:1",
                **more,
            }
        )
        signature = hmac.new(
            secret.encode(), f"hmacsha256={body}".encode(), hashlib.sha256
        ).hexdigest()
        return self._call(body, **{"X-LI-Signature": prefix + signature})

    def test_linkedin_is_told_that_the_address_is_ours(self):
        code = "890e4665-4dfe-4ab1-b689-ed553bceeed0"
        response = self._get({"challengeCode": code})
        right = hmac.new(b"client secret", code.encode(), hashlib.sha256).hexdigest()
        self.assertEqual(
            response.json(), {"challengeCode": code, "challengeResponse": right}
        )
        self.assertEqual(response.headers["Content-Type"], "application/json")
        self.assertEqual(self._get({"challengeCode": "<script>"}).status_code, 404)
        self.assertEqual(self._get({}).status_code, 404)
        self.hook.linkedin_client_secret = False
        self.assertEqual(self._get({"challengeCode": code}).status_code, 404)

    def test_what_a_lead_says_is_fetched(self):
        self.assertEqual(self._tell("7a-1").status_code, 200)
        self.assertEqual(self.hook.call_ids.state, "fetching")
        self._fetch()
        self.assertEqual(self.hook.call_ids.state, "taken", self.hook.call_ids.reason)
        [(path, headers)] = StandIn.asked
        self.assertTrue(path.startswith("/leadFormResponses/7a-1?fields=id,"), path)
        self.assertEqual(headers["Authorization"], "Bearer lead token")
        self.assertEqual(headers["LinkedIn-Version"], linkedin.VERSION)
        self._process()
        lead = self._get_all().lead_id
        self.assertEqual(lead.contact_name, "Mia Sample")
        self.assertEqual(lead.email_from, "mia@example.com")
        self.assertEqual(lead.capture_touches["last_utm_campaign"], "Spring")

    def test_own_questions_choices_and_consents_have_their_names(self):
        self._tell("7a-1")
        self._fetch()
        self.hook.sample = self.hook.call_ids.fetched
        self.hook.action_read_sample()
        examples = {line.path: line.example for line in self.hook.line_ids}
        self.assertEqual(
            examples["answers[name=Which chairs?].value"], "Armchairs, Benches"
        )
        self.assertEqual(examples["consents[name=Write to me].value"], "yes")

    def test_a_lead_is_taken_once_whenever_it_is_told(self):
        self._tell("7a-1", occurredAt=1)
        self._tell("7a-1", occurredAt=2, prefix="hmacsha256=")
        self.assertEqual(len(self.hook.call_ids), 1)

    def test_a_test_lead_makes_none(self):
        self._tell("7a-2")
        self._fetch()
        self.assertEqual(self.hook.call_ids.state, "test")

    def test_what_linkedin_refuses_waits_with_its_words(self):
        for response_id, reason in (
            ("unknown", REFUSAL),
            ("7a-3", "can't be understood"),
            ("../me", "names no lead"),
        ):
            with self.subTest(response_id=response_id):
                self.hook.call_ids.unlink()
                self._tell(response_id)
                self._fetch()
                self.assertEqual(self.hook.call_ids.state, "waiting")
                self.assertIn(reason, self.hook.call_ids.reason)

    def test_somebody_who_deletes_their_answers_is_told_of(self):
        self._tell("7a-1")
        self._fetch()
        self._tell("7a-1", leadAction="DELETED")
        self._fetch()
        self.assertEqual(len(StandIn.asked), 1, "What is deleted isn't asked for")
        self.assertEqual(self.hook.call_ids[0].state, "waiting")
        self.assertIn("urn:li:leadGenFormResponse:7a-1", self.hook.call_ids[0].reason)

    def test_calls_that_linkedin_did_not_sign_are_refused(self):
        self.assertEqual(self._tell("7a-1", secret="guessed").status_code, 403)
        self.assertEqual(self._call({"type": "LEAD_ACTION"}).status_code, 403)
        self.hook.linkedin_client_secret = False
        self.assertEqual(self._tell("7a-1", secret="").status_code, 403)
        self.assertFalse(self.hook.call_ids)
