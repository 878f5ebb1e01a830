from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import MONDAY, PlanCase


@tagged("post_install", "-at_install", "lead_plan")
class TestPlanStop(PlanCase):
    """What ends a plan, and what it leaves behind."""

    def setUp(self):
        super().setUp()
        self.run_of_lead = self._start()

    def _assert_stopped(self, reason, text):
        run = self.run_of_lead
        self.assertEqual((run.state, run.stop_reason), ("stopped", reason))
        self.assertFalse(self._get_activities())
        self.assertEqual(
            [state for state in self._get_states(run) if state != "done"],
            [
                "left" if number or run.step_ids[0].state == "done" else "stopped"
                for number, step in enumerate(run.step_ids)
                if step.state != "done"
            ],
        )
        self.assertIn(text, self._get_chatter())

    def _assert_running(self):
        self.assertEqual(self.run_of_lead.state, "running")

    def _reply(self):
        self.lead_own.with_context(mail_create_nosubscribe=True).message_update(
            {"email_from": "jane@test.example.com", "author_id": False}
        )

    def _log_call(self, kind):
        action = self.lead_own.with_user(self.user_sales_salesman).action_log_call()
        dialog = (
            self.env[action["res_model"]]
            .with_user(self.user_sales_salesman)
            .with_context(**action["context"])
        )
        outcome = self.env.ref(f"lead_management_call.crm_lead_call_outcome_{kind}")
        dialog.create({"outcome_id": outcome.id, "next_step": "none"}).action_log()
        return self.lead_own.call_ids[:1]

    def test_a_reply_ends_it(self):
        self._reply()
        self._assert_stopped("reply", "The person has replied")

    def test_a_machine_is_no_person(self):
        self.lead_own.with_context(lead_automatic_mail=True).message_update(
            {"email_from": "jane@test.example.com", "author_id": False}
        )
        self._assert_running()

    def test_a_tick_that_is_off_lets_it_go_on(self):
        self.plan.write(
            {"stop_on_reply": False, "stop_on_call": False, "stop_on_recycled": False}
        )
        self._reply()
        self._log_call("reached")
        self.lead_own.status_id = self.status_recycled
        self._assert_running()

    def test_a_call_that_reaches_somebody_ends_it(self):
        self._log_call("reached")
        self._assert_stopped("call", "A call has reached somebody")
        self.assertEqual(self.run_of_lead.step_ids[0].state, "done")

    def test_a_call_that_reaches_nobody_is_the_step(self):
        self._log_call("not_reached")
        self._assert_running()
        states = self._get_states(self.run_of_lead)
        self.assertEqual(states, ["done", "waiting", "waiting", "waiting"])

    def test_a_call_that_is_taken_back_was_not_made(self):
        for kind in ("not_reached", "reached"):
            call = self._log_call(kind)
            call.with_user(self.user_sales_salesman).action_undo()
            with self.subTest(kind=kind):
                self._assert_running()
                states = self._get_states(self.run_of_lead)
                self.assertEqual(states, ["open", "waiting", "waiting", "waiting"])
                self.assertEqual(len(self._get_activities()), 1)

    def test_a_meeting_ends_it(self):
        self.env["calendar.event"].with_user(self.user_sales_salesman).create(
            {
                "name": "Visit",
                "start": "2024-07-08 08:00:00",
                "stop": "2024-07-08 09:00:00",
                "opportunity_id": self.lead_own.id,
                "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "res_id": self.lead_own.id,
                "activity_ids": [Command.clear()],
            }
        )
        run = self.run_of_lead
        self.assertEqual((run.state, run.stop_reason), ("stopped", "meeting"))
        self.assertNotIn("First call", self._get_activities().mapped("summary"))

    def test_a_meeting_that_an_activity_plans_ends_it(self):
        activity = self.lead_own.activity_schedule(
            "mail.mail_activity_data_meeting", user_id=self.user_sales_salesman.id
        )
        action = activity.with_context(
            default_res_model="crm.lead", default_res_id=self.lead_own.id
        ).action_create_calendar_event()
        events = self.env["calendar.event"].with_user(self.user_sales_salesman)
        events.with_context(**action["context"]).create(
            {
                "name": "Visit",
                "start": "2024-07-08 08:00:00",
                "stop": "2024-07-08 09:00:00",
            }
        )
        self.assertEqual(self.run_of_lead.stop_reason, "meeting")
        self.assertEqual(self._get_activities(), activity)

    def test_a_meeting_that_is_deleted_is_a_step_that_was_skipped(self):
        self.plan.stop_on_meeting = False
        event = self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2024-07-01 08:00:00",
                "stop": "2024-07-01 09:00:00",
                "activity_ids": [Command.set(self._get_activities().ids)],
            }
        )
        self._assert_running()
        with freeze_time("2024-07-01 10:00:00"):
            event.unlink()
        self.assertEqual(self.run_of_lead.step_ids[0].skip_reason, "deleted")
        self.assertEqual(self.run_of_lead.next_date, self._at("03 06:00:00"))

    def test_a_meeting_that_was_had_ends_it(self):
        self.lead_own.activity_schedule(
            "mail.mail_activity_data_meeting", user_id=self.user_sales_salesman.id
        ).action_feedback()
        self._assert_stopped("meeting", "There is a meeting")

    def test_the_conversion_ends_it_and_its_undo_does_not(self):
        # One that may go on with the opportunity can't with an account.
        self.plan.stop_on_converted = False
        lead = self.lead_own.with_user(self.user_sales_salesman)
        [result] = lead.convert_lead()
        self._assert_stopped("converted", "The lead is converted")
        report = self.env["crm.lead.plan.report"].search(
            [("lead_id", "=", self.lead_own.id)]
        )
        self.assertEqual(sum(report.mapped("converted_count")), 1)
        self.env["crm.lead.conversion"].browse(result["conversion_id"]).with_user(
            self.user_sales_salesman
        ).action_undo()
        self._assert_running()
        self.assertIn("goes on", self._get_chatter())
        self.env.invalidate_all()
        self.assertEqual(sum(report.mapped("converted_count")), 0)

    def test_an_archived_lead_has_no_plan(self):
        self.lead_own.probability = 20
        self.lead_own.active = False
        self._assert_stopped("archived", "The lead is archived")

    def test_what_a_bulk_job_ended_goes_on_when_that_is_undone(self):
        values = {
            "status_id": self.status_recycled.id,
            "recycle_date": "2099-01-01",
            "recycle_reason": "Later",
        }
        jobs = self.env["crm.lead.bulk.job"].with_user(self.user_sales_manager)
        job = jobs._start("status", values, [("id", "=", self.lead_own.id)])
        self._assert_stopped("recycled", "The lead is recycled")
        job.action_undo()
        self._assert_running()

    def test_dead_and_recycled_end_it(self):
        for reason, text in (
            ("dead", "The lead is dead"),
            ("recycled", "The lead is recycled"),
        ):
            with self.subTest(reason=reason), self.env.cr.savepoint() as savepoint:
                if reason == "dead":
                    self.lead_own.probability = 20
                    self.lead_own.action_set_lost()
                else:
                    self.lead_own.status_id = self.status_recycled
                self._assert_stopped(reason, text)
                self.env.flush_all()
                savepoint.rollback()
                self.env.invalidate_all()

    def test_people_stop_it(self):
        lead = self.lead_own.with_user(self.user_sales_salesman)
        lead.action_stop_plan()
        self._assert_stopped("hand", "Stopped by hand")
        self.assertTrue(lead.can_start_plan)

    def test_another_plan_takes_its_place(self):
        other = self.plan.copy({"name": "Other"})
        with freeze_time(MONDAY):
            dialog = self.env["mail.activity.schedule"].with_context(
                active_model="crm.lead", active_ids=self.lead_own.ids
            )
            form = Form(dialog)
            form.plan_id = other
            self.assertIn("Four tries", str(form.warning))
        run = self._start(plan=other)
        self.assertEqual(run.plan_id, other)
        self.assertEqual(self.run_of_lead.stop_reason, "replaced")
        self.assertEqual(len(self._get_activities()), 1)

    def test_another_company_ends_a_plan_of_one(self):
        self.plan.company_id = self.company_main
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.lead_own.write(
            {"user_id": False, "team_id": False, "company_id": company.id}
        )
        self._assert_stopped("company", "another company")
