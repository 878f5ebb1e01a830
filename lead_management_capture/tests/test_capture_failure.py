import datetime
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.crm_lead_capture_submission import process
from .test_capture_submission import ANSWERS, TestCaptureSubmissionCommon

PROCESS_LOGGER = (
    "odoo.addons.lead_management_capture.models.crm_lead_capture_submission.process"
)


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureFailure(TestCaptureSubmissionCommon):
    """Nothing that was taken is lost, whatever goes wrong afterwards."""

    def _refuse(self, company, error):
        """Let leads of a company be refused, as another module may do."""
        create = type(self.env["crm.lead"]).create

        def refuse(leads, vals_list):
            if any(vals.get("partner_name") == company for vals in vals_list):
                raise error
            return create(leads, vals_list)

        return patch.object(type(self.env["crm.lead"]), "create", refuse)

    def test_one_bad_lead_does_not_hold_up_the_others(self):
        good = [
            self._submit({**ANSWERS, "last_name": f"Doe {number}"})
            for number in range(5)
        ]
        bad = self._submit({**ANSWERS, "company": "Forbidden"})
        with self._refuse("Forbidden", ValidationError("No Forbidden")):
            self._process()
        self.assertEqual({one.state for one in good}, {"lead"})
        self.assertEqual(bad.state, "failed")
        self.assertEqual(bad.error, "No Forbidden")
        self.assertFalse(bad.lead_id)
        bad.with_user(self.user_sales_manager).action_retry()
        self._process()
        self.assertEqual(bad.state, "lead")
        self.assertFalse(bad.error)
        numbers = [one.counted_number for one in [*good, bad]]
        self.assertEqual(numbers, [1, 2, 3, 4, 5, 6])

    def test_what_software_stored_becomes_a_lead_too(self):
        submission = self.submissions.create(
            {"form_id": self.form.id, "answers": {"last_name": "Doe"}}
        )
        self._process()
        self.assertEqual(submission.lead_id.contact_name, "Doe")

    def test_only_what_has_failed_is_retried(self):
        with self.assertRaisesRegex(UserError, "None of these submissions has failed"):
            self._submit().with_user(self.user_sales_manager).action_retry()

    def test_a_bug_of_another_module_is_told(self):
        bad = self._submit({**ANSWERS, "company": "Buggy"})
        good = self._submit()
        with (
            self._refuse("Buggy", KeyError("no_such_thing")),
            self.assertLogs(PROCESS_LOGGER, "WARNING"),
        ):
            self._process()
        self.assertEqual((bad.state, good.state), ("failed", "lead"))
        self.assertIn("no_such_thing", bad.error)

    def test_a_conflict_that_stays_is_tried_again_later(self):
        submission = self._submit()
        cls = type(self.submissions)
        with patch.object(cls, "_create_leads", side_effect=SerializationFailure):
            self._process()
        self.assertEqual((submission.state, submission.attempts), ("new", 1))
        self.assertFalse(submission.lead_id)
        with freeze_time(datetime.datetime.now() + process.LEASE * 2):
            self._process()
        self.assertEqual(submission.state, "lead")

    def test_what_stops_the_server_is_tried_alone_and_given_up(self):
        submission = self._submit()
        submission.write({"attempts": process.MAX_ATTEMPTS, "next_attempt": False})
        self._process()
        self.assertEqual(submission.state, "failed")
        self.assertIn("stopped 5 times", submission.error)

    def test_what_is_claimed_is_left_alone(self):
        submission = self._submit()
        with self.enter_registry_test_mode(), self.env.registry.cursor() as cr:
            claimed = self.submissions.with_env(self.env(cr=cr))._claim()
            self.assertIn(submission.id, claimed.ids)
        self._process()
        self.assertEqual(submission.state, "new")
        with freeze_time(datetime.datetime.now() + process.LEASE * 2):
            self._process()
        self.assertEqual(submission.state, "lead")

    # What the form refers to has gone

    def test_an_option_that_was_deleted_goes_to_the_notes(self):
        keys = ("country", "state", "industry", "source")
        self.form.field_ids = [Command.create({"key": key}) for key in keys]
        industry = self.env["res.partner.industry"].create({"name": "Gone"})
        mailing = self.env["utm.source"].create({"name": "A mailing"})
        submission = self._submit(
            country="fr",
            state="Atlantis",
            industry=str(industry.id),
            source=str(mailing.id),
        )
        industry.unlink()
        self._process()
        lead = submission.lead_id
        self.assertEqual(lead.country_id, self.env.ref("base.fr"))
        self.assertFalse(lead.state_id or lead.industry_id or lead.source_id)
        self.assertIn("State or region: Atlantis", lead.description)
        self.assertIn("Industry", lead.description)

    def test_a_question_that_was_removed_is_answered_all_the_same(self):
        submission = self._submit()
        self.form.field_ids.filtered(lambda field: field.key == "company").unlink()
        self._process()
        self.assertEqual(submission.lead_id.partner_name, "Acme")

    def test_what_leads_were_to_get_was_deleted(self):
        gone = {
            "source_id": self.env["utm.source"].create(
                {"name": "Gone source", "is_lead_source": True}
            ),
            "medium_id": self.env["utm.medium"].create({"name": "Gone medium"}),
            "team_id": self.env["crm.team"].create({"name": "Gone"}),
            "auto_response_template_id": self.env["mail.template"].create(
                {"name": "Gone", "model_id": self.env["ir.model"]._get_id("crm.lead")}
            ),
        }
        tag = self.env["crm.tag"].create({"name": "Gone"})
        self.form.write(
            {
                **{name: record.id for name, record in gone.items()},
                "tag_ids": [Command.set(tag.ids)],
            }
        )
        submission = self._submit()
        for record in (*gone.values(), tag):
            record.unlink()
        self._process()
        lead = submission.lead_id
        self.assertEqual(lead.partner_name, "Acme")
        self.assertFalse(lead.source_id or lead.medium_id)
        self.assertFalse(lead.tag_ids)

    def test_an_owner_who_has_left_gets_none(self):
        self.form.write(
            {"user_id": self.user_sales_salesman.id, "team_id": self.sales_team_1.id}
        )
        for use_rules in (True, False):
            with self.subTest(use_rules=use_rules):
                self.form.use_assignment_rules = use_rules
                self.user_sales_salesman.active = True
                kept = self._submit({**ANSWERS, "last_name": f"Kept {use_rules}"})
                self._process()
                self.assertEqual(kept.lead_id.user_id, self.user_sales_salesman)
                self.user_sales_salesman.active = False
                left = self._submit({**ANSWERS, "last_name": f"Left {use_rules}"})
                self._process()
                self.assertEqual(left.state, "lead", left.error)
                self.assertFalse(left.lead_id.user_id)
                self.assertEqual(left.lead_id.team_id, self.sales_team_1)

    def test_an_owner_or_team_of_another_company_by_now_gets_none(self):
        self.form.write(
            {"user_id": self.user_sales_salesman.id, "team_id": self.sales_team_1.id}
        )
        other = self.env["res.company"].create({"name": "Other"})
        self.user_sales_salesman.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self.sales_team_1.with_context(active_test=False).crm_team_member_ids.unlink()
        self.sales_team_1.write({"user_id": False, "company_id": other.id})
        submission = self._submit()
        self._process()
        self.assertEqual(submission.state, "lead", submission.error)
        lead = submission.lead_id
        self.assertFalse(lead.user_id or lead.team_id)
        self.assertEqual(lead.company_id, self.form.company_id)

    def test_a_queue_or_team_that_was_archived_gets_none(self):
        queue = self.env["crm.lead.queue"].create({"name": "Fair"})
        self.form.write({"queue_id": queue.id, "team_id": self.sales_team_1.id})
        kept = self._submit()
        self._process()
        self.assertEqual(kept.lead_id.queue_id, queue)
        self.assertEqual(kept.lead_id.team_id, self.sales_team_1)
        left = self._submit({**ANSWERS, "last_name": "Left"})
        queue.flush_recordset()
        # However it came about
        for record in (queue, self.sales_team_1):
            self.env.cr.execute(
                f"UPDATE {record._table} SET active = FALSE WHERE id = {record.id}"
            )
        self.env.invalidate_all()
        self._process()
        self.assertEqual(left.state, "lead", left.error)
        self.assertFalse(left.lead_id.queue_id or left.lead_id.team_id)

    def test_an_account_of_that_name_is_flagged_and_refuses_nothing(self):
        self.env["ir.config_parameter"].set_param(
            "lead_management.duplicate_policy", "block"
        )
        self.env["res.partner"].create({"name": "Acme GmbH", "is_company": True})
        submission = self._submit()
        other = self._submit({**ANSWERS, "company": "Nobody Knows Them"})
        self._process()
        self.assertEqual((submission.state, other.state), ("lead", "lead"))
        self.assertTrue(submission.lead_id.has_possible_account)
        self.assertFalse(other.lead_id.has_possible_account)

    def test_an_answer_that_cannot_be_written_holds_nothing_up(self):
        template = self.env["mail.template"].create(
            {
                "name": "Broken",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "subject": "Thanks",
                "body_html": "<p>Thanks</p>",
                "email_to": "{{ object.email_from }}",
            }
        )
        self.form.write(
            {
                "auto_response_template_id": template.id,
                "notify_user_ids": [Command.set(self.user_sales_manager.ids)],
            }
        )
        for name in ("First", "Second"):
            submission = self._submit(
                {**ANSWERS, "last_name": name, "email": f"{name}@example.com"}
            )
            with self._break_template():
                self._process()
            self.assertEqual(submission.state, "lead", submission.error)
        notice = self._get_notices("can't send its automatic answer")
        self.assertEqual(len(notice), 1, "Once a day")
        self.assertIn("Broken", notice.body)
        self.assertIn("Nothing to divide by", notice.body)
        self.assertEqual(
            notice.notified_partner_ids, self.user_sales_manager.partner_id
        )

    def _break_template(self):
        """Let templates fail, as they do where a lead lacks what they use."""
        return patch.object(
            type(self.env["mail.template"]),
            "send_mail_batch",
            side_effect=UserError("Nothing to divide by"),
        )
