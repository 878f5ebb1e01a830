"""What a form is sent with to try it out. Pure Python."""

import base64
import datetime
from collections.abc import Sequence

from odoo.addons.lead_management_capture.tools.capture_fields import (
    CONSENT_VALUE,
    SafeField,
)

# Name of the input that makes a post a trial, and of why it didn't work
MARKER = "form_trial"
WORKED = "taken"

_PDF = b"%PDF-1.4\n%%EOF\n"
_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
_TEXTS = {
    "email": "trial@example.com",
    "phone": "+1 212 555 0100",
    "url": "www.example.com",
    "twitter": "@example",
    "integer": "1",
    "amount": "1",
    "number": "1",
    "checkbox": CONSENT_VALUE,
}

Question = tuple[SafeField, bool, Sequence[tuple[str, str]]]


def get(
    questions: Sequence[Question], country_code: str | None = None
) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """Return the answers and files of a trial, by the names of their inputs: those that
    the form must have, the first one where it need have none.

    :param questions: of each, its field, whether it is required, and what it offers
    """
    asked = [question for question in questions if question[1]] or questions[:1]
    answers, files = {}, {}
    for field, _is_required, options in asked:
        if field.files:
            is_image = field.files.kind == "images"
            content = ("trial.png", _PNG) if is_image else ("trial.pdf", _PDF)
            files[field.key] = content
        else:
            answers[field.key] = _get_answer(field, options, country_code)
    return answers, files


def _get_answer(
    field: SafeField, options: Sequence[tuple[str, str]], country_code: str | None
) -> str:
    if field.kind == "country" and country_code:
        return country_code
    if field.kind == "date":
        return datetime.date.today().isoformat()
    if options:
        return options[0][0]
    return _TEXTS.get(field.kind, "Trial")
