import logging
from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import TestLeadManagementCommon

IN_PARTS = "odoo.addons.lead_management.models.in_parts"


class UpkeepCase(TestLeadManagementCommon):
    ANSWER = """Return-Path: {return_path}
To: {to}
Message-ID: {msg_id}
In-Reply-To: {extra_in_reply_to}
Date: Mon, 24 Oct 2011 11:06:29 +0530
From: {email_from}
Subject: {subject}
{extra}
Content-Type: text/plain; charset=utf-8

Hello."""

    def _run_past(self, refused, name, module):
        """Run a scheduled action, in batches of two, while a lead can't be written."""
        with (
            self._refuse_to_write(refused),
            patch(f"odoo.addons.{module}.BATCH_SIZE", 2),
            self.assertLogs(IN_PARTS, logging.INFO) as logs,
        ):
            self._run(name)
        [line] = logs.output
        self.assertIn(f"{refused} is left as it is: Not this one", line)

    def _run(self, name):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(name).method_direct_trigger()
        self.env.invalidate_all()

    def _recycle(self, lead, user, date=None):
        lead.status_id = self.status_in_process
        action = lead.with_user(user).action_set_status(self.status_recycled.id)
        wizard = (
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
            .create({"recycle_reason": "Budget in spring"})
        )
        wizard.action_apply()
        if date:
            lead.recycle_date = date

    def _answer(self, lead, email_from, number, subject="Re: Hello", extra="X-A: 1"):
        """Let a mail come in that answers the last message of a lead."""
        sent = lead.message_post(
            body="Dear Jane",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.user_sales_salesman.partner_id.id,
        )
        lead.date_last_touch = self.long_ago
        answer = self.ANSWER.replace("{extra}", extra).replace(
            "{extra_in_reply_to}", sent.message_id
        )
        with self.mock_mail_gateway():
            self.format_and_process(
                answer,
                email_from,
                f"sales.test@{self.alias_domain}",
                subject=subject,
                msg_id=f"<answer-{number}@test.example.com>",
                return_path=email_from,
                target_model="crm.lead",
            )
        self.assertIn("Hello.", lead.message_ids[0].body)


@tagged("post_install", "-at_install", "lead_upkeep")
class TestUpkeep(UpkeepCase):
    """What happens by itself to recycled and neglected leads."""

    def test_recycling_asks_for_day_and_reason(self):
        self._recycle(self.lead_own, self.user_sales_salesman)
        self.assertEqual(self.lead_own.status_id, self.status_recycled)
        self.assertEqual(self.lead_own.recycle_reason, "Budget in spring")
        self.assertEqual(
            self.lead_own.recycle_date, fields.Date.today() + timedelta(days=30)
        )
        wizard = Form(
            self.env["crm.lead.recycle"].with_context(
                default_lead_ids=self.lead_own.ids,
                default_status_id=self.status_recycled.id,
            )
        )
        wizard.recycle_date = fields.Date.context_today(self.lead_own)
        wizard.recycle_reason = "x"
        with self.assertRaisesRegex(ValidationError, "tomorrow"):
            wizard.save()

    def test_who_is_made_recycled_has_a_day(self):
        """Without one, an imported lead would never come back."""
        lead = self.env["crm.lead"].create(
            {"name": "Later", "type": "lead", "status_id": self.status_recycled.id}
        )
        today = fields.Date.context_today(lead)
        self.assertEqual(lead.recycle_date, today + timedelta(days=30))
        self.assertTrue(lead.is_laid_aside)

    def test_one_that_can_not_be_taken_up_holds_no_others_up(self):
        leads = self.lead_own
        for _number in range(2):
            leads |= self._create_lead(self.user_sales_salesman)
        for lead in leads:
            self._recycle(lead, self.user_sales_salesman, fields.Date.today())
        self._run_past(
            leads[0],
            "lead_management.ir_cron_reopen_recycled_leads",
            "lead_management.models.crm_lead.recycle",
        )
        self.assertEqual(leads[0].status_id, self.status_recycled)
        self.assertFalse(leads[0].activity_ids)
        self.assertEqual(leads[1:].status_id, self.status_assigned)
        self.assertEqual(len(leads.activity_ids), 2)

    def test_only_what_the_person_writes_is_a_reply(self):
        """No out-of-office reply, no mail of the owner or of a colleague."""
        self.long_ago = fields.Datetime.now() - timedelta(days=15)
        lead = self._create_lead(
            self.user_sales_salesman, email_from="jane@test.example.com"
        )
        self._recycle(lead, self.user_sales_salesman)
        jane = '"Jane Doe" <jane@test.example.com>'
        automatic = (
            ("Re: Hello", "Auto-Submitted: auto-replied"),
            ("Re: Hello", "X-Autoreply: yes"),
            ("Out of office: Hello", "X-A: 1"),
            ("Abwesenheitsnotiz: Hello", "X-A: 1"),
        )
        for number, (subject, extra) in enumerate(automatic):
            self._answer(lead, jane, number, subject, extra)
            self.assertEqual(lead.status_id, self.status_recycled, (subject, extra))
            self.assertEqual(lead.date_last_touch, self.long_ago)
        for user in (self.user_sales_salesman, self.user_sales_manager):
            self._answer(lead, user.email_formatted, user.login)
            self.assertEqual(lead.status_id, self.status_recycled, user.name)
        self.assertFalse(lead.activity_ids)
        self._answer(lead, jane, "true")
        self.assertEqual(lead.status_id, self.status_assigned)
        self.assertEqual(lead.activity_ids.mapped("summary"), ["Has replied"])

    def test_recycled_leads_are_out_of_sight_until_their_day(self):
        lead = self.lead_own
        lead.stars = "5"
        leads = self.env["crm.lead"].with_user(self.user_sales_salesman)
        arch = etree.fromstring(
            leads.get_view(self.env.ref("crm.view_crm_case_leads_filter").id, "search")[
                "arch"
            ]
        )
        self._recycle(lead, self.user_sales_salesman)
        today = fields.Date.context_today(leads)
        for day, is_shown in (
            (today + timedelta(days=1), False),
            (today, True),
            (today - timedelta(days=1), True),
            (False, True),
        ):
            lead.recycle_date = day
            self.assertEqual(leads.browse(lead.id).is_laid_aside, not is_shown)
            for name in ("my_leads", "open"):
                domain = arch.find(f".//filter[@name='{name}']").get("domain")
                found = leads.search(safe_eval(domain, {"uid": leads.env.uid}))
                self.assertEqual(lead in found, is_shown, (name, day))
            key_leads = leads.get_lead_home()["key_leads"]
            self.assertEqual(lead.id in [lead["id"] for lead in key_leads], is_shown)

    def test_activities_are_in_the_language_of_whose_they_are(self):
        """Not in that of the scheduled action that plans them."""
        self.env["res.lang"]._activate_lang("de_DE")
        german = self.user_sales_salesman
        german.lang = "de_DE"
        self.user_sales_manager.lang = "en_US"
        self.sales_team_1.user_id = self.user_sales_manager
        of_german, of_other = self.lead_own, self._create_lead(self.user_sales_leads)
        leads = of_german | of_other
        leads.team_id = self.sales_team_1
        leads.date_last_touch = fields.Datetime.now() - timedelta(days=50)
        self._run("lead_management.ir_cron_tell_neglected_leads")
        of_leader = leads.activity_ids.filtered(
            lambda activity: activity.user_id == self.user_sales_manager
        )
        summaries = {
            activity.user_id: activity.summary
            for activity in leads.activity_ids - of_leader
        }
        self.assertEqual(
            summaries,
            {
                german: "Seit 14 Tagen nichts getan",
                self.user_sales_leads: "Nothing done for 14 days",
            },
        )
        self.assertEqual(
            set(of_leader.mapped("summary")),
            {"Nothing done for 21 days: talk to the owner"},
        )
        leads.activity_ids.unlink()
        self._recycle(of_german, german, fields.Date.today())
        self._run("lead_management.ir_cron_reopen_recycled_leads")
        self.assertEqual(of_german.activity_ids.summary, "Wieder aufnehmen")

    def test_list_shows_who_waits_longest_first(self):
        days = (20, 40, 30)
        leads = self.lead_own
        for _number in days[1:]:
            leads |= self._create_lead(self.user_sales_salesman)
        for lead, number in zip(leads, days, strict=True):
            lead.date_last_touch = fields.Datetime.now() - timedelta(days=number)
        leads[0].stars = "5"
        action = self.env.ref("lead_management.crm_lead_action_neglected")
        [view_id] = [view_id for view_id, kind in action.views if kind == "list"]
        arch = etree.fromstring(leads.get_view(view_id, "list")["arch"])
        self.assertEqual(arch.find("field").get("name"), "days_untouched")
        found = leads.search(
            Domain(safe_eval(action.domain)) & Domain("id", "in", leads.ids),
            order=arch.get("default_order"),
        )
        self.assertEqual(found.mapped("days_untouched"), [40, 30, 20])

    def test_who_sees_their_own_is_asked_for_their_own(self):
        leads = self.env["crm.lead"].with_user(self.user_sales_salesman)
        domain = leads._search_is_neglected("in", [True]).optimize_full(leads)
        asked = {it.field_expr: it.value for it in domain.iter_conditions()}
        self.assertEqual(set(asked["user_id"]), {self.user_sales_salesman.id})

    def test_owner_then_leader_are_told_once(self):
        lead = self.lead_own
        lead.team_id = self.sales_team_1
        leader = self.sales_team_1.user_id
        self.assertTrue(leader)
        lead.date_last_touch = fields.Datetime.now() - timedelta(days=15)
        self.assertTrue(lead.is_neglected)
        self.assertIn(lead, self.env["crm.lead"].search([("is_neglected", "=", True)]))
        self._run("lead_management.ir_cron_tell_neglected_leads")
        self._run("lead_management.ir_cron_tell_neglected_leads")
        self.assertEqual(lead.activity_ids.user_id, self.user_sales_salesman)
        self.assertEqual(len(lead.activity_ids), 1)
        self.assertTrue(lead.is_neglected, "Telling of it is no touch")
        lead.date_last_touch = fields.Datetime.now() - timedelta(days=22)
        self._run("lead_management.ir_cron_tell_neglected_leads")
        self._run("lead_management.ir_cron_tell_neglected_leads")
        self.assertEqual(len(lead.activity_ids), 2)
        self.assertIn(leader, lead.activity_ids.user_id)

    def test_one_of_which_nobody_can_be_told_holds_no_others_up(self):
        leads = self.lead_own
        for _number in range(2):
            leads |= self._create_lead(self.user_sales_salesman)
        leads.date_last_touch = fields.Datetime.now() - timedelta(days=15)
        self._run_past(
            leads[0],
            "lead_management.ir_cron_tell_neglected_leads",
            "lead_management.models.crm_lead.neglect",
        )
        self.assertEqual(leads.mapped("neglect_level"), [0, 1, 1])
        self.assertFalse(leads[0].activity_ids)
        self.assertEqual(len(leads.activity_ids), 2)

    def test_touching_starts_anew(self):
        lead = self.lead_own
        lead.date_last_touch = fields.Datetime.now() - timedelta(days=15)
        self._run("lead_management.ir_cron_tell_neglected_leads")
        self.assertEqual(lead.neglect_level, 1)
        lead.with_user(self.user_sales_salesman).message_post(
            body="Called her", message_type="comment"
        )
        self.assertFalse(lead.is_neglected)
        self.assertEqual(lead.neglect_level, 0)
        self.assertNotIn(
            lead, self.env["crm.lead"].search([("is_neglected", "=", True)])
        )

    def test_neglect_is_off_with_no_days(self):
        self.env["ir.config_parameter"].set_param("lead_management.neglect_days", "0")
        self.lead_own.date_last_touch = fields.Datetime.now() - timedelta(days=99)
        self.assertFalse(self.lead_own.is_neglected)
        self._run("lead_management.ir_cron_tell_neglected_leads")
        self.assertFalse(self.lead_own.activity_ids)

    def test_settings_are_checked(self):
        with Form(self.env["res.config.settings"]) as form:
            form.lead_neglect_days = 10
            form.lead_escalation_days = 12
        settings = form.record
        settings.execute()
        self.assertEqual(self.env["crm.lead"]._get_neglect_days(), (10, 12))
        with self.assertRaisesRegex(ValidationError, "at least 10,"):
            settings.lead_escalation_days = 5
