from freezegun import freeze_time

from odoo.fields import Command, Datetime
from odoo.tests import tagged

from ..models.working_times import WorkingTimes
from .common import ResponseCase

FRIDAY = "2024-07-05 14:30:00"  # 16:30 in Berlin


@tagged("post_install", "-at_install", "lead_response")
class TestResponseCalendar(ResponseCase):
    """Whose calendar counts, with its time zone, holidays and absences."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.hours = "company"
        cls.calendar = cls._create_calendar("Office", 8, 17)
        cls.company_main.resource_calendar_id = cls.calendar
        cls.early = cls._create_calendar("Early", 6, 10, tz="America/New_York")

    @classmethod
    def _create_calendar(cls, name, start, end, tz="Europe/Berlin"):
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "tz": tz,
                "company_id": cls.company_main.id,
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": name,
                                "dayofweek": str(day),
                                "hour_from": start,
                                "hour_to": end,
                                "day_period": "full_day",
                            }
                        )
                        for day in range(5)
                    ),
                ],
            }
        )

    def _work_early(self):
        self.env["resource.resource"].create(
            {
                "name": "Sam",
                "user_id": self.user_sales_salesman.id,
                "calendar_id": self.early.id,
                "company_id": self.company_main.id,
                "tz": "America/New_York",
            }
        )
        return self.user_sales_salesman.resource_ids

    def _get_due(self, moment=FRIDAY, **values):
        values = {"company_id": self.company_main.id, **values}
        return Datetime.to_string(self._arrive(moment, **values).response_due)

    def test_weekend_is_no_working_time(self):
        self.assertEqual(self._get_due(), "2024-07-08 06:30:00")

    def test_public_holiday_is_no_working_time(self):
        holiday = {
            "name": "Holiday",
            "calendar_id": self.calendar.id,
            "date_from": "2024-07-07 22:00:00",
            "date_to": "2024-07-08 21:59:59",
        }
        # Time Off takes what is created for the clock of who creates it, in place.
        self.env["resource.calendar.leaves"].create({**holiday}).write(holiday)
        self.assertEqual(self._get_due(), "2024-07-09 06:30:00")

    def test_owner_s_own_calendar_and_absence(self):
        self.policy.hours = "owner"
        resource = self._work_early()
        self.assertEqual(self._get_due(), "2024-07-08 11:00:00")
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "resource_id": resource.id,
                "calendar_id": self.early.id,
                "date_from": "2024-07-08 04:00:00",
                "date_to": "2024-07-09 04:00:00",
            }
        )
        self.assertEqual(self._get_due("2024-07-06 10:00:00"), "2024-07-09 11:00:00")
        self.policy.hours = "company"
        self.assertEqual(self._get_due("2024-07-06 10:00:00"), "2024-07-08 07:00:00")

    def test_owner_without_a_calendar_works_as_the_company_does(self):
        self.policy.hours = "owner"
        self.assertEqual(self._get_due(), "2024-07-08 06:30:00")
        resource = self._work_early()
        resource.calendar_id = False
        self.assertEqual(self._get_due(), "2024-07-08 06:30:00")

    def test_new_owner_s_calendar_counts_from_then_on(self):
        self.policy.hours = "owner"
        self._work_early()
        lead = self._arrive(
            FRIDAY, user_id=self.member.id, company_id=self.company_main.id
        )
        self.assertEqual(Datetime.to_string(lead.response_due), "2024-07-08 06:30:00")
        with freeze_time("2024-07-05 14:40:00"):
            lead.user_id = self.user_sales_salesman
        self.assertEqual(Datetime.to_string(lead.response_due), "2024-07-08 11:00:00")

    def test_breaks_are_no_working_time(self):
        monday = self.calendar.attendance_ids.filtered(
            lambda line: line.dayofweek == "0"
        )
        self.calendar.attendance_ids = [
            Command.update(monday.id, {"hour_from": 9}),
            Command.create(
                {
                    "name": "Break",
                    "dayofweek": "0",
                    "hour_from": 8,
                    "hour_to": 9,
                    "day_period": "lunch",
                }
            ),
        ]
        self.assertEqual(self._get_due(), "2024-07-08 07:30:00")

    def test_hours_are_as_odoo_s_own(self):
        asked = {(self.company_main, self.env["res.users"])}
        start = Datetime.to_datetime("2024-07-01 00:00:00")
        end = Datetime.to_datetime("2024-09-01 00:00:00")
        [time] = WorkingTimes(self.env).get(asked, start).values()
        self.assertEqual(
            time.between(start, end) / 60,
            self.calendar.get_work_hours_count(start, end),
        )
