from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from .common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_home")
class TestLeadSetup(TestLeadManagementCommon):
    """The checklist on the home page, for who sets up leads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_main.write({"lead_setup_closed": False, "lead_setup_ticked": False})
        # What people have set up in a database that was lived in
        for table in ("crm_lead_status", "utm_source"):
            cls.env.cr.execute(f"UPDATE {table} SET write_uid = 1")
        cls.env["crm.team.member"].search([]).active = False

    def _get_steps(self, user=None):
        leads = self.env["crm.lead"].with_user(user or self.user_sales_manager)
        return {step["name"]: step["is_done"] for step in leads._get_home_setup()}

    def test_nothing_is_done_at_first(self):
        steps = self._get_steps()
        self.assertFalse(
            any(steps[name] for name in ("statuses", "sources", "team")), steps
        )
        home = self.env["crm.lead"].with_user(self.user_sales_manager).get_lead_home()
        self.assertEqual([step["name"] for step in home["setup"]], [*steps])
        for step in home["setup"]:
            self.assertTrue(self.env.ref(step["action"]), step)

    @users("user_sales_manager")
    def test_a_status_that_somebody_changes_is_looked_through(self):
        self.env["crm.lead.status"].browse(self.status_new.id).sequence = 3
        self.env.flush_all()
        steps = self._get_steps()
        self.assertTrue(steps["statuses"])
        self.assertFalse(steps["sources"])

    @users("user_sales_manager")
    def test_a_source_that_somebody_adds_is_chosen(self):
        self.env["utm.source"].create({"name": "Radio", "is_lead_source": True})
        self.assertTrue(self._get_steps()["sources"])

    def test_one_alone_is_no_team(self):
        add = self.env["crm.team.member"].create
        team = self.env["crm.team"].create({"name": "Two", "company_id": False})
        add({"crm_team_id": team.id, "user_id": self.user_sales_leads.id})
        self.assertFalse(self._get_steps()["team"])
        add({"crm_team_id": team.id, "user_id": self.user_sales_salesman.id})
        self.assertTrue(self._get_steps()["team"])

    @users("user_sales_manager")
    def test_what_is_right_as_it_came_is_ticked_off_by_hand(self):
        leads = self.env["crm.lead"]
        leads.tick_lead_setup("statuses")
        leads.tick_lead_setup("no such step")
        self.assertTrue(self._get_steps()["statuses"])
        self.assertEqual(self.company_main.lead_setup_ticked, ["statuses"])
        leads.tick_lead_setup("statuses", False)
        self.assertFalse(self._get_steps()["statuses"])

    @users("user_sales_manager")
    def test_it_goes_when_all_is_done(self):
        for name in self._get_steps():
            self.env["crm.lead"].tick_lead_setup(name)
        self.assertFalse(self._get_steps())

    def test_whoever_closes_it_closes_it_for_the_company(self):
        company = self.env["res.company"].create({"name": "Another"})
        self.user_sales_manager.company_ids += company
        self.env["crm.lead"].with_user(self.user_sales_manager).close_lead_setup()
        self.assertFalse(self._get_steps())
        leads = self.env["crm.lead"].with_user(self.user_sales_manager)
        self.assertTrue(leads.with_company(company)._get_home_setup())

    def test_salespeople_have_no_checklist_and_can_t_change_it(self):
        self.assertFalse(self._get_steps(self.user_sales_leads))
        leads = self.env["crm.lead"].with_user(self.user_sales_leads)
        with self.assertRaisesRegex(AccessError, "Only sales managers"):
            leads.close_lead_setup()
        with self.assertRaisesRegex(AccessError, "Only sales managers"):
            leads.tick_lead_setup("statuses")

    def _count_queries(self, user):
        leads = self.env["crm.lead"].with_user(user)
        leads.get_lead_home()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        leads.get_lead_home()
        return self.cr.sql_log_count - before

    def test_it_costs_nothing_where_it_isn_t_shown(self):
        self.env["crm.lead"].with_user(self.user_sales_manager).close_lead_setup()
        for user in (self.user_sales_salesman, self.user_sales_manager):
            count = self._count_queries(user)
            with patch.object(
                self.registry["crm.lead"], "_get_home_setup", lambda self: []
            ):
                self.assertEqual(count, self._count_queries(user))
