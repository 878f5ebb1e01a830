from odoo import models


class CrmLeadCaptureForm(models.Model):
    """A sample to look at, and to try: it works like any other form."""

    _inherit = "crm.lead.capture.form"
    _sample_action = "lead_management_capture.crm_lead_capture_form_action"

    def _prepare_sample(self):
        return {
            "name": self.env._("Sample: contact us"),
            "title": self.env._("Talk to us"),
            "intro": self.env._("Tell us what you are looking for. We will call you."),
        }
