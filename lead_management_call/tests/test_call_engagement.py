from odoo.tests import tagged

from .common import CallCase


@tagged("post_install", "-at_install", "lead_call")
class TestCallEngagement(CallCase):
    """Calls are known as events in which people show interest."""

    def test_calls_that_reached_somebody_show_interest(self):
        self._log(self.voicemail)
        reached = self._log(self.reached)
        self.env.flush_all()
        kind = self.env["crm.lead"]._get_engagement_kinds()["call"]
        rows = self.env.execute_query(kind.events)
        of_lead = [date for lead_id, date in rows if lead_id == self.lead_own.id]
        self.assertEqual(of_lead, [reached.date])
