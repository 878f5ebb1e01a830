from collections import Counter

from odoo.tests import tagged

from odoo.addons.lead_management.tests.at_once import AtOnceCase


@tagged("post_install", "-at_install", "lead_assignment")
class TestAssignmentConcurrency(AtOnceCase):
    """Several transactions hand out leads at once."""

    PEOPLE, LEADS = 4, 6

    def setUp(self):
        super().setUp()
        with self.environment(no_reset_password=True) as env:
            rules = env["crm.lead.assignment.rule"]
            self.others = rules.search([]).ids
            rules.search([]).active = False
            env.flush_all()
            users = env["res.users"].create(
                [
                    {"name": f"Turn {number}", "login": f"concurrent_turn_{number}"}
                    for number in range(3)
                ]
            )
            rule = rules.create(
                {
                    "name": "Concurrent",
                    "entry_ids": [
                        (
                            0,
                            0,
                            {
                                "name": "In turn",
                                "domain": "[('name', '=like', 'Concurrent %')]",
                                "target": "rotation",
                                "user_ids": users.ids,
                            },
                        )
                    ],
                }
            )
            leads = env["crm.lead"].create(
                [
                    {"type": "lead", "name": f"Concurrent {n}", "user_id": False}
                    for n in range(self.PEOPLE * self.LEADS)
                ]
            )
            self.user_ids, self.rule_id, self.lead_ids = users.ids, rule.id, leads.ids

    def _delete_all(self):
        with self.environment(active_test=False) as env:
            env["crm.lead"].browse(self.lead_ids).unlink()
            env["crm.lead.assignment.rule"].browse(self.rule_id).unlink()
            partners = env["res.users"].browse(self.user_ids).partner_id
            env["res.users"].browse(self.user_ids).unlink()
            partners.unlink()
            env["crm.lead.assignment.rule"].browse(self.others).active = True

    def test_no_turn_is_given_twice(self):
        for number in range(self.LEADS):
            share = self.lead_ids[number :: self.LEADS]
            self.do_at_once(
                *[
                    lambda env, lead_id=lead_id: (
                        env["crm.lead"].browse(lead_id).run_assignment_rules()
                    )
                    for lead_id in share
                ]
            )
        with self.environment() as env:
            leads = env["crm.lead"].browse(self.lead_ids)
            counts = Counter(lead.user_id.id for lead in leads)
        fair = len(self.lead_ids) // len(self.user_ids)
        self.assertEqual(counts, dict.fromkeys(self.user_ids, fair))
