import random
from datetime import timedelta
from itertools import pairwise
from math import exp, log

from odoo.exceptions import AccessError
from odoo.fields import Datetime
from odoo.tests import TransactionCase, new_test_user, tagged

from ..hooks import uninstall_hook
from ..tools import score_trial
from .common import ScoreCase


@tagged("post_install", "-at_install", "lead_score")
class TestScoreStatistics(TransactionCase):
    """Plain statistics, against what is known of them."""

    def test_area_is_the_share_of_pairs_in_order(self):
        cases = [(1, False), (2, True), (2, False), (3, True)]
        self.assertEqual(score_trial.get_area(cases), 3.5 / 4)
        self.assertEqual(score_trial.get_area([(1, True), (0, False)]), 1)
        self.assertIsNone(score_trial.get_area([(1, True)]))
        numbers = random.Random(1)
        cases = [(numbers.randint(0, 9), numbers.random() < 0.3) for _ in range(80)]
        pairs = [
            (good > bad) + (good == bad) / 2
            for good, is_good in cases
            for bad, is_other in cases
            if is_good and not is_other
        ]
        self.assertAlmostEqual(score_trial.get_area(cases), sum(pairs) / len(pairs))

    def test_bands_hold_all_and_tear_no_equals_apart(self):
        numbers = random.Random(2)
        cases = [(numbers.randint(0, 30), numbers.random() < 0.5) for _ in range(500)]
        bands = score_trial.get_bands(cases)
        self.assertEqual(len(bands), 5)
        self.assertEqual(sum(band.number for band in bands), 500)
        self.assertEqual(sum(band.good for band in bands), sum(c[1] for c in cases))
        for lower, upper in pairwise(bands):
            self.assertLess(lower.highest, upper.lowest)
        self.assertTrue(all(70 < band.number < 130 for band in bands))
        self.assertEqual(len(score_trial.get_bands([(3, True)] * 9)), 1)

    def test_regression_finds_what_made_the_cases(self):
        numbers = random.Random(3)
        rows = []
        for _row in range(6000):
            features = (
                float(numbers.random() < 0.3),
                float(numbers.random() < 0.5),
                round(2 * numbers.random(), 2),
            )
            odds = -1 + 1.2 * features[0] - 0.7 * features[1] + 0.5 * features[2]
            rows.append((features, numbers.random() < 1 / (1 + exp(-odds))))
        for found, made in zip(
            score_trial.fit_logistic(rows), (1.2, -0.7, 0.5), strict=True
        ):
            self.assertAlmostEqual(found, made, delta=0.15)
        # One that decides alone is worth much, and not endlessly much.
        rows = [((1.0,), True)] * 30 + [((0.0,), False)] * 30
        self.assertLess(score_trial.fit_logistic(rows)[0], 10)
        self.assertEqual(score_trial.get_points(log(2)), 10)
        # Where nobody meets a rule, everybody does, or all cases end alike
        rows = [((0.0, 1.0), index % 2 == 0) for index in range(20)]
        for found in score_trial.fit_logistic(rows):
            self.assertAlmostEqual(found, 0)
        [found] = score_trial.fit_logistic([((float(n % 2),), True) for n in range(9)])
        self.assertAlmostEqual(found, 0, places=3)
        self.assertEqual(score_trial.get_points(-500.0), -1000)

    def test_differences_of_few_are_not_certain(self):
        self.assertLess(abs(score_trial.get_certainty(2, 3, 1, 3)), 1.96)
        self.assertGreater(score_trial.get_certainty(60, 100, 30, 100), 1.96)
        self.assertEqual(score_trial.get_certainty(0, 0, 1, 3), 0)


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
