from urllib.parse import urlencode, urlsplit, urlunsplit

from odoo import SUPERUSER_ID
from odoo.http import Controller, request

from ..models.crm_lead_capture_submission import receive as receiving
from ..tools import capture_body, capture_fields, capture_files
from . import capture_json, capture_response
from .capture_dispatcher import read_body, visitor_route

METHODS = "OPTIONS, POST"
PREFLIGHT_SECONDS = 3600
# Parameter of the error address: "email:invalid,last_name:required"
ERRORS_PARAMETER = "lead_errors"
STATUS = {receiving.INVALID: 422, receiving.FULL: 503, receiving.FLOOD: 429}
RETRY_SECONDS = 3600
CLOSED = "closed"


class LeadCapture(Controller):
    """Where web forms are sent to. Whoever sends them has no session and gets none."""

    # Odoo adds OPTIONS. Forms without files may send less, see `_read_data`.
    @visitor_route(
        "/lead/capture/<path:token>", ["POST"], capture_body.MAX_BODY_WITH_FILES
    )
    def lead_capture(self, token):
        """Take a submission, or say that the form is closed. Whatever is no form is
        answered in the same way."""
        request.update_env(user=SUPERUSER_ID)
        open_form = request.env["crm.lead.capture.form"]._get_open_form(token)
        if request.httprequest.method == "OPTIONS":
            return _preflight(open_form)
        if request.httprequest.mimetype == capture_json.MIMETYPE:
            if open_form:
                request.update_context(lang=open_form.langs[0])
            response = capture_json.take(open_form, _read_data)
            response.headers["Cache-Control"] = "no-store"
            return response
        if not open_form:
            return self._say_closed(token)
        request.update_context(lang=open_form.langs[0])
        response = self._take(token, open_form)
        response.headers["Cache-Control"] = "no-store"
        return _allow_origin(response, open_form)

    def _take(self, token, open_form):
        unknown, uploads = set(), {name: [] for name in open_form.files}
        try:
            inputs = capture_body.read(
                request.httprequest.content_type,
                _read_data(bool(uploads)),
                open_form.names,
                open_form.several,
                unknown,
                uploads,
            )
        except capture_body.BodyError as error:
            return self._refuse_body(token, error, bool(uploads))
        if inputs.get(capture_fields.LANGUAGE) in open_form.langs:
            request.update_context(lang=inputs[capture_fields.LANGUAGE])
        lang = request.env.lang
        receipt = request.env["crm.lead.capture.submission"]._receive(
            open_form,
            inputs,
            request.httprequest.remote_addr,
            lang,
            unknown=unknown,
            uploads=uploads,
        )
        if receipt.outcome == receiving.TAKEN:
            return self._thank(token, open_form)
        sent = [name for name, files in uploads.items() if files]
        return self._refuse(token, open_form, inputs, receipt, sent)

    def _say_closed(self, token):
        """Say that a form is closed, and give back what was typed. The languages and
        addresses of the form are looked up as rarely as somebody posts to it."""
        form = request.env["crm.lead.capture.form"]._find_closed(token)
        if not form:
            return capture_response.not_found()
        if _wants_json():
            return request.make_json_response({"outcome": CLOSED}, status=410)
        names = {*form._get_input_names(), *capture_fields.TECHNICAL_NAMES}
        uploads = {name: [] for name in names} if form.has_files else {}
        try:
            inputs = capture_body.read(
                request.httprequest.content_type,
                _read_data(bool(uploads)),
                names,
                names,
                uploads=uploads,
            )
        except capture_body.BodyError:
            inputs = {}
        lang = form._get_page_lang([inputs.get(capture_fields.LANGUAGE, "")])
        return capture_response.closed_page(form._with_lang(lang), inputs)

    def _thank(self, token, open_form):
        if _wants_json():
            return request.make_json_response({"outcome": receiving.TAKEN})
        if open_form.return_url:
            return request.redirect(open_form.return_url, local=False)
        form = self._get_form(token)
        return capture_response.message_page(form, *form._get_thanks())

    def _refuse(self, token, open_form, inputs, receipt, sent):
        """Say what is wrong: on the site the visitor came from, or on the form's own
        page, where what was typed is still there.

        :param sent: names of inputs with files, which no page can fill in again
        """
        status = STATUS[receipt.outcome]
        errors = receipt.errors or {"": receipt.outcome}
        if _wants_json():
            codes = {name or "form": code for name, code in errors.items()}
            return request.make_json_response(
                {"outcome": receipt.outcome, "errors": codes}, status=status
            )
        is_hosted = inputs.get(capture_fields.PAGE) == capture_fields.PAGE_HOSTED
        if open_form.error_url and not is_hosted:
            return request.redirect(
                _add_errors(open_form.error_url, errors), local=False
            )
        submissions = request.env["crm.lead.capture.submission"]
        texts = {
            name: submissions._explain_refusal(name, code, open_form)
            for name, code in errors.items()
        }
        for name in sent:
            texts.setdefault(name, request.env._("Please choose your files again."))
        response = capture_response.form_page(
            self._get_form(token), inputs, texts, request.env.lang, status
        )
        if receipt.outcome != receiving.INVALID:
            response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response

    def _refuse_body(self, token, error, has_files):
        text = request.env._(
            "The form was sent in a way that can't be read (%s).", error.reason
        )
        if has_files and error.reason == capture_body.TOO_LARGE:
            text = request.env._(
                "Your files are too large. Go back, where what you typed still is, and"
                " choose files of up to %s MB together.",
                capture_files.MAX_TOTAL // capture_files.MEGABYTE,
            )
        return capture_response.message_page(
            self._get_form(token),
            request.env._("We couldn't read this"),
            text,
            status=error.status,
        )

    def _get_form(self, token):
        return request.env["crm.lead.capture.form"]._find_by_token(token)


def _read_data(takes_files=False):
    """Return the body of the request, which may be larger with files in it."""
    if not takes_files:
        request.httprequest.max_content_length = capture_body.MAX_BODY
    return read_body()


def _wants_json():
    """Tell whether a script asks, which can't follow a redirect to another site."""
    accepted = request.httprequest.accept_mimetypes
    return accepted.best == "application/json"


def _add_errors(url, errors):
    """Return the error address with the codes. What was typed isn't in it."""
    codes = ",".join(f"{name or 'form'}:{code}" for name, code in errors.items())
    parts = urlsplit(url)
    query = urlencode({ERRORS_PARAMETER: codes}, safe=":,")
    query = f"{parts.query}&{query}" if parts.query else query
    return urlunsplit(parts._replace(query=query))


def _preflight(open_form):
    response = request.make_response("", status=204)
    response.headers["Allow"] = METHODS
    if not open_form:
        return response
    response = _allow_origin(response, open_form)
    if "Access-Control-Allow-Origin" in response.headers:
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
        response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return response


def _allow_origin(response, open_form):
    """Let scripts of the form's listed sites read the answer."""
    if open_form.cors_origins:
        response.headers["Vary"] = "Origin"
        origin = request.httprequest.origin
        if origin in open_form.cors_origins:
            response.headers["Access-Control-Allow-Origin"] = origin
    return response
