"""Answers to visitors of web forms. They set no cookie and give nothing away."""

import secrets

from odoo.http import request

from ..tools import capture_html


def form_page(form, values=None, errors=None, lang=None, status=200):
    """Return the page of a form, with what was typed and what is wrong with it.

    :param form: the form, in sudo; `values`, `errors` and `lang` as in `_render_page`
    """
    nonce = secrets.token_urlsafe(16)
    page = form._render_page(values, errors, lang, nonce)
    return _page(page, form._get_page_headers(nonce), status)


def message_page(form, title, text="", lang=None, status=200):
    """Return a page that only says something, as after a form was sent."""
    nonce = secrets.token_urlsafe(16)
    shown = form._with_lang(lang)._get_lang_data()
    page = capture_html.message_page(
        title,
        text,
        company=form.company_id.name,
        lang=shown.code,
        direction=shown.direction,
        nonce=nonce,
        framed=bool(form._get_frame_ancestors()),
    )
    return _page(page, form._get_page_headers(nonce), status)


def not_found():
    """Return what every address gets that no open form has, whatever the reason."""
    forms = request.env["crm.lead.capture.form"]
    nonce = secrets.token_urlsafe(16)
    title = "404 Not Found"
    text = "There is nothing at this address."
    page = capture_html.message_page(title, text, nonce=nonce)
    return _page(page, forms._get_page_headers(nonce), 404)


def _page(page, headers, status):
    return request.make_response(
        page.encode(),
        headers=[("Content-Type", "text/html; charset=utf-8"), *headers.items()],
        status=status,
    )
