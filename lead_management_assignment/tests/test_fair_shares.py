from collections import Counter
from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged, users

from .test_assignment_rule import TestAssignmentCommon


@tagged("post_install", "-at_install", "lead_assignment")
class TestFairShares(TestAssignmentCommon):
    """Shares and working hours of salespeople who get leads in turn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.anna + cls.bert
        cls.entry = cls._create_entry("All", users=cls.both)
        cls.assignees = cls.env["crm.lead.assignee"]

    def _hand_out(self, count):
        """Return who gets so many leads, as often as they do."""
        leads = self._create_leads(count)
        leads.run_assignment_rules()
        return Counter(lead.user_id.name for lead in leads)

    def test_who_has_twice_the_share_gets_twice_as_many(self):
        self.assignees.create({"user_id": self.anna.id, "weight": 2})
        self.assertEqual(self._hand_out(6), {"Anna": 4, "Bert": 2})

    def test_share_is_kept_from_run_to_run(self):
        self.assignees.create({"user_id": self.anna.id, "weight": 3})
        total = sum((self._hand_out(1) for _run in range(8)), Counter())
        self.assertEqual(total, {"Anna": 6, "Bert": 2})

    def test_who_was_away_makes_up_for_nothing(self):
        line = self.assignees.create({"user_id": self.anna.id, "weight": 2})
        line.away_until = "2999-12-31"
        self.assertEqual(self._hand_out(9), {"Bert": 9})
        line.away_until = False
        self.assertEqual(self._hand_out(6), {"Anna": 4, "Bert": 2})

    def test_leads_given_by_hand_count_unless_shares_are_kept(self):
        self._create_leads(1).user_id = self.anna
        self.assertEqual(self._hand_out(1), {"Bert": 1})
        self.entry.by_share = True
        self._create_leads(1).user_id = self.bert
        given = self._hand_out(1)
        self._create_leads(1).user_id = self.bert
        self.assertEqual(given + self._hand_out(1), {"Anna": 1, "Bert": 1})

    def test_who_does_not_work_now_is_passed_over(self):
        self.anna.tz = "Asia/Tokyo"
        there = fields.Datetime.context_timestamp(
            self.env.user.with_context(tz=self.anna.tz), fields.Datetime.now()
        )
        calendar = self.env["resource.calendar"].create({"name": "Hours"})
        calendar.attendance_ids.unlink()
        line = self.assignees.create(
            {"user_id": self.anna.id, "calendar_id": calendar.id}
        )
        periods = self.env["resource.calendar.attendance"]
        periods.create(
            [
                {
                    "name": "Whole days",
                    "calendar_id": calendar.id,
                    "dayofweek": str(day),
                    "hour_from": 0,
                    "hour_to": 24,
                }
                for day in range(7)
            ]
        )
        self.assertFalse(line.absence)
        self.assertIn("Anna", self._hand_out(2))
        periods.search(
            [
                ("calendar_id", "=", calendar.id),
                # The test may run at midnight.
                ("dayofweek", "in", [str((there.weekday() + n) % 7) for n in range(2)]),
            ]
        ).unlink()
        line.invalidate_recordset()
        self.assertIn("working hours", line.absence)
        self.assertEqual(self._hand_out(2), {"Bert": 2})

    def test_holidays_of_the_calendar_count(self):
        calendar = self.env["resource.calendar"].create({"name": "Always"})
        calendar.attendance_ids.unlink()
        calendar.schedule_type = "flexible"
        line = self.assignees.create(
            {"user_id": self.anna.id, "calendar_id": calendar.id}
        )
        self.assertFalse(line.absence)
        now = fields.Datetime.now()
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": calendar.id,
                "date_from": now - timedelta(days=2),
                "date_to": now + timedelta(days=2),
            }
        )
        line.invalidate_recordset()
        self.assertIn("working hours", line.absence)

    def test_nobody_without_hours_costs_a_query_more(self):
        self.assignees.create(
            [{"user_id": user.id, "weight": user.id % 2 + 1} for user in self.both]
        )
        counts = []
        for weight in (2, 3):
            self.assignees.search([]).weight = 1
            self.assignees.search([("user_id", "=", self.anna.id)]).weight = weight - 1
            leads = self._create_leads(10)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads.run_assignment_rules()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0], "by share, and in turn before")

    @users("user_sales_manager")
    def test_share_that_cannot_be_is_refused(self):
        for weight in (0, -1, 0.01, 1000):
            with (
                self.subTest(weight=weight),
                self.assertRaisesRegex(ValidationError, "Bert.*between"),
                self.env.cr.savepoint(),
            ):
                self.assignees.with_env(self.env).create(
                    {"user_id": self.bert.id, "weight": weight}
                )

    def test_tester_names_who_is_next_by_share(self):
        self.assignees.create({"user_id": self.bert.id, "weight": 2})
        lead = self._create_leads(1)
        test = self.env["crm.lead.assignment.test"].create({"lead_id": lead.id})
        self.assertIn("Bert, whose turn it is", test.result)
        lead.run_assignment_rules()
        self.assertEqual(lead.user_id, self.bert)
