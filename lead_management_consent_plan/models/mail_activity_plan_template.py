from odoo import fields, models


class MailActivityPlanTemplate(models.Model):
    """An email of a plan for a purpose is for those who have agreed to it."""

    _inherit = "mail.activity.plan.template"

    consent_purpose_id = fields.Many2one(
        "crm.lead.consent.purpose",
        index="btree_not_null",
        help="Only people who have agreed to this purpose get the email. The step is"
        " skipped for the others.",
    )

    def _prepare_step(self, *args):
        values = super()._prepare_step(*args)
        return {**values, "consent_purpose_id": self.consent_purpose_id.id}
