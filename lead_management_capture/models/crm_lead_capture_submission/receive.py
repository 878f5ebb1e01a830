from typing import NamedTuple

from odoo import models
from odoo.tools import email_normalize

from ...tools import capture_fields, capture_files
from ...tools.capture_values import EMPTY, INVALID, REQUIRED, TOO_LONG
from ...tools.typed_address import read_email
from .limits import FLOOD, FULL

TAKEN = "taken"
MAX_RECAPTCHA_TOKEN = 4096


class Receipt(NamedTuple):
    """What became of a post.

    * `outcome`: `TAKEN`, also when it was taken before; `INVALID`; `FULL`: too many
      wait already; `FLOOD`: too many from this address;
    * `errors`: why, by the names of the inputs, when it is `INVALID`.
    """

    outcome: str
    errors: dict = {}


class CrmLeadCaptureSubmission(models.Model):
    """What happens in the request: the answers are read, the limits asked, a row
    stored."""

    _inherit = "crm.lead.capture.submission"

    def _receive(
        self, open_form, inputs, address, lang, once="", unknown=(), uploads=None
    ):
        """Store what a visitor has sent, to be made a lead by the scheduled action.

        :param str once: what a program calls this submission: another one of the same
            name is this one again
        :param unknown: names of inputs that were sent, too, and the form doesn't have
        :param dict uploads: the files, by the names of their inputs
        """
        uploads = {name: files for name, files in (uploads or {}).items() if files}
        inputs = {**inputs}
        for name, files in uploads.items():
            inputs[name] = "\n".join(map(capture_files.safe_name, files))
        answers, errors = self._read_answers(open_form, inputs, lang)
        self._check_files(open_form, inputs, uploads, errors)
        agreed = self._read_consents(open_form, inputs, errors)
        if not (answers or errors):
            errors[next((field.key for field, _ in open_form.questions), "")] = EMPTY
        if errors:
            return Receipt(INVALID, errors)
        address_hash = self._hash_address(address)
        refusal, recent = self._check_load(open_form, address_hash)
        if refusal:
            return Receipt(refusal)
        if full := self._check_file_room(uploads):
            return Receipt(INVALID, full)
        reason = self._find_suspicion(open_form, inputs, recent)
        token = open_form.use_recaptcha and inputs.get(capture_fields.RECAPTCHA)
        email, _rest = read_email(answers.get("email", ""))
        submission_id = self._store(
            {
                "form_id": open_form.form_id,
                "company_id": open_form.company_id,
                "name": self._get_sender(answers),
                "email_normalized": email_normalize(email or "") or None,
                "answers": answers,
                "unknown": self._read_unknown(unknown),
                "touches": self._read_touches(inputs),
                "consents": self._snapshot_consents(agreed, lang),
                "lang": lang,
                "address_hash": address_hash,
                "state": "quarantine" if reason else "new",
                "reason": reason,
                "attempts": 0,
                "recaptcha_token": token[:MAX_RECAPTCHA_TOKEN] if token else None,
            },
            once,
            self._get_digests(uploads),
        )
        if submission_id and uploads:
            self._attach(submission_id, open_form, uploads)
        if submission_id and reason:
            told = {}
            if reason == "too_fast":
                told["seconds"] = open_form.min_fill_seconds
            elif reason == "rate":
                told["limit"] = open_form.rate_limit
            self.browse(submission_id)._note_quarantine(reason, **told)
        return Receipt(TAKEN)

    def _receive_from_program(self, open_form, inputs, key_id, lang, once=""):
        """Store what a program has sent. It is no robot among visitors: how fast and
        how often it sends is its own affair, but for what the form takes altogether."""
        # It has no files, whatever the form requires; perhaps the address of one.
        questions = tuple(
            (field, is_required and not field.files)
            for field, is_required in open_form.questions
        )
        trusted = open_form._replace(
            questions=questions, rate_limit=0, min_fill_seconds=0, use_recaptcha=False
        )
        return self._receive(trusted, inputs, f"key {key_id}", lang, once)

    def _explain_refusal(self, name, code, open_form=None):
        """Return what a visitor reads beside an input that can't be used.

        :param OpenForm open_form: which knows inputs that aren't in the fixed list
        """
        texts = {
            FULL: self.env._(
                "This form can't take any more today. Please try again tomorrow."
            ),
            FLOOD: self.env._(
                "You have sent this form too often. Please try again later."
            ),
            EMPTY: self.env._("Please fill in the form."),
            REQUIRED: self.env._("Please fill in this field."),
            TOO_LONG: self.env._("Please shorten this text."),
        }
        kinds = {
            "email": self.env._("Please check the email address."),
            "phone": self.env._("Please check the phone number."),
            "url": self.env._("Please enter an address such as www.example.com."),
            "integer": self.env._("Please enter a whole number."),
            "amount": self.env._("Please enter a number."),
            "number": self.env._("Please enter a number."),
            "twitter": self.env._("Please enter a name such as @example."),
            "date": self.env._("Please enter a date such as 2030-12-31."),
            "country": self.env._("Please enter the name of a country."),
        }
        questions = open_form.questions if open_form else ()
        own = {field.key: field for field, _ in questions}
        field = own.get(name) or capture_fields.FIELDS.get(name)
        if field and field.files and (text := self._explain_files(code, field.files)):
            return text
        is_box = capture_fields.consent_id(name) or (field and field.kind == "checkbox")
        if code == REQUIRED and is_box:
            return self.env._("Please check this box to continue.")
        return (
            texts.get(code)
            or (field and kinds.get(field.kind))
            or self.env._("Please choose again.")
        )
