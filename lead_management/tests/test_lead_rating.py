from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from .common import TestLeadManagementCommon


class TestLeadRatingCommon(TestLeadManagementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead.star.rule"].search([]).unlink()
        cls.country_de = cls.env.ref("base.de")
        cls.country_us = cls.env.ref("base.us")
        cls.tag_hot = cls.env["crm.tag"].create({"name": "Hot"})
        cls.rule_hot = cls._create_rule(
            "Hot", [("tag_ids", "in", cls.tag_hot.ids)], "4"
        )
        cls.rule_german = cls._create_rule(
            "German", [("country_id.code", "=", "DE")], "2"
        )

    @classmethod
    def _create_rule(cls, name, domain, stars, **values):
        return cls.env["crm.lead.star.rule"].create(
            {"name": name, "domain": repr(domain), "stars": stars, **values}
        )

    def _create_leads(self, *vals_list):
        return self.env["crm.lead"].create(
            [{"name": "Rated", "type": "lead", **vals} for vals in vals_list]
        )


@tagged("post_install", "-at_install", "lead_rating")
class TestStarsByHand(TestLeadRatingCommon):
    @users("user_sales_salesman")
    def test_native_priority_gives_as_many_stars(self):
        """It is what other apps and imports know, and no form of leads shows it."""
        leads = self._create_leads(
            {"priority": "2"},
            {"priority": "2", "stars": "5"},
            {"priority": "0", "country_id": self.country_de.id},
            {"priority": "3", "type": "opportunity"},
        )
        self.assertEqual([lead.stars for lead in leads], ["2", "5", "2", "0"])
        self.assertEqual(leads.mapped("stars_manual"), [True, True, False, False])
        leads.priority = "1"
        self.assertEqual([lead.stars for lead in leads], ["1", "1", "1", "0"])
        leads.priority = "0"
        self.assertEqual([lead.stars for lead in leads], ["1", "1", "1", "0"])

    @users("user_sales_salesman")
    def test_stars_set_by_hand_stay_until_reset(self):
        lead = self._create_leads({"country_id": self.country_de.id})
        lead.stars = "5"
        self.assertTrue(lead.stars_manual)
        lead.tag_ids = self.tag_hot
        self.assertEqual(lead.stars, "5")
        reset = self.env.ref("lead_management.crm_lead_action_reset_stars")
        reset.with_context(active_model="crm.lead", active_ids=lead.ids).run()
        self.assertEqual(lead.stars, "4")
        self.assertFalse(lead.stars_manual)

    @users("user_sales_salesman")
    def test_no_stars_by_hand_stay_as_well(self):
        lead = self._create_leads({"country_id": self.country_de.id})
        lead.stars = "0"
        lead.tag_ids = self.tag_hot
        self.assertEqual(lead.stars, "0")

    @users("user_sales_salesman")
    def test_new_lead_with_the_default_of_the_form_is_rated(self):
        german = {"country_id": self.country_de.id}
        leads = self._create_leads({**german, "stars": "0"}, {**german, "stars": False})
        self.assertEqual(leads.mapped("stars"), ["2", "2"])

    @users("user_sales_salesman")
    def test_new_lead_with_stars_keeps_them(self):
        lead = self._create_leads({"country_id": self.country_de.id, "stars": "1"})
        self.assertEqual(lead.stars, "1")
        self.assertTrue(lead.stars_manual)

    def test_copy_is_rated_anew(self):
        lead = self._create_leads({"country_id": self.country_de.id, "stars": "5"})
        copy = lead.copy()
        self.assertEqual(copy.stars, "2")
        self.assertFalse(copy.stars_manual)

    def test_native_priority_is_left_alone(self):
        lead = self._create_leads({"country_id": self.country_de.id, "priority": "3"})
        lead.stars = "1"
        self.assertEqual(lead.priority, "3")

    def test_merge_keeps_the_best_stars_and_who_gave_them(self):
        by_rule, by_hand = self._create_leads(
            {"country_id": self.country_de.id}, {"stars": "5"}
        )
        merged = (by_rule | by_hand).merge_opportunity()
        self.assertEqual(merged.stars, "5")
        self.assertTrue(merged.stars_manual)

    def test_merge_of_stars_by_rules_stays_with_the_rules(self):
        leads = self._create_leads(
            {"country_id": self.country_de.id}, {"tag_ids": self.tag_hot.ids}
        )
        merged = leads.merge_opportunity()
        self.assertEqual(merged.stars, "4")
        self.assertFalse(merged.stars_manual)

    def test_leads_are_listed_by_stars(self):
        two, four, three = self._create_leads(
            {"stars": "2"}, {"stars": "4"}, {"stars": "3"}
        )
        leads = (two | four | three).search(
            [("id", "in", (two | four | three).ids)], order="stars desc, id desc"
        )
        self.assertEqual(leads.ids, (four | three | two).ids)
        view = self.env["crm.lead"].get_view(
            self.env.ref("crm.crm_case_tree_view_leads").id, "list"
        )
        self.assertIn('default_order="stars desc, id desc"', view["arch"])


@tagged("post_install", "-at_install", "lead_rating")
class TestTargetRegion(TestLeadRatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_main.country_id = cls.country_us
        cls.group = cls.env["res.country.group"].create(
            {
                "name": "Home",
                "country_ids": (cls.country_de + cls.env.ref("base.at")).ids,
            }
        )

    def _set_group(self, group):
        self.env["ir.config_parameter"].set_param(
            "lead_management.target_country_group_id", group.id
        )

    def _get_found(self, leads, value=True):
        return leads.search([("id", "in", leads.ids), ("in_target_region", "=", value)])

    def test_region_is_the_country_group_in_settings(self):
        self._set_group(self.group)
        german, american, nowhere = leads = self._create_leads(
            {"country_id": self.country_de.id}, {"country_id": self.country_us.id}, {}
        )
        self.assertEqual(leads.filtered("in_target_region"), german)
        self.assertEqual(self._get_found(leads), german)
        self.assertEqual(self._get_found(leads, False), american | nowhere)

    def test_region_without_a_group_is_the_country_of_the_company(self):
        australia = self.env.ref("base.au")
        theirs = self.env["res.company"].create(
            {"name": "Theirs", "country_id": australia.id}
        )
        other = {"company_id": theirs.id, "user_id": False, "team_id": False}
        none = {"company_id": False, "user_id": False, "team_id": False}
        in_company, australian, foreign, shared, nowhere = leads = self._create_leads(
            {"country_id": self.country_us.id, "company_id": self.company_main.id},
            {**other, "country_id": australia.id},
            {**other, "country_id": self.country_us.id},
            {**none, "country_id": self.country_us.id},
            none,
        )
        home = in_company | australian | shared
        leads = leads.with_company(self.company_main)
        self.assertEqual(leads.filtered("in_target_region"), home)
        self.assertEqual(self._get_found(leads), home.sorted(leads._order))
        self.assertEqual(
            self._get_found(leads, False), (foreign | nowhere).sorted(leads._order)
        )

    def test_deleted_group_counts_as_none(self):
        self._set_group(self.group)
        self.group.unlink()
        lead = self._create_leads({"country_id": self.country_us.id})
        self.assertTrue(lead.in_target_region)


@tagged("post_install", "-at_install", "lead_rating")
class TestRatingPicklist(TestLeadRatingCommon):
    @users("user_sales_salesman")
    def test_salesman_chooses_a_rating_and_changes_none(self):
        rating = self.env.ref("lead_management.crm_lead_rating_active")
        self.lead_own.with_env(self.env).rating_id = rating
        with self.assertRaises(AccessError):
            rating.with_env(self.env).name = "Alive"

    def test_merge_keeps_the_rating(self):
        rating = self.env.ref("lead_management.crm_lead_rating_active")
        leads = self._create_leads({}, {"rating_id": rating.id})
        self.assertEqual(leads.merge_opportunity().rating_id, rating)
