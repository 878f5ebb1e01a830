from odoo import Command
from odoo.tests import tagged

from .common import TestLeadManagementCommon

# Not the probability: native gives many leads of stages nobody has won another one.
NAMES = ("user_id", "team_id", "stage_id", "company_id", "status_id")


@tagged("post_install", "-at_install")
class TestManyLeads(TestLeadManagementCommon):
    """Leads made in one call are as those made one by one, and cost less."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        first, second = cls.env["crm.team"].create(
            [
                {"name": name, "use_leads": True, "member_ids": [Command.set(user.ids)]}
                for name, user in (
                    ("First", cls.user_sales_salesman),
                    ("Second", cls.user_sales_leads),
                )
            ]
        )
        cls.env["crm.stage"].create(
            [
                {"name": team.name, "team_ids": [Command.set(team.ids)], "sequence": -1}
                for team in (first, second)
            ]
        )

    def _get_values(self, count):
        owners = self.user_sales_salesman, self.user_sales_leads, self.env["res.users"]
        return [
            {
                "name": f"Lead {number}",
                "type": ("lead", "opportunity")[number % 2],
                "user_id": owners[number % 3].id,
            }
            for number in range(count)
        ]

    def _count_queries(self, count, **vals):
        leads = self.env["crm.lead"].with_context(tracking_disable=not vals)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        leads.create([{**one, **vals} for one in self._get_values(count)])
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _tell(self, leads):
        """Return who follows leads, and what they were told."""
        self.flush_tracking()
        return [
            (
                {
                    (one.partner_id, one.subtype_ids)
                    for one in lead.message_follower_ids
                },
                [
                    (
                        *(message.subtype_id, message.author_id, message.reply_to),
                        *(message.record_alias_domain_id, message.record_company_id),
                        *(message.notified_partner_ids, str(message.body)),
                    )
                    for message in lead.message_ids
                ],
            )
            for lead in leads
        ]

    def test_equal_to_one_by_one(self):
        leads = self.env["crm.lead"]
        together = leads.create(self._get_values(12))
        single = [leads.create(vals) for vals in self._get_values(12)]
        self.assertGreater(len(together.stage_id), 1)
        for lead, other in zip(together, single, strict=True):
            for name in NAMES:
                self.assertEqual(lead[name], other[name], name)

    def test_told_as_one_by_one(self):
        leads = self.env["crm.lead"].with_user(self.user_sales_manager)
        self.sales_team_1.message_subscribe(self.user_sales_leads.partner_id.ids)
        vals_list = [
            {**vals, "team_id": team.id}
            for vals, team in zip(
                self._get_values(9),
                3 * [self.sales_team_1, *2 * [leads.team_id]],
                strict=True,
            )
        ]
        together = leads.create([dict(vals) for vals in vals_list])
        single = [leads.create(dict(vals)) for vals in vals_list]
        told = self._tell(together)
        self.assertEqual(told, self._tell(single))
        self.assertTrue(all(followers for followers, _messages in told))
        self.assertTrue(
            any(message[5] for _f, messages in told for message in messages)
        )

    def test_what_was_found_is_forgotten(self):
        leads = self.env["crm.lead"].create(self._get_values(2))
        self.assertEqual(leads.env, self.env)

    def test_no_queries_for_each(self):
        self._count_queries(6)
        few = self._count_queries(6)
        self.assertLess(self._count_queries(60), few + 27)

    def test_history_asks_less_than_native(self):
        # To post the message that tells of a lead, native takes seven for each.
        vals = {"user_id": False, "team_id": self.sales_team_1.id}
        self._count_queries(6, **vals)
        few = self._count_queries(6, **vals)
        self.assertLess(self._count_queries(60, **vals), few + 54 * 5)
