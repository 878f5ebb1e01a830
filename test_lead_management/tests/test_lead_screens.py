"""What lists, forms, menus and settings show besides the values of records."""

from unittest.mock import patch

from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, HttpCase, new_test_user, tagged

from odoo.addons.lead_management.hooks import shipped
from odoo.addons.lead_management.tests.common import TestLeadManagementCommon
from odoo.addons.lead_management_assignment.tests.common_queue import TestQueueCommon


@tagged("post_install", "-at_install", "lead_screens")
class TestActionMenu(TestLeadManagementCommon):
    """The menu Actions, as the client gets it."""

    def get_menu(self, user, kind="list"):
        view = self.env.ref("crm.crm_case_tree_view_leads")
        views = (
            self.env["crm.lead"]
            .with_user(user)
            .get_views(
                [(view.id if kind == "list" else False, kind)], {"toolbar": True}
            )
        )
        return views["views"][kind]["toolbar"]["action"]

    def test_first_come_update_owner_and_email(self):
        menu = sorted(
            self.get_menu(self.user_sales_manager), key=lambda a: a["lead_rank"]
        )
        names = [action["name"] for action in menu if action["lead_rank"]]
        self.assertEqual(names[:2], ["Mass update", "Assign"])
        self.assertEqual(names[2], self.env.ref("crm.action_lead_mass_mail").name)
        self.assertEqual(names[3:6], ["Set status", "Convert", "Add to campaign"])
        self.assertEqual(names[-1], "Delete")

    def test_no_operation_is_there_twice(self):
        """For example Mark Lost, which is the status Dead."""
        twice = {
            self.env.ref("crm.crm_lead_lost_action").id,
            self.env.ref("crm.action_crm_send_mass_convert").id,
        }
        for user in (self.user_sales_salesman, self.user_sales_manager):
            for kind in ("list", "kanban", "form"):
                shown = [a for a in self.get_menu(user, kind) if a["lead_rank"]]
                self.assertFalse(twice & {action["id"] for action in shown})
                names = [action["name"].casefold() for action in shown]
                self.assertEqual(len(names), len(set(names)))

    def test_what_is_done_with_a_selection_fits_beside_it(self):
        """Dead, Claim and To queue; all else is in the menu."""
        view = self.env.ref("crm.crm_case_tree_view_leads")
        arch = etree.fromstring(self.env["crm.lead"].get_view(view.id)["arch"])
        names = [
            button.get("name")
            for button in arch.iterfind("header/button")
            if button.get("display") != "always"
            and button.get("invisible") not in ("1", "True")
        ]
        self.assertEqual(len(names), 3, names)

    def test_opportunities_keep_native_s_actions(self):
        menu = {action["id"] for action in self.get_menu(self.user_sales_manager)}
        self.assertIn(self.env.ref("crm.crm_lead_lost_action").id, menu)

    def test_what_is_shared_stays_as_it_is(self):
        self.get_menu(self.user_sales_manager)
        bindings = self.env["ir.actions.actions"].get_bindings("crm.lead")
        self.assertFalse(any("lead_rank" in action for action in bindings["action"]))


@tagged("post_install", "-at_install", "lead_screens")
class TestQueueScreens(TestQueueCommon):
    def create_queue(self, name, **values):
        return self.env["crm.lead.queue"].create({"name": name, **values})

    def test_a_queue_without_members_says_so(self):
        queue = self.create_queue("Lonely")
        self.assertTrue(queue.is_lonely)
        self.assertFalse(self.queue.is_lonely)
        rule = self.env["crm.lead.assignment.rule"].create(
            {
                "name": "Into it",
                "active": False,
                "entry_ids": [
                    Command.create(
                        {"name": "All", "target": "queue", "queue_id": queue.id}
                    )
                ],
            }
        )
        self.assertIn("Lonely", rule.warning)
        self.assertFalse(rule.entry_ids.problem)
        queue.member_user_ids = self.member
        self.assertFalse(queue.is_lonely)
        self.assertFalse(rule.warning)

    def test_two_queues_of_one_name_are_refused(self):
        for name in ("Fair enquiries", "fair  ENQUIRIES "):
            with self.assertRaisesRegex(ValidationError, "Fair enquiries"):
                self.create_queue(name)
        first = self.create_queue("Fairs")
        archived = self.create_queue("Fairs", active=False)
        with self.assertRaises(ValidationError):
            archived.active = True
        first.active = False
        archived.active = True

    def test_queues_of_two_companies_are_told_apart(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        companies = self.env.company | company_b
        queues = self.env["crm.lead.queue"].create(
            [{"name": "Inbound", "company_id": company.id} for company in companies]
        )
        several = queues.with_context(allowed_company_ids=companies.ids)
        self.assertEqual(len(set(several.mapped("display_name"))), 2)
        one = queues[0].with_context(allowed_company_ids=self.env.company.ids)
        self.assertEqual(one.display_name, "Inbound")


@tagged("post_install", "-at_install", "lead_screens")
class TestRuleScreens(TestLeadManagementCommon):
    def test_entries_show_their_criteria_in_words(self):
        rule = self.env["crm.lead.assignment.rule"].create(
            {
                "name": "Rule",
                "active": False,
                "entry_ids": [
                    Command.create(
                        {
                            "name": name,
                            "user_id": self.user_sales_salesman.id,
                            "domain": domain,
                        }
                    )
                    for name, domain in (
                        ("Big", "[('expected_revenue', '>', 3980000000)]"),
                        ("Starred", "[('stars', 'in', ['4', '5'])]"),
                        ("Rest", "[]"),
                    )
                ],
            }
        )
        big, starred, rest = rule.entry_ids.mapped("criteria")
        self.assertRegex(big, r"3\D980\D000\D000")
        self.assertIn("4 stars", starred)
        self.assertEqual(rest, "every lead")
        test = self.env["crm.lead.assignment.test"].create(
            {"lead_id": self.lead_own.id, "rule_id": rule.id}
        )
        self.assertIn("4 stars", test.result)
        self.assertIn("every lead", test.result)

    def test_availability_lists_everybody_who_sells(self):
        seller = new_test_user(self.env, "new_seller", "sales_team.group_sale_salesman")
        employee = new_test_user(self.env, "no_seller", "base.group_user")
        assignees = self.env["crm.lead.assignee"].with_user(self.user_sales_manager)
        action = assignees.action_open_availability()
        self.assertEqual(action["res_model"], "crm.lead.assignee")
        listed = assignees.search([]).user_id
        self.assertIn(seller, listed)
        self.assertNotIn(employee, listed)
        assignees.action_open_availability()  # again: nobody is there twice
        with self.assertRaises(AccessError):
            assignees.with_user(self.user_sales_salesman).action_open_availability()

    def test_shipped_star_rules_are_what_the_editor_of_filters_shows(self):
        """It takes “is set” of a date, and nothing else of them, for a mistake."""
        for xml_id in ("pricing_request", "demo", "no_intent"):
            rule = self.env.ref(f"lead_management.crm_lead_star_rule_{xml_id}")
            for condition in rule._parse_domain().iter_conditions():
                field = self.env["crm.lead"]._fields[condition.field_expr]
                self.assertFalse(field.type == "date" and condition.value is False)


@tagged("post_install", "-at_install", "lead_screens")
class TestSettingsScreens(TestLeadManagementCommon):
    def test_weights_show_the_share_they_count(self):
        """For example 90 and four times 20, which are not 100 together."""
        with Form(self.env["res.config.settings"]) as form:
            form.lead_bant_weight_contact = 90
            for name in ("need", "budget", "authority", "timing"):
                setattr(form, f"lead_bant_weight_{name}", 20)
            self.assertAlmostEqual(form.lead_bant_share_contact, 90 / 170)
            self.assertAlmostEqual(form.lead_bant_share_timing, 20 / 170)

    def test_every_field_of_the_settings_is_explained(self):
        view = self.env.ref("lead_management.res_config_settings_view_form")
        arch = etree.fromstring(
            self.env["res.config.settings"].get_view(view.inherit_id.id, "form")["arch"]
        )
        settings = self.env["res.config.settings"]._fields
        for node in arch.xpath("//block[@name='lead_management']//field"):
            name = node.get("name")
            setting = next(node.iterancestors("setting"))
            explained = (
                setting.get("help")
                or setting.xpath(".//div[contains(@class, 'text-muted')]")
                or settings[name].help
            )
            self.assertTrue(explained, name)


@tagged("post_install", "-at_install", "lead_screens")
class TestSourceNames(TestLeadManagementCommon):
    """Sources have one name for all users: that of the database's main language."""

    german = {"utm_source_call": "Anruf"}

    def test_sources_are_named_in_the_main_language(self):
        source = self.env.ref("lead_management.utm_source_call")
        source.name = "Call"
        with patch.object(shipped, "_get_source_names", return_value=self.german):
            shipped.name_sources(self.env)
            self.assertEqual(source.name, "Anruf")
            shipped.name_sources(self.env)
            self.assertEqual(source.name, "Anruf")

    def test_what_somebody_named_stays(self):
        source = self.env.ref("lead_management.utm_source_call")
        source.name = "Phone call"
        with patch.object(shipped, "_get_source_names", return_value=self.german):
            shipped.name_sources(self.env)
        self.assertEqual(source.name, "Phone call")

    def test_source_of_that_name_is_adopted(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "lead_management"), ("name", "=", "utm_source_call")]
        )
        data.unlink()
        mine = self.env["utm.source"].create({"name": "Anruf"})
        with patch.object(shipped, "_get_source_names", return_value=self.german):
            self.assertEqual(shipped._find_shipped(self.env)["utm_source_call"], mine)

    def test_english_stays_english(self):
        self.env.company.search([], order="id", limit=1).partner_id.lang = "en_US"
        self.assertEqual(
            shipped._get_source_names(self.env), shipped.SHIPPED_RECORDS["utm.source"]
        )


@tagged("post_install", "-at_install", "lead_screens", "lead_tours")
class TestTourScreens(TestLeadManagementCommon, HttpCase):
    def test_keyboard_and_new_lead_on_home(self):
        self.user_sales_salesman.password = "user_sales_salesman"
        self.env["res.partner"].create(
            {"name": "Quasar Kites GmbH", "is_company": True}
        )
        self.start_tour(
            "/odoo/lead-home", "lead_home_keyboard", login="user_sales_salesman"
        )
        lead = self.env["crm.lead"].search([("contact_name", "=", "Ann Quasar")])
        self.assertEqual(lead.partner_name, "Quasar Kites GmbH")
        self.assertEqual(lead.account_id.name, "Quasar Kites GmbH")
        self.assertEqual(lead.email_from, "ann@quasar.example")
        self.assertEqual(lead.stars, "3")
