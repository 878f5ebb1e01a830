from odoo import fields, models
from odoo.http import Stream


class DownloadStream(Stream):
    """What is always a download, whatever was asked for."""

    def get_response(self, as_attachment=None, **options):
        return super().get_response(as_attachment=True, **options)


class IrAttachment(models.Model):
    # Files of visitors. A docstring would become that of the model, and stay when the
    # addon goes.
    _inherit = "ir.attachment"

    is_from_visitor = fields.Boolean(
        "Sent by a Visitor",
        readonly=True,
        help="Came with a web form. It is downloaded, never shown by the browser.",
    )

    _from_visitor_idx = models.Index("(create_date) WHERE is_from_visitor")

    def _to_http_stream(self):
        stream = super()._to_http_stream()
        if not self.sudo().is_from_visitor:
            return stream
        # A browser must not open in Odoo's own name what a stranger has sent.
        return DownloadStream(**vars(stream))
