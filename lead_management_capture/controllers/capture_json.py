"""The answers to programs, which send JSON and read JSON."""

from odoo.http import request

from ..models.crm_lead_capture_submission import receive as receiving
from ..tools import capture_body, capture_fields, capture_json

MIMETYPE = "application/json"
STATUS = {receiving.INVALID: 422, receiving.FULL: 503}
RETRY_SECONDS = 3600
IDEMPOTENCY_HEADER = "Idempotency-Key"
MAX_IDEMPOTENCY_KEY = 255
# Of what visitors' browsers send, the inputs that programs may send as well
TECHNICAL_NAMES = frozenset((capture_fields.LANGUAGE, *capture_fields.TOUCHES))

# Why a call is refused as a whole
NOT_FOUND = "not_found"
KEY = "key"
IDEMPOTENCY = "idempotency_key"


def take(open_form, read_data):
    """Take what a program sends, and answer.

    :param open_form: the `OpenForm`, None when there is none at the address
    :param read_data: returns the body, and raises a `BodyError` when it can't be read
    """
    if not open_form:
        return _refuse(404, NOT_FOUND)
    forms = request.env["crm.lead.capture.form"]
    key_id = forms._check_key(open_form, _get_key())
    if not key_id:
        response = _refuse(401, KEY)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    once = request.httprequest.headers.get(IDEMPOTENCY_HEADER, "")
    if len(once) > MAX_IDEMPOTENCY_KEY:
        return _refuse(400, IDEMPOTENCY)
    try:
        names = open_form.names - open_form.files - capture_fields.TECHNICAL_NAMES
        names |= TECHNICAL_NAMES
        inputs, unknown = capture_json.read(read_data(), names)
    except capture_body.BodyError as error:
        return _refuse(error.status, error.reason)
    if inputs.get(capture_fields.LANGUAGE) in open_form.langs:
        request.update_context(lang=inputs[capture_fields.LANGUAGE])
    receipt = request.env["crm.lead.capture.submission"]._receive_from_program(
        open_form, inputs, key_id, request.env.lang, once
    )
    return _answer(receipt, unknown, open_form)


def _answer(receipt, unknown, open_form):
    answer = {"outcome": receipt.outcome}
    if unknown:
        answer["unknown"] = unknown
    if receipt.outcome == receiving.TAKEN:
        return request.make_json_response(answer)
    codes = receipt.errors or {"": receipt.outcome}
    explain = request.env["crm.lead.capture.submission"]._explain_refusal
    answer["errors"] = {name or "form": code for name, code in codes.items()}
    answer["messages"] = {
        name or "form": explain(name, code, open_form) for name, code in codes.items()
    }
    response = request.make_json_response(answer, status=STATUS[receipt.outcome])
    if receipt.outcome != receiving.INVALID:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _refuse(status, code):
    return request.make_json_response(
        {"outcome": "refused", "errors": {"form": code}}, status=status
    )


def _get_key():
    scheme, _space, key = request.httprequest.headers.get(
        "Authorization", ""
    ).partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""
