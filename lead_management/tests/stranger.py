"""Requests of people who are not logged in."""

from odoo.tests import HttpCase


class StrangerCase(HttpCase):
    """Opens the pages that links in emails lead to, by which nobody is known."""

    def _request(self, path, method="GET", status=200, **options):
        """Send a request; return the text of the answer, whose headers are checked."""
        self.env.flush_all()
        response = self.opener.request(
            method,
            self.base_url() + path,
            allow_redirects=False,
            timeout=30,
            **options,
        )
        self.env.invalidate_all()
        self.assertEqual(response.status_code, status, response.text)
        self.assertNotIn("Set-Cookie", response.headers)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("default-src 'none'", response.headers["Content-Security-Policy"])
        return response.text
