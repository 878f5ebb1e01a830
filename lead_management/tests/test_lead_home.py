from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged, users

from ..models.crm_lead.home_lists import KEY_LEADS
from .common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_home")
class TestLeadHome(TestLeadManagementCommon):
    def get_home(self, user=None, scope="mine"):
        leads = self.env["crm.lead"].with_user(user or self.user_sales_salesman)
        return leads.get_lead_home(scope)

    def count(self, name, user=None):
        views = {view["name"]: view["count"] for view in self.get_home(user)["views"]}
        return views[name]

    def test_views_count_what_their_filter_shows(self):
        before = self.count("my_leads")
        self._create_lead(self.user_sales_salesman)
        self.assertEqual(self.count("my_leads"), before + 1)
        self.assertEqual(
            [view["name"] for view in self.get_home()["views"]],
            [view.name for view in sorted(self.env["crm.lead"]._get_home_view_list())],
        )
        self.assertTrue(all(view["label"] for view in self.get_home()["views"]))

    def test_nobody_counts_what_they_may_not_see(self):
        self._create_lead(self.user_sales_manager)
        open_of_manager = self.count("open", self.user_sales_manager)
        self.assertLess(self.count("open"), open_of_manager)

    def test_key_leads_are_the_best_open_ones(self):
        leads = [
            self._create_lead(
                self.user_sales_salesman, contact_name=f"Lead {stars}", stars=str(stars)
            )
            for stars in (1, 5, 3, 4, 2, 0)
        ]
        leads[1].status_id = self.status_dead
        home = self.get_home()
        self.assertEqual(
            [lead["stars"] for lead in home["key_leads"]][:4], [4, 3, 2, 1]
        )
        self.assertLessEqual(len(home["key_leads"]), KEY_LEADS)

    def test_team_s_leads_are_for_who_asks(self):
        team_lead = self._create_lead(self.user_sales_leads, stars="5")
        team_lead.team_id = self.sales_team_1
        self.sales_team_1.user_id = self.user_sales_manager
        mine = self.get_home(self.user_sales_manager)
        team = self.get_home(self.user_sales_manager, "team")
        self.assertNotIn(team_lead.id, [lead["id"] for lead in mine["key_leads"]])
        self.assertIn(team_lead.id, [lead["id"] for lead in team["key_leads"]])

    def test_tasks_are_mine_and_due(self):
        lead = self.lead_own.with_user(self.user_sales_salesman)
        today = fields.Date.context_today(lead)
        for days, user in (
            (-2, self.user_sales_salesman),
            (0, self.user_sales_salesman),
            (1, self.user_sales_salesman),
            (0, self.user_sales_manager),
        ):
            self.lead_own.activity_schedule(
                "mail.mail_activity_data_call",
                today + timedelta(days=days),
                f"{days} {user.login}",
                user_id=user.id,
            )
        tasks = self.get_home()["tasks"]
        self.assertEqual(tasks["count"], 2)
        self.assertEqual([task["days_late"] for task in tasks["items"]], [2, 0])
        self.assertEqual(tasks["items"][0]["lead_id"], self.lead_own.id)

    def test_charts_add_up(self):
        source = self.env["utm.source"].create({"name": "Fair", "is_lead_source": True})
        for number in range(3):
            self._create_lead(
                self.user_sales_salesman, source_id=source.id if number else False
            )
        chart = self.get_home()["charts"][0]
        counts = {bar["id"]: bar["count"] for bar in chart["bars"]}
        self.assertEqual(counts[source.id], 2)
        self.assertEqual(chart["most"], max(counts.values()))

    def test_admin_s_rules_hold_for_the_quick_addition(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("lead_management.require_company", "False")
        self.assertFalse(self.get_home()["required"]["company"])
        parameters.set_param("lead_management.require_company", "True")
        self.assertTrue(self.get_home()["required"]["company"])

    def test_tools_are_those_of_the_user_s_menu(self):
        action = self.env.ref("lead_management.crm_lead_action_all")
        self.env["ir.ui.menu"].create(
            {
                "name": "Of managers",
                "parent_id": self.env.ref("lead_management.crm_lead_menu_tools").id,
                "action": f"ir.actions.act_window,{action.id}",
                "group_ids": [
                    Command.link(self.env.ref("sales_team.group_sale_manager").id)
                ],
            }
        )
        names = {"Of managers"}
        salesman = {tool["name"] for tool in self.get_home()["tools"]}
        manager = {
            tool["name"] for tool in self.get_home(self.user_sales_manager)["tools"]
        }
        self.assertTrue(salesman)
        self.assertFalse(salesman & names)
        self.assertLessEqual(names, manager)

    def test_people_without_leads_are_refused(self):
        employee = new_test_user(self.env, "employee_home", "base.group_user")
        with self.assertRaises(AccessError):
            self.get_home(employee)

    @users("user_sales_salesman")
    def test_query_count(self):
        leads = self.env["crm.lead"]
        leads.get_lead_home()
        self.env.invalidate_all()
        # Addons that stand on this one have lists and counts of theirs on the page.
        own = self.env.ref("base.module_lead_management").sudo()
        is_alone = own.downstream_dependencies() <= own
        with self.assertQueryCount(13 if is_alone else 16):
            leads.get_lead_home()


@tagged("post_install", "-at_install", "lead_tours")
class TestTourHome(TestLeadManagementCommon, HttpCase):
    def test_salesman_adds_two_leads_by_keyboard(self):
        self.user_sales_salesman.password = "user_sales_salesman"
        account = self.env["res.partner"].create(
            {"name": "Zephyr Rockets GmbH", "is_company": True}
        )
        self.start_tour("/odoo/lead-home", "lead_home", login="user_sales_salesman")
        first, second = self.env["crm.lead"].search(
            [("contact_name", "in", ["Ann One", "Bob Two"])], order="contact_name"
        )
        self.assertEqual(first.user_id, self.user_sales_salesman)
        self.assertEqual(first.type, "lead")
        self.assertEqual(first.account_id, account)
        self.assertEqual(second.email_from, "bob@two.example")
        self.assertFalse(second.account_id)
        opened = (first | second).with_user(self.user_sales_salesman)
        self.assertEqual(opened.filtered("is_recent").ids, second.ids)
