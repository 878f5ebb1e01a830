import hashlib
import hmac
import json
import re

from odoo import fields, models

from odoo.addons.lead_management_capture.tools.capture_body import (
    MALFORMED,
    BodyError,
)

from ...tools import fetching, payload

API = "https://api.linkedin.com/rest"
# LinkedIn turns a version off about a year after its month.
VERSION = "202605"
VERSION_PARAMETER = "lead_management.linkedin_version"
ASKED = (
    "id,submittedAt,testLead,leadType,formResponse,leadMetadataInfo,"
    "form:(id,name,content)"
)
CHALLENGE = re.compile(r"[\w-]{1,200}")
RESPONSE = re.compile(r"urn:li:leadGenFormResponse:[\w-]{1,100}")
SIGNATURE_HEADER = "X-LI-Signature"
SIGNATURE_PREFIX = "hmacsha256="
# Questions of a form by the fields of LinkedIn's lead forms, as LinkedIn names them
# (learn.microsoft.com/linkedin/marketing/lead-sync/leadsync)
FIELDS = {
    "FIRST_NAME": "first_name",
    "LAST_NAME": "last_name",
    "EMAIL": "email",
    "WORK_EMAIL": "email",
    "PHONE_NUMBER": "phone",
    "WORK_PHONE_NUMBER": "company_phone",
    "COMPANY_NAME": "company",
    "JOB_TITLE": "job_title",
    "CITY": "city",
    "STATE": "state",
    "ZIP_CODE": "zip",
    "COUNTRY": "country",
}


class CrmLeadHook(models.Model):
    """Lead forms of LinkedIn: LinkedIn asks every two hours whether the address is
    ours, signs each call, and tells in it only which answers there are. What they say
    is fetched, and read with the questions of the form."""

    _inherit = "crm.lead.hook"

    platform = fields.Selection(
        selection_add=[("linkedin", "LinkedIn lead form")],
        ondelete={"linkedin": "set default"},
    )
    linkedin_client_secret = fields.Char(
        "Client Secret",
        copy=False,
        help="Of the app at LinkedIn. Calls that are not signed with it are refused.",
    )
    linkedin_access_token = fields.Char(
        copy=False,
        help="Of the app at LinkedIn, with the right to read leads"
        " (r_marketing_leadgen_automation)",
    )

    def _get_ready_paths(self):
        if self.platform != "linkedin":
            return super()._get_ready_paths()
        return {f"answers[name={name}].value": key for name, key in FIELDS.items()}

    def _get_ready_touches(self):
        if self.platform != "linkedin":
            return super()._get_ready_touches()
        return {"campaign": "last_utm_campaign"}

    def _answer_challenge(self, query):
        if self.platform != "linkedin":
            return super()._answer_challenge(query)
        code = query.get("challengeCode", "")
        if not self.linkedin_client_secret or not CHALLENGE.fullmatch(code):
            return None
        answer = {"challengeCode": code, "challengeResponse": self._sign(code)}
        return json.dumps(answer), "application/json"

    def _is_signed(self, data, headers):
        if self.platform != "linkedin":
            return super()._is_signed(data, headers)
        right = self._sign(SIGNATURE_PREFIX.encode() + data)
        given = headers.get(SIGNATURE_HEADER, "").removeprefix(SIGNATURE_PREFIX)
        return bool(self.linkedin_client_secret) and hmac.compare_digest(
            given.encode(), right.encode()
        )

    def _sign(self, data):
        """Return how LinkedIn signs a text or bytes
        (learn.microsoft.com/linkedin/shared/api-guide/webhook-validation)."""
        data = data.encode() if isinstance(data, str) else data
        secret = (self.linkedin_client_secret or "").encode()
        return hmac.new(secret, data, hashlib.sha256).hexdigest()

    def _split(self, data):
        if self.platform != "linkedin":
            return super()._split(data)
        found = payload.read(payload.decode(data))
        events = found if isinstance(found, list) else [found]
        if not all(isinstance(event, dict) for event in events):
            raise BodyError(MALFORMED)
        # Only what tells the answers: LinkedIn repeats a call with another time in it.
        told = ("leadGenFormResponse", "leadAction")
        return [
            json.dumps({name: str(event.get(name) or "") for name in told}).encode()
            for event in events
        ]

    def _is_asked(self):
        return self.platform == "linkedin" or super()._is_asked()

    def _ask(self, body):
        if self.platform != "linkedin":
            return super()._ask(body)
        response = self._read_lead_id(body, "leadGenFormResponse", RESPONSE)
        if payload.flatten(payload.read(body)).get("leadAction") == "DELETED":
            raise ValueError(
                self.env._(
                    "Somebody has deleted at LinkedIn what they had sent (%s). Look up"
                    " the lead that came of it, erase what is known of the person, then"
                    " delete this call.",
                    response,
                )
            )
        answer = fetching.get(
            f"{API}/leadFormResponses/{response.rsplit(':', 1)[1]}?fields={ASKED}",
            headers={
                "Authorization": f"Bearer {self.linkedin_access_token or ''}",
                "LinkedIn-Version": self.env["ir.config_parameter"]
                .sudo()
                .get_param(VERSION_PARAMETER, VERSION),
                "X-Restli-Protocol-Version": "2.0.0",
            },
        )
        if not fetching.is_good(answer):
            raise ValueError(
                self.env._(
                    "LinkedIn does not give the lead (%(status)s). %(message)s",
                    status=answer.status_code,
                    message=fetching.read_message(answer, "message"),
                ).strip()
            )
        try:
            return json.dumps(self._name_answers(answer.json()), ensure_ascii=False)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(
                self.env._("LinkedIn’s answer can't be understood (%s).", error)
            ) from error

    def _name_answers(self, response):
        """Return the answers to a lead form by the names of its questions.

        :raise (KeyError, TypeError, AttributeError): it is of another structure
        """
        form = response.get("form") or {}
        questions = {
            question["questionId"]: question
            for question in form.get("content", {}).get("questions", ())
        }
        found = []
        for answer in response["formResponse"]["answers"]:
            question = questions.get(answer["questionId"], {})
            found.append(
                {
                    "name": question.get("predefinedField")
                    or question.get("name")
                    or str(answer["questionId"]),
                    "value": self._read_answer(answer["answerDetails"], question),
                }
            )
        metadata = response.get("leadMetadataInfo") or {}
        sponsored = metadata.get("sponsoredLeadMetadataInfo") or {}
        legal = form.get("content", {}).get("legalInfo") or {}
        asked = {consent["id"]: consent for consent in legal.get("consents", ())}
        consents = [
            {
                "name": self._read_text(asked.get(given["consentId"], {}), "consent")
                or str(given["consentId"]),
                "value": bool(given.get("accepted")),
            }
            for given in response["formResponse"].get("consentResponses") or ()
        ]
        return {
            "id": response.get("id"),
            "form": form.get("name"),
            "campaign": (sponsored.get("campaign") or {}).get("name"),
            "test": bool(response.get("testLead")),
            "answers": found,
            "consents": consents,
        }

    def _read_answer(self, details, question):
        """Return what somebody has written or chosen."""
        if "textQuestionAnswer" in details:
            return details["textQuestionAnswer"].get("answer") or ""
        chosen = details.get("multipleChoiceAnswer", {}).get("options", ())
        offered = (
            question.get("questionDetails", {})
            .get("multipleChoiceQuestionDetails", {})
            .get("options", ())
        )
        labels = {
            option["id"]: self._read_text(option, "text") or option.get("label")
            for option in offered
        }
        return ", ".join(labels.get(option) or str(option) for option in chosen)

    def _read_text(self, holder, name):
        """Return a text that LinkedIn keeps by languages: the first there is."""
        texts = (holder.get(name) or {}).get("localized") or {}
        return next(iter(texts.values()), "")

    def _is_test(self, values):
        if self.platform == "linkedin":
            return bool(values.get("test"))
        return super()._is_test(values)
