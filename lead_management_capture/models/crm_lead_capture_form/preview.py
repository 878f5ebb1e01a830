from odoo import api, fields, models

from ..crm_lead_capture_field.field import LEAD_FIELD


class CrmLeadCaptureForm(models.Model):
    """What the sales manager sees of the form while building it."""

    _inherit = "crm.lead.capture.form"

    preview = fields.Text(
        compute="_compute_preview",
        help="The form as a page, as it is now",
    )
    page_url = fields.Char(
        "Page", compute="_compute_page_url", help="Address of the form's own page"
    )

    # Which columns the lines need
    has_lead_fields = fields.Boolean(compute="_compute_columns")
    has_choices = fields.Boolean(compute="_compute_columns")
    has_constants = fields.Boolean(compute="_compute_columns")
    has_files = fields.Boolean(compute="_compute_columns")
    recaptcha_missing = fields.Boolean(compute="_compute_recaptcha_missing")

    @api.depends(
        "name",
        "title",
        "intro",
        "submit_label",
        "company_id",
        "field_ids.sequence",
        "field_ids.key",
        "field_ids.lead_field",
        "field_ids.choices",
        "field_ids.file_kind",
        "field_ids.file_size",
        "field_ids.file_count",
        "field_ids.is_constant",
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
            shown = {
                **form._get_shown(),
                "company": form.company_id.name,
                # A script would neither run nor belong there.
                "recaptcha": None,
                "conditions": None,
            }
            form.preview = form._render_template("capture_page", shown)

    @api.depends("field_ids.key", "field_ids.is_constant")
    def _compute_columns(self):
        for form in self:
            keys = set(form.field_ids.mapped("key"))
            form.has_lead_fields = LEAD_FIELD in keys
            form.has_choices = bool(keys & {"own_choice", "own_choices"})
            form.has_files = "own_files" in keys
            form.has_constants = any(form.field_ids.mapped("is_constant"))

    @api.depends("token")
    def _compute_page_url(self):
        for form in self:
            form.page_url = form.get_base_url() + form._get_page_path()

    @api.depends("use_recaptcha")
    def _compute_recaptcha_missing(self):
        for form in self:
            form.recaptcha_missing = form.use_recaptcha and not (
                form._get_recaptcha_key()
            )

    def action_generate_html(self):
        """Show the HTML of the form, its link and how to embed it."""
        self.ensure_one()
        return self.env["crm.lead.capture.code"]._get_records_action(
            name=self.env._("Get the form “%(form)s”", form=self.name),
            target="new",
            context={"default_form_id": self.id},
        )

    def action_open_page(self):
        """Open the form's page as visitors see it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self._get_page_path(),
            "target": "new",
        }
