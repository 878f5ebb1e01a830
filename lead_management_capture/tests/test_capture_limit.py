from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from ..models.crm_lead_capture_submission import limits
from ..models.crm_lead_capture_submission import receive as receiving
from .test_capture_submission import ANSWERS, TestCaptureSubmissionCommon


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureLimit(TestCaptureSubmissionCommon):
    """How many leads a form makes a day, and what becomes of the rest."""

    def test_over_the_limit_waits_for_the_next_day(self):
        self.form.write(
            {
                "daily_limit": 2,
                "notify_user_ids": [Command.set(self.user_sales_manager.ids)],
            }
        )
        sent = [
            self._submit({**ANSWERS, "last_name": f"Doe {number}"})
            for number in range(5)
        ]
        with freeze_time("2030-05-01 10:00:00"):
            self._process()
            self._process()
        self.assertEqual([one.state for one in sent], ["lead"] * 2 + ["waiting"] * 3)
        notices = self._get_notices("daily limit")
        self.assertEqual(len(notices), 1)
        late = self._submit({**ANSWERS, "last_name": "Late"})
        with freeze_time("2030-05-02 10:00:00"):
            self._process()
        self.assertEqual(
            [one.state for one in [*sent, late]],
            ["lead"] * 4 + ["waiting"] * 2,
        )
        self.assertEqual(
            [str(one.counted_on) for one in sent[:4]],
            ["2030-05-01"] * 2 + ["2030-05-02"] * 2,
        )
        self.assertEqual(len(self._get_notices("daily limit")), 2)
        self.form.daily_limit = 100
        with freeze_time("2030-05-02 10:01:00"):
            self._process()
        self.assertEqual(late.state, "lead")
        self.assertEqual(late.counted_number, 4)

    def test_the_day_is_that_of_the_company(self):
        self.form.company_id.partner_id.tz = "Pacific/Auckland"
        with freeze_time("2030-05-01 20:00:00"):
            self.assertEqual(str(self.form._get_today()), "2030-05-02")

    def test_what_waits_is_not_counted_at_each_post(self):
        """As long as there is much room, one count a second is enough."""
        self.env["ir.config_parameter"].set_param("lead_management.capture_ceiling", 2)
        with patch.object(limits, "COUNTED_FOR", 1000):
            with patch.object(limits, "MARGIN", 1):
                for number in range(3):
                    self._submit({**ANSWERS, "last_name": f"Doe {number}"})
            receipt = self._send({**ANSWERS, "last_name": "Near"})
            self.assertEqual(receipt.outcome, receiving.FULL)
            with patch.object(limits, "MARGIN", -1000):
                receipt = self._send({**ANSWERS, "last_name": "Far"})
                self.assertEqual(receipt.outcome, receiving.TAKEN)
        receipt = self._send({**ANSWERS, "last_name": "A second later"})
        self.assertEqual(receipt.outcome, receiving.FULL)

    def test_when_too_many_wait_visitors_are_told(self):
        self.env["ir.config_parameter"].set_param("lead_management.capture_ceiling", 2)
        self.form.daily_limit = 1
        for number in range(2):
            self._submit({**ANSWERS, "last_name": f"Doe {number}"})
        receipt = self._send({**ANSWERS, "last_name": "Late"})
        self.assertEqual(receipt.outcome, receiving.FULL)
        self._process()
        self._submit({**ANSWERS, "last_name": "Doe 3"})
        for _time in range(2):
            self._process()
        notice = self._get_notices("takes no more")
        self.assertEqual(len(notice), 1, "Once a day")
        self.assertIn(self.user_sales_manager.partner_id, notice.notified_partner_ids)
