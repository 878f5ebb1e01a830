from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import WEDNESDAY, PlanCase


@tagged("post_install", "-at_install", "lead_plan")
class TestPlanOnce(PlanCase):
    """Whatever comes between, a step is taken, and not twice."""

    def test_a_crash_takes_the_email_back_that_is_made_again(self):
        other = self._create_lead(
            self.user_sales_salesman, email_from="b@test.example.com"
        )
        self._come_to_the_mail(self.lead_own + other)
        runs = self.registry["crm.lead.plan.run"]
        schedule_next = runs._schedule_next

        def crash(runs):
            if self.lead_own in runs.lead_id:
                raise UserError("Not now")
            schedule_next(runs)

        with patch.object(runs, "_schedule_next", crash):
            self._run_cron(WEDNESDAY)
        self.assertFalse(self._get_mails())
        self.assertEqual(len(self._get_mails(other)), 1)
        self._run_cron(WEDNESDAY)
        self.assertEqual(len(self._get_mails()), 1)
        self.assertEqual(len(self._get_mails(other)), 1)

    def test_a_conflict_takes_the_email_back_that_is_made_again(self):
        run = self._come_to_the_mail()
        steps = self.registry["crm.lead.plan.step"]
        queue_mails, made = steps._queue_mails, []

        def conflict(steps):
            queue_mails(steps)
            made.append(steps.ids)
            if len(made) == 1:
                raise SerializationFailure

        with patch.object(steps, "_queue_mails", conflict):
            self._run_cron(WEDNESDAY)
        self.assertEqual(made, [run.step_ids[1].ids] * 2)
        self.assertEqual(len(self._get_mails()), 1)
        self.assertEqual(run.step_ids[1].state, "done")

    def test_a_lead_that_is_archived_as_its_plan_starts_gets_no_email(self):
        run = self._come_to_the_mail()
        # In another transaction, which saw no plan
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET active = FALSE WHERE id = %s", self.lead_own.ids
        )
        self.env.invalidate_all()
        self._run_cron(WEDNESDAY)
        self.assertFalse(self._get_mails())
        self.assertEqual(run.stop_reason, "archived")
