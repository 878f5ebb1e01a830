from odoo import SUPERUSER_ID
from odoo.http import Controller, request

from odoo.addons.lead_management_capture.controllers.capture_dispatcher import (
    read_body,
    visitor_route,
)
from odoo.addons.lead_management_capture.tools import capture_body

MAX_BODY = 1024
NAMES = ("event", "name")


class LeadVisit(Controller):
    """What pages of forms tell of their visitors: that there is one, and how far he
    gets. There is no session, no cookie, and nothing of who it was."""

    @visitor_route("/lead/visit/<path:token>", ["POST"], MAX_BODY)
    def count_visit(self, token):
        """Count. Whatever is sent, the answer is empty: nobody reads it."""
        request.update_env(user=SUPERUSER_ID)
        open_form = request.env["crm.lead.capture.form"]._get_open_form(token)
        if open_form:
            told = self._read()
            request.env["crm.lead.capture.visit"]._count(
                open_form, told.get("event"), told.get("name", "")
            )
        response = request.make_response("", status=204)
        response.headers["Cache-Control"] = "no-store"
        return response

    @staticmethod
    def _read():
        try:
            return capture_body.read(
                request.httprequest.content_type, read_body(), NAMES
            )
        except capture_body.BodyError:
            return {}
