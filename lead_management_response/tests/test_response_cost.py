from odoo.tests import tagged

from .common import ResponseCase


@tagged("post_install", "-at_install", "lead_response", "lead_cost")
class TestResponseCost(ResponseCase):
    """What the clock costs leads that come and change hands: the same for many."""

    def _count(self, action):
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        result = action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, result

    def _create(self, number):
        return (
            self.env["crm.lead"]
            .with_user(self.user_sales_manager)
            .create(
                [
                    {
                        "name": f"Lead {index}",
                        "type": "lead",
                        "partner_name": "Hasty",
                        "user_id": self.user_sales_salesman.id,
                    }
                    for index in range(number)
                ]
            )
        )

    def _count_both(self, number):
        """Return the queries of creating leads and of giving them to somebody."""
        created, leads = self._count(lambda: self._create(number))
        given, _none = self._count(lambda: leads.write({"user_id": self.member.id}))
        return created, given

    def test_many_leads_cost_no_more_than_a_few(self):
        self.policy.hours = "owner"
        self._count_both(2)
        few, many = self._count_both(10), self._count_both(60)
        self.policy.active = False
        self._count_both(2)
        without_few, without_many = self._count_both(10), self._count_both(60)
        for one, two, three, four in zip(
            few, many, without_few, without_many, strict=True
        ):
            # What others do for each lead is not the clock's.
            self.assertLessEqual(two - four, one - three + 2)
            self.assertLessEqual(two - four, 16)
