from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models.crm_lead_capture_submission import process
from .test_capture_submission import ANSWERS, TestCaptureSubmissionCommon

BROKEN_FOR_JANE = "<p t-out=\"1 / (object.email_from != 'jane@example.com')\"/>"
PROCESS_LOGGER = process.__name__


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureTrouble(TestCaptureSubmissionCommon):
    """What is wrong with one form or company is no trouble of others, and is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.troubled_company = cls.env["res.company"].create({"name": "Trouble Ltd"})
        cls.troubled = cls._create_form(name="Troubled")
        cls.troubled.company_id = cls.troubled_company
        cls.troubled.use_assignment_rules = False

    def _set_column(self, record, name, value):
        """Write what no form would let pass, as old data and other modules do."""
        record.flush_recordset()
        self.env.cr.execute(
            f"UPDATE {record._table} SET {name} = %s WHERE id = %s", [value, record.id]
        )
        record.invalidate_recordset()

    def _check(self, problem, state="lead"):
        """Send both forms, and see that the other one's lead is there in any case."""
        answers = {**ANSWERS, "message": str(self.submissions.search_count([]))}
        troubled = self._submit(answers, form=self.troubled)
        sound = self._submit(answers)
        self._process()
        self.assertEqual(sound.state, "lead", sound.error)
        self.assertEqual(troubled.state, state, troubled.error)
        self.assertFalse(self.form.problems)
        self.assertIn(problem, self.troubled.problems or "")
        return troubled

    def test_a_time_zone_that_the_server_does_not_know(self):
        for name in ("Mars/Olympus", "US/Pacific-New", "../etc", "/etc", "x" * 300):
            self._set_column(self.troubled_company.partner_id, "tz", name[:64])
            self._check("doesn't know the time zone")

    def test_an_archived_company(self):
        self.troubled_company.active = False
        self._check("Trouble Ltd is archived")

    def test_who_has_left(self):
        owner = self.user_sales_leads
        owner.company_ids = [Command.link(self.troubled_company.id)]
        self.troubled.user_id = owner
        owner.active = False
        self.assertFalse(self._check("archived").lead_id.user_id)

    def test_an_archived_team_or_queue(self):
        self.troubled.user_id = False
        queue = self.env["crm.lead.queue"].create({"name": "Old queue"})
        self.troubled.queue_id = queue
        queue.active = False
        self._check("“Old queue” is archived")
        self.troubled.queue_id = False
        team = self.env["crm.team"].create({"name": "Old team", "company_id": False})
        self.troubled.team_id = team
        team.active = False
        self._check("“Old team” is archived")

    @mute_logger("odoo.addons.mail.models.mail_render_mixin")
    def test_a_template_that_cannot_be_written(self):
        template = self.env["mail.template"].create(
            {
                "name": "Broken",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "subject": "Thanks",
                "body_html": BROKEN_FOR_JANE,
                "email_to": "{{ object.email_from }}",
            }
        )
        self.troubled.auto_response_template_id = template
        self._check("“Broken” could not be written")
        template.body_html = "<p>Thanks</p>"
        self._submit({**ANSWERS, "email": "x@example.com"}, form=self.troubled)
        self._process()
        self.assertFalse(self.troubled.problems)

    def test_a_form_can_be_edited_whatever_is_wrong_with_it(self):
        self._set_column(self.troubled, "user_id", self.user_sales_leads.id)
        self._set_column(self.troubled_company.partner_id, "tz", "Mars/Olympus")
        template = self.env["mail.template"].create(
            {"name": "Thanks", "model_id": self.env["ir.model"]._get_id("crm.lead")}
        )
        manager = self.user_sales_manager
        manager.company_ids = [Command.link(self.troubled_company.id)]
        for form in (self.troubled.with_user(manager), self.form.browse()):
            with Form(form.with_user(manager)) as edited:
                edited.name = "Another name"
                edited.auto_response_template_id = template
                edited.answer_limit = 5

    def test_what_was_deleted(self):
        source = self.env["utm.source"].create({"name": "Gone"})
        medium = self.env["utm.medium"].create({"name": "Gone"})
        self.troubled.write({"source_id": source.id, "medium_id": medium.id})
        submission = self._submit(form=self.troubled)
        source.unlink()
        medium.unlink()
        self._process()
        self.assertEqual(submission.state, "lead")

    def test_what_nobody_thought_of(self):
        count_today = type(self.submissions)._count_today

        def fail(submissions, form):
            if form == self.troubled:
                raise ZeroDivisionError("Nobody thought of this")
            return count_today(submissions, form)

        with (
            patch.object(type(self.submissions), "_count_today", fail),
            mute_logger(PROCESS_LOGGER),
        ):
            submission = self._check("", state="failed")
        self.assertIn("Nobody thought of this", submission.error)
        submission.action_retry()
        self._process()
        self.assertEqual(submission.state, "lead")
        self._check_waiting(fail)

    def _check_waiting(self, fail):
        """One form's trouble keeps no other form's waiting submissions from waking."""
        waiting = self.submissions
        for form in (self.troubled, self.form):
            waiting |= self._submit({**ANSWERS, "last_name": form.name}, form=form)
        waiting.state = "waiting"
        with (
            patch.object(type(self.submissions), "_count_today", fail),
            mute_logger("odoo.addons.lead_management.models.in_parts", PROCESS_LOGGER),
        ):
            self._process()
        self.assertEqual(waiting.mapped("state"), ["waiting", "lead"])
