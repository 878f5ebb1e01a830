from odoo.tests import HttpCase, tagged

from .common import ScoreCase


@tagged("post_install", "-at_install", "lead_tours", "is_tour")
class TestTourScore(ScoreCase, HttpCase):
    """A manager says who fits, and sees on a lead what the scores are made of."""

    def test_manager_makes_a_rule_and_sees_what_it_gives(self):
        self.env["ir.config_parameter"].set_param(
            "lead_management.score_needed", "99999"
        )
        lead = self._create_lead(self.user_sales_manager, partner_name="Rational")
        self._receive(lead)
        self._count(lead)
        self.start_tour(
            "/odoo/lead-fit-rules", "lead_score_fit_rule", login="user_sales_manager"
        )
        self.assertEqual(lead.score_fit, 40)
        self.start_tour(
            f"/odoo/action-crm.crm_lead_all_leads/{lead.id}",
            "lead_score_parts",
            login="user_sales_manager",
        )
