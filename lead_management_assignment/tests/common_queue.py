from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


class TestQueueCommon(TestLeadManagementCommon):
    """A queue with two members, and a salesman who sees all leads but is none.

    * `user_sales_salesman` and `member` are members of `queue`;
    * `user_sales_leads` sees all leads, and is no member;
    * `lead_queued` waits in the queue.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = new_test_user(
            cls.env, "queue_member", "sales_team.group_sale_salesman", name="Mia Member"
        )
        cls.outsider = new_test_user(
            cls.env, "queue_outsider", "sales_team.group_sale_salesman"
        )
        cls.queue = cls.env["crm.lead.queue"].create(
            {
                "name": "Fair enquiries",
                "notify": "none",
                "member_user_ids": [
                    Command.set((cls.user_sales_salesman | cls.member).ids)
                ],
            }
        )
        cls.lead_queued = cls._queue_lead(name="Anvils", partner_name="Acme Anvils")

    @classmethod
    def _queue_lead(cls, **values):
        return cls.env["crm.lead"].create(
            {"name": "Fair", "type": "lead", "queue_id": cls.queue.id, **values}
        )
