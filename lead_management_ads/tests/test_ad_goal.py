import json
from unittest.mock import patch

import requests

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.lead_management_consent.tests.common import ConsentCase


class FakeAnswer(requests.Response):
    """What a platform answers."""

    def __init__(self, status, content):
        super().__init__()
        self.status_code, self._content = status, json.dumps(content).encode()


@tagged("post_install", "-at_install", "lead_ads")
class TestAdGoal(ConsentCase):
    """Which leads ad platforms are told of, and how."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done_status = cls.env.ref("lead_management.crm_lead_status_converted")
        cls.open_status = cls.env.ref("lead_management.crm_lead_status_in_process")
        cls.goal = (
            cls.env["crm.lead.ad.goal"]
            .with_user(cls.user_sales_manager)
            .create(
                {
                    "name": "Qualified",
                    "status_ids": cls.open_status.ids,
                    "purpose_id": cls.calls.id,
                    "value": 50,
                }
            )
        )

    def _capture(self, email="jane@example.com", click="Ab1", agrees=True, **touches):
        """Make a lead of a visitor who came by an ad, and work on it."""
        if click:
            touches["last_gclid"] = click
        boxes = [self.calls_box] if agrees else []
        lead = self._check_boxes(*boxes, email=email, **touches)
        lead.status_id = self.open_status
        return lead

    def _get_listed(self):
        self.goal._collect()
        return self.goal.conversion_ids

    def _download(self):
        action = self.goal.action_download()
        file_id = int(action["url"].split("/")[-1].split("?")[0])
        return self.env["ir.attachment"].browse(file_id).raw.decode()

    def test_a_lead_of_an_ad_that_has_got_there_and_agreed_is_listed_once(self):
        lead = self._capture()
        self._capture("a@example.com", agrees=False)
        self._capture("b@example.com", click=None)
        self._capture("c@example.com", click=None, last_fbclid="x")
        self._check_boxes(self.calls_box, email="d@example.com", last_gclid="New")
        self.assertEqual(self._get_listed().lead_id, lead)
        self.assertEqual(len(self._get_listed()), 1)
        [conversion] = self.goal.conversion_ids
        self.assertEqual((conversion.click_name, conversion.click_id), ("gclid", "Ab1"))
        self.assertEqual(conversion.date, lead.date_status_update)
        refusal = "“Qualified” is in use.*Archive it instead"
        with self.assertRaisesRegex(UserError, refusal):
            self.goal.unlink()  # and what the platform was told with it

    def test_a_lead_that_went_on_before_anybody_looked_is_listed(self):
        lead = self._capture()
        lead.status_id = self.env.ref("lead_management.crm_lead_status_recycled")
        self.assertEqual(self._get_listed().lead_id, lead)

    def test_what_was_there_before_the_first_day_is_left_out(self):
        self._capture()
        self.goal.date_from = fields.Date.add(fields.Date.today(), days=1)
        self.assertFalse(self._get_listed())

    def test_a_lead_that_agrees_later_is_listed_then(self):
        self._capture(agrees=False)
        self.assertFalse(self._get_listed())
        self._check_boxes(self.calls_box)
        self.assertEqual(len(self._get_listed()), 1)

    def test_the_file_hands_out_once(self):
        self._capture()
        text = self._download()
        self.assertIn("Ab1", text)
        self.assertIn("Qualified", text)
        self.assertEqual(self.goal.done_count, 1)
        with self.assertRaisesRegex(UserError, "nothing to report for “Qualified”"):
            self.goal.action_download()
        self.goal.conversion_ids.action_hand_out_again()
        self.assertIn("Ab1", self._download())

    def test_files_that_the_platform_has_are_forgotten(self):
        self._capture()
        self._download()
        files = self.env["ir.attachment"].search([("res_id", "=", self.goal.id)])
        files = files.filtered(lambda file: file.res_model == self.goal._name)
        self.assertEqual(len(files), 1)
        self.goal._gc_files()
        self.assertTrue(files.exists())
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = create_date - interval '31 days'"
            " WHERE id = %s",
            [files.id],
        )
        files.invalidate_recordset()
        self.goal._gc_files()
        self.assertFalse(files.exists())

    def test_a_withdrawal_before_the_file_wins(self):
        self._capture()
        conversion = self._get_listed()
        self._get_state(self.calls)._withdraw(how="user")
        with self.assertRaises(UserError):
            self.goal.action_download()
        self.goal.action_collect()
        self.assertEqual(conversion.state, "withdrawn")
        self._get_state(self.calls)._confirm(how="link")
        self.assertIn("Ab1", self._download())

    def test_another_company_s_leads_are_its_own(self):
        self._capture()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.calls.company_id = False
        goal = self.goal.sudo().copy({"company_id": other.id})
        goal._collect()
        self.assertFalse(goal.conversion_ids)

    def test_a_merge_tells_nothing_twice(self):
        lead = self._capture()
        self._download()
        other = self._capture("jane.doe@example.com", click="Zz9")
        (other | lead)._merge_opportunity(auto_unlink=True)
        left = (other | lead).exists()
        self.assertEqual(self.goal.conversion_ids.lead_id, left)
        self.assertEqual(self._get_listed().mapped("state"), ["done"])

    def test_a_purpose_that_a_goal_asks_for_is_not_deleted(self):
        self.form.consent_ids.unlink()
        with self.assertRaisesRegex(UserError, "in use"):
            self.calls.unlink()

    def test_a_purpose_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.calls.sudo().company_id = self.env.company
        with self.assertRaisesRegex(ValidationError, "Elsewhere"):
            self.goal.sudo().company_id = other

    # ------------------------------------------------------------
    # SENDING
    # ------------------------------------------------------------

    def _run(self, *answers):
        """Run the scheduled action with a platform that gives these answers; return
        what it was sent."""
        cron = self.env.ref("lead_management_ads.ir_cron_collect")
        with (
            patch.object(requests, "post", side_effect=answers) as post,
            self._registry_test_mode(),
        ):
            cron.with_user(SUPERUSER_ID).method_direct_trigger()
        self.env.invalidate_all()
        return [call.kwargs for call in post.call_args_list]

    def _use_meta(self, count=1):
        self.env["crm.lead.ad.goal"].search([("id", "!=", self.goal.id)]).active = False
        self.goal.write(
            {"platform": "meta", "api_target": "123", "api_token": "secret"}
        )
        for number in range(count):
            self._capture(f"jane{number}@example.com", None, last_fbclid=f"Fb{number}")

    def test_meta_is_sent_events(self):
        self._use_meta()
        [sent] = self._run(FakeAnswer(200, {"events_received": 1}))
        self.assertEqual(sent["headers"]["Authorization"], "Bearer secret")
        [event] = sent["json"]["data"]
        self.assertEqual(event["event_name"], "Qualified")
        self.assertRegex(event["user_data"]["fbc"], r"^fb\.1\.\d{13}\.Fb0$")
        self.assertEqual(event["custom_data"], {"value": "50.00", "currency": "USD"})
        self.assertNotIn("jane", json.dumps(sent["json"]))
        self.assertEqual(self.goal.conversion_ids.state, "done")
        self.assertFalse(self._run(), "Only once")

    def test_linkedin_is_sent_events(self):
        self._use_meta(0)
        self.goal.platform = "linkedin"
        self._capture(click=None, last_li_fat_id="Li1")
        self.env["ir.config_parameter"].sudo().set_param(
            "lead_management.linkedin_version", "202701"
        )
        [sent] = self._run(FakeAnswer(201, {}))
        self.assertEqual(sent["headers"]["LinkedIn-Version"], "202701")
        [event] = sent["json"]["elements"]
        self.assertEqual(event["conversion"], "urn:lla:llaPartnerConversion:123")
        self.assertEqual(event["user"]["userIds"][1]["idValue"], "Li1")
        self.assertEqual(self.goal.conversion_ids.state, "done")

    def test_trouble_is_waited_for(self):
        self._use_meta()
        self._run(requests.ConnectionError())
        conversion = self.goal.conversion_ids
        self.assertEqual((conversion.state, conversion.attempts), ("ready", 1))
        self.assertFalse(self._run(), "Not before its time")
        conversion.sudo().next_attempt = False
        self._run(FakeAnswer(500, {}))
        self.assertEqual(conversion.attempts, 2)
        conversion.sudo().next_attempt = False
        self._run(FakeAnswer(200, {}))
        self.assertEqual(conversion.state, "done")

    def test_one_that_is_refused_holds_up_no_other(self):
        self._use_meta(2)
        refusal = FakeAnswer(400, {"error": {"message": "Invalid parameter"}})
        self._run(refusal, refusal, FakeAnswer(200, {}))
        states = self.goal.conversion_ids.sorted("id").mapped("state")
        self.assertEqual(states, ["failed", "done"])
        self.assertIn(
            "Invalid parameter",
            "".join(filter(None, self.goal.conversion_ids.mapped("reason"))),
        )

    def test_a_token_needs_a_target(self):
        with self.assertRaisesRegex(ValidationError, "where to send to"):
            self.goal.write({"platform": "meta", "api_token": "secret"})
