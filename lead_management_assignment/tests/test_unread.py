from odoo.tests import tagged, users

from .common_queue import TestQueueCommon


@tagged("post_install", "-at_install", "lead_queue")
class TestUnread(TestQueueCommon):
    """Unread until the owner has opened it, and until nobody else has."""

    def test_own_and_unowned_leads_are_not_unread(self):
        self.assertFalse(self.lead_own.is_unread)
        self.assertFalse(self.lead_queued.is_unread)

    def test_a_lead_from_somebody_else_is_unread(self):
        lead = self._create_lead(self.user_sales_manager, user_id=self.member.id)
        self.assertTrue(lead.is_unread)
        self.lead_own.with_user(self.user_sales_manager).user_id = self.member
        self.assertTrue(self.lead_own.is_unread)
        count = self.env["crm.lead"].with_user(self.member).get_unread_count()
        self.assertEqual(count, 2)

    def test_giving_it_to_the_owner_again_changes_nothing(self):
        self.lead_own.with_user(
            self.user_sales_manager
        ).user_id = self.user_sales_salesman
        self.assertFalse(self.lead_own.is_unread)

    def test_only_the_owner_reads_it(self):
        lead = self._create_lead(self.user_sales_manager, user_id=self.member.id)
        written = lead.write_date
        self.assertEqual(lead.with_user(self.user_sales_manager).mark_as_read(), 0)
        self.assertTrue(lead.is_unread)
        lead.with_user(self.user_sales_manager).description = "Called"
        self.assertTrue(lead.is_unread)
        self.assertEqual(lead.with_user(self.member).mark_as_read(), 1)
        self.assertFalse(lead.is_unread)
        self.assertEqual(lead.write_date, written)

    def test_lists_and_exports_leave_it_unread(self):
        lead = self._create_lead(self.user_sales_manager, user_id=self.member.id)
        self.member.group_ids += self.env.ref("base.group_allow_export")
        own = lead.with_user(self.member)
        own.web_search_read([("id", "=", lead.id)], {"name": {}})
        own.export_data(["name"])
        self.assertTrue(lead.is_unread)

    def test_the_owners_change_reads_it(self):
        lead = self._create_lead(self.user_sales_manager, user_id=self.member.id)
        lead.with_user(self.member).fax = "1"
        self.assertFalse(lead.is_unread)

    @users("user_sales_manager")
    def test_merging_keeps_it_unread(self):
        leads = self.env["crm.lead"].create(
            [
                {"name": name, "type": "lead", "user_id": self.member.id}
                for name in ("One", "Two")
            ]
        )
        self.assertTrue(leads.merge_opportunity().is_unread)
