import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from odoo import SUPERUSER_ID
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..models.crm_lead_capture_form.page import RECAPTCHA_API as RECAPTCHA_ADDRESS
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
FRAME = b"""<!doctype html><title>A site</title>%s
<script>window.before = document.querySelector("iframe").style.height;</script>"""
# Waits until the frame has another height than in the tag, and sends it a stranger's
FOLLOW = """
    const frame = document.querySelector("iframe");
    const before = window.before;
    const started = Date.now();
    (function look() {
        if (frame.style.height !== before) {
            const followed = frame.style.height;
            window.postMessage({ leadFormHeight: 5000 }, "*");
            setTimeout(() => {
                const stayed = frame.style.height === followed;
                console[stayed ? "log" : "error"](stayed ? "test successful" : "moved");
            }, 500);
        } else if (Date.now() - started < 15000) {
            setTimeout(look, 100);
        } else {
            console.error("The frame keeps its height");
        }
    })();
"""
# Answers for every visitor, as Google's does
RECAPTCHA_API = b"""window.grecaptcha = {
    ready: (then) => then(),
    execute: async (key, { action }) => `${key} ${action}`,
};"""
THANKS = b"""<!doctype html><title>Thanks</title><h1>Thanks</h1>
<script>console.log("test successful")</script>"""


class Webmaster(BaseHTTPRequestHandler):
    """Another web site, with a page and a return page."""

    pages = {}

    def do_GET(self):
        page = self.pages.get(self.path.partition("?")[0])
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page or b"")

    def log_message(self, *args):
        pass


@tagged("post_install", "-at_install", "lead_capture", "lead_tours", "is_tour")
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

    def _serve(self, form, page, **pages):
        """Put the page of a form on the other site, with its return page."""
        self.env["ir.config_parameter"].set_param("web.base.url", self.base_url())
        form.with_user(self.user_sales_manager).return_url = f"{self.site}/thanks"
        self.env.flush_all()
        Webmaster.pages = {"/form": page(), "/thanks": THANKS, **pages}

    def test_recaptcha_is_asked_when_the_form_is_sent(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("recaptcha_public_key", "site_key")
        parameters.set_param("recaptcha_private_key", "secret")
        self.form.use_recaptcha = True
        for api, token, reason in (
            (RECAPTCHA_API, "site_key lead_capture", False),
            # Google can't be reached: the form is sent without.
            (b"", None, "recaptcha_missing"),
        ):
            with self.subTest(token=token):
                self._serve(
                    self.form,
                    lambda: (
                        self.form._render_html(complete=True)
                        .replace(RECAPTCHA_ADDRESS, f"{self.site}/api.js")
                        .encode()
                    ),
                    **{"/api.js": api},
                )
                fill = FILL.replace("Please call.", f"Please call {token}.")
                self.browser_js(f"{self.site}/form", fill, login=None)
                self.env.invalidate_all()
                submission = self.env["crm.lead.capture.submission"].search(
                    [("form_id", "=", self.form.id)], limit=1
                )
                self.assertEqual(submission.recaptcha_token or None, token)
                self.assertEqual(submission.reason, reason)

    def test_from_the_builder_to_the_list_of_the_owner(self):
        """Build a form, download its page, put it on another site, fill it in, land on
        the return page, and find the unread lead in the list of its owner."""
        self.start_tour("/odoo/lead-forms", "capture_form", login="user_sales_manager")
        form = self.env["crm.lead.capture.form"].search(
            [("name", "=", "Trade <b>fair</b>")]
        )
        keys = form.field_ids.sorted("sequence").mapped("key")
        self.assertLess(keys.index("phone"), keys.index("company"))
        company = form.field_ids.filtered(lambda field: field.key == "company")
        self.assertEqual(company.label, "Where do you work?")
        form.with_user(self.user_sales_manager).write(
            {"user_id": self.user_sales_salesman.id, "use_assignment_rules": False}
        )
        self.authenticate("user_sales_manager", "user_sales_manager")
        self._serve(form, lambda: self._download(form))
        self.browser_js(f"{self.site}/form", FILL, login=None)
        cron = self.env.ref("lead_management_capture.ir_cron_capture")
        cron.with_user(SUPERUSER_ID).method_direct_trigger()
        self.env.invalidate_all()
        lead = self.env["crm.lead"].search([("capture_form_id", "=", form.id)])
        self.assertEqual(lead.contact_name, "Jane Doe")
        self.assertEqual(lead.partner_name, "<b>Acme</b>")
        self.assertIn("Please call.", lead.description)
        self.start_tour(
            "/odoo/my-unread-leads", "capture_unread", login="user_sales_salesman"
        )
        lead.invalidate_recordset()
        self.assertFalse(lead.is_unread, "Opened")

    def test_a_key_for_a_program_is_shown_once(self):
        self.start_tour(
            f"/odoo/lead-forms/{self.form.id}",
            "capture_key",
            login="user_sales_manager",
        )
        old, new = self.form.key_ids.sorted("id")
        self.assertTrue(old.expiration_date)
        self.assertFalse(new.expiration_date)

    def test_a_file_is_chosen_and_sent(self):
        self.form.field_ids = [Command.create({"key": "own_files", "label": "CV"})]
        self._serve(self.form, lambda: self.form._render_html(complete=True).encode())
        choose = """
            const chosen = new DataTransfer();
            chosen.items.add(new File(["%PDF-1.4 Jane"], "cv.pdf"));
            document.querySelector("[type=file]").files = chosen.files;
        """
        self.browser_js(f"{self.site}/form", choose + FILL, login=None)
        self.env.invalidate_all()
        submission = self.env["crm.lead.capture.submission"].search(
            [("form_id", "=", self.form.id)]
        )
        self.assertEqual(submission.answers["last_name"], "Doe")
        self.assertEqual(submission.attachment_ids.name, "cv.pdf")
        self.assertEqual(submission.attachment_ids.raw, b"%PDF-1.4 Jane")

    def test_a_frame_is_as_high_as_its_form(self):
        self.form.frame_ancestors = self.site
        self._serve(self.form, self._get_frame_page)
        self.browser_js(f"{self.site}/form", FOLLOW, login=None)

    def _get_frame_page(self):
        self.form.invalidate_recordset()
        code = self.env["crm.lead.capture.code"].create({"form_id": self.form.id})
        return FRAME % code.frame.encode()

    def _download(self, form):
        return self.url_open(f"/lead/form/download/{form.id}").content
