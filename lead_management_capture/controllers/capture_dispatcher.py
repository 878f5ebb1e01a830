from odoo.http import HttpDispatcher

ROUTING_TYPE = "lead_capture"


class LeadCaptureDispatcher(HttpDispatcher):
    """Call the endpoint with what is in the path only.

    Odoo's own makes arguments of the method of whatever a visitor sends, which ends in
    an error for a field that is called `self`. The endpoint reads body and query.
    """

    routing_type = ROUTING_TYPE

    def dispatch(self, endpoint, args):
        self.request.params = dict(args)
        return self.request.registry["ir.http"]._dispatch(endpoint)
