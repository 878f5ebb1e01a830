from unittest.mock import patch

import requests

from odoo import SUPERUSER_ID
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.lead_management_capture.tests.test_capture_post import (
    TestCapturePostCommon,
)

from ..models.crm_lead_capture_form.trial import ACTIVITY
from ..tools.trial_answers import MARKER

LOGGER = (
    "odoo.addons.lead_management_capture.models.crm_lead_capture_submission.process"
)


@tagged("post_install", "-at_install", "lead_capture")
class TestFormTrial(TestCapturePostCommon):
    """A form is sent as a visitor would, and nothing stays of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form.user_id = cls.user_sales_salesman
        cls.env["ir.config_parameter"].set_param("web.base.url", cls.base_url())

    def _count_all(self):
        models = (
            *("crm.lead", "crm.lead.capture.submission", "mail.mail", "mail.message"),
            *("ir.attachment", "crm.lead.capture.visit", "mail.activity"),
        )
        every = self.env(su=True)(context={"active_test": False})
        return {model: every[model].search_count([]) for model in models}

    def _try(self):
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            error = self.form._send_trial()
        self.env.invalidate_all()
        return error

    def _get_activities(self):
        return self.form.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(ACTIVITY)
        )

    def test_nothing_stays_of_a_trial(self):
        template = self.env["mail.template"].create(
            {
                "name": "Thanks",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "subject": "Thanks",
                "email_to": "{{ object.email_from }}",
            }
        )
        industry = self.env["res.partner.industry"].create({"name": "Space"})
        required = {"required": True}
        self.form.write(
            {
                "notify_user_ids": [Command.link(self.user_sales_manager.id)],
                "auto_response_template_id": template.id,
                "rate_limit": 1,
                "consent_ids": [
                    Command.create({"name": "News", "text": "News", **required})
                ],
                "field_ids": [
                    Command.create({"key": key, **required})
                    for key in (
                        *("country", "state", "industry", "employees", "budget"),
                        *("website", "quote_deadline", "mobile", "twitter"),
                    )
                ]
                + [
                    Command.create({"key": key, "label": key, **required})
                    for key in ("own_files", "own_checkbox", "own_text")
                ],
            }
        )
        self.assertTrue(industry)
        self.env.flush_all()
        before = self._count_all()
        sent = self.form._get_today()
        for _time in range(3):
            self.assertEqual(self._try(), "")
        self.assertEqual(self._count_all(), before)
        counted = self.env["crm.lead.capture.submission"]._count_today(self.form)
        self.assertEqual((counted, self.form._get_today()), (0, sent))

    def test_only_this_server_can_try(self):
        other = self._create_form(name="Other")
        for marker in ("x", "", other._sign_trial(), self.form._sign_start()):
            response = self._post(
                {"last_name": f"Doe {marker}", "email": "j@x.de", MARKER: marker}
            )
            self.assertEqual(response.status_code, 303)
        self.assertEqual(len(self._get_all()), 4)
        self.assertFalse([one for one in self._get_all() if MARKER in one.answers])

    def test_what_is_wrong_is_said(self):
        leads = type(self.env["crm.lead"])
        create = leads.create

        def refuse(records, values_list):
            raise ValueError("no leads today")

        with patch.object(leads, "create", refuse), mute_logger(LOGGER):
            self.assertIn("no leads today", self._try())
        self.assertEqual(leads.create, create)
        self.assertFalse(self._get_all())
        self.env["ir.config_parameter"].set_param(
            "web.base.url", f"{self.base_url()}/nowhere"
        )
        self.assertIn("answered with status 404", self._try())
        with patch.object(requests, "post", side_effect=requests.ConnectionError):
            self.assertIn("can't be reached", self.form._send_trial())

    def test_leads_that_nobody_makes_are_a_failure(self):
        submission = self._submit()
        self.assertFalse(self.form.problems)
        self._age(submission, hours=2)
        self.env.invalidate_all()
        self.assertIn("more than an hour (1)", self.form.problems)
        error = self._try()
        self.assertIn("more than an hour (1)", error)
        self.form._set_trial(error)
        self._process()
        self.assertEqual(submission.state, "lead")
        self.assertEqual(self._try(), "")

    def test_the_owner_is_told_once_and_when_it_works_again(self):
        self.form._set_trial("Broken")
        self.form._set_trial("Broken still")
        activity = self._get_activities()
        self.assertEqual(activity.user_id, self.user_sales_salesman)
        self.assertIn("doesn't work", activity.summary)
        self.assertIn("Broken still", self.form.problems)
        self.form._set_trial("")
        self.assertFalse(self._get_activities())
        self.env.invalidate_all()
        self.assertFalse(self.form.trial_error or self.form.problems)
        notice = self._get_notices("works again")
        self.assertEqual(
            notice.notified_partner_ids, self.user_sales_salesman.partner_id
        )
        self.form._set_trial("")
        self.assertEqual(len(self._get_notices("works again")), 1)

    def test_the_scheduled_action_tries_twice_before_it_alarms(self):
        self.env["crm.lead.capture.form"].search([("id", "!=", self.form.id)]).write(
            {"is_tried": False}
        )
        forms = type(self.form)
        cron = self.env.ref("lead_management_form_health.ir_cron_try_forms")
        for answers, is_broken in (
            (["Down", ""], False),
            (["Down", "Down"], True),
            ([""], False),
        ):
            with patch.object(forms, "_send_trial", side_effect=answers) as send:
                cron.with_user(SUPERUSER_ID).method_direct_trigger()
            self.env.invalidate_all()
            self.assertEqual(send.call_count, len(answers))
            self.assertEqual(bool(self.form.trial_error), is_broken)
            self.assertEqual(bool(self._get_activities()), is_broken)

    def test_the_sales_manager_tries_it_now(self):
        form = self.form.with_user(self.user_sales_manager)
        with patch.object(type(form), "_send_trial", return_value="Broken"):
            action = form.action_try()
        self.assertEqual(action["params"]["message"], "Broken")
        self.assertEqual(self.form.trial_error, "Broken")
