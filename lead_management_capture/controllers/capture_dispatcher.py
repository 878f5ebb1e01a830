from werkzeug.exceptions import HTTPException

from odoo.http import HttpDispatcher, request, route

from ..tools.capture_body import MALFORMED, TOO_LARGE, BodyError

ROUTING_TYPE = "lead_capture"


def visitor_route(path, methods, max_body):
    """Return the `route` of what strangers and their programs call: there is no session
    and none is made, and the endpoint itself becomes the user that it needs."""
    return route(
        path,
        type=ROUTING_TYPE,
        auth="none",
        methods=methods,
        csrf=False,
        readonly=False,
        save_session=False,
        max_content_length=max_body,
    )


def read_body():
    """Return the body of the request.

    :raise BodyError: it is larger than allowed, or breaks off
    """
    try:
        # Cached, as the request may be tried again after a conflict in the database.
        return request.httprequest.get_data(cache=True)
    except HTTPException as error:
        raise BodyError(TOO_LARGE if error.code == 413 else MALFORMED) from error


class LeadCaptureDispatcher(HttpDispatcher):
    """Call the endpoint with what is in the path only.

    Odoo's own makes arguments of the method of whatever a visitor sends, which ends in
    an error for a field that is called `self`. The endpoint reads body and query.
    """

    routing_type = ROUTING_TYPE

    def dispatch(self, endpoint, args):
        self.request.params = dict(args)
        return self.request.registry["ir.http"]._dispatch(endpoint)
