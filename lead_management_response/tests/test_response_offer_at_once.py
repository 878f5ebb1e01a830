from datetime import timedelta

from odoo import SUPERUSER_ID, Command, fields
from odoo.tests import tagged

from odoo.addons.lead_management.tests.at_once import AtOnceCase


@tagged("post_install", "-at_install", "lead_response")
class TestResponseOfferAtOnce(AtOnceCase):
    """An offer is accepted, passed on and ends at once: the first wins."""

    def setUp(self):
        super().setUp()
        with self.environment(no_reset_password=True) as env:
            group = env.ref("sales_team.group_sale_salesman")
            users = env["res.users"].create(
                [
                    {
                        "name": f"Asked {i}",
                        "login": f"asked_at_once_{i}",
                        "group_ids": [Command.link(group.id)],
                    }
                    for i in range(2)
                ]
            )
            rule = env["crm.lead.assignment.rule"].create(
                {"name": "At once", "active": False}
            )
            entry = env["crm.lead.assignment.rule.entry"].create(
                {
                    "rule_id": rule.id,
                    "name": "Both",
                    "target": "rotation",
                    "user_ids": [Command.set(users.ids)],
                }
            )
            lead = env["crm.lead"].create(
                {"name": "Offered at once", "type": "lead", "user_id": False}
            )
            lead._as_system().write(
                {
                    "assignment_entry_id": entry.id,
                    "offer_user_id": users[0].id,
                    "offer_tried": users[:1].ids,
                    "offer_until": fields.Datetime.now() - timedelta(minutes=1),
                }
            )
            self.user_ids, self.rule_id, self.lead_id = users.ids, rule.id, lead.id

    def _delete_all(self):
        with self.environment(active_test=False) as env:
            env["crm.lead"].browse(self.lead_id).unlink()
            env["crm.lead.assignment.rule"].browse(self.rule_id).unlink()
            users = env["res.users"].browse(self.user_ids)
            env["crm.lead.assignee"].search([("user_id", "in", users.ids)]).unlink()
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def test_the_first_wins(self):
        first, second = self.user_ids

        def accept(env):
            env["crm.lead"].browse(self.lead_id).action_accept_offer()

        def pass_on(env):
            env["crm.lead"].browse(self.lead_id).action_pass_offer()

        def end(env):
            env["crm.lead"].browse(self.lead_id)._expire_offers()

        _results, refusals = self.do_at_once(
            *(accept, accept, pass_on, end), user_ids=[*[first] * 3, SUPERUSER_ID]
        )
        with self.environment() as env:
            lead = env["crm.lead"].browse(self.lead_id)
            if lead.user_id:
                self.assertEqual(lead.user_id.id, first)
                self.assertFalse(lead.offer_user_id)
                self.assertEqual(len(refusals), 2)
            else:
                self.assertEqual(lead.offer_user_id.id, second)
                self.assertIn(len(refusals), (2, 3))
            told = [
                m for m in lead.message_ids if "offered to Asked 1" in (m.body or "")
            ]
            self.assertEqual(len(told), 0 if lead.user_id else 1)
        for refusal in refusals:
            self.assertIn("not offered to you any more", refusal)
