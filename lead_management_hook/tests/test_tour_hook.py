import json

from odoo.tests import tagged

from odoo.addons.lead_management_capture.tests.test_capture_post import (
    TestCapturePostCommon,
)


@tagged("post_install", "-at_install", "lead_hook", "lead_tours", "is_tour")
class TestTourHook(TestCapturePostCommon):
    """A mapping is made in a browser, and the next call becomes a lead."""

    def test_a_sample_becomes_a_mapping(self):
        self.form.name = "Contact us"
        self.start_tour("/odoo/lead-webhooks", "lead_hook", login="user_sales_manager")
        hook = self.env["crm.lead.hook"].search([("name", "=", "Chat")])
        uses = {line.example: line.use for line in hook.line_ids}
        self.assertEqual(uses["robin@example.com"], "field")
        self.assertEqual(uses["Robin Moss"], "name")
        call = {"mail": "ada@example.com", "visitor": {"name": "Ada Reed"}}
        response = self.url_open(
            f"/lead/hook/{hook.token}",
            data=json.dumps(call),
            headers={"Content-Type": "application/json"},
        )
        self.assertEqual(response.status_code, 200)
        self.env.invalidate_all()
        hook.call_ids._take()
        self._process()
        lead = self.env["crm.lead"].search([("email_from", "=", "ada@example.com")])
        self.assertEqual(lead.contact_name, "Ada Reed")
