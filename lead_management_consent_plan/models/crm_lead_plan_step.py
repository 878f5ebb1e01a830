from odoo import fields, models


class CrmLeadPlanStep(models.Model):
    """An email for a purpose is skipped where the person has not agreed to it."""

    _inherit = "crm.lead.plan.step"

    consent_purpose_id = fields.Many2one(
        "crm.lead.consent.purpose", readonly=True, ondelete="set null"
    )
    skip_reason = fields.Selection(
        selection_add=[("no_consent", "No Consent")],
        ondelete={"no_consent": "set null"},
    )

    def _get_skipped(self):
        skipped = super()._get_skipped()
        states = self.env["crm.lead.consent.state"]
        asked = self.filtered("consent_purpose_id")
        for purpose, steps in asked.grouped("consent_purpose_id").items():
            emails = {step: step.run_id.lead_id.email_normalized for step in steps}
            agreed = states._get_agreed_emails(purpose, filter(None, emails.values()))
            skipped["no_consent"] |= steps.filtered(
                lambda step, emails=emails, agreed=agreed: emails[step] not in agreed
            )
        return skipped
