from odoo.tests import tagged, users

from odoo.addons.lead_management.tests.test_conversion_undo import TestConversionUndo


@tagged("post_install", "-at_install", "lead_conversion")
class TestDuplicateUndo(TestConversionUndo):
    @users("user_sales_salesman")
    def test_undo_is_not_refused_for_what_the_conversion_itself_did(self):
        lead = self.lead.with_env(self.env)
        lead.activity_schedule("mail.mail_activity_data_call")
        self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2030-01-01 10:00:00",
                "stop": "2030-01-01 11:00:00",
                "opportunity_id": lead.id,
            }
        )
        for target in ("account", "opportunity"):
            _account, contact, _opportunity, conversion = self._convert(target=target)
            self.env["crm.account.duplicate"].sudo()._cron_refresh()
            conversion.action_undo()
            self.assertFalse(contact.exists(), target)
            self.assertEqual(len(lead.calendar_event_ids), 1, target)
