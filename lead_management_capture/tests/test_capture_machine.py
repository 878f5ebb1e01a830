import builtins
import datetime
import os
import secrets
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..tools.capture_files import Upload
from .test_capture_submission import TestCaptureSubmissionCommon


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureMachine(TestCaptureSubmissionCommon):
    """What a full disk, a server that is killed and a clock that is set leave behind
    holds up nobody."""

    def setUp(self):
        super().setUp()
        self.attachments = self.env["ir.attachment"]
        # Of its own, as the files of other tests may still be there
        self.data = b"a;b\n" + secrets.token_hex(4_000).encode()
        checksum = self.attachments._compute_checksum(self.data)
        self.path = self.attachments._full_path(f"{checksum[:2]}/{checksum}")

    def _attach(self):
        """Return what is in the file of a new submission."""
        submission = self._submit(message=secrets.token_hex())
        uploads = {"cv": [Upload("cv.csv", self.data)]}
        open_form = self.form._get_open_form(self.form.token)
        submission._attach(submission.id, open_form, uploads)
        submission.invalidate_recordset()
        return submission.attachment_ids.raw

    def test_the_beginning_of_a_file_becomes_the_file(self):
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        for length in (0, 1_000):
            with open(self.path, "wb") as file:
                file.write(self.data[:length])
            self.assertEqual(self._attach(), self.data)

    def test_nothing_is_left_of_a_file_the_disk_has_no_room_for(self):
        write = builtins.open

        def fill_up(name, mode="r", *args, **kwargs):
            file = write(name, mode, *args, **kwargs)
            if str(name).startswith(self.path):
                file.close()
                raise OSError(28, "No space left on device")
            return file

        with patch.object(builtins, "open", fill_up), self.assertRaises(OSError):
            self.attachments._keep_whole(self.data)
        folder = os.path.dirname(self.path)
        name = os.path.basename(self.path)
        left = [other for other in os.listdir(folder) if other.startswith(name)]
        self.assertFalse(left)
        self.assertEqual(self._attach(), self.data)

    def test_what_was_claimed_before_the_clock_was_set_back(self):
        submission = self._submit()
        tomorrow = datetime.datetime.now() + datetime.timedelta(days=1)
        submission.write({"attempts": 1, "next_attempt": tomorrow})
        self._process()
        self.assertEqual(submission.state, "lead")

    def test_a_clock_that_is_set_back_to_a_full_day_meanwhile(self):
        self.form.daily_limit = 1
        first = self._submit()
        self._process()
        second = self._submit(message="Another one")
        days = [first.counted_on + datetime.timedelta(days=1)]
        get_today = type(self.form)._get_today

        def get_days(form):
            return days.pop() if days else get_today(form)

        with patch.object(type(self.form), "_get_today", get_days):
            self._process()
        self.assertFalse(days)
        self.assertEqual((first.state, second.state), ("lead", "waiting"))

    def test_a_server_whose_clock_is_ahead_does_not_wait_for_the_database(self):
        cron = self.env.ref("lead_management_capture.ir_cron_capture")
        before = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        for hours in (1, -1):
            now = datetime.datetime.now() + datetime.timedelta(hours=hours)
            with freeze_time(now):
                self.submissions._trigger_processing()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        ahead, behind = (triggers - before).sorted("id")
        self.assertLessEqual(ahead.call_at, self.env.cr.now())
        # At once by its own clock, too, or the others would not be told.
        self.assertLess(behind.call_at, ahead.call_at)
