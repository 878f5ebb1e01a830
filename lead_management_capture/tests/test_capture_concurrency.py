from unittest.mock import patch

from psycopg2.errors import DeadlockDetected, SerializationFailure

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.lead_management.tests.at_once import AtOnceCase

from ..models.crm_lead_capture_submission import receive as receiving
from ..models.crm_lead_capture_submission import store

ANSWERS = {"last_name": "At Once", "email": "at.once@example.com"}


@tagged("post_install", "-at_install", "lead_capture", "lead_long")
class TestCaptureConcurrency(AtOnceCase):
    """Several requests and processes at once."""

    def setUp(self):
        super().setUp()
        store._woken.clear()
        with self.environment() as env:
            form = env["crm.lead.capture.form"].create(
                {
                    "name": "At Once",
                    "daily_limit": 5,
                    "rate_limit": 0,
                    "use_assignment_rules": False,
                }
            )
            self.form_id, self.token = form.id, form.token

    def _delete_all(self):
        with self.environment(active_test=False) as env:
            form = env["crm.lead.capture.form"].browse(self.form_id)
            leads = env["crm.lead"].search([("capture_form_id", "=", form.id)])
            self._find(env).unlink()
            leads.unlink()
            form.unlink()

    def _find(self, env, *domain):
        return env["crm.lead.capture.submission"].search(
            [("form_id", "=", self.form_id), *domain], order="id"
        )

    def _receive(self, env, **answers):
        open_form = env["crm.lead.capture.form"]._get_open_form(self.token)
        return env["crm.lead.capture.submission"]._receive(
            open_form, {**ANSWERS, **answers}, "192.0.2.1", "en_US"
        )

    def _run_at_once(self, *works):
        results, refusals = self.do_at_once(*works)
        self.assertFalse(refusals)
        return results

    def _sleep_on(self):
        """Let posts wake no scheduled action and trim no quarantine when they are
        stored: that needs the registry, which the main thread keeps to itself while
        tests run."""
        submissions = self.registry["crm.lead.capture.submission"]
        self.patch(submissions, "_wake_processing", lambda *_args: lambda: None)
        self.patch(submissions, "_trim_afterwards", lambda *_args: lambda: None)

    def test_sent_twice_at_once_is_one(self):
        self._sleep_on()
        for round_number in range(5):
            name = f"Round {round_number}"
            receipts = self._run_at_once(
                *[lambda env, name=name: self._receive(env, last_name=name)] * 6
            )
            self.assertEqual({one.outcome for one in receipts}, {receiving.TAKEN})
        with self.environment() as env:
            self.assertEqual(len(self._find(env)), 5)

    def test_too_many_at_once_go_to_the_quarantine(self):
        """What one process has stored, the next one counts; at the very same moment
        no more slip through than are sent then."""
        self._sleep_on()
        with self.environment() as env:
            env["crm.lead.capture.form"].browse(self.form_id).rate_limit = 4
        for round_number in range(4):
            self._run_at_once(
                *[
                    lambda env, name=f"{round_number} {number}": self._receive(
                        env, last_name=name
                    )
                    for number in range(3)
                ]
            )
        with self.environment() as env:
            states = self._find(env).mapped("state")
            self.assertIn(states.count("new"), (4, 5, 6))
            self.assertEqual(states[6:], ["quarantine"] * 6)

    def test_a_post_wakes_the_scheduled_action_once(self):
        with self.environment() as env:
            cron = env.ref("lead_management_capture.ir_cron_capture")
            env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
        for number in range(3):
            self._post_and_commit(f"Wake {number}")
        self.assertEqual(self._count_wake_ups(cron), 1)
        # Another process doesn't know that this one has woken it.
        store._woken.clear()
        self._post_and_commit("Other process")
        self.assertEqual(self._count_wake_ups(cron), 2)
        with patch.object(store, "WAKE_AGAIN", 0):
            self._post_and_commit("Later")
        self.assertEqual(self._count_wake_ups(cron), 3)

    def test_a_post_relies_on_who_makes_leads_just_now(self):
        """Who has taken others looks again once these are leads."""
        self._store(1)
        with self.environment() as env:
            cron = env.ref("lead_management_capture.ir_cron_capture")
            taken = env["crm.lead.capture.submission"]._claim()
            self.assertTrue(self._find(env) & taken)
        woken = self._count_wake_ups(cron)
        self._post_and_commit("Meanwhile")
        self.assertEqual(self._count_wake_ups(cron), woken)
        with self.environment() as env:
            self._find(env, ("attempts", "=", 0))._process_claimed()
            for submission in taken.with_env(env):
                submission.next_attempt -= store.TAKEN_JUST_NOW
        self._post_and_commit("Too long ago")
        self.assertEqual(self._count_wake_ups(cron), woken + 1)

    def test_what_came_meanwhile_becomes_a_lead_in_the_same_run(self):
        self._sleep_on()
        with self.environment() as env:
            submissions = env["crm.lead.capture.submission"]
            cls = type(submissions)
            process_claimed = cls._process_claimed

            def process(batch):
                process_claimed(batch)
                if len(names) > 0:
                    self._post_and_commit(names.pop())

            names = ["Second", "Third"]
            self._post_and_commit("First")
            with patch.object(cls, "_process_claimed", process):
                submissions._cron_process()
            self.assertEqual(self._find(env).mapped("state"), ["lead"] * 3)

    def _post_and_commit(self, name):
        with self.environment() as env:
            self._receive(env, last_name=name)

    def _count_wake_ups(self, cron):
        with self.environment() as env:
            return env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])

    def _store(self, count):
        with self.environment() as env:
            for number in range(count):
                self._receive(env, last_name=f"Number {number}")
            return self._find(env).ids

    @mute_logger("odoo.sql_db")
    def test_the_limit_is_exact_when_two_make_leads_at_once(self):
        ids = self._store(10)

        def process(some):
            def work(env):
                submissions = env["crm.lead.capture.submission"].browse(some)
                # Both have looked how many there are before either begins.
                submissions._count_today(submissions.form_id)
                submissions._process_claimed()

            return work

        self._run_at_once(process(ids[:5]), process(ids[5:]))
        with self.environment() as env:
            leads = self._find(env, ("state", "=", "lead"))
            self.assertEqual(sorted(leads.mapped("counted_number")), [1, 2, 3, 4, 5])
            self.assertEqual(len(leads.lead_id), 5)
            self.assertEqual(len(self._find(env, ("state", "=", "waiting"))), 5)

    def test_two_do_not_claim_the_same(self):
        ids = self._store(10)

        def claim(env):
            return env["crm.lead.capture.submission"]._claim().ids

        first, second = self._run_at_once(claim, claim)
        self.assertEqual(sorted(first + second), ids)

    def test_who_notes_the_use_of_a_key_second_leaves_no_error_in_the_log(self):
        with self.environment() as env:
            form = env["crm.lead.capture.form"].browse(self.form_id)
            record, _key = env["crm.lead.capture.key"]._new_key(form, "Shop")
        with self.environment() as env:
            env.cr.execute("SELECT 1 FROM crm_lead_capture_key LIMIT 1")
            with self.environment() as other:
                other["crm.lead.capture.key"]._note_use(record.id)
            with (
                self.assertNoLogs("odoo.sql_db", "ERROR"),
                self.assertRaises(SerializationFailure),
            ):
                env["crm.lead.capture.key"]._note_use(record.id)
            env.cr.rollback()

    def test_after_a_deadlock_it_is_tried_again(self):
        (submission_id,) = self._store(1)
        with self.environment() as env:
            submissions = env["crm.lead.capture.submission"].browse(submission_id)
            cls = type(submissions)
            create_leads = cls._create_leads
            calls = []

            def deadlock(self):
                create_leads(self)
                calls.append(self)
                if len(calls) == 1:
                    raise DeadlockDetected

            self.patch(cls, "_create_leads", deadlock)
            submissions._process_claimed()
            self.assertEqual(submissions.state, "lead")
            leads = env["crm.lead"].search([("capture_form_id", "=", self.form_id)])
            self.assertEqual(len(leads), 1)
