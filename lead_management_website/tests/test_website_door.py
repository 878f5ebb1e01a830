from odoo.tests import HttpCase, tagged

from odoo.addons.lead_management_assignment.tests.test_assignment_rule import (
    TestAssignmentCommon,
)


@tagged("post_install", "-at_install", "lead_assignment")
class TestWebsiteDoor(HttpCase, TestAssignmentCommon):
    """Leads of the website's forms ask the rules as they come in, if told to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_entry("Acme", [("partner_name", "=", "Acme")], user=cls.anna)
        cls.team = cls.env["crm.team"].create({"name": "Website", "use_leads": True})
        cls.env["website"].search([]).write(
            {"crm_default_user_id": cls.bert.id, "crm_default_team_id": cls.team.id}
        )

    def _post(self, **values):
        """Send the form as a visitor does."""
        answer = self.url_open(
            "/website/form/crm.lead",
            data={
                "name": "Please call me",
                "contact_name": "Wile",
                "email_from": "wile@example.com",
                **values,
            },
        )
        answer.raise_for_status()
        return self.env["crm.lead"].browse(answer.json()["id"])

    def test_a_closed_door_leaves_the_lead_with_the_salesperson_of_the_website(self):
        lead = self._post(partner_name="Acme")
        self.assertEqual(lead.user_id, self.bert)
        self.assertFalse(lead.assignment_entry_id)

    def test_the_rules_get_the_lead_first(self):
        self.rule.assign_website = True
        lead = self._post(partner_name="Acme")
        self.assertEqual(lead.user_id, self.anna)
        self.assertEqual(lead.assignment_entry_id.name, "Acme")
        self.assertNotIn(
            self.bert.name, "".join(lead.message_ids.mapped("body")), "Never Bert’s"
        )

    def test_the_website_s_salesperson_gets_what_nobody_gets_by_the_rules(self):
        self.rule.assign_website = True
        self.assertEqual(self._post(partner_name="Unknown").user_id, self.bert)

    def test_an_opportunity_is_none_of_the_rules_business(self):
        self.rule.assign_website = True
        self.team.use_leads = False
        lead = self._post(partner_name="Acme")
        self.assertEqual((lead.type, lead.user_id), ("opportunity", self.bert))
