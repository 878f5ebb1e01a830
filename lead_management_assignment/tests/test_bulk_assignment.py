from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.lead_management_bulk.tests.test_bulk_operations import (
    TestBulkOperations,
)
from odoo.addons.lead_management_bulk.tests.test_bulk_tracking import TestBulkTracking

from .common_rules import archive_rules


@tagged("post_install", "-at_install", "lead_bulk")
class TestBulkAssignment(TestBulkOperations):
    def test_leads_go_to_a_queue_and_lose_their_owner(self):
        queue = self.env["crm.lead.queue"].create(
            {
                "name": "Fair",
                "member_user_ids": [Command.link(self.user_sales_leads.id)],
            }
        )
        self.leads[0].type = "opportunity"
        values = {"queue_id": queue.id, "reason": "On holiday"}
        job = self._start(self.user_sales_salesman, "queue", values, self.leads)
        self.assertEqual(self.leads[1:].queue_id, queue)
        self.assertFalse(self.leads[1:].user_id)
        self.assertEqual(
            set(self.leads[1:].queue_event_ids.mapped("reason")), {"On holiday"}
        )
        self.assertEqual(job.failure_ids.lead_res_id, self.leads[0].id)
        job = self._start(
            self.user_sales_manager, "queue", {"queue_id": False}, self.leads
        )
        self.assertEqual((job.changed_count, job.unchanged_count), (5, 1))
        self.assertFalse(self.leads.queue_id)

    def test_rules_assign_open_leads(self):
        archive_rules(self.env)
        rule = self.env["crm.lead.assignment.rule"].create({"name": "Bulk rule"})
        self.env["crm.lead.assignment.rule.entry"].create(
            {
                "rule_id": rule.id,
                "name": "All",
                "target": "user",
                "user_id": self.user_sales_leads.id,
                "domain": "[]",
            }
        )
        self.leads[0].action_set_lost()
        job = self._start(self.user_sales_manager, "assign", {}, self.leads)
        self.assertEqual(job.failure_ids.lead_res_id, self.leads[0].id)
        self.assertEqual(self.leads[1:].user_id, self.user_sales_leads)
        with self.assertRaises(AccessError):
            self._start(self.user_sales_salesman, "assign", {}, self.leads)


@tagged("post_install", "-at_install", "lead_bulk")
class TestBulkAssignmentTracking(TestBulkTracking):
    def test_owner_status_and_queue_are_told(self):
        queue = self.env["crm.lead.queue"].create(
            {"name": "Web", "notify": "none", "member_user_ids": self.env.user.ids}
        )
        for operation, values, name in (
            ("owner", {"user_id": self.user_sales_leads.id}, "user_id"),
            ("status", {"status_id": self.status_in_process.id}, "status_id"),
            ("queue", {"queue_id": queue.id}, "queue_id"),
        ):
            with self.subTest(operation=operation):
                leads = self._create_kinds()
                self._start(self.user_sales_manager, operation, values, leads)
                self.flush_tracking()
                for lead in leads:
                    told = lead.message_ids.sudo().tracking_value_ids.field_id
                    self.assertIn(name, told.mapped("name"))
