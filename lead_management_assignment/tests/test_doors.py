from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_assignment_rule import TestAssignmentCommon

MAIL = """From: Wile <wile@%(domain)s>
To: sales@example.com
Subject: %(subject)s
Message-ID: <%(subject)s@example.com>
Date: Mon, 05 Oct 2026 09:00:00 +0000
Content-Type: text/plain; charset=utf-8

Please call me."""


@tagged("post_install", "-at_install", "lead_assignment")
class TestMailDoor(TestAssignmentCommon):
    """Leads that Odoo makes from e-mails ask the rules as they come in, if told to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_entry(
            "Acme", [("email_from", "ilike", "acme.example.com")], user=cls.anna
        )
        cls.team = cls.env["crm.team"].create(
            {"name": "Inbox", "use_leads": True, "user_id": cls.bert.id}
        )

    def _receive(self, subject, domain="acme.example.com"):
        lead_id = self.env["mail.thread"].message_process(
            "crm.lead",
            MAIL % {"subject": subject, "domain": domain},
            custom_values={"team_id": self.team.id, "type": "lead"},
        )
        return self.env["crm.lead"].browse(lead_id)

    def test_the_leader_of_the_team_gets_the_lead_while_the_door_is_closed(self):
        lead = self._receive("closed")
        self.assertEqual(lead.user_id, self.bert)
        self.assertFalse(lead.assignment_entry_id)

    def test_the_rules_get_the_lead_first(self):
        self.rule.assign_mail = True
        lead = self._receive("open")
        self.assertEqual(lead.user_id, self.anna)
        self.assertEqual(lead.assignment_entry_id.name, "Acme")
        self.assertNotIn(
            self.bert.name, "".join(lead.message_ids.mapped("body")), "Never Bert’s"
        )

    def test_a_lead_that_the_rules_queue_is_not_given_to_the_leader(self):
        self.rule.assign_mail = True
        queue = self.env["crm.lead.queue"].create({"name": "Post"})
        self.rule.entry_ids.write(
            {"target": "queue", "queue_id": queue.id, "user_id": False}
        )
        lead = self._receive("queued")
        self.assertEqual(lead.queue_id, queue)
        self.assertFalse(lead.user_id)

    def test_the_leader_gets_what_nobody_gets_by_the_rules(self):
        self.rule.assign_mail = True
        lead = self._receive("unmatched", domain="other.example.com")
        self.assertEqual(lead.user_id, self.bert)

    def test_an_answer_to_a_lead_does_not_assign_it_again(self):
        self.rule.assign_mail = True
        lead = self._receive("answered")
        lead.user_id = self.cora
        self.env["mail.thread"].message_process(
            "crm.lead",
            (MAIL % {"subject": "again", "domain": "acme.example.com"}).replace(
                "Date:", "In-Reply-To: <answered@example.com>\nDate:"
            ),
        )
        self.assertIn("Please call me", lead.message_ids[0].body)
        self.assertEqual(lead.user_id, self.cora)

    def test_a_rule_of_another_company_opens_no_door(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.env["crm.lead.assignment.rule"].create(
            {"name": "Elsewhere", "company_id": other.id, "assign_mail": True}
        )
        self.assertEqual(self._receive("here").user_id, self.bert)


@tagged("post_install", "-at_install", "lead_assignment")
class TestProgramDoor(HttpCase, TestAssignmentCommon):
    """Leads that programs create ask the rules, if told to; those of people don't."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_entry("Acme", [("partner_name", "=", "Acme")], user=cls.anna)
        cls.rule.assign_api = True

    def _call(self, **values):
        """Create a lead by the API as a salesperson, who may not run the rules."""
        user = self.cora
        if not hasattr(self, "key"):
            self.key = (
                self.env["res.users.apikeys"]
                .with_user(user)
                ._generate("rpc", "Test", fields.Datetime.now() + timedelta(days=1))
            )
        values = {"name": "By a program", "type": "lead", **values}
        answer = self.url_open(
            "/json/2/crm.lead/create",
            json={"vals_list": [values]},
            headers={"Authorization": f"Bearer {self.key}"},
        )
        answer.raise_for_status()
        return self.env["crm.lead"].browse(answer.json())

    def test_the_rules_choose_the_owner(self):
        lead = self._call(partner_name="Acme")
        self.assertEqual(lead.user_id, self.anna)
        self.assertEqual(lead.assignment_entry_id.name, "Acme")

    def test_whoever_the_program_names_stays_the_owner(self):
        lead = self._call(partner_name="Acme", user_id=self.cora.id)
        self.assertEqual(lead.user_id, self.cora)

    def test_without_an_entry_the_lead_is_nobodys(self):
        lead = self._call(partner_name="Unknown")
        self.assertFalse(lead.user_id)

    def test_a_closed_door_leaves_the_lead_with_who_calls(self):
        self.rule.assign_api = False
        lead = self._call(partner_name="Acme")
        self.assertEqual(lead.user_id, self.cora)

    def test_an_opportunity_is_none_of_the_rules_business(self):
        lead = self._call(partner_name="Acme", type="opportunity")
        self.assertEqual(lead.user_id, self.cora)

    @mute_logger("odoo.http")
    def test_people_in_the_web_client_keep_their_leads(self):
        self.authenticate("cora", "cora")
        values = {"name": "By hand", "type": "lead", "partner_name": "Acme"}
        answer = self.url_open(
            "/web/dataset/call_kw/crm.lead/create",
            json={
                "params": {
                    "model": "crm.lead",
                    "method": "create",
                    "args": [[values]],
                    "kwargs": {},
                }
            },
        ).json()
        lead = self.env["crm.lead"].browse(answer["result"])
        self.assertEqual(lead.user_id, self.cora)
