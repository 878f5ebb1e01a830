from datetime import date

from freezegun import freeze_time

from odoo.fields import Domain
from odoo.tests import tagged

from ..models.due_day import get_due_domain, get_today_of
from .common import TestLeadManagementCommon

YESTERDAY, TODAY, TOMORROW = (date(2030, 3, day) for day in (4, 5, 6))
# When the server says 10:30, the first day is over in the one and not begun elsewhere.
NOW = "2030-03-05 10:30:00"
DAYS = {
    "Pacific/Kiritimati": TOMORROW,
    "Europe/Brussels": TODAY,
    "Pacific/Pago_Pago": YESTERDAY,
    False: TODAY,
}


@tagged("post_install", "-at_install", "lead_upkeep")
class TestDueDay(TestLeadManagementCommon):
    """A day that somebody chose comes where they live."""

    def test_day_comes_where_the_user_lives(self):
        user = self.user_sales_salesman
        lead = self.lead_own
        for zone, today in DAYS.items():
            user.tz = zone
            with freeze_time(NOW):
                self.assertEqual(get_today_of(user), today, zone)
            for day in (YESTERDAY, TODAY, TOMORROW):
                lead.recycle_date = day
                self.env.flush_all()
                for after in (0, 1):
                    with freeze_time(NOW):
                        domain = get_due_domain("recycle_date", "user_id", after)
                    found = lead.search(domain & Domain("id", "=", lead.id))
                    is_due = (today - day).days >= after
                    self.assertEqual(bool(found), is_due, (zone, day, after))

    def test_lead_without_owner_has_the_day_of_the_server(self):
        lead = self._create_lead(self.user_sales_manager, user_id=False)
        for day in (YESTERDAY, TODAY, TOMORROW):
            lead.recycle_date = day
            with freeze_time(NOW):
                domain = get_due_domain("recycle_date", "user_id")
            found = lead.search(domain & Domain("id", "=", lead.id))
            self.assertEqual(bool(found), day <= TODAY, day)
