import base64
import io

import qrcode

from odoo import api, fields, models

QR_MODULE_PIXELS = 8
# Roughly what the parts of the page take, for a frame that needs no scroll bar
FRAME_HEIGHT = 320
FRAME_HEIGHT_OF_PART = 92
FRAME_SCRIPT = "/lead_management/static/capture/lead_frame.js"
VISIT_SCRIPT = "/lead_management/static/capture/lead_visit.js"


class CrmLeadCaptureCode(models.TransientModel):
    """All ways to bring a web form to its visitors: HTML, page, link, frame."""

    _name = "crm.lead.capture.code"
    _description = "HTML of a Web Form"
    _inherit = ["lead.guard.mixin"]

    form_id = fields.Many2one(
        "crm.lead.capture.form", required=True, readonly=True, ondelete="cascade"
    )
    form_lang_ids = fields.Many2many(related="form_id.lang_ids")
    lang_id = fields.Many2one(
        "res.lang",
        "Language",
        compute="_compute_lang_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', form_lang_ids)]",
        help="Language of the form in the HTML",
    )
    fragment = fields.Text(
        "HTML", compute="_compute_code", help="The form, to paste into a page"
    )
    frame = fields.Text(
        compute="_compute_code", help="Shows the form's page inside another page"
    )
    frame_ancestors = fields.Text(related="form_id.frame_ancestors")
    page_url = fields.Char("Page Address", compute="_compute_code")
    qr_code = fields.Binary("QR Code", compute="_compute_code")
    visit_script = fields.Text(
        "Script for Origins",
        compute="_compute_code",
        help="Records on every page of the site where visitors came from",
    )

    @api.depends("form_id")
    def _compute_lang_id(self):
        for code in self:
            lang = code.form_id._get_page_lang([self.env.lang or ""])
            languages = code.form_id.lang_ids
            code.lang_id = languages.filtered(lambda own, lang=lang: own.code == lang)

    @api.depends("form_id", "lang_id")
    def _compute_code(self):
        for code in self:
            form = code.form_id
            query = f"?lang={code.lang_id.code}" if code.lang_id else ""
            parts = len(form.field_ids) + len(form.consent_ids)
            code.page_url = form.page_url + query
            code.fragment = form._render_html(code.lang_id.code)
            code.frame = form._render_template(
                "capture_frame",
                {
                    "address": code.page_url,
                    "title": form.title or form.name,
                    "height": FRAME_HEIGHT + FRAME_HEIGHT_OF_PART * parts,
                    "script": form.get_base_url() + FRAME_SCRIPT,
                },
            )
            code.qr_code = self._get_qr_code(code.page_url)
            code.visit_script = form._render_template(
                "capture_script", {"script": form.get_base_url() + VISIT_SCRIPT}
            )

    def _get_qr_code(self, text):
        # Not the barcodes of reports, which need a drawing library that is optional.
        picture = io.BytesIO()
        qrcode.make(text, box_size=QR_MODULE_PIXELS).save(picture, format="PNG")
        return base64.b64encode(picture.getvalue())

    def action_download(self):
        """Save the form as a complete page."""
        self.ensure_one()
        query = f"?lang={self.lang_id.code}" if self.lang_id else ""
        return {
            "type": "ir.actions.act_url",
            "url": f"/lead/form/download/{self.form_id.id}{query}",
            "target": "download",
        }
