from odoo import SUPERUSER_ID, api, models

from odoo.addons.lead_management_capture.models.crm_lead_capture_submission.receive import (  # noqa: E501
    INVALID,
    TAKEN,
    Receipt,
)

from ..tools.trial_answers import MARKER


class CrmLeadCaptureSubmission(models.Model):
    """Submissions that only try a form out leave nothing behind."""

    _inherit = "crm.lead.capture.submission"

    def _receive(self, open_form, inputs, *args, **kwargs):
        inputs = dict(inputs)
        marker = inputs.pop(MARKER, None)
        forms = self.env["crm.lead.capture.form"]
        if not marker or not forms._is_trial(open_form.form_id, marker):
            return super()._receive(open_form, inputs, *args, **kwargs)
        # What Google or a robot's haste says of it is nothing to be tried.
        trusted = open_form._replace(
            rate_limit=0, min_fill_seconds=0, use_recaptcha=False
        )
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, dict(self.env.context))
            try:
                return env[self._name]._try(trusted, inputs, *args, **kwargs)
            finally:
                cr.rollback()

    def _try(self, open_form, inputs, *args, **kwargs):
        """Take a submission and make a lead of it; return the `Receipt` that a visitor
        would get; or why no lead came of it."""
        last = self.search([], limit=1).id or 0
        receipt = self._receive(open_form, inputs, *args, **kwargs)
        if receipt.outcome != TAKEN:
            return receipt
        submission = self.search(
            [("id", ">", last), ("form_id", "=", open_form.form_id)], limit=1
        )
        submission._process()
        if submission.state in ("lead", "waiting"):  # perhaps for the next day
            return receipt
        return Receipt(INVALID, {MARKER: submission.error or submission.state})
