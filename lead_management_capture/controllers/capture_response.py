"""Answers to visitors of web forms. They set no cookie and give nothing away."""

import secrets
from functools import partial

from odoo.http import request


def form_page(form, values=None, errors=None, lang=None, status=200):
    """Return the page of a form, with what was typed and what is wrong with it.

    :param form: the form, in sudo; `values`, `errors` and `lang` as in `_render_page`
    """
    return _page(form, partial(form._render_page, values, errors, lang), status)


def message_page(form, title, text, status=200):
    """Return a page that only says something, as after a form was sent."""
    return _page(form, partial(form._render_message, title, text), status)


def closed_page(form, inputs):
    """Return the page of a closed form, with what was typed into it."""
    return _page(form, partial(form._render_closed, inputs), 410)


def not_found():
    """Return what every address gets that no form has, whatever the reason."""
    return message_page(
        request.env["crm.lead.capture.form"],
        request.env._("Page not found"),
        request.env._("There is nothing at this address."),
        status=404,
    )


def _page(form, render, status):
    nonce = secrets.token_urlsafe(16)
    headers = {"Content-Type": "text/html; charset=utf-8"}
    headers |= form._get_page_headers(nonce)
    return request.make_response(
        render(nonce).encode(), headers=[*headers.items()], status=status
    )
