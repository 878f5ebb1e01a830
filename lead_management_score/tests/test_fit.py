from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import ScoreCase


@tagged("post_install", "-at_install", "lead_score")
class TestFit(ScoreCase):
    """The points of all rules that a lead meets add up."""

    @users("user_sales_salesman")
    def test_points_add_up_and_follow_the_fields(self):
        lead = self._create_lead(
            self.env.user,
            contact_name="Jane",
            partner_name=False,
            country_id=self.germany.id,
        )
        self.assertEqual(lead.score_fit, 15)
        lead.partner_name = "Rational"
        self.assertEqual(lead.score_fit, 20)
        lead.country_id = False
        self.assertEqual(lead.score_fit, 0)

    def test_many_are_as_each_one(self):
        values = [
            {"name": f"Lead {index}", "type": "lead", "country_id": country}
            | ({"partner_name": "Rational"} if index % 3 else {})
            for index in range(6)
            for country in (False, self.germany.id)
        ]
        together = self.env["crm.lead"].create(values)
        alone = [self.env["crm.lead"].create(vals) for vals in values]
        self.assertEqual(
            together.mapped("score_fit"), [lead.score_fit for lead in alone]
        )

    def test_creation_costs_the_same_for_many(self):
        def count(number):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["crm.lead"].create(
                [
                    {
                        "name": f"Lead {index}",
                        "type": "lead",
                        "country_id": self.germany.id,
                    }
                    for index in range(number)
                ]
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(2)
        few, many = count(5), count(40)
        (self.rule_german + self.rule_private).active = False
        count(2)
        self.assertLessEqual(many - count(40), few - count(5))
        self.assertLessEqual(many - count(40), 4)

    def test_rules_of_a_company_count_for_its_leads(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.rule_german.company_id = company
        here, there = self.env["crm.lead"].create(
            [
                {
                    "name": "Lead",
                    "type": "lead",
                    "partner_name": "Rational",
                    "country_id": self.germany.id,
                    "company_id": company_id,
                    "team_id": False,
                    "user_id": False,
                }
                for company_id in (self.company_main.id, company.id)
            ]
        )
        self.assertEqual((here.score_fit, there.score_fit), (0, 20))
        rules = self.env["crm.lead.fit.rule"].with_user(self.user_sales_manager)
        self.assertNotIn(self.rule_german, rules.search([]))

    def test_changed_rules_reach_leads_by_the_button(self):
        lead = self._create_lead(
            self.user_sales_salesman,
            partner_name="Rational",
            country_id=self.germany.id,
        )
        rules = self.rule_german.with_user(self.user_sales_manager)
        rules.points = 30
        self.assertEqual(lead.score_fit, 20)
        rules.action_apply_to_all()
        self.assertEqual(lead.score_fit, 30)
        with self.assertRaises(AccessError):
            self.rule_german.with_user(self.user_sales_salesman).action_apply_to_all()

    def test_opportunities_keep_what_they_had(self):
        lead = self._create_lead(
            self.user_sales_salesman,
            partner_name="Rational",
            country_id=self.germany.id,
        )
        lead.convert_opportunity(False)
        lead.country_id = False
        self.assertEqual(lead.score_fit, 20)

    def test_filters_that_cannot_be_used_are_refused(self):
        for domain, reason in (
            ("[('no_such_field', '=', 1)]", "no_such_field"),
            ("[('score_fit', '>', 1)]", "can't depend on a score"),
            # A star rule that asks for the fit would turn it round for ever.
            ("[('stars', '=', '5')]", "can't depend on a score"),
            ("nonsense", "list of conditions"),
        ):
            with self.assertRaisesRegex(ValidationError, reason):
                self.rule_german.domain = domain

    @mute_logger("odoo.addons.lead_management.models.lead_domain_mixin")
    def test_a_filter_that_broke_keeps_no_lead_from_being_saved(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead_fit_rule SET domain = %s WHERE id = %s",
            ["[('gone', '=', 1)]", self.rule_german.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        lead = self._create_lead(
            self.user_sales_salesman,
            contact_name="Jane",
            partner_name=False,
            country_id=self.germany.id,
        )
        self.assertEqual(lead.score_fit, -5)

    def test_points_that_make_no_sense_are_refused(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.rule_german.points = 10**6
            self.env.flush_all()
