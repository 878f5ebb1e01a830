from odoo import SUPERUSER_ID
from odoo.http import Controller, request

from odoo.addons.lead_management_capture.controllers.capture_dispatcher import (
    read_body,
    visitor_route,
)
from odoo.addons.lead_management_capture.models.crm_lead_capture_form.open_form import (
    find_by_token,
)
from odoo.addons.lead_management_capture.tools.capture_body import BodyError

from ..tools import payload

RETRY_SECONDS = 3600


class LeadHook(Controller):
    """Where services call. They have no session and get none."""

    @visitor_route("/lead/hook/<path:token>", ["GET", "POST"], payload.MAX_BODY)
    def lead_hook(self, token):
        """Store a call, and say that it is stored. What becomes of it is nothing that
        the service could change, so that it isn't told."""
        request.update_env(user=SUPERUSER_ID)
        hook = find_by_token(request.env["crm.lead.hook"], token)
        if request.httprequest.method != "POST":
            return self._verify(hook)
        if not hook:
            return self._answer(404, "not_found")
        request.update_context(lang=self._get_lang(hook))
        calls = request.env["crm.lead.hook.call"]
        try:
            data = read_body()
            if not hook._is_signed(data, request.httprequest.headers):
                return self._answer(403, "signature")
            content_type = request.httprequest.content_type
            taken = [calls._receive(hook, b, content_type) for b in hook._split(data)]
        except BodyError as error:
            return self._answer(error.status, error.reason)
        if not all(taken):
            response = self._answer(503, "full")
            response.headers["Retry-After"] = str(RETRY_SECONDS)
            return response
        return self._answer(200)

    def _get_lang(self, hook):
        """Return the language of the form, which is in memory while it is open."""
        form = hook.form_id
        open_form = form._get_open_form(hook._get_mapping().form_token)
        return open_form.langs[0] if open_form else form._get_page_lang()

    def _verify(self, hook):
        """Answer the question whether the address is ours, as a platform asks it."""
        found = hook and hook._answer_challenge(request.httprequest.args)
        if not found:
            return self._answer(404, "not_found")
        text, content_type = found
        headers = [("Content-Type", content_type), ("Cache-Control", "no-store")]
        return request.make_response(text, headers=headers)

    def _answer(self, status, code=None):
        answer = (
            {"outcome": "refused", "error": code} if code else {"outcome": "stored"}
        )
        response = request.make_json_response(answer, status=status)
        response.headers["Cache-Control"] = "no-store"
        return response
