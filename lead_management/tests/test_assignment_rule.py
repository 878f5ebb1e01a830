from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TestLeadManagementCommon


class TestAssignmentCommon(TestLeadManagementCommon):
    """A rule for leads of every company, and ways to give it entries and leads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead.assignment.rule"].search([]).active = False
        cls.rule = cls.env["crm.lead.assignment.rule"].create({"name": "Everywhere"})
        cls.country_de = cls.env.ref("base.de")
        cls.country_us = cls.env.ref("base.us")
        cls.anna, cls.bert, cls.cora = (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                [
                    {
                        "name": name,
                        "login": name.lower(),
                        "email": f"{name.lower()}@example.com",
                        "group_ids": cls.env.ref("sales_team.group_sale_salesman").ids,
                    }
                    for name in ("Anna", "Bert", "Cora")
                ]
            )
        )

    @classmethod
    def _create_entry(cls, name, domain=(), user=None, users=None, **values):
        """Add an entry at the end of the rule."""
        if user:
            values.update(target="user", user_id=user.id)
        if users:
            values.update(target="rotation", user_ids=users.ids)
        return cls.env["crm.lead.assignment.rule.entry"].create(
            {
                "rule_id": cls.rule.id,
                "sequence": 10 * len(cls.rule.entry_ids),
                "name": name,
                "domain": repr(list(domain)),
                **values,
            }
        )

    @classmethod
    def _create_leads(cls, count=1, **values):
        """Create leads that nobody owns."""
        return cls.env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "name": f"Lead {number}",
                    "user_id": False,
                    "team_id": False,
                    **values,
                }
                for number in range(count)
            ]
        )


@tagged("post_install", "-at_install", "lead_assignment")
class TestAssignmentRule(TestAssignmentCommon):
    def test_first_entry_that_matches_wins(self):
        german = [("country_id", "=", self.country_de.id)]
        berlin = self._create_entry(
            "Berlin", [*german, ("city", "=", "Berlin")], user=self.anna
        )
        germany = self._create_entry("Germany", german, user=self.bert)
        in_berlin = self._create_leads(2, country_id=self.country_de.id, city="Berlin")
        in_bonn = self._create_leads(1, country_id=self.country_de.id, city="Bonn")
        abroad = self._create_leads(1, country_id=self.country_us.id)
        result = (in_berlin + in_bonn + abroad).run_assignment_rules()
        self.assertEqual(
            result,
            {
                "assigned": 3,
                "unmatched": 1,
                "entries": {berlin.id: 2, germany.id: 1},
            },
        )
        self.assertEqual(in_berlin.user_id, self.anna)
        self.assertEqual(in_bonn.user_id, self.bert)
        self.assertFalse(abroad.user_id)
        self.assertEqual(in_berlin.status_id, self.status_assigned)

    def test_turns_are_fair(self):
        self._create_entry("All", users=self.anna + self.bert + self.cora)
        leads = self._create_leads(5)
        leads.run_assignment_rules()
        self.assertEqual(leads.mapped("user_id.name"), ["Anna", "Bert", "Cora"])
        self.assertEqual(
            [lead.user_id.name for lead in leads],
            ["Anna", "Bert", "Cora", "Anna", "Bert"],
        )
        more = self._create_leads(2)
        more.run_assignment_rules()
        self.assertEqual([lead.user_id.name for lead in more], ["Cora", "Anna"])

    def test_tester_says_why_and_changes_nothing(self):
        self._create_entry(
            "Berlin",
            [("city", "=", "Berlin"), ("country_id", "=", self.country_de.id)],
            user=self.anna,
        )
        self._create_entry("Rest", users=self.bert)
        lead = self._create_leads(1, city="Bonn", country_id=self.country_de.id)
        test = self.env["crm.lead.assignment.test"].create({"lead_id": lead.id})
        self.assertIn("Not so: City is Berlin. The lead has: Bonn", test.result)
        self.assertIn("Bert, whose turn it is", test.result)
        self.assertFalse(lead.user_id)

    def test_queue_gets_leads_and_cannot_be_deleted(self):
        queue = self.env["crm.lead.queue"].create(
            {"name": "Hot line", "member_user_ids": self.anna.ids, "notify": "none"}
        )
        self._create_entry("All", target="queue", queue_id=queue.id)
        lead = self._create_leads(1, user_id=self.bert.id)
        result = lead.run_assignment_rules()
        self.assertEqual(result["assigned"], 1)
        self.assertEqual(lead.queue_id, queue)
        self.assertFalse(lead.user_id)
        with self.assertRaisesRegex(UserError, "Hot line.*Entry"):
            queue.unlink()
