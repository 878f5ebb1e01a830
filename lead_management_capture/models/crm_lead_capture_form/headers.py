from urllib.parse import urlsplit

from odoo import models

GOOGLE = "https://www.google.com/recaptcha/"
GOOGLE_FILES = "https://www.gstatic.com/recaptcha/"


class CrmLeadCaptureForm(models.Model):
    """What browsers are told about the form's page."""

    _inherit = "crm.lead.capture.form"

    def _get_page_headers(self, nonce):
        """Return the headers of the page, and of those that follow it.

        Nothing runs on the page but what it needs; only the sites of the form may show
        it in a frame; no cache keeps it, as it holds the time it was served.
        """
        headers = {
            "Content-Security-Policy": "; ".join(self._get_page_policy(nonce)),
            "X-Content-Type-Options": "nosniff",
            # Without any the browser would tell the server that it doesn't know from
            # where the form was sent.
            "Referrer-Policy": "same-origin",
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex",
        }
        if not self._get_frame_ancestors():
            headers["X-Frame-Options"] = "DENY"
        return headers

    def _get_page_policy(self, nonce):
        ancestors = self._get_frame_ancestors() or ["'none'"]
        policy = [
            "default-src 'none'",
            "base-uri 'none'",
            f"form-action {' '.join(self._get_form_targets())}",
            f"frame-ancestors {' '.join(ancestors)}",
        ]
        if not self._get_recaptcha_key():
            policy.append(f"style-src 'nonce-{nonce}'")
            if self._get_frame_ancestors() or any(
                field._get_condition() for field in self.field_ids
            ):
                policy.append(f"script-src 'nonce-{nonce}'")
            return policy
        return [
            *policy,
            # Google's script styles what it adds.
            "style-src 'unsafe-inline'",
            f"script-src 'nonce-{nonce}' {GOOGLE} {GOOGLE_FILES}",
            f"frame-src {GOOGLE}",
            f"connect-src {GOOGLE}",
        ]

    def _get_form_targets(self):
        """Return where the page's form may lead to."""
        addresses = (self._get_url("return_url"), self._get_url("error_url"))
        parts = [urlsplit(address) for address in addresses]
        targets = ["'self'"]
        # Browsers check this along all redirects, and a page on another site may
        # redirect further.
        if any(part.netloc for part in parts):
            targets.append("https:")
        plain = (f"http://{part.netloc}" for part in parts if part.scheme == "http")
        return list(dict.fromkeys([*targets, *plain]))
