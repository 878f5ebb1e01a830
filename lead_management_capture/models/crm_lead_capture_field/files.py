from odoo import fields, models

from ...tools.capture_files import MAX_TOTAL, MEGABYTE, FileLimits

DEFAULT_KIND, DEFAULT_SIZE, DEFAULT_COUNT = "all", 5, 3
MAX_SIZE, MAX_COUNT = MAX_TOTAL // MEGABYTE, 10


class CrmLeadCaptureField(models.Model):
    """Questions for files, and what they take."""

    _inherit = "crm.lead.capture.field"

    file_kind = fields.Selection(
        [
            ("all", "Documents and images"),
            ("documents", "Documents"),
            ("images", "Images"),
            ("pdf", "PDF only"),
        ],
        "File Types",
        default=DEFAULT_KIND,
        help="What a file is, is told by its content, whatever it is called. Web pages,"
        " archives, programs and documents with macros are never taken.",
    )
    file_size = fields.Integer(
        "Size of a File", default=DEFAULT_SIZE, help="In MB, at most"
    )
    file_count = fields.Integer(
        "Number of Files", default=DEFAULT_COUNT, help="That can be sent, at most"
    )

    _check_file_size = models.Constraint(
        f"CHECK(file_size >= 1 AND file_size <= {MAX_SIZE})",
        f"The size of a file must be between 1 and {MAX_SIZE} MB.",
    )
    _check_file_count = models.Constraint(
        f"CHECK(file_count >= 1 AND file_count <= {MAX_COUNT})",
        f"The number of files must be between 1 and {MAX_COUNT}.",
    )

    def _get_file_limits(self):
        """Return the `FileLimits` of the question."""
        return FileLimits(
            self.file_kind or DEFAULT_KIND,
            (self.file_size or DEFAULT_SIZE) * MEGABYTE,
            self.file_count or DEFAULT_COUNT,
        )

    def _describe_files(self):
        """Return what a visitor may send, in a sentence."""
        limits = self._get_file_limits()
        values = {
            "extensions": ", ".join(name[1:].upper() for name in limits.extensions),
            "size": limits.size // MEGABYTE,
            "count": limits.number,
        }
        if limits.number == 1:
            return self.env._("%(extensions)s; up to %(size)s MB", **values)
        return self.env._(
            "%(extensions)s; up to %(count)s files of %(size)s MB each", **values
        )
