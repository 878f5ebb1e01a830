from odoo import api, fields, models

from ...tools import capture_html


class CrmLeadCaptureForm(models.Model):
    """What the sales manager sees of the form while building it."""

    _inherit = "crm.lead.capture.form"

    preview = fields.Text(
        compute="_compute_preview",
        compute_sudo=False,
        help="The form as a page, as it is now",
    )
    page_url = fields.Char(
        "Page", compute="_compute_page_url", help="Address of the form's own page"
    )

    @api.depends(
        "name",
        "title",
        "intro",
        "submit_label",
        "company_id",
        "field_ids.sequence",
        "field_ids.key",
        "field_ids.label",
        "field_ids.help_text",
        "field_ids.placeholder",
        "field_ids.required",
        "consent_ids.sequence",
        "consent_ids.text",
        "consent_ids.policy_url",
        "consent_ids.required",
    )
    @api.depends_context("lang")
    def _compute_preview(self):
        for form in self:
            shown = form._get_shown_form()
            shown.company = form.company_id.name or ""
            # A script would neither run nor belong there.
            shown.recaptcha_key = ""
            form.preview = capture_html.page(shown)

    @api.depends("token")
    def _compute_page_url(self):
        for form in self:
            form.page_url = form.get_base_url() + form._get_page_path()
