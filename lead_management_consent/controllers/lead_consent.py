import secrets

from odoo import SUPERUSER_ID
from odoo.http import Controller, request

from odoo.addons.lead_management_capture.controllers.capture_dispatcher import (
    visitor_route,
)

from ..models.crm_lead_consent_state import links

MAX_BODY = 16 * 1024


class LeadConsent(Controller):
    """Where the links in e-mails lead to. Whoever follows one has no session and gets
    none.

    Programs that look into e-mails open their links, so that opening one changes
    nothing: the person presses a button.
    """

    @visitor_route(f"{links.CONFIRM_PATH}<path:token>", ["GET", "POST"], MAX_BODY)
    def lead_consent_confirm(self, token):
        """Ask for the confirmation, or take it."""
        states = self._find("_find_asked", token)
        if not states:
            return self._say_invalid()
        left = states.filtered(lambda state: state.state != "confirmed")
        env = states.env
        if left and request.httprequest.method != "POST":
            return self._page(
                states,
                env._("Please confirm"),
                env._("By confirming you agree to this:"),
                left,
                action=f"{links.CONFIRM_PATH}{token}",
                button=env._("Confirm"),
            )
        left._confirm(how="link", address_hash=self._hash_address())
        return self._page(
            states,
            env._("Thank you"),
            env._("You have confirmed this:"),
            states,
            withdraw_url=states._get_withdraw_url(),
        )

    @visitor_route(f"{links.WITHDRAW_PATH}<path:token>", ["GET", "POST"], MAX_BODY)
    def lead_consent_withdraw(self, token):
        """Ask whether to withdraw, or do so. Mail programs that have a button for it
        send the POST themselves (RFC 8058)."""
        states = self._find("_find_to_withdraw", token)
        if not states:
            return self._say_invalid()
        left = states._filter_withdrawable()
        env = states.env
        if left and request.httprequest.method != "POST":
            return self._page(
                states,
                env._("Withdraw your consent"),
                env._("We will no longer use your data for this:"),
                left,
                action=f"{links.WITHDRAW_PATH}{token}",
                button=env._("Withdraw"),
            )
        left._withdraw(how="link", address_hash=self._hash_address())
        return self._page(
            states,
            env._("You have withdrawn"),
            env._("We no longer use your data for this:"),
            states,
        )

    def _find(self, search, token):
        """Return the consents of a link, in the person's language."""
        request.update_env(user=SUPERUSER_ID)
        states = getattr(request.env["crm.lead.consent.state"], search)(token)
        # The one in which the person was asked, or else one the browser asks for.
        wanted = [
            *states.mapped("lang"),
            *request.httprequest.accept_languages.values(),
        ]
        forms = request.env["crm.lead.capture.form"]
        installed = [code for code, _name in request.env["res.lang"].get_installed()]
        lang = forms._pick_lang(wanted, installed) or forms._get_company_lang()
        request.update_context(lang=lang)
        return states.with_context(lang=lang)

    def _say_invalid(self):
        """Say the same whatever is wrong with a link."""
        return self._page(
            request.env["crm.lead.consent.state"],
            request.env._("This link is not valid"),
            request.env._(
                "It may have expired, or you have followed a newer one since. You can"
                " fill in the form again to get a new link."
            ),
            status=404,
        )

    def _page(self, states, title, intro, shown=(), status=200, **values):
        forms = states.env["crm.lead.capture.form"]
        nonce = secrets.token_urlsafe(16)
        page = forms._render_template(
            "lead_management_consent.consent_page",
            {
                "title": title,
                "intro": intro,
                "parts": [
                    {
                        "name": state.purpose_id.name,
                        "text": forms._get_paragraphs(
                            state.text or state.purpose_id.text
                        ),
                    }
                    for state in shown
                ],
                "company": states[:1]._get_company().name if states else "",
                "nonce": nonce,
                **values,
            },
        )
        headers = {
            **forms._get_page_headers(nonce),
            "Content-Type": "text/html; charset=utf-8",
            # The address of the page is the key.
            "Referrer-Policy": "no-referrer",
        }
        return request.make_response(
            page.encode(), list(headers.items()), status=status
        )

    def _hash_address(self):
        submissions = request.env["crm.lead.capture.submission"]
        return submissions._hash_address(request.httprequest.remote_addr)
