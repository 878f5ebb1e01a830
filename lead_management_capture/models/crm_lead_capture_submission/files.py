import datetime
import hashlib

from odoo import fields, models

from ...tools import capture_files
from ...tools.capture_values import REQUIRED

FULL_OF_FILES = "file_full"
DAY = datetime.timedelta(days=1)
DEFAULT_MEGABYTES = 500


class CrmLeadCaptureSubmission(models.Model):
    """Files that come with submissions.

    They are attachments of the submission until it is a lead, of the lead afterwards;
    they are deleted with it. Whoever opens one gets a download, never a page.
    """

    _inherit = "crm.lead.capture.submission"

    attachment_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        "Files",
        domain=[("res_model", "=", "crm.lead.capture.submission")],
        readonly=True,
        help="Files that wait with it. Those of a lead are on the lead.",
    )

    def _get_digests(self, uploads):
        """Return what tells the files from others."""
        return [
            [name, *(hashlib.sha256(file.data).hexdigest() for file in files)]
            for name, files in sorted(uploads.items())
        ]

    def _check_files(self, open_form, inputs, uploads, errors):
        """Add to the errors why files can't be taken, by the names of their inputs. A
        name that was sent without its file is no file."""
        left = capture_files.MAX_TOTAL
        for field, is_required in open_form.questions:
            if not field.files:
                continue
            key = field.key
            files = uploads.get(key, ())
            left -= sum(len(file.data) for file in files)
            if error := capture_files.check(files, field.files):
                errors[key] = error
            elif left < 0:
                errors[key] = capture_files.TOO_MUCH
            elif is_required and not files and self._is_shown(open_form, key, inputs):
                errors[key] = REQUIRED

    def _check_file_room(self, uploads):
        """Return why no more files are taken today, by the names of their inputs; empty
        when they are. Nobody can fill the disk with forms."""
        if not uploads:
            return {}
        [(taken,)] = self.env["ir.attachment"]._read_group(
            [
                ("is_from_visitor", "=", True),
                ("create_date", ">", fields.Datetime.now() - DAY),
            ],
            aggregates=["file_size:sum"],
        )
        sizes = [len(file.data) for files in uploads.values() for file in files]
        room = self._get_count_parameter("capture_file_megabytes", DEFAULT_MEGABYTES)
        if (taken or 0) + sum(sizes) <= room * capture_files.MEGABYTE:
            return {}
        return dict.fromkeys(uploads, FULL_OF_FILES)

    def _attach(self, submission_id, open_form, uploads):
        """Keep the files of a submission."""
        attachments = self.env["ir.attachment"].with_context(
            image_no_postprocess=True  # nothing opens them here
        )
        for files in uploads.values():
            for file in files:
                attachments._keep_whole(file.data)
        attachments.create(
            [
                {
                    "name": capture_files.safe_name(file),
                    "raw": file.data,
                    "mimetype": file.type,
                    "res_model": self._name,
                    "res_id": submission_id,
                    "company_id": open_form.company_id,
                    "is_from_visitor": True,
                }
                for files in uploads.values()
                for file in files
            ]
        )

    def _hand_over_files(self, leads):
        """Give the files of submissions to their leads."""
        # A list: several of them may be of one lead.
        lead_ids = {
            submission.id: lead.id for submission, lead in zip(self, leads, strict=True)
        }
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        )
        for attachment in attachments:  # written at once, by the flush
            attachment.write(
                {"res_model": "crm.lead", "res_id": lead_ids[attachment.res_id]}
            )

    def _explain_files(self, code, limits):
        """Return what a visitor reads beside an input for files, None for a reason that
        other inputs have, too."""
        values = {
            "extensions": ", ".join(name[1:].upper() for name in limits.extensions),
            "size": limits.size // capture_files.MEGABYTE,
            "count": limits.number,
            "total": capture_files.MAX_TOTAL // capture_files.MEGABYTE,
        }
        texts = {
            capture_files.TYPE: self.env._(
                "Please choose files of these kinds: %(extensions)s.", **values
            ),
            capture_files.TOO_LARGE: self.env._(
                "Please choose files of up to %(size)s MB each.", **values
            ),
            capture_files.TOO_MANY: self.env._(
                "Please choose %(count)s files at most.", **values
            ),
            capture_files.TOO_MUCH: self.env._(
                "Please choose files of up to %(total)s MB together.", **values
            ),
            capture_files.EMPTY_FILE: self.env._(
                "A file is empty. Please choose another one."
            ),
            FULL_OF_FILES: self.env._(
                "This form can't take any more files today. Please send it without, or"
                " try again tomorrow."
            ),
        }
        return texts.get(code)
