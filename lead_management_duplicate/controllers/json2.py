from odoo import http
from odoo.http import request

from odoo.addons.rpc.controllers.json2 import WebJson2Controller


class OpenLeadJson2(WebJson2Controller):
    """Programs that create leads add to open ones, if the settings say so.

    That is decided here, before anything is created. `create` itself always creates:
    whoever extends it, and whatever else calls it, never gets a lead that was there.
    """

    @http.route()
    def web_json_2_rpc(self, __model__, __method__, **kwargs):
        call = super().web_json_2_rpc
        if (__model__, __method__) != ("crm.lead", "create") or (
            request.env["crm.lead"]._get_open_lead_policy("api") != "add"
        ):
            return call(__model__, __method__, **kwargs)
        leads = call(__model__, "create_or_add", **kwargs)
        return [lead["lead_id"] for lead in leads]
