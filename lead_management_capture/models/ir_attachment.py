import contextlib
import os
import secrets

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

    def _keep_whole(self, data):
        """Write a file of an attachment that is about to be created, whole or not at
        all.

        Odoo writes it in place. What a full disk or a killed server leaves of it, or
        another request has written so far, it takes for another file of the same
        checksum, and refuses the whole one.
        """
        if self._storage() != "file" or not data:
            return
        checksum = self._compute_checksum(data)
        name = f"{checksum[:2]}/{checksum}"
        path = self._full_path(name)
        if os.path.isfile(path) and not self._is_part(path, data):
            return
        os.makedirs(os.path.dirname(path), exist_ok=True)
        partial = f"{path}-{secrets.token_hex(8)}"
        try:
            with open(partial, "xb") as file:
                file.write(data)
            os.replace(partial, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(partial)
            raise
        # Removed again by Odoo, if the attachment isn't created after all
        self._mark_for_gc(name)

    def _is_part(self, path, data):
        """Tell whether a file holds the beginning of what it should hold."""
        if os.path.getsize(path) >= len(data):
            return False
        with open(path, "rb") as file:
            return data.startswith(file.read())
