import re

from odoo import models

from ...tools import capture_fields
from ...tools.capture_values import INVALID, REQUIRED, check, tidy

MAX_UNKNOWN = 10
UNKNOWN_NAME = re.compile(r"[\w.-]{1,60}")
IGNORED_NAME = re.compile(
    r"_|utm_|csrf|submit|button|g-recaptcha|h-captcha|cf-turnstile|token", re.IGNORECASE
)


class CrmLeadCaptureSubmission(models.Model):
    """What a visitor has typed and agreed to, read and checked."""

    _inherit = "crm.lead.capture.submission"

    def _read_answers(self, open_form, inputs, lang):
        """Return what was typed, and why it can't be used, by input name.

        Only what a form must have stops it, and an e-mail address that is none: nobody
        could answer. Whatever else can't be read goes to the lead's notes.
        """
        manner = self.env["crm.lead.capture.form"]._get_manner(lang, open_form.currency)
        find_country = self.env["res.country"]._find_named_code
        answers, errors = {}, {}
        for field, is_required in open_form.questions:
            key = field.key
            is_required = is_required and self._is_shown(open_form, key, inputs)
            text = tidy(field, inputs.get(key, ""))
            if not text:
                if is_required:
                    errors[key] = REQUIRED
                continue
            answers[key] = text
            if not (is_required or field.kind == "email"):
                continue
            if error := check(field, text, manner):
                errors[key] = error
            elif field.kind == "country" and not find_country(text):
                errors[key] = INVALID
        return answers, errors

    def _is_shown(self, open_form, key, inputs):
        """Tell whether a question was shown to the visitor, by the answers to those on
        which it depends."""
        for _step in open_form.conditions:  # no further, whatever depends on what
            if not (condition := open_form.conditions.get(key)):
                break
            if not condition.is_met(inputs.get(condition.key, "")):
                return False
            key = condition.key
        return True

    def _read_consents(self, open_form, inputs, errors):
        """Return the ids of the consents given; add what is missing to the errors."""
        agreed = []
        for consent_id, is_required in open_form.consents:
            name = capture_fields.consent_name(consent_id)
            if inputs.get(name, "").strip():
                agreed.append(consent_id)
            elif is_required:
                errors[name] = REQUIRED
        return agreed

    def _snapshot_consents(self, consent_ids, lang):
        """Return the consents as the visitor read them."""
        if not consent_ids:
            return None
        consents = self.env["crm.lead.capture.consent"].sudo().browse(consent_ids)
        return [
            {
                "id": consent.id,
                "name": consent.name,
                "text": consent.text,
                "policy_url": consent.policy_url or "",
            }
            for consent in consents.with_context(lang=lang).exists()
        ]

    def _read_unknown(self, names):
        """Return the names of unknown inputs that may be those of renamed ones, None
        when there are none: not what frameworks and buttons add."""
        kept = sorted(
            name
            for name in names
            if UNKNOWN_NAME.fullmatch(name) and not IGNORED_NAME.match(name)
        )
        return kept[:MAX_UNKNOWN] or None

    def _read_touches(self, inputs):
        """Return where the visitor came from, None where nothing is known of it."""
        touches = {
            name: inputs[name][: capture_fields.TOUCH_MAX_LENGTH]
            for name in capture_fields.TOUCHES
            if inputs.get(name, "").strip()
        }
        return touches or None

    def _get_sender(self, answers):
        """Return how a submission is called in lists, from what was typed."""
        names = [answers.get("first_name"), answers.get("last_name")]
        return (
            " ".join(filter(None, names))
            or answers.get("company")
            or answers.get("email")
            or answers.get(next(iter(capture_fields.FIELDS)))
            or ""
        )
