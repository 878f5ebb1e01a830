from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import TestLeadManagementCommon
from .test_lead_rating import TestLeadRatingCommon


@tagged("post_install", "-at_install", "lead_rating")
class TestStarRules(TestLeadRatingCommon):
    @users("user_sales_salesman")
    def test_first_rule_met_gives_the_stars(self):
        both, german, neither = self._create_leads(
            {"country_id": self.country_de.id, "tag_ids": self.tag_hot.ids},
            {"country_id": self.country_de.id},
            {"country_id": self.country_us.id},
        )
        self.assertEqual(both.stars, "4")
        self.assertEqual(german.stars, "2")
        self.assertEqual(neither.stars, "0")
        self.assertFalse((both | german | neither).filtered("stars_manual"))

    def test_a_rule_tells_its_filter_in_words(self):
        self.assertIn("DE", self.rule_german.criteria)
        self.rule_german.domain = "[]"
        self.assertEqual(self.rule_german.criteria, "every lead")
        broken = self.rule_german.new({"domain": "[('gone', '=', 1)]"})
        self.assertEqual(broken.criteria, "gone is 1")

    def test_order_of_the_rules_decides(self):
        self.rule_german.sequence = self.rule_hot.sequence - 1
        lead = self._create_leads(
            {"country_id": self.country_de.id, "tag_ids": self.tag_hot.ids}
        )
        self.assertEqual(lead.stars, "2")

    @users("user_sales_salesman")
    def test_stars_follow_a_change_of_a_field_used(self):
        lead = self._create_leads({"country_id": self.country_us.id})
        lead.country_id = self.country_de
        self.assertEqual(lead.stars, "2")
        lead.tag_ids = self.tag_hot
        self.assertEqual(lead.stars, "4")
        lead.write({"tag_ids": False, "country_id": False})
        self.assertEqual(lead.stars, "0")

    def test_rules_run_when_a_used_field_is_computed_from_the_one_written(self):
        german = self.env["res.partner"].create(
            {"name": "Hans", "country_id": self.country_de.id}
        )
        lead = self._create_leads({})
        lead.partner_id = german
        self.assertEqual(lead.country_id, self.country_de)
        self.assertEqual(lead.stars, "2")

    def test_rules_do_not_run_when_other_fields_are_written(self):
        lead = self._create_leads({"country_id": self.country_de.id})
        self.rule_german.stars = "3"
        lead.write({"city": "Berlin", "bant_need": "yes"})
        self.assertEqual(lead.stars, "2")

    def test_changed_rules_are_used_at_once(self):
        lead = self._create_leads({"city": "Berlin"})
        self.assertEqual(lead.stars, "0")
        self._create_rule("Berliner", [("city", "=", "Potsdam")], "5")
        lead.city = "Potsdam"
        self.assertEqual(lead.stars, "5")

    def test_archived_rule_rates_nothing_whoever_asks_first(self):
        self.rule_german.active = False
        leads = self.env["crm.lead"].with_context(active_test=False)
        lead = leads.create({"name": "First", "country_id": self.country_de.id})
        self.assertEqual(lead.stars, "0")
        self.assertEqual(
            self._create_leads({"country_id": self.country_de.id}).stars, "0"
        )

    @users("user_sales_salesman")
    def test_salesman_who_gives_a_lead_away_leaves_it_rated(self):
        self._create_rule("Leader's", [("user_id", "=", self.user_sales_leads.id)], "3")
        lead = self._create_leads({})
        lead.user_id = self.user_sales_leads
        self.assertEqual(lead.sudo().stars, "3")

    def test_opportunities_are_not_rated(self):
        opportunity = self._create_leads(
            {"type": "opportunity", "country_id": self.country_de.id}
        )
        self.assertEqual(opportunity.stars, "0")
        opportunity.tag_ids = self.tag_hot
        self.assertEqual(opportunity.stars, "0")
        opportunity.type = "lead"
        self.assertEqual(opportunity.stars, "4")

    def test_rule_of_a_company_rates_only_its_leads(self):
        company = self.env["res.company"].create({"name": "Theirs"})
        self._create_rule("Theirs", [], "5", company_id=company.id)
        theirs, ours, shared = self._create_leads(
            {"company_id": company.id, "user_id": False, "team_id": False},
            {"company_id": self.company_main.id, "user_id": False, "team_id": False},
            {"company_id": False, "user_id": False, "team_id": False},
        )
        self.assertEqual(theirs.stars, "5")
        self.assertEqual((ours | shared).mapped("stars"), ["0", "0"])
        rules = self.env["crm.lead.star.rule"].with_user(self.user_sales_manager)
        self.assertNotIn("Theirs", rules.search([]).mapped("name"))

    def test_broken_rule_never_keeps_a_lead_from_being_saved(self):
        self.rule_hot.flush_recordset()
        self.env.cr.execute(
            "UPDATE crm_lead_star_rule SET domain = %s WHERE id = %s",
            ["[('gone_field', '=', 1)]", self.rule_hot.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        with mute_logger("odoo.addons.lead_management.models.lead_domain_mixin"):
            lead = self._create_leads({"country_id": self.country_de.id})
        self.assertEqual(lead.stars, "2")

    def test_batch_has_the_rules_of_its_leads_one_by_one(self):
        company = self.env["res.company"].create({"name": "Theirs"})
        self._create_rule("Theirs", [], "5", company_id=company.id, sequence=1)
        leads = self._create_leads(
            *(
                {"country_id": country.id, "tag_ids": tags.ids, "company_id": owner}
                for country in (self.country_de, self.country_us)
                for tags in (self.tag_hot, self.tag_hot.browse())
                for owner in (company.id, False)
            )
        )
        rules = self.env["crm.lead.star.rule"]
        together = rules._find_rules(leads)
        self.assertEqual(
            together, {lead: rules._find_rules(lead)[lead] for lead in leads}
        )
        self.assertEqual(
            {rule.gives if rule else "0" for rule in together.values()},
            {"5", "4", "2", "0"},
        )

    def test_rating_a_batch_takes_no_query_per_lead(self):
        def count_queries(size):
            leads = self._create_leads(
                *({"country_id": self.country_us.id} for _n in range(size))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            leads.mapped("country_id.code")
            before = self.env.cr.sql_log_count
            leads.sudo().with_context(mail_notrack=True)._apply_star_rules()
            return self.env.cr.sql_log_count - before

        self.assertEqual(count_queries(200), count_queries(10))

    def test_writing_an_unused_field_asks_no_rule(self):
        lead = self._create_leads({})
        self.env.flush_all()
        lead.city = "Rome"
        self.env.flush_all()
        with self.assertQueryCount(2):
            # The update, and the stamp of the last writer on it
            lead.city = "Berlin"
            self.env.flush_all()


@tagged("post_install", "-at_install", "lead_rating")
class TestApplyToAll(TestLeadRatingCommon):
    def test_button_rates_open_leads_and_leaves_the_others(self):
        self.env["crm.lead"].search([]).write({"stars_manual": True})
        rated, by_hand, lost = self._create_leads(
            {"country_id": self.country_de.id},
            {"country_id": self.country_de.id, "stars": "1"},
            {"country_id": self.country_de.id},
        )
        lost.action_set_lost()
        rules = self.env["crm.lead.star.rule"].with_user(self.user_sales_manager)
        self.rule_german.stars = "3"
        action = rules.action_apply_to_all()
        self.assertEqual(rated.stars, "3")
        self.assertEqual(by_hand.stars, "1")
        self.assertEqual(lost.stars, "2")
        self.assertIn("1 of ", action["params"]["message"])

    @users("user_sales_manager")
    def test_button_leaves_other_companies_alone(self):
        # By somebody else, as who makes a company may work for it.
        companies = self.env["res.company"].with_user(SUPERUSER_ID)
        other = companies.create({"name": "Other"}).with_env(self.env)
        lead = self._create_leads({"country_id": self.country_de.id})
        lead.sudo().write({"team_id": False, "user_id": False})
        lead.sudo().company_id = other
        self.assertEqual(lead.sudo().company_id, other)
        self.rule_german.stars = "3"
        self.env["crm.lead.star.rule"].action_apply_to_all()
        self.assertEqual(lead.sudo().stars, "2")

    def test_button_writes_nothing_in_the_chatter(self):
        lead = self._create_leads({"country_id": self.country_de.id})
        self.flush_tracking()
        before = lead.message_ids
        self.rule_german.stars = "3"
        self.env["crm.lead.star.rule"].action_apply_to_all()
        self.flush_tracking()
        self.assertEqual(lead.message_ids, before)

    @users("user_sales_salesman")
    def test_button_is_the_managers(self):
        with self.assertRaises(AccessError):
            self.env["crm.lead.star.rule"].action_apply_to_all()


@tagged("post_install", "-at_install", "lead_rating")
class TestStarRuleDomains(TestLeadRatingCommon):
    def assertRefused(self, domain, reason):
        with self.assertRaises(ValidationError) as caught:
            self.rule_hot.domain = domain
        self.assertIn("Hot", str(caught.exception))
        self.assertIn(reason, str(caught.exception))

    def test_text_that_is_no_domain_is_refused(self):
        for domain in ("[('city'", "5", "city = 'Berlin'", "[('user_id', '=', uid)]"):
            with self.subTest(domain=domain):
                self.assertRefused(domain, "it isn't a list of conditions")

    def test_unknown_field_is_refused(self):
        self.assertRefused("[('colour', '=', 1)]", "colour")
        self.assertRefused("[('tag_ids.colour', '=', 1)]", "colour")

    def test_wrong_type_is_refused(self):
        self.assertRefused("[('expected_revenue', '>', 'much')]", "much")
        self.assertRefused("[('quote_deadline', '>', 'soonish')]", "soonish")

    def test_unknown_operator_is_refused(self):
        self.assertRefused("[('city', 'near', 'Berlin')]", "near")

    @users("user_sales_manager")
    def test_field_of_others_is_refused(self):
        rule = self.rule_hot.with_env(self.env)
        with self.assertRaisesRegex(ValidationError, "totp_last_counter"):
            rule.domain = "[('user_id.totp_last_counter', '>', 5)]"

    def test_new_rule_is_checked_too(self):
        with self.assertRaises(ValidationError):
            self._create_rule("Wrong", [("colour", "=", 1)], "5")

    def test_usual_domains_are_accepted(self):
        for domain in (
            [],
            [("quote_deadline", ">=", "today")],
            ["|", ("city", "ilike", "ber"), "!", ("tag_ids.name", "=", "Hot")],
            [("country_id", "=", "Germany"), ("expected_revenue", ">", 1000)],
            [("is_qualified", "=", True), ("in_target_region", "=", False)],
        ):
            with self.subTest(domain=domain):
                self.rule_hot.domain = repr(domain)
                self._create_leads({})

    @users("user_sales_salesman")
    def test_salesman_reads_rules_and_changes_none(self):
        rule = self.rule_hot.with_env(self.env)
        self.assertEqual(rule.name, "Hot")
        with self.assertRaises(AccessError):
            rule.stars = "1"

    @users("user_sales_manager")
    def test_manager_changes_rules(self):
        self.rule_hot.with_env(self.env).write({"stars": "1", "sequence": 99})
        self.assertEqual(self.rule_hot.stars, "1")


@tagged("post_install", "-at_install", "lead_rating")
class TestShippedStarRules(TestLeadManagementCommon):
    def test_shipped_rules_follow_the_tips(self):
        home = self.env.ref("base.us")
        self.env["ir.config_parameter"].set_param(
            "lead_management.target_country_group_id",
            self.env["res.country.group"]
            .create({"name": "Home", "country_ids": home.ids})
            .id,
        )
        tag_ids = {
            name: self.env.ref(f"lead_management.crm_tag_{name}").ids
            for name in ("pricing_request", "demo", "no_intent")
        }
        cases = [
            ("5", {"country_id": home.id, "quote_deadline": "2030-01-01"}),
            ("5", {"country_id": home.id, "tag_ids": tag_ids["pricing_request"]}),
            ("0", {"tag_ids": tag_ids["pricing_request"]}),
            ("3", {"tag_ids": tag_ids["demo"]}),
            ("3", {"tag_ids": tag_ids["demo"] + tag_ids["no_intent"]}),
            ("1", {"country_id": home.id, "tag_ids": tag_ids["no_intent"]}),
            ("0", {"country_id": home.id}),
        ]
        leads = self.env["crm.lead"].create(
            [{"name": "Tip", "type": "lead", **vals} for _stars, vals in cases]
        )
        self.assertEqual(leads.mapped("stars"), [stars for stars, _vals in cases])
