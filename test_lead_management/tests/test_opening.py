from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.lead_management_assignment.tests.common_queue import TestQueueCommon


@tagged("post_install", "-at_install", "lead_screens")
class TestOpening(TestQueueCommon):
    """Buttons with a number open what was counted."""

    def _list(self, action):
        """Return the records of a list that a button opens."""
        context = action["context"]
        if isinstance(context, str):
            context = safe_eval(context)
        model = self.env[action["res_model"]].with_context(**context)
        for view_id, kind in action["views"]:
            model.get_view(view_id, kind)
        return model.search(action["domain"])

    def _create_rule(self):
        entry = {"name": "All", "target": "user", "domain": "[]"}
        entry["user_id"] = self.user_sales_leads.id
        return self.env["crm.lead.assignment.rule"].create(
            {"name": "Counted", "active": False, "entry_ids": [(0, 0, entry)]}
        )

    def test_queue_opens_the_leads_to_claim(self):
        action = self.queue.with_user(self.member).action_open_leads()
        self.assertEqual(action["name"], "Fair enquiries")
        leads = self.env["crm.lead"].with_user(self.member).search(action["domain"])
        self.assertEqual(leads, self.lead_queued)

    def test_rule_opens_the_leads_that_it_gave_out(self):
        rule = self._create_rule()
        self.assertFalse(self._list(rule.action_open_assigned()))
        lead = self._create_lead(self.user_sales_salesman)
        lead._as_system().write(
            {
                "assignment_entry_id": rule.entry_ids.id,
                "assignment_date": self.env.cr.now(),
            }
        )
        self.assertEqual(self._list(rule.action_open_assigned()), lead)

    def test_selected_leads_go_where_the_rules_say(self):
        self.env["crm.lead.assignment.rule"].search([]).active = False
        self.env.flush_all()  # a company has one active rule at a time
        self._create_rule().active = True
        run = self.env.ref("lead_management_assignment.crm_lead_action_assign_by_rules")
        leads = self.lead_queued | self.lead_own
        told = run.with_user(self.user_sales_manager).with_context(
            active_model="crm.lead", active_ids=leads.ids
        )
        self.assertIn("2", told.run()["params"]["message"])
        self.assertEqual(leads.user_id, self.user_sales_leads)

    def test_rule_opens_its_simulations(self):
        rule = self._create_rule()
        self.assertFalse(self._list(rule.action_open_simulations()))

    def test_campaign_opens_its_members(self):
        campaign = self.env["utm.campaign"].create({"title": "Fair"})
        member = self.lead_own._add_to_campaign(campaign)
        self.assertEqual(self._list(campaign.action_open_members()), member)

    def test_form_opens_its_page_and_what_was_sent(self):
        form = self.env["crm.lead.capture.form"].create({"name": "Contact"})
        self.assertIn(form.token, form.action_open_page()["url"])
        self.assertFalse(self._list(form.action_open_submissions()))
        search = self.env["crm.lead.capture.submission"].get_view(view_type="search")
        for name in ("failed", "lead", "quarantine", "waiting"):
            action = form.with_context(state_filter=name).action_open_submissions()
            self.assertEqual(action["context"], {f"search_default_{name}": 1})
            self.assertIn(f'<filter name="{name}"', search["arch"])

    def test_purpose_and_goal_open_what_came_of_them(self):
        purpose = self.env["crm.lead.consent.purpose"].create(
            {"name": "News", "text": "Send me news."}
        )
        self.assertFalse(self._list(purpose.action_open_states()))
        goal = self.env["crm.lead.ad.goal"].create(
            {
                "name": "Qualified",
                "status_ids": self.status_recycled.ids,
                "purpose_id": purpose.id,
            }
        )
        self.assertEqual(goal.action_send()["tag"], "soft_reload")
        self.assertFalse(self._list(goal.action_open_conversions()))

    def test_lead_and_ledger_open_the_result(self):
        lead = self.lead_own.with_user(self.user_sales_salesman)
        self.assertFalse(lead.action_open_conversion_result())
        lead.convert_lead("opportunity")
        for action in (
            lead.action_open_conversion_result(),
            lead.conversion_id.action_open_result(),
        ):
            found = self.env[action["res_model"]].browse(action["res_id"])
            self.assertEqual(found, lead.conversion_id.opportunity_id)
