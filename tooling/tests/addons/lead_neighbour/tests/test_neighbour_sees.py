from odoo import Command
from odoo.tests import tagged

from odoo.addons.lead_management_assignment.tests.common_rules import archive_rules
from odoo.addons.lead_management_assignment.tests.test_assignment_rule import (
    TestAssignmentCommon,
)
from odoo.addons.lead_management_bulk.tests.test_bulk_job import TestBulkCommon
from odoo.addons.lead_management_capture.tests.test_capture_submission import (
    TestCaptureSubmissionCommon,
)
from odoo.addons.lead_management_import.tests.test_lead_import import LeadImportCase

from .common import NUMBERS, NeighbourCase

TAGS = ("post_install", "-at_install", "lead_neighbour")


@tagged(*TAGS)
class TestNeighbourOfAssignment(NeighbourCase, TestAssignmentCommon):
    """Every lead that the rules give away has been written, whatever the number."""

    def _make(self, count):
        leads = self._create_leads(count)
        self.put_on(leads)
        return leads

    def test_every_assigned_lead_is_seen(self):
        self._create_entry("Rest", users=self.anna + self.cora)
        for number in NUMBERS:
            with self.subTest(number=number), self.looking() as seen:
                leads = self._make(number)
                del seen[:]
                leads.run_assignment_rules()
                self.assertFalse(leads.filtered(lambda lead: not lead.user_id))
                self.assertSeen(seen, leads, "user_id")
                self.assertKept(leads)

    def test_every_lead_put_into_a_queue_is_seen(self):
        queue = self.env["crm.lead.queue"].create(
            {
                "name": "Neighbours",
                "notify": "none",
                "member_user_ids": [Command.set(self.anna.ids)],
            }
        )
        self._create_entry("Queue", target="queue", queue_id=queue.id)
        for number in NUMBERS:
            with self.subTest(number=number), self.looking() as seen:
                leads = self._make(number)
                del seen[:]
                leads.run_assignment_rules()
                self.assertEqual(leads.queue_id, queue)
                self.assertSeen(seen, leads, "queue_id")
                self.assertKept(leads)
                leads.with_user(self.anna).action_claim()
                self.assertSeen(seen, leads, "user_id")
                self.assertKept(leads)

    def test_conditions_of_entries_know_the_fields(self):
        self._create_entry("High", [("neighbour_score", ">", 3)], user=self.anna)
        self._create_entry("Rest", user=self.bert)
        leads = self._make(60)
        leads.run_assignment_rules()
        for lead in leads:
            expected = self.anna if lead.neighbour_score > 3 else self.bert
            self.assertEqual(lead.user_id, expected)


@tagged(*TAGS)
class TestNeighbourOfBulk(NeighbourCase, TestBulkCommon):
    """Every lead that a bulk job changes has been written."""

    def _run(self, operation, values, leads):
        user = self.user_sales_manager
        job = self._start(user, operation, values, leads)
        while job.state not in ("done", "cancelled"):
            self._work()
        return job

    def _make(self, count):
        leads = self._create_leads(self.user_sales_manager, count)
        self.put_on(leads)
        return leads

    def test_every_updated_lead_is_seen(self):
        for number in NUMBERS:
            with self.subTest(number=number), self.looking() as seen:
                leads = self._make(number)
                del seen[:]
                self._run("update", self._set_source(self.web), leads)
                self.assertEqual(leads.source_id, self.web)
                self.assertSeen(seen, leads, "source_id")
                self.assertKept(leads)

    def test_every_lead_with_another_owner_is_seen(self):
        owner = self.user_sales_leads
        for number in NUMBERS:
            with self.subTest(number=number), self.looking() as seen:
                leads = self._make(number)
                del seen[:]
                self._run("owner", {"user_id": owner.id}, leads)
                self.assertEqual(leads.user_id, owner)
                self.assertSeen(seen, leads, "user_id")
                self.assertKept(leads)

    def test_every_converted_lead_is_seen(self):
        for number in NUMBERS:
            with self.subTest(number=number), self.looking() as seen:
                leads = self._make(number)
                for count, lead in enumerate(leads):
                    lead.write(
                        {
                            "contact_name": f"Person {number}-{count}",
                            "partner_name": f"Convertible {number}-{count}",
                        }
                    )
                self.env.flush_all()
                del seen[:]
                job = self._run("convert", {"target": "opportunity"}, leads)
                self.assertFalse(job.failure_ids.mapped("reason"))
                self.assertEqual(set(leads.mapped("type")), {"opportunity"})
                self.assertSeen(seen, leads, "type")
                self.assertKept(leads)

    def test_lead_that_is_refused_by_the_rules_stops_no_other(self):
        archive_rules(self.env)
        rule = self.env["crm.lead.assignment.rule"].create({"name": "Everywhere"})
        self.env["crm.lead.assignment.rule.entry"].create(
            {
                "rule_id": rule.id,
                "name": "All",
                "target": "user",
                "user_id": self.user_sales_leads.id,
            }
        )
        for number in (3, 60):
            with self.subTest(number=number):
                leads = self._make(number)
                leads.user_id = False
                leads[1].neighbour_note = "as it is"
                job = self._run("assign", {}, leads)
                self.assertEqual(job.failure_ids.mapped("lead_res_id"), leads[1].ids)
                self.assertIn("stays as it is", job.failure_ids.reason)
                self.assertFalse(leads[1].user_id)
                self.assertEqual((leads - leads[1]).user_id, self.user_sales_leads)

    def test_lead_that_is_refused_stops_no_other(self):
        leads = self._make(60)
        leads[7].write({"neighbour_note": "as it is", "user_id": False})
        job = self._run("update", self._set_source(self.web), leads)
        self.assertEqual(job.failure_ids.mapped("lead_res_id"), leads[7].ids)
        self.assertIn("stays as it is", job.failure_ids.reason)
        self.assertEqual((leads - leads[7]).source_id, self.web)
        self.assertFalse(leads[7].source_id)


@tagged(*TAGS)
class TestNeighbourOfCapture(NeighbourCase, TestCaptureSubmissionCommon):
    """What comes from web forms has been created, and is written when given away."""

    def test_every_captured_lead_is_seen(self):
        self.form.write(
            {"user_id": self.user_sales_salesman.id, "use_assignment_rules": False}
        )
        with self.looking() as seen:
            submissions = self.submissions
            for number in range(5):
                submissions += self._submit(
                    email=f"jane{number}@example.com",
                    last_name=f"Doe {number}",
                    address=f"192.0.2.{number + 1}",
                )
            self._process()
            self.assertEqual(set(submissions.mapped("state")), {"lead"})
            leads = submissions.lead_id
            self.assertEqual(len(leads), 5)
            self.assertSeen(seen, leads)
        for lead in leads:
            self.assertEqual(lead.neighbour_owner, self.user_sales_salesman.name)


@tagged(*TAGS)
class TestNeighbourOfImport(NeighbourCase, LeadImportCase):
    """What a file brings has been created, with the fields of other apps in it."""

    def test_every_imported_lead_is_seen(self):
        for number in NUMBERS:
            rows = [["partner_name", "neighbour_note", "neighbour_score"]] + [
                [f"Imported {number}-{count}", f"Note {count}", str(count)]
                for count in range(number)
            ]
            with self.subTest(number=number), self.looking() as seen:
                leads = self._import_file(rows).lead_ids.sorted("id")
                self.assertEqual(len(leads), number)
                self.assertSeen(seen, leads, "neighbour_note")
                self.assertEqual(leads.mapped("neighbour_score"), list(range(number)))

    def test_every_imported_lead_given_away_by_rules_is_seen(self):
        rules = self.env["crm.lead.assignment.rule"]
        archive_rules(self.env)
        rule = rules.create({"name": "Everywhere"})
        owners = self.user_sales_leads + self.user_sales_manager
        self.env["crm.lead.assignment.rule.entry"].create(
            {
                "rule_id": rule.id,
                "name": "In turn",
                "target": "rotation",
                "user_ids": [Command.set(owners.ids)],
            }
        )
        rows = [["partner_name", "neighbour_note"]] + [
            [f"Imported {count}", f"Note {count}" if count % 3 else ""]
            for count in range(60)
        ]
        with self.looking() as seen:
            leads = self._import_file(
                rows, user=self.user_sales_manager, lead_owner="rules"
            ).lead_ids.sorted("id")
            self.assertEqual(leads.user_id, owners)
            self.assertSeen(seen, leads, "user_id")
        for count, lead in enumerate(leads):
            note = f"Note {count}" if count % 3 else False
            self.assertEqual(lead.neighbour_note, note)
            self.assertEqual(lead.neighbour_owner, lead.user_id.name)
