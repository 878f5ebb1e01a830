from odoo.tests import tagged

from odoo.addons.lead_management_assignment.tests.test_assignment_rule import (
    TestAssignmentCommon,
)


@tagged("post_install", "-at_install", "lead_score")
class TestScoreInRules(TestAssignmentCommon):
    """Rules of other addons ask for the scores of a lead."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("fit.rule", "engagement.rule", "star.rule", "response.policy"):
            cls.env[f"crm.lead.{name}"].search([]).active = False
        cls.env.flush_all()
        cls.env["crm.lead.fit.rule"].create(
            {
                "name": "German",
                "domain": str([("country_id", "=", cls.country_de.id)]),
                "points": 30,
            }
        )
        cls.env["crm.lead.star.rule"].create(
            {"name": "Fits", "domain": "[('score_fit', '>=', 30)]", "stars": "5"}
        )
        cls.policy = cls.env["crm.lead.response.policy"].create(
            {"name": "Engaged", "domain": "[('score_engagement', '>=', 10)]"}
        )
        cls._create_entry("Best", [("stars", "=", "5")], user=cls.anna)
        cls._create_entry("Bad", [("score_fit", "<", 30)], user=cls.bert)

    def test_new_leads_have_their_fit_before_rules_ask_for_it(self):
        german, american = self.env["crm.lead"].create(
            [
                {
                    "name": "Lead",
                    "type": "lead",
                    "country_id": country.id,
                    "assign_by_rules": True,
                }
                for country in (self.country_de, self.country_us)
            ]
        )
        self.assertEqual((german.user_id, american.user_id), (self.anna, self.bert))

    def test_policies_follow_the_engagement(self):
        self.env["crm.lead.engagement.rule"].create({"kind": "email", "points": 10})
        lead = self._create_leads()
        self.env["mail.message"].create(
            {
                "model": "crm.lead",
                "res_id": lead.id,
                "message_type": "email",
                "author_id": False,
            }
        )
        self.assertFalse(lead.response_policy_id)
        changes = lead._find_engagement_changes([("id", "=", lead.id)])
        lead._write_engagement(changes)
        self.assertEqual(lead.response_policy_id, self.policy)
        kinds = [one["kind"] for one in lead.get_why()]
        self.assertIn("engagement", kinds)
