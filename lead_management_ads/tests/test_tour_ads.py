from odoo import SUPERUSER_ID
from odoo.tests import HttpCase, tagged

from odoo.addons.lead_management_consent.tests.common import ConsentCase


@tagged("post_install", "-at_install", "lead_ads", "lead_tours", "is_tour")
class TestTourAds(ConsentCase, HttpCase):
    """A platform is set up in a browser, and gets its file."""

    def _process(self):
        # A test of requests is in test mode all the time.
        cron = self.env.ref("lead_management_capture.ir_cron_capture")
        cron.with_user(SUPERUSER_ID).method_direct_trigger()
        self.env.invalidate_all()

    def test_a_goal_is_set_up_and_handed_out(self):
        lead = self._check_boxes(self.calls_box, last_gclid="Ab1")
        lead.status_id = self.env.ref("lead_management.crm_lead_status_in_process")
        self.start_tour(
            "/odoo/lead-ad-conversions", "lead_ads", login="user_sales_manager"
        )
        goal = self.env["crm.lead.ad.goal"].search([("name", "=", "Good lead")])
        self.assertEqual(goal.conversion_ids.lead_id, lead)
        self.assertEqual(goal.done_count, 1)
        file = self.env["ir.attachment"].search(
            [("res_model", "=", goal._name), ("res_id", "=", goal.id)], limit=1
        )
        self.assertIn("Ab1", file.raw.decode())
