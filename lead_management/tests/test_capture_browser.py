import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from odoo import SUPERUSER_ID
from odoo.tests import HttpCase, tagged

from .test_capture_form import TestCaptureFormCommon

FILL = """
    const answers = {
        first_name: "Jane", last_name: "Doe", email: "jane@example.com",
        company: "<b>Acme</b>", phone: "+1 555 0100", message: "Please call.",
    };
    for (const [name, value] of Object.entries(answers)) {
        document.querySelector(`[name=${name}]`).value = value;
    }
    document.querySelector("form button, form [type=submit]").click();
"""
THANKS = b"""<!doctype html><title>Thanks</title><h1>Thanks</h1>
<script>console.log("test successful")</script>"""


class Webmaster(BaseHTTPRequestHandler):
    """Another web site, with a page and a return page."""

    pages = {}

    def do_GET(self):
        page = self.pages.get(self.path)
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page or b"")

    def log_message(self, *args):
        pass


@tagged("post_install", "-at_install", "lead_capture", "lead_tours")
class TestCaptureBrowser(TestCaptureFormCommon, HttpCase):
    """The HTML of a form on another web site, filled in by a browser."""

    def setUp(self):
        super().setUp()
        server = HTTPServer(("127.0.0.1", 0), Webmaster)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self.addCleanup(thread.join, 10)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.site = f"http://127.0.0.1:{server.server_port}"

    def test_from_another_site_to_the_list_of_the_owner(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.base.url", self.base_url())
        # The site of the test has no certificate: as if it were Odoo's own address.
        form_class = type(self.form)
        self.patch(form_class, "_get_own_origin", lambda form: self.site)
        self.form.write(
            {
                "user_id": self.user_sales_salesman.id,
                "use_assignment_rules": False,
                "return_url": f"{self.site}/thanks",
            }
        )
        Webmaster.pages = {
            "/form": self.form._render_html(complete=True).encode(),
            "/thanks": THANKS,
        }
        self.browser_js(f"{self.site}/form", FILL, login=None)
        cron = self.env.ref("lead_management.ir_cron_capture")
        cron.with_user(SUPERUSER_ID).method_direct_trigger()
        self.env.invalidate_all()
        lead = (
            self.env["crm.lead"]
            .with_user(self.user_sales_salesman)
            .search([("is_unread", "=", True), ("capture_form_id", "=", self.form.id)])
        )
        self.assertEqual(lead.contact_name, "Jane Doe")
        self.assertEqual(lead.partner_name, "<b>Acme</b>")
        self.assertEqual(lead.user_id, self.user_sales_salesman)
        self.assertIn("Please call.", lead.description)
