from freezegun import freeze_time

from odoo.tests import tagged

from .common import MONDAY, PlanCase

FRIDAY_EVENING = "2024-07-05 18:00:00"
MONDAY_NOON = "2024-07-01 10:00:00"


@tagged("post_install", "-at_install", "lead_plan")
class TestPlanDays(PlanCase):
    """Steps come one after the other, on working days."""

    def test_steps_come_one_after_the_other(self):
        run = self._start()
        first = self._get_activities()
        self.assertEqual(first.summary, "First call")
        self.assertEqual(first.date_deadline, self._day("01"))
        self.assertEqual(first.user_id, self.user_sales_salesman)
        self.assertFalse(run.next_date)
        self._run_cron("2024-07-03 09:00:00")
        self.assertEqual(self._get_activities(), first, "It waits for the call")
        self._do("2024-07-01 12:00:00")
        self.assertFalse(self._get_activities())
        self.assertEqual(run.next_date, self._at("03 06:00:00"))
        self._run_cron("2024-07-03 05:59:00")
        self.assertFalse(self._get_mails())
        self._run_cron("2024-07-03 06:00:00")
        self.assertEqual(self._get_mails().subject, "For Jane Doe")
        self.assertFalse(self._get_activities())
        self._run_cron("2024-07-04 06:00:00")
        self.assertEqual(self._get_activities().summary, "Second call")
        self._run_cron("2024-07-04 06:00:00")
        self.assertEqual(len(self._get_activities()), 1)
        self.assertEqual(len(self._get_mails()), 1)

    def test_a_plan_comes_to_its_end(self):
        self.plan.stop_on_meeting = False
        run = self._start()
        self._do("2024-07-01 12:00:00")
        self._run_cron("2024-07-03 07:00:00")
        self._run_cron("2024-07-04 07:00:00")
        self._do("2024-07-04 12:00:00")
        self.assertEqual(run.next_date, self._at("08 06:00:00"))
        self._run_cron("2024-07-08 06:00:00")
        self.assertEqual(self._get_activities().date_deadline, self._day("08"))
        self._do("2024-07-08 12:00:00")
        self.assertEqual(run.state, "done")
        self.assertEqual(self._get_states(run), ["done"] * 4)
        self.assertEqual(run.progress, "Finished")
        self.assertFalse(self.lead_own.plan_progress)
        self.assertIn("is finished", self._get_chatter())

    def test_what_is_done_late_moves_what_follows(self):
        run = self._start()
        # Thursday in place of Monday: two working days later is the next Monday.
        self._do("2024-07-04 12:00:00")
        self.assertEqual(run.next_date, self._at("08 06:00:00"))
        dates = run.step_ids.sorted("number").mapped("date_due")
        self.assertEqual(dates[2:], [self._at("09 06:00:00"), self._at("11 06:00:00")])

    def test_holidays_and_absences_are_no_working_days(self):
        holiday = {
            "name": "Holiday",
            "calendar_id": self.calendar.id,
            "date_from": "2024-07-02 22:00:00",
            "date_to": "2024-07-03 22:00:00",
        }
        # With Odoo's time off, what is created is moved to the company's time zone.
        self.env["resource.calendar.leaves"].create({**holiday}).write(holiday)
        run = self._start()
        self.assertEqual(run.step_ids[1].date_due, self._at("04 06:00:00"))

    def test_nobody_has_work_in_the_evening_or_on_weekends(self):
        run = self._start(moment=FRIDAY_EVENING)
        self.assertFalse(self._get_activities())
        self.assertEqual(run.next_date, self._at("08 06:00:00"))
        with freeze_time(FRIDAY_EVENING):
            self.assertEqual(run.progress, "Step 1 of 4: First call, Monday")
        self.assertEqual(run.step_ids[1].date_due, self._at("10 06:00:00"))
        self._run_cron("2024-07-08 06:00:00")
        self.assertEqual(self._get_activities().date_deadline, self._day("08"))

    def test_a_company_without_hours_works_around_the_clock(self):
        self.company_main.resource_calendar_id = False
        self._start(moment=FRIDAY_EVENING)
        self.assertTrue(self._get_activities())

    def test_who_never_works_is_no_end_of_the_plan(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": self.calendar.id,
                "date_from": "2024-01-01 00:00:00",
                "date_to": "2034-01-01 00:00:00",
            }
        )
        self._start()
        self.assertTrue(self._get_activities())

    def test_who_stops_working_is_no_end_of_the_plan(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": self.calendar.id,
                "date_from": "2024-07-08 00:00:00",
                "date_to": "2034-01-01 00:00:00",
            }
        )
        run = self._start(plan_date="2024-07-09")
        self.assertEqual(run.step_ids[1].day, self._day("11"))

    def test_a_deleted_activity_is_a_step_that_was_skipped(self):
        run = self._start()
        with freeze_time(MONDAY_NOON):
            self._get_activities().unlink()
        first = run.step_ids[0]
        self.assertEqual((first.state, first.skip_reason), ("skipped", "deleted"))
        self.assertEqual(run.next_date, self._at("03 06:00:00"))

    def test_the_dialog_tells_the_working_days(self):
        with freeze_time(FRIDAY_EVENING):
            action = self.lead_own.with_user(
                self.user_sales_salesman
            ).action_start_plan()
            dialog = self.env[action["res_model"]].with_context(**action["context"])
            dialog = dialog.create({"plan_id": self.plan.id})
            days = dialog.plan_schedule_line_ids.mapped("line_date_deadline")
        self.assertEqual(days, [self._day(day) for day in ("08", "10", "11", "15")])

    def test_the_lead_tells_where_its_plan_is(self):
        self._start()
        lead = self.lead_own.with_user(self.user_sales_salesman)
        with freeze_time(MONDAY):
            self.assertEqual(lead.plan_progress, "Step 1 of 4: First call, Monday")
        running = [("plan_run_ids", "any", [("state", "=", "running")])]
        self.assertIn(lead, lead.search(running))
