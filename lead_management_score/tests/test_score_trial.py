from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Datetime
from odoo.tests import new_test_user, tagged

from ..hooks import uninstall_hook
from .common import ScoreCase


@tagged("post_install", "-at_install", "lead_score")
class TestScoreTrial(ScoreCase):
    """Rules are tried on the leads that are closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # None of those that are there already
        cls.company = cls.env["res.company"].create({"name": "Tried"})
        cls.user_sales_manager.write(
            {"company_ids": [(4, cls.company.id)], "company_id": cls.company.id}
        )
        cls.env["crm.lead"].with_context(active_test=False).search(
            [("company_id", "=", False)]
        ).company_id = cls.company_main
        moment = Datetime.now() - timedelta(days=100)
        # 30 of 40 German leads were converted, 10 of 40 others
        cls.leads = cls.env["crm.lead"].create(
            [
                {
                    "name": f"Lead {index}",
                    "type": "lead",
                    "partner_name": "Rational",
                    "company_id": cls.company.id,
                    "country_id": cls.germany.id if index < 40 else False,
                    "team_id": False,
                    "user_id": False,
                }
                for index in range(80)
            ]
        )
        cls.env.flush_all()
        converted = cls.leads[:30] + cls.leads[40:50]
        cls.env.cr.execute(
            """
            UPDATE crm_lead
               SET status_id = CASE WHEN id = ANY(%s) THEN %s ELSE %s END,
                   date_conversion = %s, date_closed = %s, active = FALSE
             WHERE id = ANY(%s)
            """,
            [
                converted.ids,
                cls.status_converted.id,
                cls.status_dead.id,
                moment,
                moment,
                cls.leads.ids,
            ],
        )
        cls.env.invalidate_all()
        cls.converted = converted

    def _try(self, needed=20):
        self.env["ir.config_parameter"].set_param(
            "lead_management.score_needed", needed
        )
        trials = (
            self.env["crm.lead.score.trial"]
            .with_user(self.user_sales_manager)
            .with_company(self.company)
            .with_context(allowed_company_ids=self.company.ids)
        )
        return trials.browse(trials.action_try()["res_id"])

    def _get_line(self, trial, name):
        return trial.line_ids.filtered(lambda line: line.name == name)

    def test_a_rule_that_helps_is_told_from_one_that_does_not(self):
        trial = self._try()
        self.assertTrue(trial.is_enough)
        german = self._get_line(trial, "German")
        self.assertEqual((german.number, german.share), (40, 0.75))
        self.assertEqual((german.other_share, german.verdict), (0.25, "helps"))
        # The odds are nine times those of others: 10 · log2(9), less the penalty
        self.assertIn(german.suggested, range(22, 33))
        self.assertEqual(self._get_line(trial, "Without a company").verdict, "none")
        self.assertAlmostEqual(trial.fit_order, 0.75)
        self.assertEqual(sum(trial.band_ids.mapped("number")), 80)
        self.rule_german.points = -20
        self.assertEqual(self._get_line(self._try(), "German").verdict, "against")
        self.rule_german.points = 0
        self.assertEqual(self._get_line(self._try(), "German").verdict, "helps")

    def test_too_few_leads_allow_no_conclusion(self):
        trial = self._try(needed=200)
        self.assertIn("(80 of 200)", trial.remark)
        self.assertFalse(trial.is_enough)
        self.assertFalse(trial.band_ids)
        self.assertFalse(trial.line_ids.filtered("is_suggested"))
        trial.action_take_over()
        self.assertEqual(self.rule_german.points, 20)

    def test_what_came_after_closing_does_not_count(self):
        for lead in self.converted:
            self._receive(lead, days=90)
        email = self._get_line(self._try(), "Email received")
        self.assertEqual((email.number, email.verdict), (0, "none"))
        for lead in self.converted[:20]:
            self._receive(lead, days=101)
        email = self._get_line(self._try(), "Email received")
        self.assertEqual((email.number, email.share), (20, 1))
        self.assertEqual(email.verdict, "helps")

    def test_a_rule_on_what_closing_sets_is_not_tried(self):
        for domain in (
            [("status_id", "=", self.status_converted.id)],
            [("activity_state", "=", "overdue")],
        ):
            self.rule_private.domain = str(domain)
            line = self._get_line(self._try(), "Without a company")
            self.assertEqual((line.verdict, line.is_suggested), ("not_tried", False))

    def test_leads_whose_value_changed_since_are_left_out(self):
        self.rule_private.domain = "[('expected_revenue', '>', 100)]"
        lead = self.converted[0]
        self.flush_tracking()
        lead.expected_revenue = 500
        self.flush_tracking()
        trial = self._try()
        self.assertIn("79", trial.summary)
        self.assertIn("Left out", trial.remark)

    def test_a_rule_uses_what_its_fields_are_computed_from(self):
        self.rule_private.domain = "[('in_target_region', '=', True)]"
        used = self.env["crm.lead.score.trial"]._get_used_fields(self.rule_private)
        self.assertEqual(used, {"in_target_region", "country_id", "company_id"})

    def test_leads_whose_value_came_by_converting_are_left_out(self):
        contact = self.env["res.partner"].create(
            {"name": "Anna", "city": "Landsberg", "country_id": self.germany.id}
        )
        lead = self.env["crm.lead"].create(
            {
                "name": "Late",
                "type": "lead",
                "partner_name": "Rational",
                "company_id": self.company.id,
                "team_id": False,
                "user_id": False,
            }
        )
        self.flush_tracking()
        lead.convert_opportunity(contact)
        self.flush_tracking()
        self.assertEqual(lead.country_id, self.germany)
        trial = self._try()
        self.assertIn("Closed leads: 80.", trial.summary)
        self.assertIn("Left out", trial.remark)

    def test_suggested_points_are_taken_over(self):
        for lead in self.converted[:20]:
            self._receive(lead, days=101)
        trial = self._try()
        email = self._get_line(trial, "Email received")
        trial.action_take_over()
        german = self._get_line(trial, "German")
        self.assertEqual(self.rule_german.points, german.suggested)
        self.assertEqual(self.rule_email.points, email.suggested)
        self.assertEqual(self.rule_email.max_points, round(20 * email.suggested / 8))

    def test_limits_of_rules_stay_limits(self):
        trial = self._try(needed=200)
        line = self._get_line(trial, "Email received")
        line.is_suggested = True
        for points, suggested, most in ((100, 1, 1), (1, 1000, 10_000)):
            self.rule_email.write({"points": points, "max_points": 30})
            line.suggested = suggested
            trial.action_take_over()
            self.assertEqual(
                (self.rule_email.points, self.rule_email.max_points), (suggested, most)
            )
        # Nor is anything else written to, or what is gone.
        for model, record in (
            ("crm.lead", self.leads[0]),
            ("no.such.model", self.leads[0]),
        ):
            line.write({"rule_model": model, "rule_id": record.id, "suggested": 7})
            self.assertIn(": 0.", str(trial.action_take_over()))

    def test_a_trial_is_whose_it_is(self):
        trial = self._try()
        other = new_test_user(
            self.env,
            "other_manager",
            "sales_team.group_sale_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        for records in (trial, trial.band_ids, trial.line_ids):
            self.assertTrue(records.read(["display_name"]))
            with self.assertRaises(AccessError):
                records.with_user(other).read(["display_name"])

    def test_uninstalling_forgets_the_setting(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("lead_management.score_needed", "5")
        uninstall_hook(self.env)
        self.assertFalse(parameters.get_param("lead_management.score_needed"))

    def test_only_who_may_change_rules_tries_them(self):
        trials = self.env["crm.lead.score.trial"].with_user(self.user_sales_salesman)
        with self.assertRaises(AccessError):
            trials.action_try()
