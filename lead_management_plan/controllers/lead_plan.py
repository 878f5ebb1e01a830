from odoo import SUPERUSER_ID
from odoo.http import Controller, request, route
from odoo.tools.misc import get_lang

from ..models.crm_lead_plan_step import unsubscribe

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    # The address of the page is the key.
    "Referrer-Policy": "no-referrer",
}


class LeadPlan(Controller):
    """Where the link in emails of plans leads to. Whoever follows it needs no login.

    Programs that look into emails open their links, so that opening one changes
    nothing: the person presses a button. Mail programs that have one of their own send
    the POST themselves (RFC 8058).
    """

    @route(
        f"{unsubscribe.PATH}<path:token>",
        type="http",
        auth="none",
        methods=["GET", "POST"],
        csrf=False,
        readonly=False,
        save_session=False,
    )
    def lead_plan_unsubscribe(self, token, **_fields):
        """Ask whether somebody wants no more emails, or take them off."""
        request.update_env(user=SUPERUSER_ID)
        request.update_context(lang=get_lang(request.env).code)
        steps = request.env["crm.lead.plan.step"]
        step, addresses = steps._read_unsubscribe_token(token)
        if not addresses:
            return self._page("invalid", status=404)
        blacklist = request.env["mail.blacklist"]
        left = set(addresses) - set(
            blacklist.search([("email", "in", addresses)]).mapped("email")
        )
        if request.httprequest.method == "POST":
            step._unsubscribe(sorted(left))
        elif left:
            return self._page("ask", addresses=addresses)
        return self._page("done", addresses=addresses)

    def _page(self, state, addresses=(), status=200):
        lang = get_lang(request.env)
        page = request.env["ir.qweb"]._render(
            "lead_management_plan.unsubscribe_page",
            {
                "state": state,
                "addresses": ", ".join(addresses),
                "html_lang": lang.iso_code or lang.code,
                "direction": lang.direction,
            },
        )
        return request.make_response(page, headers=list(HEADERS.items()), status=status)
