from datetime import timedelta

from odoo.tests import tagged, users

from .common import ScoreCase


@tagged("post_install", "-at_install", "lead_score")
class TestScoreUse(ScoreCase):
    """Rules and people ask for the scores."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rules = cls.env["crm.lead.star.rule"]
        rules.search([]).active = False
        rules.create(
            [
                {
                    "name": "Fits",
                    "domain": "[('score_fit', '>=', 20)]",
                    "stars": "4",
                    "sequence": 2,
                },
                {
                    "name": "Engaged",
                    "domain": "[('score_engagement', '>=', 8)]",
                    "stars": "5",
                    "sequence": 1,
                },
            ]
        )

    @users("user_sales_salesman")
    def test_stars_follow_the_scores(self):
        lead = self._create_lead(
            self.env.user, partner_name="Rational", country_id=self.germany.id
        )
        self.assertEqual(lead.stars, "4")
        self._receive(lead.sudo())
        self._count(lead)
        self.assertEqual(lead.stars, "5")
        self.rule_email.sudo().half_life = 1
        self.env["mail.message"].sudo().search(
            [("res_id", "=", lead.id), ("model", "=", "crm.lead")]
        ).date = "2020-01-01"
        self._count(lead)
        lead.country_id = False
        self.assertEqual(lead.stars, "0")

    @users("user_sales_salesman")
    def test_parts_say_what_the_scores_are_made_of(self):
        lead = self._create_lead(
            self.env.user,
            contact_name="Jane",
            partner_name=False,
            country_id=self.germany.id,
        )
        self._receive(lead.sudo(), days=10, number=2)
        self._count(lead)
        parts = lead.get_score_parts()
        self.assertEqual(parts["fit"]["points"], 15)
        self.assertEqual(
            [(part["name"], part["points"]) for part in parts["fit"]["parts"]],
            [("German", "+20"), ("Without a company", "-5")],
        )
        [email] = parts["engagement"]["parts"]
        self.assertEqual((email["name"], email["points"]), ("Email received", "+8.0"))
        self.assertIn("2 times", email["note"])
        told = {
            kind: lead._tell_decision(kind, again[0].code, again[0].told)
            for kind in ("fit", "engagement")
            if (again := lead._decide_again(kind))
        }
        self.assertIn("+20 German\n-5 Without a company", told["fit"])
        self.assertIn("+8.0 Email received (2 times", told["engagement"])

    def test_closed_leads_say_what_their_score_was_made_of(self):
        self.env["res.lang"]._activate_lang("de_DE")
        lead = self._create_lead(self.user_sales_salesman)
        self._receive(lead, days=20)
        lead.action_set_lost(lost_reason_id=self.lost_reason.id)
        lead.date_closed -= timedelta(days=10)
        for lang, points in (("en_US", "+4.0"), ("de_DE", "+4,0")):
            parts = lead.with_context(lang=lang).get_score_parts()
            [email] = parts["engagement"]["parts"]
            self.assertEqual(email["points"], points)

    def test_nothing_is_said_of_opportunities(self):
        self.lead_own.convert_opportunity(False)
        self.assertFalse(self.lead_own.get_score_parts()["fit"]["parts"])
        self.assertFalse(self.lead_own._decide_again("engagement"))
