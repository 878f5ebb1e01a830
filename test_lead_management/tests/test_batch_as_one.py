import unittest
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .batch_as_one import CITIES, BatchAsOneCase, st


@unittest.skipUnless(st, "hypothesis is not installed")
@tagged("post_install", "-at_install", "lead_assignment", "lead_bulk", "lead_long")
class TestBatchAsOne(BatchAsOneCase):
    """What is done to many leads is what is done to each."""

    def _add_entries(self):
        german = [("country_id", "=", self.country_de.id)]
        self._create_entry(
            "Rich", [("expected_revenue", ">", 10000)], user=self.bert, keep_owner=True
        )
        self._create_entry("Queue", [("city", "=", "Posted")], target="queue")
        self._create_entry("Germany", german, target="team")
        self._create_entry("Bonn", [("city", "=", "Bonn")], user=self.anna)
        users = self.anna + self.bert + self.cora
        self._create_entry(
            "Turns", [("city", "!=", "Nowhere"), ("import_id", "=", False)], users=users
        )
        self._create_entry(
            "Other turns", [("city", "!=", "Nowhere")], users=self.anna + self.bert
        )

    def _create_entry(self, name, domain=(), **values):
        if values.get("target") == "queue":
            values["queue_id"] = self.queue.id
        if values.get("target") == "team":
            values["team_id"] = self.team.id
        return super()._create_entry(name, domain, **values)

    def test_assignment_by_rules(self):
        self._add_entries()
        self._check_assignment_as_one(sizes=(1, 2, 49, 50, 500))

    def test_assignment_with_little_room(self):
        self._add_entries()
        users = self.anna + self.bert
        self.env["crm.lead.assignee"].search([("user_id", "in", users.ids)]).unlink()
        self.env["crm.lead.assignee"].create(
            [
                {"user_id": self.anna.id, "capacity": 9, "weight": 2},
                {"user_id": self.bert.id, "capacity": 20},
            ]
        )
        self.company.lead_default_owner_id = self.bert
        self._check_assignment_as_one(sizes=(2, 50))

    def _check_assignment_as_one(self, sizes):
        # A batch with a lead that is refused is handed out by halves. Here they are of
        # one moment, which is no measure of whose turn it is.
        self.cities = CITIES[:-1]
        self._check_operation_as_one("assign", {}, sizes)

    def _check_operation_as_one(self, name, values, sizes=(2,)):
        self.arno.active = False
        companies = self.company + self.other_company
        operation = (
            self.env[f"crm.lead.bulk.operation.{name}"]
            .with_user(self.manager)
            .with_context(allowed_company_ids=companies.ids)
        )
        operation._check_values(values)

        def do(leads):
            outcome = operation._run(leads.with_env(operation.env), values)
            counts = {"changed": outcome.changed, "unchanged": outcome.unchanged}
            return {**counts, **dict.fromkeys(outcome.failures.items(), 1)}

        self.env.flush_all()
        self._check_as_one(do, sizes)

    def test_mass_update(self):
        changes = [
            ("expected_revenue", "set", 4711.236),
            ("tag_ids", "add", self.tags[1:].ids),
            ("city", "set", "Posted"),
            ("campaign_id", "set", self.campaigns[0].id),
            ("phone", "clear", None),
        ]
        self._check_operation_as_one(
            "update",
            {
                "changes": [
                    {"field": name, "way": way, "value": value}
                    for name, way, value in changes
                ]
            },
            sizes=(1, 2, 49, 50, 500),
        )

    def test_change_of_owner(self):
        self._check_operation_as_one("owner", {"user_id": self.anna.id}, sizes=(2, 50))

    def test_change_of_owner_to_nobody(self):
        self._check_operation_as_one("owner", {"user_id": False})

    def test_change_of_queue(self):
        self._check_operation_as_one(
            "queue", {"queue_id": self.queue.id}, sizes=(2, 50)
        )

    def test_taking_off_queues(self):
        self._check_operation_as_one("queue", {"queue_id": False})

    def test_set_status_dead(self):
        self._check_operation_as_one(
            "status",
            {"status_id": self.status_dead.id, "lost_reason_id": self.lost_reason.id},
            sizes=(2, 50),
        )

    def test_set_status_recycled(self):
        day = fields.Date.to_string(fields.Date.today() + timedelta(days=9))
        values = {"recycle_date": day, "recycle_reason": "Later"}
        self._check_operation_as_one(
            "status", {"status_id": self.status_recycled.id, **values}
        )

    def test_set_status_in_process(self):
        self._check_operation_as_one("status", {"status_id": self.status_in_process.id})

    def test_adding_to_a_campaign(self):
        self._check_operation_as_one("campaign", {"campaign_id": self.campaigns[0].id})

    def test_starting_a_plan(self):
        call = self.env.ref("mail.mail_activity_data_call")
        plan = self.env["mail.activity.plan"].create(
            {
                "name": "Call",
                "res_model": "crm.lead",
                "template_ids": [
                    Command.create({"summary": "Call", "activity_type_id": call.id})
                ],
            }
        )
        self._check_operation_as_one("plan", {"plan_id": plan.id}, sizes=(50,))

    def test_claiming(self):
        companies = (self.company + self.other_company).ids
        self.cities = CITIES[:-1]

        def claim(leads):
            # One that somebody may not know of stops the others, and is named.
            leads = leads.filtered("queue_id").with_user(self.anna)
            if leads:
                leads.with_context(allowed_company_ids=companies).action_claim()
            return {}

        self.env.flush_all()
        self._check_as_one(claim, sizes=(50,))
