from odoo.tests import HttpCase, tagged

from .test_capture_form import TestCaptureFormCommon


@tagged("post_install", "-at_install", "lead_capture", "lead_tours")
class TestCaptureTour(TestCaptureFormCommon, HttpCase):
    """A sales manager builds a form in a browser."""

    def test_build_a_form_and_take_the_html(self):
        self.start_tour("/odoo/lead-forms", "capture_form", login="user_sales_manager")
        form = self.env["crm.lead.capture.form"].search(
            [("name", "=", "Trade <b>fair</b>")]
        )
        keys = form.field_ids.sorted("sequence").mapped("key")
        self.assertLess(keys.index("phone"), keys.index("company"))
        company = form.field_ids.filtered(lambda field: field.key == "company")
        self.assertEqual(company.label, "Where do you work?")
