import re

from werkzeug.exceptions import NotFound

from odoo.http import Controller, content_disposition, request, route

from ..tools import capture_fields
from . import capture_response
from .capture_dispatcher import ROUTING_TYPE

MAX_ID = 2**31 - 1  # of a record in the database


class LeadFormPage(Controller):
    """The form as a page, and as a file for webmasters."""

    @route(
        "/lead/form/<path:token>",
        type=ROUTING_TYPE,
        auth="public",
        methods=["GET"],
        readonly=True,
        save_session=False,
    )
    def lead_form(self, token):
        """Show the form. Where the visitor came from is kept from the address, so that
        a link in a campaign needs no script."""
        forms = request.env["crm.lead.capture.form"]
        query = request.httprequest.args
        accepted = request.httprequest.accept_languages.values()
        wanted = list(filter(None, [query.get("lang", ""), *accepted]))
        if form := forms._find_by_token(token):
            return capture_response.form_page(
                form,
                values=self._get_touches(query),
                lang=form._get_page_lang(wanted),
            )
        if not (form := forms._find_closed(token)):
            return capture_response.not_found()
        if address := form._get_url("closed_url"):
            return request.redirect(address, local=False)
        form = form._with_lang(form._get_page_lang(wanted))
        return capture_response.closed_page(form, {})

    @route(
        "/lead/form/download/<path:form_id>",
        type=ROUTING_TYPE,
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download_form(self, form_id):
        """Return the form as a complete page to save, to those who may see the form."""
        # Whatever is no number is no form either.
        is_id = re.fullmatch("[0-9]{1,10}", form_id) and int(form_id) <= MAX_ID
        form = request.env["crm.lead.capture.form"].browse(
            int(form_id) if is_id else ()
        )
        if not form.exists() or not form.has_access("read"):
            raise NotFound()
        wanted = request.httprequest.args.get("lang", "")
        page = form._render_html(form._get_page_lang([wanted]), complete=True)
        return request.make_response(
            page.encode(),
            headers=[
                ("Content-Type", "text/html; charset=utf-8"),
                ("Content-Disposition", content_disposition(f"{form.name}.html")),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    @staticmethod
    def _get_touches(query):
        """Return where the visitor came from, by the names of the inputs."""
        touches = {name: query.get(name, "") for name in capture_fields.TOUCHES}
        referrer = request.httprequest.referrer or ""
        if not referrer.startswith(request.httprequest.host_url):
            touches["last_referrer"] = touches["last_referrer"] or referrer
        for part in capture_fields.ADDRESS_PARTS:
            last = f"last_{part}"
            touches[last] = touches[last] or query.get(part, "")
        return touches
