from contextlib import contextmanager
from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import format_datetime

from odoo.addons.lead_management.tests.test_upkeep import UpkeepCase
from odoo.addons.lead_management_assignment.tests.common_queue import TestQueueCommon
from odoo.addons.lead_management_assignment.tests.common_rules import archive_rules
from odoo.addons.lead_management_response.tests.common import ResponseCase

# What is decided by itself: the field, and the kinds of decision that account for it.
WATCHED = {
    "stars": {"stars"},
    "status_id": {"status"},
    "user_id": {"owner", "queue"},
    "queue_id": {"owner", "queue"},
}


# What the scheduled actions of these do is about no lead, or asks other servers.
ELSEWHERE = {"ads", "bulk", "form_health", "hook", "news"}


class WhyCase:
    """Watch what changes by itself."""

    def _get_state(self, leads):
        return {lead.id: {name: lead[name] for name in WATCHED} for lead in leads}

    @contextmanager
    def decided(self, leads, asked=(), expected=()):
        """Check that what changes meanwhile has its reason, but for what was asked for;
        and that what is expected to change does."""
        decisions = self.env["crm.lead.decision"].with_context(active_test=False)
        decisions.sudo()._save_noted()
        last_id = decisions.search([], limit=1).id or 0
        before = self._get_state(leads)
        yield
        decisions.sudo()._save_noted()
        self.env.flush_all()
        self.env.invalidate_all()
        kinds_by_lead = {lead.id: set() for lead in leads}
        for decision in decisions.search(
            [("id", ">", last_id), ("lead_id", "in", leads.ids)]
        ):
            kinds_by_lead[decision.lead_id.id].add(decision.kind)
            self.assertTrue(decision.reason, (decision.kind, decision.code))
        changed = set()
        for lead in leads:
            for name, kinds in WATCHED.items():
                if lead[name] == before[lead.id][name] or name in asked:
                    continue
                changed.add(name)
                self.assertTrue(
                    kinds_by_lead[lead.id] & kinds,
                    f"Nothing says why {name} of {lead.name} is {lead[name]}",
                )
        self.assertLessEqual(set(expected), changed)


@tagged("post_install", "-at_install", "lead_why")
class TestWhyOfEverything(WhyCase, TestQueueCommon, UpkeepCase):
    """Whatever changes by itself has its reason, at every place that decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        archive_rules(cls.env)
        cls.env["crm.lead.star.rule"].search([]).active = False
        cls.star_rule = cls.env["crm.lead.star.rule"].create(
            {"name": "Germans", "domain": "[('country_id.code', '=', 'DE')]"}
        )
        cls.rule = cls.env["crm.lead.assignment.rule"].create(
            {
                "name": "All",
                "assign_left": False,
                "entry_ids": [
                    Command.create(
                        {
                            "name": "Germans",
                            "domain": "[('country_id.code', '=', 'DE')]",
                            "target": "user",
                            "user_id": cls.user_sales_leads.id,
                        }
                    ),
                    Command.create(
                        {
                            "name": "French",
                            "domain": "[('country_id.code', '=', 'FR')]",
                            "target": "queue",
                            "queue_id": cls.queue.id,
                        }
                    ),
                ],
            }
        )
        cls.env.company.lead_default_owner_id = cls.user_sales_manager
        cls.countries = [cls.env.ref(f"base.{code}").id for code in ("de", "fr", "it")]
        cls.leads = cls.env["crm.lead"].create(
            [
                {
                    "name": f"Lead {number}",
                    "type": "lead",
                    "partner_name": f"Company {number}",
                    "user_id": False,
                }
                for number in range(6)
            ]
        )

    def test_stars_follow_a_value(self):
        with self.decided(self.leads, expected=["stars"]):
            self.leads.country_id = self.countries[0]
        with self.decided(self.leads, expected=["stars"]):
            self.leads.country_id = False

    def test_stars_of_all_and_of_a_priority(self):
        self.leads.country_id = self.countries[0]
        self.star_rule.stars = "3"
        with self.decided(self.leads, expected=["stars"]):
            self.star_rule.action_apply_to_all()
        with self.decided(self.leads[:2], expected=["stars"]):
            self.leads[:2].write({"priority": "2"})

    def test_rules_assign(self):
        for lead, country_id in zip(self.leads, self.countries * 2, strict=True):
            lead.country_id = country_id
        with self.decided(self.leads, expected=["user_id", "queue_id", "status_id"]):
            self.leads.run_assignment_rules()
        self.assertEqual(
            self.leads.user_id, self.user_sales_leads | self.user_sales_manager
        )
        self.assertEqual(self.leads.queue_id, self.queue)

    def test_queue_takes_back_what_nobody_works_on(self):
        self.queue.return_hours = 1
        lead = self.lead_queued
        with self.decided(lead, ["user_id", "queue_id"], ["status_id"]):
            lead.with_user(self.member).action_claim()
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE crm_lead
               SET date_open = date_open - interval '1 day',
                   date_last_touch = date_open - interval '1 day'
             WHERE id = %s
            """,
            [lead.id],
        )
        self.env.invalidate_all()
        with self.decided(lead, expected=["user_id", "queue_id", "status_id"]):
            self._run("lead_management_assignment.ir_cron_return_untouched_leads")

    def test_recycled_leads_come_back(self):
        self.leads[:2].user_id = self.user_sales_leads
        self.leads[:2].country_id = self.countries[0]
        self._recycle(self.lead_queued, self.user_sales_manager)
        for lead in self.leads:
            self._recycle(lead, self.user_sales_manager)
        everybody = self.leads | self.lead_queued
        everybody.recycle_date = fields.Date.today() - timedelta(days=3)
        with self.decided(everybody, expected=["status_id", "user_id"]):
            self._run("lead_management.ir_cron_reopen_recycled_leads")

    def test_what_people_do_moves_the_status(self):
        lead = self.leads[0]
        with self.decided(lead, ["user_id"], ["status_id"]):
            lead.user_id = self.user_sales_leads
        with self.decided(lead, expected=["status_id"]):
            lead.with_user(self.user_sales_leads).message_post(
                body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
            )
        with self.decided(lead, expected=["status_id"]):
            lead.action_set_lost(lost_reason_id=self.lost_reason.id)
        with self.decided(lead, expected=["status_id"]):
            lead.action_unarchive()
        with self.decided(lead, expected=["status_id"]):
            [result] = lead.convert_lead()
        with self.decided(lead, expected=["status_id"]):
            conversion = self.env["crm.lead.conversion"].browse(result["conversion_id"])
            conversion.action_undo()

    def test_owner_who_left_gives_leads_to_another(self):
        lead = self.leads[0]
        lead.write({"user_id": self.user_sales_leads.id, "country_id": False})
        self.user_sales_leads.active = False
        with self.decided(lead, expected=["user_id"]):
            lead._replace_gone_owners()

    def test_scheduled_actions_have_reasons_for_whatever_leads_there_are(self):
        self.leads[:2].country_id = self.countries[0]
        self.rule.assign_left = True
        self._recycle(self.lead_queued, self.user_sales_manager)
        self.lead_queued.recycle_date = fields.Date.today() - timedelta(days=3)
        leads = self.env["crm.lead"].with_context(active_test=False).search([])
        crons = self.env["ir.model.data"].search(
            [("model", "=", "ir.cron"), ("module", "=like", "lead_management%")]
        )
        with self.decided(leads, expected=["user_id", "status_id"]):
            for cron in crons:
                if cron.module.removeprefix("lead_management_") not in ELSEWHERE:
                    self._run(cron.complete_name)

    def test_merge_keeps_the_status_furthest_on(self):
        first, second = self.leads[:2]
        second.user_id = self.user_sales_leads
        with self.decided(first, ["user_id"], ["status_id"]):
            first._merge_dependences(second)


@tagged("post_install", "-at_install", "lead_why")
class TestWhyOfResponse(WhyCase, ResponseCase):
    """A lead that nobody answers goes to somebody else, and says so."""

    def test_lead_goes_back_to_its_queue(self):
        self.policy.write({"hand_on": "queue", "hand_on_minutes": 10})
        lead = self._arrive(user_id=False, queue_id=self.queue.id)
        with freeze_time("2024-07-01 08:10:00"):
            lead.with_user(self.member).action_claim()
        with self.decided(lead, expected=["user_id", "queue_id", "status_id"]):
            self._run_steps("2024-07-01 09:10:00")

    def test_lead_goes_to_the_next_in_turn(self):
        self.policy.write({"hand_on": "next", "hand_on_minutes": 0, "starts": "owner"})
        lead = self._arrive()
        with self.decided(lead, expected=["user_id"]):
            self._run_steps("2024-07-01 09:00:00")
        why = {one["kind"]: one for one in lead.get_why()}
        # When it should have been, not the new owner's time
        due = format_datetime(self.env, self._at("09:00:00"), dt_format="short")
        self.assertIn(due, why["owner"]["then"]["text"])
        told = why["response"]
        self.assertIn("60 minutes of working time", told["again"]["text"])
        self._write_to_person(lead, "2024-07-01 09:10:00")
        self.assertNotIn("response", [one["kind"] for one in lead.get_why()])
