from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmLeadCaptureConsent(models.Model):
    """The purpose for which a checkbox of a web form asks."""

    _inherit = "crm.lead.capture.consent"

    purpose_id = fields.Many2one(
        "crm.lead.consent.purpose",
        "Counts for",
        index="btree_not_null",
        help="What the person agrees to counts for the email address, and is confirmed"
        " where the purpose asks for it. Leave it empty to note the consent on the lead"
        " only.",
    )

    @api.onchange("purpose_id")
    def _onchange_purpose_id(self):
        if self.purpose_id:
            self.name = self.name or self.purpose_id.name
            self.text = self.text or self.purpose_id.text

    @api.model_create_multi
    def create(self, vals_list):
        consents = super().create(vals_list)
        consents._translate_as_purpose()
        return consents

    def write(self, vals):
        result = super().write(vals)
        if "purpose_id" in vals:
            self._translate_as_purpose()
        return result

    def _translate_as_purpose(self):
        """Where the text is the purpose's, let it be so in every language."""
        for consent in self.filtered("purpose_id"):
            purpose = consent.purpose_id
            if consent.text == purpose.text:
                translations, _context = purpose.get_field_translations("text")
                consent.update_field_translations(
                    "text",
                    {one["lang"]: one["value"] for one in translations if one["value"]},
                )

    @api.constrains("purpose_id")
    def _check_purpose_company(self):
        for consent in self:
            company = consent.purpose_id.company_id
            if company and company != consent.form_id.company_id:
                raise ValidationError(
                    self.env._(
                        "The form “%(form)s” is of another company than the purpose"
                        " “%(purpose)s”. Choose a purpose of its company, or of all.",
                        form=consent.form_id.name,
                        purpose=consent.purpose_id.name,
                    )
                )
